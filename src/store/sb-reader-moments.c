/* One person's story over all lines: what was written, day by day, and what else happened. */
#include "sb-reader-contacts.h"
#include "sb-store-private.h"

/* Older messages than these are not summed up: a customer of many years must not stop the window. */
#define MESSAGES                                                                                                                                    \
  "SELECT sent_at / 86400000 AS day, line_id, max (sent_at), max (id), sum (direction = 0), sum (direction = 1) FROM "                              \
  "(SELECT sent_at, id, line_id, direction FROM message WHERE thread_id = ?1 ORDER BY sent_at DESC, id DESC LIMIT 2000) WHERE direction IN (0, 1) " \
  "GROUP BY day, line_id ORDER BY 3 DESC LIMIT ?2"

/* Events of the contact, of those that were merged into it, and of their conversations. Kinds: notes, status, assignment, tags, contact, consent, refusals, undone, stage, removal. */
#define KINDS  "(5, 7, 8, 9, 14, 15, 16, 20, 23, 48, 49)"
#define OF_ONE "(SELECT ?1 UNION SELECT id FROM contact WHERE merged_into = ?1 AND merged_into != 0)"
#define EVENTS                                                                                                                                                          \
  "SELECT e.at, e.kind, e.actor, e.staff_id, e.line_id, e.message_id, CASE e.kind WHEN 5 THEN (SELECT text FROM message m WHERE m.id = e.message_id) ELSE e.data END, " \
  "(SELECT author_name FROM message m WHERE e.kind = 5 AND m.id = e.message_id) FROM event e WHERE e.id IN ("                                                           \
  "SELECT id FROM event WHERE kind IN " KINDS " AND thread_id IN (SELECT id FROM thread WHERE contact_id IN " OF_ONE ") UNION "                                         \
  "SELECT id FROM event WHERE kind IN " KINDS " AND contact_id != 0 AND contact_id IN " OF_ONE ") ORDER BY e.id DESC LIMIT ?2"

static gint
newest_first (gconstpointer a,
              gconstpointer b)
{
  const SbMoment *one = *(const SbMoment *const *) a;
  const SbMoment *other = *(const SbMoment *const *) b;

  return one->at > other->at ? -1 : one->at < other->at ? 1
                                                        : 0;
}

static void
add_messages (SbReader  *self,
              gint64     thread_id,
              guint      limit,
              GPtrArray *moments)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, MESSAGES, "in", thread_id, (int) limit);

  while (sb_db_step (db, s, NULL))
    {
      SbMoment *moment = g_new0 (SbMoment, 1);

      moment->kind = SB_EVENT_MESSAGE_IN;
      moment->line_id = sqlite3_column_int64 (s, 1);
      moment->at = sqlite3_column_int64 (s, 2);
      moment->message_id = sqlite3_column_int64 (s, 3);
      moment->n_in = sqlite3_column_int (s, 4);
      moment->n_out = sqlite3_column_int (s, 5);
      g_ptr_array_add (moments, moment);
    }
}

static void
add_events (SbReader  *self,
            gint64     contact_id,
            guint      limit,
            GPtrArray *moments)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, EVENTS, "in", contact_id, (int) limit);

  while (sb_db_step (db, s, NULL))
    {
      SbMoment *moment;

      /* A note that was taken back. */
      if (sqlite3_column_int (s, 1) == SB_EVENT_NOTE && sqlite3_column_type (s, 6) == SQLITE_NULL)
        continue;
      moment = g_new0 (SbMoment, 1);
      moment->at = sqlite3_column_int64 (s, 0);
      moment->kind = sqlite3_column_int (s, 1);
      moment->actor = sqlite3_column_int (s, 2);
      moment->staff_id = sqlite3_column_int64 (s, 3);
      moment->line_id = sqlite3_column_int64 (s, 4);
      moment->message_id = sqlite3_column_int64 (s, 5);
      moment->text = sb_db_dup_column (s, 6);
      moment->by = sb_db_dup_column (s, 7);
      g_ptr_array_add (moments, moment);
    }
}

GPtrArray *
sb_reader_list_moments (SbReader *self,
                        gint64    contact_id,
                        guint     limit)
{
  GPtrArray *moments = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_moment_free);
  gint64     thread_id = sb_reader_get_contact_thread (self, contact_id);

  if (thread_id != 0)
    add_messages (self, thread_id, limit, moments);
  add_events (self, contact_id, limit, moments);
  g_ptr_array_sort (moments, newest_first);
  if (moments->len > limit)
    g_ptr_array_set_size (moments, (int) limit);

  return moments;
}
