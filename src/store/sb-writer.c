/* What every command starts from: time, ids, events, cursors, due rows, meta. */
#include "sb-store-private.h"

gint64
sb_writer_now (SbWriter *self)
{
  return sb_clock_now (self->clock);
}

gint64
sb_writer_new_id (SbWriter *self)
{
  return sb_id_source_next (self->ids);
}

SbReader *
sb_writer_get_reader (SbWriter *self)
{
  return self->reader;
}

void
sb_writer_set_actor (SbWriter *self,
                     SbAuthor  actor,
                     gint64    staff_id)
{
  self->actor = actor;
  self->staff_id = staff_id;
}

#define INSERT_EVENT                                                                                            \
  "INSERT INTO event (id, at, kind, thread_id, contact_id, message_id, line_id, actor, staff_id, stale, data) " \
  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

/* The id and the time are given here; those of @event are not used. */
gboolean
sb_writer_append_event (SbWriter      *self,
                        const SbEvent *event,
                        GError       **error)
{
  SbEvent *kept = sb_event_copy (event);

  kept->id = sb_writer_new_id (self);
  kept->at = sb_writer_now (self);
  g_ptr_array_add (self->events, kept);

  return sb_db_exec (self->db, error, INSERT_EVENT, "iiniiiinins", kept->id, kept->at, (int) kept->kind, kept->thread_id,
                     kept->contact_id, kept->message_id, kept->line_id, (int) kept->actor, kept->staff_id, (int) kept->stale, kept->data);
}

/* An event of the running command's actor. Takes @data over. */
gboolean
sb_writer_event (SbWriter   *self,
                 SbEventKind kind,
                 gint64      thread_id,
                 gint64      message_id,
                 char       *data,
                 GError    **error)
{
  g_autofree char *owned = data;
  SbEvent          event = { .kind = kind, .thread_id = thread_id, .message_id = message_id, .actor = self->actor, .staff_id = self->staff_id, .data = owned };

  return sb_writer_append_event (self, &event, error);
}

gint64
sb_writer_get_cursor (SbWriter   *self,
                      const char *reader)
{
  return sb_db_int (self->db, 0, "SELECT event_id FROM cursor WHERE reader = ?", "s", reader);
}

gboolean
sb_writer_set_cursor (SbWriter   *self,
                      const char *reader,
                      gint64      event_id,
                      GError    **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO cursor (reader, event_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET event_id = excluded.event_id",
                     "si", reader, event_id);
}

gboolean
sb_writer_set_meta (SbWriter   *self,
                    const char *key,
                    const char *value,
                    GError    **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                     "ss", key, value);
}

/* -- due rows -- */

gint64
sb_writer_add_due (SbWriter   *self,
                   gint64      at,
                   const char *kind,
                   gint64      subject_id,
                   const char *data,
                   GError    **error)
{
  gint64 id = sb_writer_new_id (self);

  return sb_db_exec (self->db, error, "INSERT INTO due (id, at, kind, subject_id, data) VALUES (?, ?, ?, ?, ?)", "iisis", id, at, kind, subject_id, data)
             ? id
             : 0;
}

gboolean
sb_writer_remove_due (SbWriter   *self,
                      const char *kind,
                      gint64      subject_id,
                      GError    **error)
{
  return sb_db_exec (self->db, error, "DELETE FROM due WHERE kind = ? AND subject_id = ?", "si", kind, subject_id);
}

void
sb_due_row_free (SbDueRow *self)
{
  g_free (self->kind);
  g_free (self->data);
  g_free (self);
}

/* Takes the rows that are due at @now, oldest first. They are gone with this transaction, so each fires once. */
GPtrArray *
sb_writer_take_due (SbWriter *self,
                    gint64    now,
                    guint     limit,
                    GError  **error)
{
  GPtrArray    *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_due_row_free);
  sqlite3_stmt *statement = sb_db_query (self->db, error, "SELECT id, at, kind, subject_id, data FROM due WHERE at <= ? ORDER BY at, id LIMIT ?", "in", now, (int) limit);

  while (sb_db_step (self->db, statement, error))
    {
      SbDueRow *row = g_new0 (SbDueRow, 1);

      row->id = sqlite3_column_int64 (statement, 0);
      row->at = sqlite3_column_int64 (statement, 1);
      row->kind = sb_db_dup_column (statement, 2);
      row->subject_id = sqlite3_column_int64 (statement, 3);
      row->data = sb_db_dup_column (statement, 4);
      g_ptr_array_add (rows, row);
    }

  for (guint i = 0; i < rows->len; i++)
    if (!sb_db_exec (self->db, error, "DELETE FROM due WHERE id = ?", "i", ((SbDueRow *) rows->pdata[i])->id))
      break;

  return rows;
}

/* 0 when nothing is due, ever. */
gint64
sb_writer_next_due_at (SbWriter *self)
{
  return sb_db_int (self->db, 0, "SELECT at FROM due ORDER BY at LIMIT 1", "");
}

gboolean
sb_writer_attempt (SbWriter *self,
                   SbCommand command,
                   gpointer  data,
                   GError  **error)
{
  guint n_events = self->events->len;

  if (!sb_db_exec (self->db, error, "SAVEPOINT attempt", ""))
    return FALSE;
  if (command (self, data, error))
    return sb_db_exec (self->db, error, "RELEASE attempt", "");

  g_ptr_array_set_size (self->events, n_events);
  if (!sqlite3_get_autocommit (sb_db_get_handle (self->db)))
    {
      sb_db_exec (self->db, NULL, "ROLLBACK TO attempt", "");
      sb_db_exec (self->db, NULL, "RELEASE attempt", "");
    }

  return FALSE;
}
