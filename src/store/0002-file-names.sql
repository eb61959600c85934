-- Names of files in an index of their own: looking through all attachments took longer with every photo.

CREATE VIRTUAL TABLE attachment_fts USING fts5 (filename, content = 'attachment', content_rowid = 'id', tokenize = 'shop');
INSERT INTO attachment_fts (attachment_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO attachment_fts (rowid, filename) SELECT id, filename FROM attachment WHERE filename IS NOT NULL;

CREATE TRIGGER attachment_fts_insert AFTER INSERT ON attachment WHEN new.filename IS NOT NULL BEGIN
  INSERT INTO attachment_fts (rowid, filename) VALUES (new.id, new.filename);
END;
CREATE TRIGGER attachment_fts_delete AFTER DELETE ON attachment WHEN old.filename IS NOT NULL BEGIN
  INSERT INTO attachment_fts (attachment_fts, rowid, filename) VALUES ('delete', old.id, old.filename);
END;
CREATE TRIGGER attachment_fts_update AFTER UPDATE OF filename ON attachment WHEN old.filename IS NOT new.filename BEGIN
  INSERT INTO attachment_fts (attachment_fts, rowid, filename) SELECT 'delete', old.id, old.filename WHERE old.filename IS NOT NULL;
  INSERT INTO attachment_fts (rowid, filename) SELECT new.id, new.filename WHERE new.filename IS NOT NULL;
END;
