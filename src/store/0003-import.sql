-- Lists of contacts brought in from files: each can be taken back, days later, without touching what people changed since.

-- What is known of a contact beyond its name: mail, company, note, and the owner's own columns.
CREATE TABLE contact_field (
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (contact_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE import (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  staff_id   INTEGER NOT NULL,
  file_name  TEXT,
  kind       TEXT,
  state      INTEGER NOT NULL, -- 1 being written, 2 done, 3 being undone, 4 undone
  n_new      INTEGER NOT NULL DEFAULT 0,
  n_changed  INTEGER NOT NULL DEFAULT 0,
  n_same     INTEGER NOT NULL DEFAULT 0,
  n_merged   INTEGER NOT NULL DEFAULT 0,
  n_rejected INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The contact as it was before a row came, and as the row left it.
CREATE TABLE import_row (
  import_id  INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  before     TEXT, -- NULL: there was none
  after      TEXT,
  undone     INTEGER NOT NULL DEFAULT 0, -- 1 as it was before, 2 kept
  kept       TEXT, -- why: edited, messages
  PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_row_contact ON import_row (contact_id);

-- A deleted person is in no image either.
CREATE TRIGGER import_row_forget AFTER DELETE ON contact BEGIN
  UPDATE import_row SET before = NULL, after = NULL WHERE contact_id = old.id;
END;
