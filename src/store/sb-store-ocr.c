/* Paper that is being reviewed, and the text of customers' pictures. */
#include "sb-store-ocr.h"

#include "sb-store-private.h"

void
sb_paper_free (SbPaper *self)
{
  g_free (self->file_name);
  g_free (self->country);
  g_free (self->path);
  g_free (self);
}

static void
page_free (gpointer data)
{
  SbPaperPage *page = data;

  g_free (page->hash);
  g_free (page->verdict);
  g_free (page);
}

#define PAPER "SELECT id, at, file_name, country, state, import_id, (SELECT count (*) FROM paper_row WHERE paper_id = paper.id), path, n_pages FROM paper "

static SbPaper *
paper_from (sqlite3_stmt *s)
{
  SbPaper *paper = g_new0 (SbPaper, 1);

  paper->id = sqlite3_column_int64 (s, 0);
  paper->at = sqlite3_column_int64 (s, 1);
  paper->file_name = sb_db_dup_column (s, 2);
  paper->country = sb_db_dup_column (s, 3);
  paper->state = (SbPaperState) sqlite3_column_int (s, 4);
  paper->import_id = sqlite3_column_int64 (s, 5);
  paper->n_rows = (guint) sqlite3_column_int (s, 6);
  paper->path = sb_db_dup_column (s, 7);
  paper->n_pages = sqlite3_column_int (s, 8);

  return paper;
}

SbPaper *
sb_reader_get_paper (SbReader *self,
                     gint64    paper_id)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, PAPER "WHERE id = ?", "i", paper_id);
  SbPaper      *paper = NULL;

  if (sb_db_step (db, s, NULL))
    {
      paper = paper_from (s);
      sb_db_done (s);
    }

  return paper;
}

GPtrArray *
sb_reader_list_open_papers (SbReader *self,
                            guint     limit)
{
  GPtrArray    *papers = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_paper_free);
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, PAPER "WHERE state = 1 ORDER BY id DESC LIMIT ?", "n", (int) limit);

  while (sb_db_step (db, s, NULL))
    g_ptr_array_add (papers, paper_from (s));

  return papers;
}

GPtrArray *
sb_reader_list_paper_pages (SbReader *self,
                            gint64    paper_id)
{
  GPtrArray    *pages = g_ptr_array_new_with_free_func (page_free);
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT number, hash, verdict, turn FROM paper_page WHERE paper_id = ? ORDER BY number", "i", paper_id);

  while (sb_db_step (db, s, NULL))
    {
      SbPaperPage *page = g_new0 (SbPaperPage, 1);

      page->number = sqlite3_column_int (s, 0);
      page->hash = sb_db_dup_column (s, 1);
      page->verdict = sb_db_dup_column (s, 2);
      page->turn = sqlite3_column_int (s, 3);
      g_ptr_array_add (pages, page);
    }

  return pages;
}

GPtrArray *
sb_reader_list_paper_rows (SbReader *self,
                           gint64    paper_id)
{
  GPtrArray    *rows = g_ptr_array_new_with_free_func (g_free);
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT data FROM paper_row WHERE paper_id = ? ORDER BY number", "i", paper_id);

  while (sb_db_step (db, s, NULL))
    g_ptr_array_add (rows, sb_db_dup_column (s, 0));

  return rows;
}

gint64
sb_writer_save_paper (SbWriter      *self,
                      const SbPaper *paper,
                      GError       **error)
{
  gint64   id = paper->id != 0 ? paper->id : sb_writer_new_id (self);
  gboolean done;

  if (paper->id == 0)
    done = sb_db_exec (self->db, error, "INSERT INTO paper (id, at, staff_id, file_name, country, state, path, n_pages) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "iiissnsn",
                       id, sb_writer_now (self), self->staff_id, paper->file_name, paper->country, (int) paper->state, paper->path, paper->n_pages);
  else
    done = sb_db_exec (self->db, error, "UPDATE paper SET country = ?1, state = ?2, import_id = ?3, path = CASE WHEN ?2 = 1 THEN path END WHERE id = ?4", "snii", paper->country, (int) paper->state, paper->import_id, id);

  return done ? id : 0;
}

gboolean
sb_writer_save_paper_page (SbWriter          *self,
                           gint64             paper_id,
                           const SbPaperPage *page,
                           GError           **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO paper_page (paper_id, number, hash, verdict, turn) VALUES (?, ?, ?, ?, ?) "
                                      "ON CONFLICT DO UPDATE SET hash = excluded.hash, verdict = excluded.verdict, turn = excluded.turn",
                     "inssn", paper_id, page->number, page->hash, page->verdict, page->turn);
}

gboolean
sb_writer_save_paper_row (SbWriter   *self,
                          gint64      paper_id,
                          guint       number,
                          const char *data,
                          GError    **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO paper_row (paper_id, number, data) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data", "ins", paper_id, (int) number, data);
}

/* Before they are written anew: their numbers may have changed. */
gboolean
sb_writer_clear_paper_rows (SbWriter *self,
                            gint64    paper_id,
                            GError  **error)
{
  return sb_db_exec (self->db, error, "DELETE FROM paper_row WHERE paper_id = ?", "i", paper_id);
}

/* -- what pictures say -- */

/* From the newest on; the walk ends at the first that was not read, and those read before are found by an index. */
#define UNREAD_PICTURE                                                                                                                  \
  "SELECT hash, message_id FROM attachment WHERE state = 2 AND hash IS NOT NULL AND mime IN ('image/jpeg', 'image/png', 'image/webp') " \
  "AND NOT EXISTS (SELECT 1 FROM media_text WHERE media_text.hash = attachment.hash) "                                                  \
  "AND (SELECT direction FROM message WHERE message.id = message_id) = 0 ORDER BY id DESC LIMIT 1"

char *
sb_reader_next_unread_picture (SbReader *self,
                               gint64   *message_id)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, UNREAD_PICTURE, "");
  char         *hash = NULL;

  if (sb_db_step (db, s, NULL))
    {
      hash = sb_db_dup_column (s, 0);
      *message_id = sqlite3_column_int64 (s, 1);
      sb_db_done (s);
    }

  return hash;
}

gboolean
sb_writer_set_media_text (SbWriter   *self,
                          const char *hash,
                          const char *text,
                          int         confidence,
                          GError    **error)
{
  gint64  message_id = sb_db_int (self->db, 0, "SELECT message_id FROM attachment WHERE hash = ? ORDER BY id DESC LIMIT 1", "s", hash);
  gint64  thread_id = sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ?", "i", message_id);
  SbEvent event = { .kind = SB_EVENT_PICTURE_READ, .message_id = message_id, .thread_id = thread_id, .actor = SB_AUTHOR_SHOPBELL };

  /* The customer was erased meanwhile: nothing of them comes back. */
  if (message_id == 0)
    return TRUE;

  return sb_writer_delete_media_text (self, hash, error) &&
         sb_db_exec (self->db, error, "INSERT INTO media_text (id, hash, read_at, confidence, text) VALUES (?, ?, ?, ?, ?)", "isins",
                     sb_writer_new_id (self), hash, sb_writer_now (self), confidence, text) &&
         sb_writer_append_event (self, &event, error);
}

char *
sb_reader_get_media_text (SbReader   *self,
                          const char *hash)
{
  return sb_db_text (sb_reader_get_db (self), "SELECT text FROM media_text WHERE hash = ?", "s", hash);
}

gboolean
sb_writer_delete_media_text (SbWriter   *self,
                             const char *hash,
                             GError    **error)
{
  return sb_db_exec (self->db, error, "DELETE FROM media_text WHERE hash = ?", "s", hash);
}
