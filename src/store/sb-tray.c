#include "sb-tray.h"

#include "sb-store-private.h"

SbTrayFile *
sb_tray_file_new (const char *path,
                  const char *key,
                  gboolean    is_voice)
{
  SbTrayFile *self = g_new0 (SbTrayFile, 1);

  self->path = g_strdup (path);
  self->key = g_strdup (key);
  self->is_voice = is_voice;

  return self;
}

void
sb_tray_file_free (SbTrayFile *self)
{
  g_free (self->path);
  g_free (self->key);
  g_free (self);
}

GPtrArray *
sb_reader_list_tray (SbReader *self,
                     gint64    thread_id,
                     gint64    staff_id)
{
  GPtrArray    *files = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_tray_file_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, "SELECT uri, key, voice FROM draft_file WHERE thread_id = ? AND staff_id = ? ORDER BY number", "ii", thread_id, staff_id);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      g_autofree char *path = g_filename_from_uri ((const char *) sqlite3_column_text (s, 0), NULL, NULL);

      if (path != NULL)
        g_ptr_array_add (files, sb_tray_file_new (path, (const char *) sqlite3_column_text (s, 1), sqlite3_column_int (s, 2) != 0));
    }

  return files;
}

/* A name on disk is no text, its URI is. */
gboolean
sb_writer_save_tray (SbWriter  *self,
                     gint64     thread_id,
                     GPtrArray *files,
                     GError   **error)
{
  if (!sb_db_exec (self->db, error, "DELETE FROM draft_file WHERE thread_id = ? AND staff_id = ?", "ii", thread_id, self->staff_id))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const SbTrayFile *file = files->pdata[i];
      g_autofree char  *uri = g_filename_to_uri (file->path, NULL, NULL);

      if (uri != NULL && !sb_db_exec (self->db, error, "INSERT INTO draft_file (key, thread_id, staff_id, number, uri, voice) VALUES (?, ?, ?, ?, ?, ?)", "siinsn", file->key, thread_id,
                                      self->staff_id, (int) i, uri, file->is_voice ? 1 : 0))
        return FALSE;
    }

  return sb_writer_event (self, SB_EVENT_THREAD_DRAFT, thread_id, 0, NULL, error);
}

gboolean
sb_writer_take_from_tray (SbWriter   *self,
                          const char *key,
                          GError    **error)
{
  return key == NULL || sb_db_exec (self->db, error, "DELETE FROM draft_file WHERE key = ?", "s", key);
}
