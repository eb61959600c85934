-- Groups of people by rule or by hand.

-- Imports, the rest of them (goes with 0003): rows that could not be used, to be put right and brought in again.
ALTER TABLE import ADD COLUMN about TEXT; -- JSON: titles of the columns, what the owner declared about consent
CREATE TABLE import_rejected (
  import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  number    INTEGER NOT NULL,
  cells     TEXT NOT NULL, -- JSON array
  reason    TEXT NOT NULL,
  PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;
