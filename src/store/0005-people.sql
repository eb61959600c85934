-- People beyond the inbox: stages, the owner's own columns, tags on whoever has not written yet, what each may receive.

ALTER TABLE contact ADD COLUMN stage_id INTEGER NOT NULL DEFAULT 0; -- 0 none yet
ALTER TABLE contact ADD COLUMN source TEXT;                         -- import, link, campaign, inbound, by hand
ALTER TABLE contact ADD COLUMN time_zone TEXT;                      -- IANA name
ALTER TABLE contact ADD COLUMN consent INTEGER NOT NULL DEFAULT 0;  -- SbConsent, derived from the ledger

CREATE TABLE stage (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A column of the owner's own; contact_field holds the values under its name.
CREATE TABLE field (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  kind     INTEGER NOT NULL, -- SbFieldKind
  choices  TEXT,             -- JSON array, of a choice
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The tags of a person. Those of the conversation are the same ones with the list's order, kept in step both ways.
CREATE TABLE contact_tag (
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  tag_id     INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  PRIMARY KEY (contact_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_tag_tag ON contact_tag (tag_id, contact_id);
INSERT INTO contact_tag (contact_id, tag_id) SELECT thread.contact_id, tag_id FROM thread_tag JOIN thread ON thread.id = thread_id;

CREATE TRIGGER contact_tag_from_thread AFTER INSERT ON thread_tag BEGIN
  INSERT OR IGNORE INTO contact_tag (contact_id, tag_id) SELECT contact_id, new.tag_id FROM thread WHERE id = new.thread_id;
END;
CREATE TRIGGER contact_tag_off_thread AFTER DELETE ON thread_tag BEGIN
  DELETE FROM contact_tag WHERE tag_id = old.tag_id AND contact_id = (SELECT contact_id FROM thread WHERE id = old.thread_id);
END;
CREATE TRIGGER thread_tag_from_contact AFTER INSERT ON contact_tag BEGIN
  INSERT OR IGNORE INTO thread_tag (tag_id, pinned, last_at, thread_id) SELECT new.tag_id, pinned, last_at, id FROM thread WHERE contact_id = new.contact_id;
END;
CREATE TRIGGER thread_tag_off_contact AFTER DELETE ON contact_tag BEGIN
  DELETE FROM thread_tag WHERE tag_id = old.tag_id AND thread_id = (SELECT id FROM thread WHERE contact_id = old.contact_id);
END;
CREATE TRIGGER thread_takes_tags AFTER INSERT ON thread BEGIN
  INSERT OR IGNORE INTO thread_tag (tag_id, pinned, last_at, thread_id) SELECT tag_id, new.pinned, new.last_at, new.id FROM contact_tag WHERE contact_id = new.contact_id;
END;
