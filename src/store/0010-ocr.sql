-- Text read from pictures.

-- Paper on its way to becoming contacts: it can be left at any row and gone on with after a restart.
CREATE TABLE paper (
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  staff_id  INTEGER NOT NULL,
  file_name TEXT,
  country   TEXT,
  state     INTEGER NOT NULL,          -- SbPaperState
  import_id INTEGER NOT NULL DEFAULT 0, -- what it became; 0 nothing yet
  path      TEXT,                      -- while it is open: where the file lies, for its further pages
  n_pages   INTEGER NOT NULL DEFAULT 0 -- of the file; 0 not told
) STRICT;

CREATE INDEX paper_open ON paper (id) WHERE state = 1;

-- The pages as they were read, upright; the pictures lie in the media folder and stay as the proof of the import.
CREATE TABLE paper_page (
  paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
  number   INTEGER NOT NULL,
  hash     TEXT,
  verdict  TEXT NOT NULL,
  turn     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (paper_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE paper_row (
  paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
  number   INTEGER NOT NULL,
  data     TEXT NOT NULL, -- JSON of the letters, their places and doubts
  PRIMARY KEY (paper_id, number)
) STRICT, WITHOUT ROWID;

-- What customers' pictures say, by the content of the file, so that the same picture is read once.
CREATE TABLE media_text (
  id         INTEGER PRIMARY KEY,
  hash       TEXT NOT NULL UNIQUE,
  read_at    INTEGER NOT NULL,
  confidence INTEGER NOT NULL, -- 0 to 100
  text       TEXT NOT NULL     -- empty: looked at, nothing to read
) STRICT;

CREATE INDEX attachment_hash ON attachment (hash) WHERE hash IS NOT NULL;

CREATE VIRTUAL TABLE media_text_fts USING fts5 (text, content = 'media_text', content_rowid = 'id', tokenize = 'shop');
INSERT INTO media_text_fts (media_text_fts, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER media_text_insert AFTER INSERT ON media_text BEGIN
  INSERT INTO media_text_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER media_text_delete AFTER DELETE ON media_text BEGIN
  INSERT INTO media_text_fts (media_text_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
-- With the last message that had the picture goes what the picture said.
CREATE TRIGGER media_text_goes AFTER DELETE ON attachment WHEN old.hash IS NOT NULL BEGIN
  DELETE FROM media_text WHERE hash = old.hash AND NOT EXISTS (SELECT 1 FROM attachment WHERE hash = old.hash);
END;
