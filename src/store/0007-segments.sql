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
CREATE TABLE segment (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL UNIQUE,
  kind     INTEGER NOT NULL, -- SbSegmentKind: 1 by a rule, 2 a list kept by hand
  rule     TEXT,             -- JSON of the condition, of a rule
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Who is in a list. An id of its own, so that each can be put back by itself.
CREATE TABLE segment_member (
  id         INTEGER PRIMARY KEY,
  segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  UNIQUE (segment_id, contact_id)
) STRICT;

CREATE INDEX segment_member_contact ON segment_member (contact_id);

-- How much and how lately somebody talked with us, kept with each message: a rule about it looks at no message.
CREATE TABLE contact_stat (
  contact_id  INTEGER PRIMARY KEY REFERENCES contact (id) ON DELETE CASCADE,
  last_in_at  INTEGER NOT NULL DEFAULT 0,
  last_out_at INTEGER NOT NULL DEFAULT 0,
  n_messages  INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO contact_stat (contact_id, last_in_at, last_out_at, n_messages)
  SELECT thread.contact_id, max (iif (direction = 0, sent_at, 0)), max (iif (direction = 1, sent_at, 0)), count (*)
  FROM message JOIN thread ON thread.id = message.thread_id WHERE direction IN (0, 1) AND kind NOT IN (14, 16) GROUP BY thread.contact_id;

CREATE INDEX contact_stat_in ON contact_stat (last_in_at);
CREATE INDEX contact_stat_out ON contact_stat (last_out_at);
CREATE INDEX contact_field_value ON contact_field (name, value);

CREATE TRIGGER contact_stat_insert AFTER INSERT ON message WHEN new.direction IN (0, 1) AND new.kind NOT IN (14, 16) BEGIN
  INSERT INTO contact_stat (contact_id, last_in_at, last_out_at, n_messages)
    SELECT contact_id, iif (new.direction = 0, new.sent_at, 0), iif (new.direction = 1, new.sent_at, 0), 1 FROM thread WHERE id = new.thread_id
    ON CONFLICT DO UPDATE SET last_in_at = max (last_in_at, excluded.last_in_at), last_out_at = max (last_out_at, excluded.last_out_at), n_messages = n_messages + 1;
END;
CREATE TRIGGER contact_stat_delete AFTER DELETE ON message WHEN old.direction IN (0, 1) AND old.kind NOT IN (14, 16) BEGIN
  UPDATE contact_stat SET n_messages = n_messages - 1,
      last_in_at = CASE WHEN old.direction = 0 AND last_in_at <= old.sent_at
        THEN (SELECT coalesce (max (sent_at), 0) FROM message WHERE thread_id = old.thread_id AND direction = 0 AND kind NOT IN (14, 16)) ELSE last_in_at END,
      last_out_at = CASE WHEN old.direction = 1 AND last_out_at <= old.sent_at
        THEN (SELECT coalesce (max (sent_at), 0) FROM message WHERE thread_id = old.thread_id AND direction = 1 AND kind NOT IN (14, 16)) ELSE last_out_at END
    WHERE contact_id = (SELECT contact_id FROM thread WHERE id = old.thread_id);
END;
-- Two people turned out to be one: the messages of one conversation go to the other, or the conversation to the other person.
CREATE TRIGGER contact_stat_move AFTER UPDATE OF thread_id ON message
WHEN old.thread_id != new.thread_id AND new.direction IN (0, 1) AND new.kind NOT IN (14, 16) BEGIN
  UPDATE contact_stat SET n_messages = n_messages - 1,
      last_in_at = CASE WHEN old.direction = 0 AND last_in_at <= old.sent_at
        THEN (SELECT coalesce (max (sent_at), 0) FROM message WHERE thread_id = old.thread_id AND direction = 0 AND kind NOT IN (14, 16)) ELSE last_in_at END,
      last_out_at = CASE WHEN old.direction = 1 AND last_out_at <= old.sent_at
        THEN (SELECT coalesce (max (sent_at), 0) FROM message WHERE thread_id = old.thread_id AND direction = 1 AND kind NOT IN (14, 16)) ELSE last_out_at END
    WHERE contact_id = (SELECT contact_id FROM thread WHERE id = old.thread_id);
  INSERT INTO contact_stat (contact_id, last_in_at, last_out_at, n_messages)
    SELECT contact_id, iif (new.direction = 0, new.sent_at, 0), iif (new.direction = 1, new.sent_at, 0), 1 FROM thread WHERE id = new.thread_id
    ON CONFLICT DO UPDATE SET last_in_at = max (last_in_at, excluded.last_in_at), last_out_at = max (last_out_at, excluded.last_out_at), n_messages = n_messages + 1;
END;
CREATE TRIGGER contact_stat_gone AFTER DELETE ON thread BEGIN
  DELETE FROM contact_stat WHERE contact_id = old.contact_id;
END;
CREATE TRIGGER contact_stat_thread AFTER UPDATE OF contact_id ON thread WHEN old.contact_id != new.contact_id BEGIN
  DELETE FROM contact_stat WHERE contact_id IN (old.contact_id, new.contact_id);
  INSERT INTO contact_stat (contact_id, last_in_at, last_out_at, n_messages)
    SELECT new.contact_id, max (iif (direction = 0, sent_at, 0)), max (iif (direction = 1, sent_at, 0)), count (*)
    FROM message WHERE thread_id = new.id AND direction IN (0, 1) AND kind NOT IN (14, 16) HAVING count (*) > 0;
END;
-- Quick replies may bring files: a JSON array of {"name", "hash"}; the files lie in the media folder under their hash.
ALTER TABLE quick_reply ADD COLUMN files TEXT;
