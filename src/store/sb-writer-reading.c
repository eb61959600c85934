/*
 * Who has read how far. Of the first person it stands in the conversation's row; of everybody else there is a row of their
 * own, made by the database. Whoever has none reads as the first person does.
 */
#include "sb-writer-reading.h"

#include <string.h>

#include "sb-json.h"
#include "sb-store-private.h"

#define UNREAD_AFTER "(SELECT count(*) FROM message m WHERE m.thread_id = ?2 AND m.sent_at > ?1 AND m.direction = 0 AND m.kind NOT IN (14, 16))"

static gboolean
has_own (SbWriter *self,
         gint64    thread_id,
         gint64    staff_id)
{
  return staff_id != 0 && sb_db_int (self->db, 0, "SELECT 1 FROM reading WHERE thread_id = ? AND staff_id = ?", "ii", thread_id, staff_id) != 0;
}

/* What counts as unread follows from how far it is read. */
static gboolean
write_read_at (SbWriter *self,
               gint64    thread_id,
               gint64    staff_id,
               gint64    read_at,
               GError  **error)
{
  if (has_own (self, thread_id, staff_id))
    return sb_db_exec (self->db, error, "UPDATE reading SET read_at = ?1, unread = " UNREAD_AFTER " WHERE thread_id = ?2 AND staff_id = ?3", "iii", read_at, thread_id, staff_id);

  return sb_db_exec (self->db, error, "UPDATE thread SET read_at = ?1, unread = " UNREAD_AFTER " WHERE id = ?2", "ii", read_at, thread_id);
}

static gint64
read_at_of (SbWriter *self,
            gint64    thread_id,
            gint64    staff_id)
{
  return sb_db_int (self->db, 0, "SELECT coalesce ((SELECT read_at FROM reading WHERE thread_id = ?1 AND staff_id = ?2), (SELECT read_at FROM thread WHERE id = ?1))", "ii", thread_id,
                    staff_id);
}

static gint64
unread_of (SbWriter *self,
           gint64    thread_id,
           gint64    staff_id)
{
  return sb_db_int (self->db, 0, "SELECT coalesce ((SELECT unread FROM reading WHERE thread_id = ?1 AND staff_id = ?2), (SELECT unread FROM thread WHERE id = ?1))", "ii", thread_id,
                    staff_id);
}

static gint64
newest_at (SbWriter *self,
           gint64    thread_id)
{
  return sb_db_int (self->db, 0, "SELECT max (sent_at) FROM message WHERE thread_id = ?", "i", thread_id);
}

/* -- as a target of Undo: "thread.read" of the first person, "thread.read:ID" of the others -- */

static gint64
staff_of (const char *target)
{
  return target[strlen (SB_READING_TARGET)] == ':' ? g_ascii_strtoll (target + strlen (SB_READING_TARGET) + 1, NULL, 10) : 0;
}

char *
sb_reading_read_target (SbWriter   *self,
                        const char *target,
                        gint64      thread_id)
{
  gint64 staff_id = staff_of (target);

  if (staff_id != 0)
    return sb_db_text (self->db, "SELECT json_object ('unread', unread, 'at', read_at) FROM reading WHERE thread_id = ? AND staff_id = ?", "ii", thread_id, staff_id);

  return sb_db_text (self->db, "SELECT json_object ('unread', unread, 'at', read_at) FROM thread WHERE id = ?", "i", thread_id);
}

/* Counted again: an older message may have come since. */
gboolean
sb_reading_write_target (SbWriter   *self,
                         const char *target,
                         gint64      thread_id,
                         const char *value,
                         GError    **error)
{
  g_autoptr (JsonNode) node = value != NULL ? sb_json_parse (value, -1, NULL) : NULL;

  return node == NULL || write_read_at (self, thread_id, staff_of (target), sb_json_int (sb_json_root (node), "at", 0), error);
}

/* -- what persons do -- */

static gboolean
set_read_at (SbWriter *self,
             gint64    thread_id,
             gint64    staff_id,
             gint64    read_at,
             GError  **error)
{
  g_autofree char *target = has_own (self, thread_id, staff_id) ? g_strdup_printf (SB_READING_TARGET ":%" G_GINT64_FORMAT, staff_id) : g_strdup (SB_READING_TARGET);

  return sb_undo_keep (self, target, thread_id, error) && write_read_at (self, thread_id, staff_id, read_at, error);
}

gboolean
sb_writer_mark_read (SbWriter *self,
                     gint64    thread_id,
                     gint64    up_to_message,
                     GError  **error)
{
  gint64 at;

  if (unread_of (self, thread_id, self->staff_id) == 0)
    return TRUE;

  at = up_to_message != 0 ? sb_db_int (self->db, 0, "SELECT sent_at FROM message WHERE id = ? AND thread_id = ?", "ii", up_to_message, thread_id) : newest_at (self, thread_id);

  return set_read_at (self, thread_id, self->staff_id, MAX (at, read_at_of (self, thread_id, self->staff_id)), error) &&
         sb_writer_event (self, SB_EVENT_THREAD_READ, thread_id, 0, NULL, error);
}

gboolean
sb_writer_mark_unread_for (SbWriter *self,
                           gint64    thread_id,
                           gint64    staff_id,
                           GError  **error)
{
  gint64 at = sb_db_int (self->db, 0, "SELECT max (sent_at) FROM message WHERE thread_id = ? AND direction = 0 AND kind NOT IN (14, 16)", "i", thread_id);

  /* What is unread from further back stays so. */
  return at == 0 || unread_of (self, thread_id, staff_id) > 0 ||
         (set_read_at (self, thread_id, staff_id, at - 1, error) && sb_writer_event (self, SB_EVENT_THREAD_READ, thread_id, 0, NULL, error));
}

gboolean
sb_writer_mark_unread (SbWriter *self,
                       gint64    thread_id,
                       gint64    from_message,
                       GError  **error)
{
  gint64 at = from_message != 0
                  ? sb_db_int (self->db, 0, "SELECT sent_at FROM message WHERE id = ? AND thread_id = ?", "ii", from_message, thread_id)
                  : sb_db_int (self->db, 0, "SELECT max (sent_at) FROM message WHERE thread_id = ? AND direction = 0 AND kind NOT IN (14, 16)", "i", thread_id);

  return at == 0 || (set_read_at (self, thread_id, self->staff_id, at - 1, error) && sb_writer_event (self, SB_EVENT_THREAD_READ, thread_id, 0, NULL, error));
}

/* 0 for the first person, then everybody else with something unread there. */
static GArray *
list_waiting (SbWriter *self,
              gint64    thread_id)
{
  GArray       *staff = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = sb_db_query (self->db, NULL,
                                         "SELECT 0 FROM thread WHERE id = ?1 AND unread > 0 UNION ALL SELECT staff_id FROM reading WHERE thread_id = ?1 AND unread > 0", "i", thread_id);

  while (sb_db_step (self->db, statement, NULL))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (staff, id);
    }

  return staff;
}

gboolean
sb_writer_mark_read_by_all (SbWriter *self,
                            gint64    thread_id,
                            GError  **error)
{
  g_autoptr (GArray) staff = list_waiting (self, thread_id);
  gint64             at = staff->len > 0 ? newest_at (self, thread_id) : 0;

  for (guint i = 0; i < staff->len; i++)
    {
      gint64 staff_id = g_array_index (staff, gint64, i);

      if (!set_read_at (self, thread_id, staff_id, MAX (at, read_at_of (self, thread_id, staff_id)), error))
        return FALSE;
    }

  return staff->len == 0 || sb_writer_event (self, SB_EVENT_THREAD_READ, thread_id, 0, NULL, error);
}

/* Whoever answers has read what came before; the phone is the first person's. */
gboolean
sb_reading_answered (SbWriter        *self,
                     const SbMessage *message,
                     GError         **error)
{
  gint64 staff_id = message->author == SB_AUTHOR_STAFF ? message->staff_id : 0;

  return read_at_of (self, message->thread_id, staff_id) >= message->sent_at || write_read_at (self, message->thread_id, staff_id, message->sent_at, error);
}
