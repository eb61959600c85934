-- Several actions under one name, hours of the shop, and what customers thought of it.

CREATE TABLE macro (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  key      TEXT,          -- as the toolkit writes it: "<Alt>o", "1"; NULL none
  steps    TEXT NOT NULL, -- JSON array, see model/sb-macro.c
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Who writes the draft; 0: from before it was told. What others were writing in the same conversation is kept beside it.
ALTER TABLE draft ADD COLUMN staff_id INTEGER NOT NULL DEFAULT 0;

CREATE TABLE draft_aside (
  thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  staff_id  INTEGER NOT NULL,
  text      TEXT NOT NULL,
  quote_id  INTEGER NOT NULL DEFAULT 0,
  edited_at INTEGER NOT NULL,
  PRIMARY KEY (thread_id, staff_id)
) STRICT, WITHOUT ROWID;

-- What was answered while the shop was closed: once for each customer and closed time.
CREATE TABLE away_answer (
  thread_id    INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  closed_since INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  message_id   INTEGER NOT NULL, -- 0: the gate held it back
  PRIMARY KEY (thread_id, closed_since)
) STRICT, WITHOUT ROWID;

-- One time that a conversation was done: whether the customer was asked how it was, and what they said.
CREATE TABLE closing (
  id          INTEGER PRIMARY KEY, -- of the event that told of it
  thread_id   INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  staff_id    INTEGER NOT NULL,           -- who closed it
  closed_at   INTEGER NOT NULL,
  over        INTEGER NOT NULL DEFAULT 0, -- 1: open again since
  message_id  INTEGER NOT NULL DEFAULT 0, -- the question; 0 none
  scale       INTEGER NOT NULL DEFAULT 0, -- 3 faces or 5 marks
  score       INTEGER NOT NULL DEFAULT 0, -- 1 is the worst; 0 no answer
  answer_id   INTEGER NOT NULL DEFAULT 0,
  answered_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX closing_thread ON closing (thread_id, id);

-- The desk reads the log from here on; what happened before is over.
INSERT INTO cursor (reader, event_id) SELECT 'desk', coalesce (max (id), 0) FROM event;
