-- A shop: who writes to it, what was said, what waits to go out, and the log of all that happened.
-- Times are unix milliseconds UTC. Numbers of kinds and states are those of model/sb-types.h and only ever appended to.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
  key   TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  colour   INTEGER NOT NULL DEFAULT 1,
  role     INTEGER NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1,
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE line (
  id              INTEGER PRIMARY KEY,
  kind            INTEGER NOT NULL,
  state           INTEGER NOT NULL,
  name            TEXT NOT NULL,
  colour          INTEGER NOT NULL DEFAULT 1,
  base_url        TEXT,
  phone_number_id TEXT,
  waba_id         TEXT,
  app_id          TEXT,
  display_number  TEXT,
  verified_name   TEXT,
  inbound         INTEGER NOT NULL DEFAULT 0,
  inbound_url     TEXT,
  inbound_box     TEXT,
  state_reason    TEXT,
  paused_until    INTEGER NOT NULL DEFAULT 0,
  pace            INTEGER NOT NULL DEFAULT 10,
  daily_limit     INTEGER NOT NULL DEFAULT 0,
  quality         TEXT,
  last_in_at      INTEGER NOT NULL DEFAULT 0,
  last_poll_at    INTEGER NOT NULL DEFAULT 0,
  last_out_at     INTEGER NOT NULL DEFAULT 0,
  stale_after     INTEGER NOT NULL DEFAULT 900000,
  source_epoch    TEXT,
  source_seq      INTEGER NOT NULL DEFAULT 0,
  n_waiting       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Events exactly as they came. The hash makes a second delivery a no-op.
CREATE TABLE inbound_raw (
  id          INTEGER PRIMARY KEY,
  hash        BLOB NOT NULL UNIQUE,
  line_id     INTEGER NOT NULL REFERENCES line (id),
  source      TEXT NOT NULL,
  epoch       TEXT,
  seq         INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER NOT NULL,
  state       INTEGER NOT NULL DEFAULT 0, -- 0 not read yet, 1 done, 2 could not be understood
  tries       INTEGER NOT NULL DEFAULT 0,
  error       TEXT,
  body        BLOB NOT NULL
) STRICT;

CREATE INDEX inbound_raw_open ON inbound_raw (id) WHERE state = 0;

-- Refused for their signature: counted, never read.
CREATE TABLE forged (
  id      INTEGER PRIMARY KEY,
  line_id INTEGER NOT NULL REFERENCES line (id),
  why     TEXT NOT NULL,
  size    INTEGER NOT NULL,
  head    BLOB NOT NULL
) STRICT;

CREATE TABLE gap (
  id       INTEGER PRIMARY KEY,
  line_id  INTEGER NOT NULL REFERENCES line (id),
  from_seq INTEGER NOT NULL,
  to_seq   INTEGER NOT NULL,
  why      TEXT NOT NULL
) STRICT;

-- A person is known by any number of identities, so none of them is the key.
CREATE TABLE contact (
  id           INTEGER PRIMARY KEY,
  name         TEXT,
  profile_name TEXT,
  language     TEXT,
  country      TEXT,
  blocked      INTEGER NOT NULL DEFAULT 0,
  updated_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE identity (
  id         INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  kind       INTEGER NOT NULL,
  value      TEXT NOT NULL,
  UNIQUE (kind, value)
) STRICT;

CREATE INDEX identity_contact ON identity (contact_id, kind);

CREATE TABLE thread (
  id               INTEGER PRIMARY KEY,
  contact_id       INTEGER NOT NULL UNIQUE REFERENCES contact (id) ON DELETE CASCADE,
  line_id          INTEGER REFERENCES line (id),
  status           INTEGER NOT NULL DEFAULT 1,
  assignee_id      INTEGER NOT NULL DEFAULT 0,
  pinned           INTEGER NOT NULL DEFAULT 0,
  last_at          INTEGER NOT NULL DEFAULT 0,
  last_direction   INTEGER NOT NULL DEFAULT 0,
  last_kind        INTEGER NOT NULL DEFAULT 1,
  last_status      INTEGER NOT NULL DEFAULT 0,
  last_author      INTEGER NOT NULL DEFAULT 1,
  last_message_id  INTEGER NOT NULL DEFAULT 0,
  preview          TEXT,
  unread           INTEGER NOT NULL DEFAULT 0,
  unanswered       INTEGER NOT NULL DEFAULT 0,
  unanswered_since INTEGER NOT NULL DEFAULT 0,
  read_at          INTEGER NOT NULL DEFAULT 0, -- messages of the customer up to here are read
  read_id          INTEGER NOT NULL DEFAULT 0,
  snooze_until     INTEGER NOT NULL DEFAULT 0,
  n_waiting        INTEGER NOT NULL DEFAULT 0,
  n_failed         INTEGER NOT NULL DEFAULT 0,
  n_unknown        INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One index for each order a list is shown in.
CREATE INDEX thread_all ON thread (pinned DESC, last_at DESC, id DESC);
CREATE INDEX thread_status ON thread (status, pinned DESC, last_at DESC, id DESC);
CREATE INDEX thread_assignee ON thread (assignee_id, pinned DESC, last_at DESC, id DESC);
CREATE INDEX thread_unread ON thread (pinned DESC, last_at DESC, id DESC) WHERE unread > 0;
CREATE INDEX thread_unanswered ON thread (pinned DESC, last_at DESC, id DESC) WHERE unanswered = 1;

-- The answer window is a matter of customer and line.
CREATE TABLE thread_line (
  thread_id  INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  line_id    INTEGER NOT NULL REFERENCES line (id),
  last_in_at INTEGER NOT NULL, -- by the network's clock
  free_until INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (thread_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  id          INTEGER PRIMARY KEY,
  thread_id   INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  line_id     INTEGER NOT NULL DEFAULT 0,
  kind        INTEGER NOT NULL,
  direction   INTEGER NOT NULL,
  author      INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL DEFAULT 0,
  author_name TEXT,
  sent_at     INTEGER NOT NULL,
  text        TEXT,
  data        TEXT,
  wamid       TEXT,
  wamid_hash  INTEGER,
  status      INTEGER NOT NULL DEFAULT 0,
  status_at   INTEGER NOT NULL DEFAULT 0,
  error_code  INTEGER NOT NULL DEFAULT 0,
  error_text  TEXT,
  quote_id    INTEGER NOT NULL DEFAULT 0,
  raw_id      INTEGER NOT NULL DEFAULT 0,
  flags       INTEGER NOT NULL DEFAULT 0 -- 1 edited, 2 revoked, 4 stale, 8 has attachments, 16 has reactions
) STRICT;

CREATE INDEX message_thread ON message (thread_id, sent_at, id);
-- The network's id is long; its hash is enough to find it, the row tells whether it is the one.
CREATE INDEX message_wamid ON message (wamid_hash) WHERE wamid_hash IS NOT NULL;

-- What the network told, appended only; the message's status is the join of these.
CREATE TABLE status_fact (
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  status     INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  error_code INTEGER NOT NULL DEFAULT 0,
  data       TEXT,
  PRIMARY KEY (message_id, status)
) STRICT, WITHOUT ROWID;

-- Facts about a message that is not known yet.
CREATE TABLE status_orphan (
  wamid      TEXT NOT NULL,
  status     INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  error_code INTEGER NOT NULL DEFAULT 0,
  error_text TEXT,
  data       TEXT,
  PRIMARY KEY (wamid, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
  id          INTEGER PRIMARY KEY,
  message_id  INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  state       INTEGER NOT NULL,
  media_id    TEXT,
  url         TEXT,
  mime        TEXT,
  filename    TEXT,
  sha256      TEXT,
  hash        TEXT,
  size        INTEGER NOT NULL DEFAULT 0,
  width       INTEGER NOT NULL DEFAULT 0,
  height      INTEGER NOT NULL DEFAULT 0,
  duration    INTEGER NOT NULL DEFAULT 0,
  tries       INTEGER NOT NULL DEFAULT 0,
  next_at     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX attachment_message ON attachment (message_id);
CREATE INDEX attachment_wanted ON attachment (next_at) WHERE state = 1;

CREATE TABLE reaction (
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  direction  INTEGER NOT NULL,
  emoji      TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (message_id, direction)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  id            INTEGER PRIMARY KEY,
  message_id    INTEGER NOT NULL UNIQUE REFERENCES message (id) ON DELETE CASCADE,
  thread_id     INTEGER NOT NULL,
  line_id       INTEGER NOT NULL REFERENCES line (id),
  state         INTEGER NOT NULL,
  author        INTEGER NOT NULL,
  client_key    TEXT UNIQUE,
  address       TEXT,
  by_user_id    INTEGER NOT NULL DEFAULT 0,
  attempts      INTEGER NOT NULL DEFAULT 0,
  next_at       INTEGER NOT NULL,
  attempted_at  INTEGER NOT NULL DEFAULT 0,
  expires_at    INTEGER NOT NULL DEFAULT 0,
  error_code    INTEGER NOT NULL DEFAULT 0,
  error         TEXT,
  evidence      TEXT,
  settled       INTEGER NOT NULL DEFAULT 0 -- 1: a person chose to leave an unknown as it is
) STRICT;

CREATE INDEX outbox_queued ON outbox (line_id, next_at, id) WHERE state = 2;
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_thread ON outbox (thread_id, id) WHERE state IN (2, 3);

CREATE TABLE event (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  kind       INTEGER NOT NULL,
  thread_id  INTEGER NOT NULL DEFAULT 0,
  contact_id INTEGER NOT NULL DEFAULT 0,
  message_id INTEGER NOT NULL DEFAULT 0,
  line_id    INTEGER NOT NULL DEFAULT 0,
  actor      INTEGER NOT NULL,
  staff_id   INTEGER NOT NULL DEFAULT 0,
  stale      INTEGER NOT NULL DEFAULT 0,
  data       TEXT
) STRICT;

CREATE INDEX event_thread ON event (thread_id, id) WHERE thread_id != 0;

CREATE TABLE cursor (
  reader   TEXT PRIMARY KEY,
  event_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE due (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  subject_id INTEGER NOT NULL DEFAULT 0,
  data       TEXT
) STRICT;

CREATE INDEX due_at ON due (at, id);
CREATE INDEX due_subject ON due (kind, subject_id);

CREATE TABLE undo_step (
  id       INTEGER PRIMARY KEY,
  staff_id INTEGER NOT NULL,
  label    TEXT NOT NULL,
  undone   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX undo_staff ON undo_step (staff_id, id) WHERE undone = 0;

-- A row as it was before a person's command, and as it was left: Undo puts back only what nobody changed since.
CREATE TABLE before_image (
  step_id INTEGER NOT NULL REFERENCES undo_step (id) ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  target  TEXT NOT NULL,
  row_id  INTEGER NOT NULL,
  before  TEXT,
  after   TEXT,
  PRIMARY KEY (step_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  colour INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The thread's last time is repeated here so that a rare tag is as quick as a common one.
CREATE TABLE thread_tag (
  tag_id    INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  pinned    INTEGER NOT NULL,
  last_at   INTEGER NOT NULL,
  thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, pinned DESC, last_at DESC, thread_id DESC)
) STRICT, WITHOUT ROWID;

CREATE INDEX thread_tag_thread ON thread_tag (thread_id);

CREATE TABLE view (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  query    TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE quick_reply (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  text     TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE draft (
  thread_id INTEGER PRIMARY KEY REFERENCES thread (id) ON DELETE CASCADE,
  text      TEXT NOT NULL,
  quote_id  INTEGER NOT NULL DEFAULT 0,
  edited_at INTEGER NOT NULL
) STRICT;

CREATE TABLE template (
  id         INTEGER PRIMARY KEY,
  line_id    INTEGER NOT NULL REFERENCES line (id),
  remote_id  TEXT,
  name       TEXT NOT NULL,
  language   TEXT NOT NULL,
  category   TEXT,
  status     TEXT NOT NULL,
  reason     TEXT,
  quality    TEXT,
  named      INTEGER NOT NULL DEFAULT 0,
  components TEXT NOT NULL,
  synced_at  INTEGER NOT NULL,
  UNIQUE (line_id, name, language)
) STRICT;

CREATE TABLE stat_daily (
  day       INTEGER NOT NULL, -- days since 1970, UTC
  line_id   INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  status    INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (day, line_id, direction, status)
) STRICT, WITHOUT ROWID;

-- The index of all words; the text itself stays in the message.
CREATE VIRTUAL TABLE message_fts USING fts5 (text, content = 'message', content_rowid = 'id', tokenize = 'shop');
INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER message_fts_insert AFTER INSERT ON message WHEN new.text IS NOT NULL BEGIN
  INSERT INTO message_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER message_fts_delete AFTER DELETE ON message WHEN old.text IS NOT NULL BEGIN
  INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER message_fts_update AFTER UPDATE OF text ON message WHEN old.text IS NOT new.text BEGIN
  INSERT INTO message_fts (message_fts, rowid, text) SELECT 'delete', old.id, old.text WHERE old.text IS NOT NULL;
  INSERT INTO message_fts (rowid, text) SELECT new.id, new.text WHERE new.text IS NOT NULL;
END;

CREATE VIRTUAL TABLE contact_fts USING fts5 (name, profile_name, content = 'contact', content_rowid = 'id', tokenize = 'shop');
INSERT INTO contact_fts (contact_fts, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER contact_fts_insert AFTER INSERT ON contact BEGIN
  INSERT INTO contact_fts (rowid, name, profile_name) VALUES (new.id, new.name, new.profile_name);
END;
CREATE TRIGGER contact_fts_delete AFTER DELETE ON contact BEGIN
  INSERT INTO contact_fts (contact_fts, rowid, name, profile_name) VALUES ('delete', old.id, old.name, old.profile_name);
END;
CREATE TRIGGER contact_fts_update AFTER UPDATE OF name, profile_name ON contact BEGIN
  INSERT INTO contact_fts (contact_fts, rowid, name, profile_name) VALUES ('delete', old.id, old.name, old.profile_name);
  INSERT INTO contact_fts (rowid, name, profile_name) VALUES (new.id, new.name, new.profile_name);
END;

-- Derived numbers, kept by the database itself so that no command can forget one. sb_writer_recount () proves them.

INSERT INTO counter (key, value) VALUES ('unread', 0), ('unanswered', 0), ('open', 0), ('snoozed', 0),
  ('waiting', 0), ('sending', 0), ('failed', 0), ('unknown', 0), ('forged', 0), ('gaps', 0), ('poison', 0);

CREATE TRIGGER thread_count_insert AFTER INSERT ON thread BEGIN
  UPDATE counter SET value = value + 1 WHERE key = 'unread' AND new.unread > 0;
  UPDATE counter SET value = value + 1 WHERE key = 'unanswered' AND new.unanswered = 1 AND new.status IN (1, 2);
  UPDATE counter SET value = value + 1 WHERE key = 'open' AND new.status IN (1, 2);
  UPDATE counter SET value = value + 1 WHERE key = 'snoozed' AND new.status = 4;
END;
CREATE TRIGGER thread_count_delete AFTER DELETE ON thread BEGIN
  UPDATE counter SET value = value - 1 WHERE key = 'unread' AND old.unread > 0;
  UPDATE counter SET value = value - 1 WHERE key = 'unanswered' AND old.unanswered = 1 AND old.status IN (1, 2);
  UPDATE counter SET value = value - 1 WHERE key = 'open' AND old.status IN (1, 2);
  UPDATE counter SET value = value - 1 WHERE key = 'snoozed' AND old.status = 4;
END;
CREATE TRIGGER thread_count_unread AFTER UPDATE OF unread ON thread WHEN (old.unread > 0) != (new.unread > 0) BEGIN
  UPDATE counter SET value = value + (new.unread > 0) - (old.unread > 0) WHERE key = 'unread';
END;
CREATE TRIGGER thread_count_status AFTER UPDATE OF status, unanswered ON thread
WHEN old.status != new.status OR old.unanswered != new.unanswered BEGIN
  UPDATE counter SET value = value + (new.unanswered = 1 AND new.status IN (1, 2)) - (old.unanswered = 1 AND old.status IN (1, 2))
    WHERE key = 'unanswered';
  UPDATE counter SET value = value + (new.status IN (1, 2)) - (old.status IN (1, 2)) WHERE key = 'open';
  UPDATE counter SET value = value + (new.status = 4) - (old.status = 4) WHERE key = 'snoozed';
END;
CREATE TRIGGER thread_tag_place AFTER UPDATE OF pinned, last_at ON thread
WHEN old.pinned != new.pinned OR old.last_at != new.last_at BEGIN
  UPDATE thread_tag SET pinned = new.pinned, last_at = new.last_at WHERE thread_id = new.id;
END;

CREATE TRIGGER outbox_count_insert AFTER INSERT ON outbox BEGIN
  UPDATE counter SET value = value + 1 WHERE key = CASE new.state WHEN 2 THEN 'waiting' WHEN 3 THEN 'sending' WHEN 8 THEN 'failed' END;
  UPDATE thread SET n_waiting = n_waiting + (new.state IN (2, 3)), n_failed = n_failed + (new.state = 8) WHERE id = new.thread_id;
  UPDATE line SET n_waiting = n_waiting + (new.state = 2) WHERE id = new.line_id;
END;
CREATE TRIGGER outbox_count_delete AFTER DELETE ON outbox BEGIN
  UPDATE counter SET value = value - 1 WHERE old.settled = 0
    AND key = CASE old.state WHEN 2 THEN 'waiting' WHEN 3 THEN 'sending' WHEN 8 THEN 'failed' WHEN 9 THEN 'unknown' END;
  UPDATE thread SET n_waiting = n_waiting - (old.state IN (2, 3)), n_failed = n_failed - (old.state = 8 AND old.settled = 0),
    n_unknown = n_unknown - (old.state = 9 AND old.settled = 0) WHERE id = old.thread_id;
  UPDATE line SET n_waiting = n_waiting - (old.state = 2) WHERE id = old.line_id;
END;
CREATE TRIGGER outbox_count_update AFTER UPDATE OF state, settled ON outbox
WHEN old.state != new.state OR old.settled != new.settled BEGIN
  UPDATE counter SET value = value + CASE key
      WHEN 'waiting' THEN (new.state = 2) - (old.state = 2)
      WHEN 'sending' THEN (new.state = 3) - (old.state = 3)
      WHEN 'failed' THEN (new.state = 8 AND new.settled = 0) - (old.state = 8 AND old.settled = 0)
      ELSE (new.state = 9 AND new.settled = 0) - (old.state = 9 AND old.settled = 0) END
    WHERE key IN ('waiting', 'sending', 'failed', 'unknown');
  UPDATE thread SET
      n_waiting = n_waiting + (new.state IN (2, 3)) - (old.state IN (2, 3)),
      n_failed = n_failed + (new.state = 8 AND new.settled = 0) - (old.state = 8 AND old.settled = 0),
      n_unknown = n_unknown + (new.state = 9 AND new.settled = 0) - (old.state = 9 AND old.settled = 0)
    WHERE id = new.thread_id;
  UPDATE line SET n_waiting = n_waiting + (new.state = 2) - (old.state = 2) WHERE id = new.line_id AND (new.state = 2) != (old.state = 2);
END;

CREATE TRIGGER message_stat_insert AFTER INSERT ON message WHEN new.direction IN (0, 1) BEGIN
  INSERT INTO stat_daily (day, line_id, direction, status, n) VALUES (new.sent_at / 86400000, new.line_id, new.direction, new.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER message_stat_update AFTER UPDATE OF status ON message WHEN old.status != new.status AND new.direction IN (0, 1) BEGIN
  UPDATE stat_daily SET n = n - 1 WHERE day = old.sent_at / 86400000 AND line_id = old.line_id AND direction = old.direction AND status = old.status;
  INSERT INTO stat_daily (day, line_id, direction, status, n) VALUES (new.sent_at / 86400000, new.line_id, new.direction, new.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER message_stat_delete AFTER DELETE ON message WHEN old.direction IN (0, 1) BEGIN
  UPDATE stat_daily SET n = n - 1 WHERE day = old.sent_at / 86400000 AND line_id = old.line_id AND direction = old.direction AND status = old.status;
END;

-- The log is only ever appended to.
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT raise (ABORT, 'the event log is append-only'); END;
