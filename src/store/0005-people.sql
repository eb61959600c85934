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

-- Taken off the lists by a person; whoever writes again is back. A merged one names whom it is now.
ALTER TABLE contact ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN merged_into INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN merged_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0; -- of a blocked one: what they write is kept and not shown

-- One index for each order that is asked for often. shop_sort () folds case and accents; the nameless come last.
CREATE INDEX contact_name ON contact (shop_sort (name, profile_name), id) WHERE removed = 0;
CREATE INDEX contact_stage ON contact (stage_id, id) WHERE removed = 0 AND stage_id != 0;
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into != 0;
CREATE INDEX event_contact ON event (contact_id, id) WHERE contact_id != 0;
-- What a person's story is made of, apart from the messages, which are many.
CREATE INDEX event_story ON event (thread_id, id) WHERE kind IN (5, 7, 8, 9, 14, 15, 16, 20, 23, 48, 49);
-- A step may hold a hundred thousand people: what was kept already is found without looking through it.
CREATE INDEX before_image_row ON before_image (step_id, row_id);

-- Two contacts that became one: how both conversations stood, and which rows went over, so that it can be taken apart again.
CREATE TABLE contact_merge (
  gone_id INTEGER PRIMARY KEY REFERENCES contact (id) ON DELETE CASCADE,
  kept_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  at      INTEGER NOT NULL,
  stood   TEXT NOT NULL
) STRICT;

CREATE INDEX contact_merge_kept ON contact_merge (kept_id);

CREATE TABLE contact_merge_row (
  gone_id INTEGER NOT NULL REFERENCES contact_merge (gone_id) ON DELETE CASCADE,
  place   TEXT NOT NULL, -- the table
  owner   INTEGER NOT NULL DEFAULT 0, -- of an import's row: the import
  row_id  INTEGER NOT NULL,
  PRIMARY KEY (gone_id, place, owner, row_id)
) STRICT, WITHOUT ROWID;

-- "Not the same person": never suggested again. The smaller id comes first.
CREATE TABLE contact_apart (
  one_id   INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_apart_other ON contact_apart (other_id);
