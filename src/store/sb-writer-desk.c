/* What the shop does by itself around its hours and the end of a conversation; each thing once, by its row. */
#include "sb-writer-desk.h"
#include "sb-store-private.h"

#include <string.h>

/* -- a conversation as it was -- */

gboolean
sb_writer_look_at_thread (SbWriter       *self,
                          gint64          thread_id,
                          SbThreadBefore *before)
{
  sqlite3_stmt *s = sb_db_query (self->db, NULL, "SELECT status, assignee_id, snooze_until, unanswered, unanswered_since, unread FROM thread WHERE id = ?", "i", thread_id);

  memset (before, 0, sizeof *before);
  if (!sb_db_step (self->db, s, NULL))
    return FALSE;
  before->status = sqlite3_column_int (s, 0);
  before->assignee_id = sqlite3_column_int64 (s, 1);
  before->snooze_until = sqlite3_column_int64 (s, 2);
  before->unanswered = sqlite3_column_int (s, 3);
  before->unanswered_since = sqlite3_column_int64 (s, 4);
  before->unread = sqlite3_column_int (s, 5);
  sb_db_done (s);

  return TRUE;
}

/* @read_up_to: unix ms; where all was read before, what came until then is, too */
gboolean
sb_writer_put_thread_back (SbWriter             *self,
                           gint64                thread_id,
                           const SbThreadBefore *before,
                           gint64                read_up_to,
                           GError              **error)
{
  if (!sb_db_exec (self->db, error, "UPDATE thread SET status = ?, snooze_until = ?, unanswered = ?, unanswered_since = ? WHERE id = ?", "ninii",
                   (int) before->status, before->snooze_until, (int) before->unanswered, before->unanswered_since, thread_id))
    return FALSE;
  if (before->snooze_until > 0 && sb_writer_add_due (self, before->snooze_until, "snooze", thread_id, NULL, error) == 0)
    return FALSE;
  if (before->unread > 0)
    return TRUE;

  return sb_db_exec (self->db, error,
                     "UPDATE thread SET read_at = max (read_at, ?2), unread = (SELECT count(*) FROM message WHERE thread_id = ?1 AND sent_at > max (read_at, ?2) AND direction = 0 "
                     "AND kind NOT IN (14, 16)) WHERE id = ?1",
                     "ii", thread_id, read_up_to);
}

gint64
sb_writer_find_last_carer (SbWriter *self,
                           gint64    thread_id)
{
  gint64 given = sb_db_int (self->db, 0,
                            "SELECT s.id FROM event e JOIN staff s ON s.id = CAST (json_extract (e.data, '$.staff') AS INTEGER) AND s.active = 1 "
                            "WHERE e.thread_id = ? AND e.kind = 8 ORDER BY e.id DESC LIMIT 1",
                            "i", thread_id);

  return given != 0 ? given
                    : sb_db_int (self->db, 0,
                                 "SELECT s.id FROM message m JOIN staff s ON s.id = m.staff_id AND s.active = 1 WHERE m.thread_id = ? AND m.direction = 1 AND m.author = 2 "
                                 "ORDER BY m.sent_at DESC, m.id DESC LIMIT 1",
                                 "i", thread_id);
}

/* -- while the shop is closed -- */

gboolean
sb_writer_answered_while_closed (SbWriter *self,
                                 gint64    thread_id,
                                 gint64    closed_since)
{
  return sb_db_int (self->db, 0, "SELECT 1 FROM away_answer WHERE thread_id = ? AND (closed_since = ? OR at >= ?) LIMIT 1", "iii", thread_id, closed_since, closed_since) != 0;
}

gboolean
sb_writer_somebody_answered (SbWriter *self,
                             gint64    thread_id,
                             gint64    person_since,
                             gint64    message_id)
{
  gint64 at = sb_db_int (self->db, 0, "SELECT sent_at FROM message WHERE id = ?", "i", message_id);

  return sb_db_int (self->db, 0,
                    "SELECT 1 FROM message WHERE thread_id = ?1 AND direction = 1 AND status != 10 AND ((author IN (2, 3) AND sent_at >= ?2) OR (author != 9 AND sent_at >= ?3)) "
                    "AND sent_at >= min (?2, ?3) LIMIT 1",
                    "iii", thread_id, person_since, at) != 0;
}

gboolean
sb_writer_add_away_answer (SbWriter *self,
                           gint64    thread_id,
                           gint64    closed_since,
                           gint64    message_id,
                           GError  **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO away_answer (thread_id, closed_since, at, message_id) VALUES (?, ?, ?, ?)", "iiii", thread_id, closed_since, sb_writer_now (self),
                     message_id);
}

/* -- how it was -- */

/* Pressing Done on what is done already is no new end. */
gint64
sb_writer_add_closing (SbWriter      *self,
                       const SbEvent *event,
                       GError       **error)
{
  if (sb_db_int (self->db, 0, "SELECT 1 FROM closing WHERE thread_id = ? AND over = 0", "i", event->thread_id) != 0)
    return 0;

  return sb_db_exec (self->db, error, "INSERT INTO closing (id, thread_id, staff_id, closed_at) VALUES (?, ?, ?, ?)", "iiii", event->id, event->thread_id, event->staff_id, event->at)
             ? event->id
             : 0;
}

/* The conversation is open again: what was not asked yet is not asked any more. */
gboolean
sb_writer_end_closings (SbWriter *self,
                        gint64    thread_id,
                        GError  **error)
{
  gint64 id = sb_db_int (self->db, 0, "SELECT id FROM closing WHERE thread_id = ? AND over = 0", "i", thread_id);

  return id == 0 || (sb_writer_remove_due (self, "closing", id, error) && sb_db_exec (self->db, error, "UPDATE closing SET over = 1 WHERE thread_id = ?", "i", thread_id));
}

gint64
sb_writer_resume_closing (SbWriter *self,
                          gint64    thread_id,
                          GError  **error)
{
  gint64 id = sb_db_int (self->db, 0, "SELECT max (id) FROM closing WHERE thread_id = ?", "i", thread_id);

  if (id == 0 || !sb_db_exec (self->db, error, "UPDATE closing SET over = 0 WHERE id = ? AND over = 1", "i", id) || sb_db_changes (self->db) == 0)
    return 0;

  return sb_db_int (self->db, 0, "SELECT id FROM closing WHERE id = ? AND message_id = 0", "i", id);
}

gboolean
sb_writer_get_closing (SbWriter  *self,
                       gint64     closing_id,
                       SbClosing *closing)
{
  sqlite3_stmt *s = sb_db_query (self->db, NULL, "SELECT id, thread_id, staff_id, message_id, scale, score FROM closing WHERE id = ?", "i", closing_id);

  memset (closing, 0, sizeof *closing);
  if (!sb_db_step (self->db, s, NULL))
    return FALSE;
  closing->id = sqlite3_column_int64 (s, 0);
  closing->thread_id = sqlite3_column_int64 (s, 1);
  closing->staff_id = sqlite3_column_int64 (s, 2);
  closing->message_id = sqlite3_column_int64 (s, 3);
  closing->scale = sqlite3_column_int (s, 4);
  closing->score = sqlite3_column_int (s, 5);
  sb_db_done (s);

  return TRUE;
}

gboolean
sb_writer_may_ask (SbWriter  *self,
                   gint64     closing_id,
                   SbClosing *closing)
{
  gboolean stands = sb_db_int (self->db, 0, "SELECT 1 FROM closing c JOIN thread t ON t.id = c.thread_id WHERE c.id = ? AND c.over = 0 AND c.message_id = 0 AND t.status = 3", "i", closing_id) != 0;

  return stands && sb_writer_get_closing (self, closing_id, closing);
}

static gboolean
closing_event (SbWriter *self,
               gint64    closing_id,
               gint64    message_id,
               char     *data,
               GError  **error)
{
  gint64 thread_id = sb_db_int (self->db, 0, "SELECT thread_id FROM closing WHERE id = ?", "i", closing_id);

  return sb_writer_event (self, SB_EVENT_CLOSING, thread_id, message_id, data, error);
}

gboolean
sb_writer_asked (SbWriter *self,
                 gint64    closing_id,
                 gint64    message_id,
                 int       scale,
                 GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE closing SET message_id = ?, scale = ? WHERE id = ? AND message_id = 0", "ini", message_id, scale, closing_id) &&
         closing_event (self, closing_id, message_id, g_strdup ("{\"what\":\"asked\"}"), error);
}

/* The last answer counts. */
gboolean
sb_writer_rate (SbWriter *self,
                gint64    closing_id,
                int       score,
                gint64    answer_id,
                GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE closing SET score = ?, answer_id = ?, answered_at = ? WHERE id = ?", "niii", score, answer_id, sb_writer_now (self), closing_id) &&
         closing_event (self, closing_id, answer_id, g_strdup_printf ("{\"what\":\"answered\",\"score\":%d}", score), error);
}
