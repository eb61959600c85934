-- One file, mailbox.db, shared by the C program and the PHP page: a folder made by one is served by the other.
-- Times are unix milliseconds, UTC.

CREATE TABLE box (
  row             INTEGER PRIMARY KEY,
  box             TEXT    NOT NULL UNIQUE,           -- 22 characters of the address, hard to guess
  name            TEXT    NOT NULL UNIQUE,           -- what the operator calls it
  epoch           TEXT    NOT NULL,                  -- changes when counting begins anew
  checked         INTEGER NOT NULL DEFAULT 0,        -- 1: events without a good signature are refused
  app_secret      TEXT,
  previous_secret TEXT,                              -- also good, while the secret is being changed
  seal_key        BLOB,                              -- public key; events are sealed to it
  verify_hash     TEXT    NOT NULL,
  newest          INTEGER NOT NULL DEFAULT 0,        -- last number given out
  gone            INTEGER NOT NULL DEFAULT 0,        -- all up to here is deleted
  bytes           INTEGER NOT NULL DEFAULT 0,        -- size of what is kept
  dropped         INTEGER NOT NULL DEFAULT 0,        -- events deleted that nobody fetched
  aged_from       INTEGER NOT NULL,                  -- latest time of receipt: age never counts from a clock set back
  max_bytes       INTEGER NOT NULL,
  retention_days  INTEGER NOT NULL,
  bucket          REAL    NOT NULL DEFAULT 200,      -- tokens left, and when that was; used by the PHP page
  bucket_at       INTEGER NOT NULL DEFAULT 0,
  created         INTEGER NOT NULL
) STRICT;

CREATE TABLE token (
  row   INTEGER PRIMARY KEY,
  box   INTEGER NOT NULL REFERENCES box (row) ON DELETE CASCADE,
  hash  TEXT    NOT NULL UNIQUE,                     -- SHA-256 of the token
  label TEXT    NOT NULL,
  acked INTEGER NOT NULL,
  UNIQUE (box, label)
) STRICT;

CREATE TABLE event (
  row       INTEGER PRIMARY KEY,
  box       INTEGER NOT NULL REFERENCES box (row) ON DELETE CASCADE,
  seq       INTEGER NOT NULL,
  id        TEXT    NOT NULL,                        -- SHA-256 of the raw body
  received  INTEGER NOT NULL,
  aged_from INTEGER NOT NULL,
  headers   TEXT    NOT NULL,                        -- a JSON object
  sealed    INTEGER NOT NULL,
  size      INTEGER NOT NULL,
  body      BLOB    NOT NULL,
  UNIQUE (box, seq)
) STRICT;

CREATE TABLE seen (
  box INTEGER NOT NULL REFERENCES box (row) ON DELETE CASCADE,
  id  TEXT    NOT NULL,
  at  INTEGER NOT NULL,
  PRIMARY KEY (box, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX seen_age ON seen (box, at);

CREATE TABLE state (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;
