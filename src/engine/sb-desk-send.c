/* The shop's own messages on their way into the outbox: the same gate, the same rows, in the transaction that decides on them. */
#include "sb-desk-private.h"

#include "sb-json.h"

/* Older than the line allows when it is looked at: shown, and answered by a person. */
gboolean
sb_desk_is_stale (SbReader        *reader,
                  const SbMessage *message,
                  gint64           now)
{
  g_autoptr (SbLine) line = sb_reader_get_line (reader, message->line_id);

  return message->stale || now - message->sent_at > (line != NULL ? line->stale_after_ms : SB_DESK_TOO_LATE_MS);
}

static gint64
add (SbWriter            *writer,
     const SbDeskMessage *wanted,
     gint64               line_id,
     GError             **error)
{
  g_autoptr (SbMessage) message = sb_message_new ();
  SbOutgoing            row = { .line_id = line_id, .client_key = wanted->client_key, .expires_at = wanted->expires_at };

  message->thread_id = wanted->thread_id;
  message->line_id = line_id;
  message->kind = wanted->kind;
  message->direction = SB_DIRECTION_OUT;
  message->author = SB_AUTHOR_SHOPBELL;
  message->author_name = g_strdup (wanted->speaker);
  message->status = SB_STATUS_QUEUED;
  message->sent_at = sb_writer_now (writer);
  message->status_at = message->sent_at;
  message->text = g_strdup (wanted->text);
  message->data = wanted->data != NULL ? json_object_ref (wanted->data) : NULL;
  row.message_id = sb_writer_add_message (writer, message, 0, error);

  return row.message_id != 0 && sb_writer_queue (writer, &row, error) != 0 ? row.message_id : 0;
}

/**
 * sb_desk_send:
 * @message_id: (out): 0 when the gate said no, or the key was used before
 * @reason: (out): the gate's answer
 *
 * What would have to wait for a line is not queued at all: by then it would be out of place.
 */
gboolean
sb_desk_send (SbWriter            *writer,
              const SbDeskMessage *message,
              gint64              *message_id,
              SbReason            *reason,
              GError             **error)
{
  SbOutgoingMessage outgoing = { .thread_id = message->thread_id, .kind = message->kind, .text = message->text, .data = message->data };
  gint64            line_id = 0;

  *message_id = 0;
  *reason = sb_gate_check (sb_writer_get_reader (writer), NULL, sb_writer_now (writer), &outgoing, &line_id, NULL);
  if (*reason != SB_REASON_ALLOWED || sb_writer_find_client_key (writer, message->client_key) != 0)
    return TRUE;

  sb_writer_set_actor (writer, SB_AUTHOR_SHOPBELL, 0);
  *message_id = add (writer, message, line_id, error);

  return *message_id != 0;
}
