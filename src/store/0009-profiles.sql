-- What each of the staff has read, and their own views.

-- The first person's reading stands in the conversation's own columns, so that a shop of one costs nothing more. Of
-- everybody else there is a row for each conversation, with the list's order beside it, so that what is unread for one
-- person is paged as what is unread for another.
ALTER TABLE staff ADD COLUMN own_reading INTEGER NOT NULL DEFAULT 1; -- 0: the first person
ALTER TABLE staff ADD COLUMN n_unread INTEGER NOT NULL DEFAULT 0;    -- of the others: conversations in the inbox with something unread

UPDATE staff SET own_reading = 0 WHERE id = (SELECT id FROM staff ORDER BY role, position, id LIMIT 1);

CREATE TABLE reading (
  thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  staff_id  INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  read_at   INTEGER NOT NULL, -- messages of the customer up to here are read
  unread    INTEGER NOT NULL,
  pinned    INTEGER NOT NULL,
  last_at   INTEGER NOT NULL,
  PRIMARY KEY (thread_id, staff_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX reading_unread ON reading (staff_id, pinned DESC, last_at DESC, thread_id DESC) WHERE unread > 0;

-- What is done or snoozed is not in the inbox and not counted there, read or not.
DROP TRIGGER thread_count_unread;
DROP TRIGGER thread_count_insert;
DROP TRIGGER thread_count_delete;
CREATE TRIGGER thread_count_insert AFTER INSERT ON thread BEGIN
  UPDATE counter SET value = value + 1 WHERE key = 'unread' AND new.unread > 0 AND new.status IN (1, 2);
  UPDATE counter SET value = value + 1 WHERE key = 'unanswered' AND new.unanswered = 1 AND new.status IN (1, 2);
  UPDATE counter SET value = value + 1 WHERE key = 'open' AND new.status IN (1, 2);
  UPDATE counter SET value = value + 1 WHERE key = 'snoozed' AND new.status = 4;
END;
CREATE TRIGGER thread_count_delete AFTER DELETE ON thread BEGIN
  UPDATE counter SET value = value - 1 WHERE key = 'unread' AND old.unread > 0 AND old.status IN (1, 2);
  UPDATE counter SET value = value - 1 WHERE key = 'unanswered' AND old.unanswered = 1 AND old.status IN (1, 2);
  UPDATE counter SET value = value - 1 WHERE key = 'open' AND old.status IN (1, 2);
  UPDATE counter SET value = value - 1 WHERE key = 'snoozed' AND old.status = 4;
END;
CREATE TRIGGER thread_count_unread AFTER UPDATE OF unread, status ON thread
WHEN (old.unread > 0 AND old.status IN (1, 2)) != (new.unread > 0 AND new.status IN (1, 2)) BEGIN
  UPDATE counter SET value = value + (new.unread > 0 AND new.status IN (1, 2)) - (old.unread > 0 AND old.status IN (1, 2)) WHERE key = 'unread';
END;
UPDATE counter SET value = (SELECT count(*) FROM thread WHERE unread > 0 AND status IN (1, 2)) WHERE key = 'unread';

-- Of a conversation that goes altogether its row goes first: its readings are counted off before.
CREATE TRIGGER reading_count_insert AFTER INSERT ON reading
WHEN new.unread > 0 AND EXISTS (SELECT 1 FROM thread WHERE id = new.thread_id AND status IN (1, 2)) BEGIN
  UPDATE staff SET n_unread = n_unread + 1 WHERE id = new.staff_id;
END;
CREATE TRIGGER reading_count_delete AFTER DELETE ON reading
WHEN old.unread > 0 AND EXISTS (SELECT 1 FROM thread WHERE id = old.thread_id AND status IN (1, 2)) BEGIN
  UPDATE staff SET n_unread = n_unread - 1 WHERE id = old.staff_id;
END;
CREATE TRIGGER reading_count_update AFTER UPDATE OF unread ON reading
WHEN (old.unread > 0) != (new.unread > 0) AND EXISTS (SELECT 1 FROM thread WHERE id = new.thread_id AND status IN (1, 2)) BEGIN
  UPDATE staff SET n_unread = n_unread + (new.unread > 0) - (old.unread > 0) WHERE id = new.staff_id;
END;
CREATE TRIGGER reading_count_thread BEFORE DELETE ON thread WHEN old.status IN (1, 2) BEGIN
  UPDATE staff SET n_unread = n_unread - 1 WHERE id IN (SELECT staff_id FROM reading WHERE thread_id = old.id AND unread > 0);
END;
CREATE TRIGGER reading_count_status AFTER UPDATE OF status ON thread WHEN (old.status IN (1, 2)) != (new.status IN (1, 2)) BEGIN
  UPDATE staff SET n_unread = n_unread + (new.status IN (1, 2)) - (old.status IN (1, 2))
    WHERE id IN (SELECT staff_id FROM reading WHERE thread_id = new.id AND unread > 0);
END;

-- Whoever is new begins with what the first person has not read yet.
INSERT INTO reading (thread_id, staff_id, read_at, unread, pinned, last_at)
  SELECT thread.id, staff.id, read_at, unread, pinned, last_at FROM staff JOIN thread WHERE own_reading = 1;

CREATE TRIGGER reading_staff_insert AFTER INSERT ON staff BEGIN
  UPDATE staff SET own_reading = 0 WHERE id = new.id AND NOT EXISTS (SELECT 1 FROM staff WHERE own_reading = 0);
  INSERT INTO reading (thread_id, staff_id, read_at, unread, pinned, last_at)
    SELECT thread.id, staff.id, read_at, unread, pinned, last_at FROM staff JOIN thread WHERE staff.id = new.id AND own_reading = 1;
END;
CREATE TRIGGER reading_thread_insert AFTER INSERT ON thread BEGIN
  INSERT INTO reading (thread_id, staff_id, read_at, unread, pinned, last_at)
    SELECT new.id, id, new.read_at, 0, new.pinned, new.last_at FROM staff WHERE own_reading = 1;
END;
CREATE TRIGGER reading_place AFTER UPDATE OF pinned, last_at ON thread
WHEN old.pinned != new.pinned OR old.last_at != new.last_at BEGIN
  UPDATE reading SET pinned = new.pinned, last_at = new.last_at WHERE thread_id = new.id;
END;

-- System messages (14, 16) are no words of the customer.
CREATE TRIGGER reading_message_insert AFTER INSERT ON message WHEN new.direction = 0 AND new.kind NOT IN (14, 16) BEGIN
  UPDATE reading SET unread = unread + 1 WHERE thread_id = new.thread_id AND read_at < new.sent_at;
END;
CREATE TRIGGER reading_message_delete AFTER DELETE ON message WHEN old.direction = 0 AND old.kind NOT IN (14, 16) BEGIN
  UPDATE reading SET unread = unread - 1 WHERE thread_id = old.thread_id AND read_at < old.sent_at;
END;
CREATE TRIGGER reading_message_move AFTER UPDATE OF thread_id ON message
WHEN old.thread_id != new.thread_id AND new.direction = 0 AND new.kind NOT IN (14, 16) BEGIN
  UPDATE reading SET unread = unread - 1 WHERE thread_id = old.thread_id AND read_at < old.sent_at;
  UPDATE reading SET unread = unread + 1 WHERE thread_id = new.thread_id AND read_at < new.sent_at;
END;

-- The saved views in the order in which this person wants them, a JSON array of ids; those it does not name come after.
ALTER TABLE staff ADD COLUMN view_order TEXT;
ALTER TABLE view ADD COLUMN staff_id INTEGER NOT NULL DEFAULT 0; -- whose own it is; 0 everybody's
UPDATE view SET position = (SELECT count(*) FROM view v WHERE (v.position, v.id) <= (view.position, view.id));
