/* What waits to go out. A row is claimed in one commit, asked on the wire, and settled in another; between the two it is "sending". */
#include "sb-store-private.h"

#include "sb-json.h"
#include "sb-status.h"

gint64
sb_writer_queue (SbWriter         *self,
                 const SbOutgoing *outgoing,
                 GError          **error)
{
  gint64 id = sb_writer_new_id (self);
  gint64 now = sb_writer_now (self);
  gint64 thread_id = sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ? AND direction = 1", "i", outgoing->message_id);
  gint64 author = sb_db_int (self->db, SB_AUTHOR_STAFF, "SELECT author FROM message WHERE id = ?", "i", outgoing->message_id);

  if (thread_id == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "Only a message of the shop can be put in the outbox");
      return 0;
    }

  if (outgoing->client_key != NULL && sb_db_int (self->db, 0, "SELECT 1 FROM outbox WHERE client_key = ?", "s", outgoing->client_key))
    return 0;

  return sb_db_exec (self->db, error,
                     "INSERT INTO outbox (id, message_id, thread_id, line_id, state, author, client_key, next_at, expires_at) VALUES (?, ?, ?, ?, 2, ?, ?, ?, ?)",
                     "iiiinsii", id, outgoing->message_id, thread_id, outgoing->line_id, (int) author, outgoing->client_key, MAX (outgoing->not_before, now), outgoing->expires_at)
             ? id
             : 0;
}

/* The message of an earlier press of the same key, or 0. */
gint64
sb_writer_find_client_key (SbWriter   *self,
                           const char *client_key)
{
  return client_key != NULL ? sb_db_int (self->db, 0, "SELECT message_id FROM outbox WHERE client_key = ?", "s", client_key) : 0;
}

/*
 * Due, first in its thread, and nothing of its thread under way. A message that is to be sent later does not hold back
 * those written after it; one that is being tried again does, so that the customer reads them in order.
 */
#define CLAIMABLE                                                                                                       \
  "SELECT id FROM outbox o WHERE line_id = ?1 AND state = 2 AND next_at <= ?2 AND NOT EXISTS "                          \
  "(SELECT 1 FROM outbox b WHERE b.thread_id = o.thread_id AND b.state IN (2, 3) AND (b.state = 3 OR (b.id < o.id AND " \
  "(b.next_at <= ?2 OR b.attempts > 0)))) ORDER BY next_at, id LIMIT ?3"

/* Fails the messages that @statement names. */
static gboolean
fail_all (SbWriter     *self,
          sqlite3_stmt *statement,
          const char   *sentence,
          GError      **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (statement == NULL)
    return FALSE;
  while (sb_db_step (self->db, statement, error))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    if (!sb_message_set_status (self, g_array_index (ids, gint64, i), SB_STATUS_FAILED, 0, sentence, error))
      return FALSE;

  return TRUE;
}

static gboolean
expire (SbWriter *self,
        gint64    line_id,
        gint64    now,
        GError  **error)
{
  return fail_all (self,
                   sb_db_query (self->db, error, "SELECT message_id FROM outbox WHERE line_id = ? AND state = 2 AND next_at <= ? AND expires_at > 0 AND expires_at <= ?", "iii", line_id, now, now),
                   "Its time ran out before it could be sent", error);
}

/* All that waits for a line which will send nothing more. */
gboolean
sb_outbox_fail_queued (SbWriter   *self,
                       gint64      line_id,
                       const char *sentence,
                       GError    **error)
{
  return fail_all (self, sb_db_query (self->db, error, "SELECT message_id FROM outbox WHERE line_id = ? AND state = 2", "i", line_id), sentence, error);
}

GPtrArray *
sb_writer_claim (SbWriter *self,
                 gint64    line_id,
                 guint     limit,
                 GError  **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_outbox_row_free);
  g_autoptr (GArray)    ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64                now = sb_writer_now (self);
  sqlite3_stmt         *statement;

  if (!expire (self, line_id, now, error))
    return NULL;

  statement = sb_db_query (self->db, error, CLAIMABLE, "iin", line_id, now, (int) limit);
  if (statement == NULL)
    return NULL;
  while (sb_db_step (self->db, statement, error))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }

  for (guint i = 0; i < ids->len; i++)
    {
      gint64       id = g_array_index (ids, gint64, i);
      gint64       message_id = sb_db_int (self->db, 0, "SELECT message_id FROM outbox WHERE id = ?", "i", id);
      SbOutboxRow *row;

      if (!sb_db_exec (self->db, error, "UPDATE outbox SET attempts = attempts + 1, attempted_at = ? WHERE id = ?", "ii", now, id) ||
          !sb_message_set_status (self, message_id, SB_STATUS_SENDING, 0, NULL, error))
        return NULL;
      row = sb_reader_get_outbox (self->reader, message_id);
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }

  return g_steal_pointer (&rows);
}

gboolean
sb_writer_hold_thread (SbWriter *self,
                       gint64    thread_id,
                       gint64    until,
                       GError  **error)
{
  /* The two conditions on the state: the index is only of rows that wait or are under way. */
  return sb_db_exec (self->db, error, "UPDATE outbox SET next_at = ?1 WHERE thread_id = ?2 AND state IN (2, 3) AND state = 2 AND next_at < ?1", "ii", until, thread_id);
}

gint64
sb_writer_next_due (SbWriter *self,
                    gint64    line_id)
{
  return sb_db_int (self->db, 0, "SELECT next_at FROM outbox WHERE line_id = ? AND state = 2 ORDER BY next_at LIMIT 1", "i", line_id);
}

static gboolean
accept (SbWriter       *self,
        gint64          message_id,
        const SbSettle *settle,
        GError        **error)
{
  SbStatus now = sb_db_int (self->db, SB_STATUS_NONE, "SELECT status FROM message WHERE id = ?", "i", message_id);
  SbStatus fact = settle->held ? SB_STATUS_HELD : SB_STATUS_ACCEPTED;

  if (settle->wamid != NULL &&
      !sb_db_exec (self->db, error, "UPDATE message SET wamid = ?, wamid_hash = ? WHERE id = ? AND wamid IS NULL", "sii", settle->wamid, sb_wamid_hash (settle->wamid), message_id))
    return FALSE;
  /* A status may have come back before the answer did. */
  if (sb_status_merge (now, fact) != now && !sb_message_set_status (self, message_id, fact, 0, NULL, error))
    return FALSE;

  return settle->wamid == NULL || sb_message_apply_orphans (self, message_id, settle->wamid, error);
}

/* What became of a claimed row. A row that moved on meanwhile (a status bound it) keeps what it has. */
gboolean
sb_writer_settle (SbWriter       *self,
                  gint64          outbox_id,
                  const SbSettle *settle,
                  GError        **error)
{
  gint64   message_id = sb_db_int (self->db, 0, "SELECT message_id FROM outbox WHERE id = ?", "i", outbox_id);
  SbStatus state = sb_db_int (self->db, SB_STATUS_NONE, "SELECT state FROM outbox WHERE id = ?", "i", outbox_id);

  if (message_id == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such row in the outbox");
      return FALSE;
    }

  if (!sb_db_exec (self->db, error, "UPDATE outbox SET address = coalesce (?, address), by_user_id = ?, error_code = ?, error = ?, evidence = ? WHERE id = ?", "snnssi", settle->to,
                   settle->to_is_user_id ? 1 : 0, settle->error_code, settle->error, settle->evidence, outbox_id))
    return FALSE;

  if (settle->kind == SB_SETTLE_ACCEPTED)
    return accept (self, message_id, settle, error);
  if (state != SB_STATUS_SENDING)
    return TRUE;

  switch (settle->kind)
    {
    case SB_SETTLE_LATER:
      return sb_db_exec (self->db, error, "UPDATE outbox SET next_at = ? WHERE id = ?", "ii", settle->retry_at, outbox_id) &&
             sb_message_set_status (self, message_id, SB_STATUS_QUEUED, 0, NULL, error);
    case SB_SETTLE_RELEASED:
      return sb_db_exec (self->db, error, "UPDATE outbox SET attempts = max (attempts - 1, 0), next_at = max (next_at, ?) WHERE id = ?", "ii", settle->retry_at, outbox_id) &&
             sb_message_set_status (self, message_id, SB_STATUS_QUEUED, 0, NULL, error);
    case SB_SETTLE_FAILED:
      return sb_message_set_status (self, message_id, SB_STATUS_FAILED, settle->error_code, settle->error, error);
    case SB_SETTLE_UNKNOWN:
      return sb_message_set_status (self, message_id, SB_STATUS_UNKNOWN, 0, settle->error, error);
    case SB_SETTLE_ACCEPTED:
    default:
      g_assert_not_reached ();
    }
}

int
sb_writer_orphans_to_unknown (SbWriter   *self,
                              const char *evidence,
                              gint64      look_again_at,
                              GError    **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt      *statement = sb_db_query (self->db, error, "SELECT message_id FROM outbox WHERE state = 3 ORDER BY id", "");

  if (statement == NULL)
    return -1;
  while (sb_db_step (self->db, statement, error))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (!sb_db_exec (self->db, error, "UPDATE outbox SET evidence = ? WHERE message_id = ?", "si", evidence, id) ||
          !sb_message_set_status (self, id, SB_STATUS_UNKNOWN, 0, NULL, error) || sb_writer_add_due (self, look_again_at, "evidence", id, NULL, error) == 0)
        return -1;
    }

  return ids->len;
}

gboolean
sb_writer_set_evidence (SbWriter   *self,
                        gint64      outbox_id,
                        const char *evidence,
                        GError    **error)
{
  gint64 message_id = sb_db_int (self->db, 0, "SELECT message_id FROM outbox WHERE id = ?", "i", outbox_id);
  gint64 thread_id = sb_db_int (self->db, 0, "SELECT thread_id FROM outbox WHERE id = ?", "i", outbox_id);

  return sb_db_exec (self->db, error, "UPDATE outbox SET evidence = ? WHERE id = ? AND evidence IS NOT ?", "sis", evidence, outbox_id, evidence) &&
         (sb_db_changes (self->db) == 0 ||
          sb_writer_event (self, SB_EVENT_MESSAGE_CHANGED, thread_id, message_id, g_strdup ("{\"what\":\"evidence\"}"), error));
}

/* -- a person's decisions -- */

/* A compare-and-set: says so when the row is in none of the two states any more. */
static gboolean
must_be (SbWriter *self,
         gint64    message_id,
         SbStatus  one,
         SbStatus  other,
         GError  **error)
{
  SbStatus state = sb_db_int (self->db, SB_STATUS_NONE, "SELECT state FROM outbox WHERE message_id = ?", "i", message_id);

  if (state == one || state == other)
    return TRUE;

  g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "The message is %s by now", sb_status_to_name (state));

  return FALSE;
}

gboolean
sb_writer_resend (SbWriter *self,
                  gint64    message_id,
                  GError  **error)
{
  return must_be (self, message_id, SB_STATUS_UNKNOWN, SB_STATUS_FAILED, error) &&
         sb_db_exec (self->db, error, "UPDATE outbox SET next_at = ?, attempts = 0, error = NULL, error_code = 0, evidence = NULL, expires_at = 0 WHERE message_id = ?", "ii",
                     sb_writer_now (self), message_id) &&
         sb_db_exec (self->db, error, "UPDATE message SET wamid = NULL, wamid_hash = NULL WHERE id = ?", "i", message_id) &&
         sb_db_exec (self->db, error, "DELETE FROM status_fact WHERE message_id = ?", "i", message_id) &&
         sb_message_set_status (self, message_id, SB_STATUS_QUEUED, 0, NULL, error);
}

gboolean
sb_writer_leave (SbWriter *self,
                 gint64    message_id,
                 GError  **error)
{
  gint64 thread_id = sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ?", "i", message_id);

  return must_be (self, message_id, SB_STATUS_UNKNOWN, SB_STATUS_FAILED, error) &&
         sb_db_exec (self->db, error, "UPDATE outbox SET settled = 1 WHERE message_id = ?", "i", message_id) &&
         sb_writer_event (self, SB_EVENT_MESSAGE_CHANGED, thread_id, message_id, g_strdup ("{\"what\":\"left\"}"), error);
}

gboolean
sb_writer_cancel (SbWriter *self,
                  gint64    message_id,
                  GError  **error)
{
  return must_be (self, message_id, SB_STATUS_QUEUED, SB_STATUS_QUEUED, error) && sb_undo_keep (self, "outbox.state", message_id, error) &&
         sb_message_set_status (self, message_id, SB_STATUS_CANCELLED, 0, NULL, error);
}

/* The row of the list has the words, too. */
gboolean
sb_message_show_text (SbWriter *self,
                      gint64    message_id,
                      GError  **error)
{
  g_autoptr (SbMessage) message = sb_reader_get_message (self->reader, message_id);
  g_autofree char      *preview = message != NULL ? sb_message_preview (message) : NULL;

  return message == NULL ||
         (sb_db_exec (self->db, error, "UPDATE thread SET preview = ? WHERE id = ? AND last_message_id = ?", "sii", preview, message->thread_id, message_id) &&
          sb_writer_event (self, SB_EVENT_MESSAGE_CHANGED, message->thread_id, message_id, g_strdup ("{\"what\":\"text\"}"), error));
}

gboolean
sb_writer_edit_queued (SbWriter   *self,
                       gint64      message_id,
                       const char *text,
                       GError    **error)
{
  return must_be (self, message_id, SB_STATUS_QUEUED, SB_STATUS_QUEUED, error) && sb_undo_keep (self, "message.text", message_id, error) &&
         sb_db_exec (self->db, error, "UPDATE message SET text = ? WHERE id = ?", "si", text, message_id) && sb_message_show_text (self, message_id, error);
}
