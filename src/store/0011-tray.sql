-- Files that go with a draft, in the order they were added: they wait, are sent and are forgotten together with its words.

CREATE TABLE draft_file (
  key       TEXT PRIMARY KEY, -- of the message it becomes, so that nothing goes out twice
  thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  staff_id  INTEGER NOT NULL,
  number    INTEGER NOT NULL,
  uri       TEXT NOT NULL,    -- where it lies on this computer
  voice     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_file_thread ON draft_file (thread_id, staff_id, number);

-- A note for the team that is not added yet: apart from the drafts, so that it never stands where it could be sent.
CREATE TABLE draft_note (
  thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  staff_id  INTEGER NOT NULL,
  text      TEXT NOT NULL,
  PRIMARY KEY (thread_id, staff_id)
) STRICT, WITHOUT ROWID;
