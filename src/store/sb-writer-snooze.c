/* Two ways to put a conversation away: until a time or until the customer writes, whichever is first; and until the time only. */
#include "sb-writer-snooze.h"

#include "sb-store-private.h"

/**
 * sb_writer_snooze:
 * @until: unix ms; 0 until the customer writes
 * @firm: it comes back at @until only, whatever the customer writes before
 *
 * That it is firm stands with the timer, and goes with it.
 */
gboolean
sb_writer_snooze (SbWriter *self,
                  gint64    thread_id,
                  gint64    until,
                  gboolean  firm,
                  GError  **error)
{
  return sb_writer_set_thread_status (self, thread_id, SB_THREAD_SNOOZED, until, error) &&
         (!firm || until == 0 || sb_db_exec (self->db, error, "UPDATE due SET data = 'firm' WHERE kind = 'snooze' AND subject_id = ?", "i", thread_id));
}
