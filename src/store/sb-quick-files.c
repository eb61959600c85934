#include "sb-quick-files.h"

#include "sb-store-private.h"

char *
sb_reader_get_quick_files (SbReader *self,
                           gint64    quick_reply_id)
{
  return sb_db_text (sb_reader_get_db (self), "SELECT files FROM quick_reply WHERE id = ?", "i", quick_reply_id);
}

/* @files: (nullable) */
gboolean
sb_writer_set_quick_files (SbWriter   *self,
                           gint64      quick_reply_id,
                           const char *files,
                           GError    **error)
{
  return sb_db_exec (self->db, error, "UPDATE quick_reply SET files = ? WHERE id = ?", "si", files, quick_reply_id);
}
