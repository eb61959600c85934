/*
 * What somebody is writing. The newest stands in the list; what another person had begun in the same conversation is set
 * aside for them and comes back, so that nobody's words are written over.
 */
#include "sb-store-private.h"

/* Another person's draft makes place for that of the current one. */
static gboolean
set_aside (SbWriter *self,
           gint64    thread_id,
           GError  **error)
{
  return sb_db_exec (self->db, error,
                     "INSERT INTO draft_aside (thread_id, staff_id, text, quote_id, edited_at) "
                     "SELECT thread_id, staff_id, text, quote_id, edited_at FROM draft WHERE thread_id = ?1 AND staff_id NOT IN (0, ?2) "
                     "ON CONFLICT DO UPDATE SET text = excluded.text, quote_id = excluded.quote_id, edited_at = excluded.edited_at",
                     "ii", thread_id, self->staff_id) &&
         sb_db_exec (self->db, error, "DELETE FROM draft_aside WHERE thread_id = ? AND staff_id = ?", "ii", thread_id, self->staff_id);
}

/* Once there is none, the newest that was set aside stands in the list again. */
static gboolean
bring_back (SbWriter *self,
            gint64    thread_id,
            GError  **error)
{
  return sb_db_exec (self->db, error,
                     "INSERT INTO draft (thread_id, text, quote_id, edited_at, staff_id) SELECT thread_id, text, quote_id, edited_at, staff_id "
                     "FROM draft_aside WHERE thread_id = ?1 AND NOT EXISTS (SELECT 1 FROM draft WHERE thread_id = ?1) ORDER BY edited_at DESC LIMIT 1",
                     "i", thread_id) &&
         sb_db_exec (self->db, error,
                     "DELETE FROM draft_aside WHERE thread_id = ?1 AND staff_id = (SELECT staff_id FROM draft WHERE thread_id = ?1)", "i", thread_id);
}

/* The draft of the one who acts; others keep theirs. */
gboolean
sb_writer_save_draft (SbWriter   *self,
                      gint64      thread_id,
                      const char *text,
                      gint64      quote_id,
                      GError    **error)
{
  gboolean done;

  if (text == NULL || text[0] == '\0')
    done = sb_db_exec (self->db, error, "DELETE FROM draft WHERE thread_id = ? AND staff_id IN (0, ?)", "ii", thread_id, self->staff_id) &&
           sb_db_exec (self->db, error, "DELETE FROM draft_aside WHERE thread_id = ? AND staff_id = ?", "ii", thread_id, self->staff_id) &&
           bring_back (self, thread_id, error);
  else
    done = set_aside (self, thread_id, error) &&
           sb_db_exec (self->db, error,
                       "INSERT INTO draft (thread_id, text, quote_id, edited_at, staff_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                       "text = excluded.text, quote_id = excluded.quote_id, edited_at = excluded.edited_at, staff_id = excluded.staff_id",
                       "isiii", thread_id, text, quote_id, sb_writer_now (self), self->staff_id);

  return done && sb_writer_event (self, SB_EVENT_THREAD_DRAFT, thread_id, 0, NULL, error);
}
