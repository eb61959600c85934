#include "sb-draft-note.h"

#include "sb-store-private.h"

char *
sb_reader_dup_draft_note (SbReader *self,
                          gint64    thread_id,
                          gint64    staff_id)
{
  return sb_db_text (sb_reader_get_db (self), "SELECT text FROM draft_note WHERE thread_id = ? AND staff_id = ?", "ii", thread_id, staff_id);
}

gboolean
sb_writer_save_draft_note (SbWriter   *self,
                           gint64      thread_id,
                           const char *text,
                           GError    **error)
{
  if (text == NULL || text[0] == '\0')
    return sb_db_exec (self->db, error, "DELETE FROM draft_note WHERE thread_id = ? AND staff_id = ?", "ii", thread_id, self->staff_id);

  return sb_db_exec (self->db, error, "INSERT INTO draft_note (thread_id, staff_id, text) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text", "iis", thread_id, self->staff_id, text);
}
