#include "sb-queue.h"

static gboolean
note_refusal (SbWriter *writer,
              gint64    thread_id,
              SbAuthor  author,
              SbReason  reason,
              GError  **error)
{
  g_autofree char *data = g_strdup_printf ("{\"reason\":\"%s\"}", sb_reason_to_name (reason));
  SbEvent          event = { .kind = SB_EVENT_REFUSED, .thread_id = thread_id, .actor = author, .data = data };

  return sb_writer_append_event (writer, &event, error);
}

gboolean
sb_queue_message (SbWriter                *writer,
                  const SbOutgoingMessage *outgoing,
                  SbAuthor                 author,
                  gint64                   message_id,
                  SbReason                *reason,
                  GError                 **error)
{
  g_autoptr (SbMessage) message = sb_message_new ();
  gint64                now = sb_writer_now (writer);
  gint64                line_id = 0;
  SbReason              answer = sb_gate_check (sb_writer_get_reader (writer), NULL, now, outgoing, &line_id, NULL);
  SbOutgoing            row = { .line_id = line_id, .not_before = outgoing->not_before, .client_key = outgoing->client_key };

  if (reason != NULL)
    *reason = answer;
  if (answer != SB_REASON_ALLOWED && !sb_reason_is_wait (answer))
    return note_refusal (writer, outgoing->thread_id, author, answer, error);
  if (sb_writer_find_client_key (writer, outgoing->client_key) != 0)
    return TRUE;

  message->id = message_id;
  message->thread_id = outgoing->thread_id;
  message->line_id = line_id;
  message->kind = outgoing->kind;
  message->direction = SB_DIRECTION_OUT;
  message->author = author;
  message->status = SB_STATUS_QUEUED;
  message->text = g_strdup (outgoing->text);
  message->sent_at = now;
  message->status_at = now;
  row.message_id = sb_writer_add_message (writer, message, 0, error);

  return row.message_id != 0 && sb_writer_queue (writer, &row, error) != 0;
}
