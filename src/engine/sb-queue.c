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

static gint64
add (SbWriter                 *writer,
     const SbAutomaticMessage *order,
     gint64                    line_id,
     GError                  **error)
{
  g_autoptr (SbMessage)    message = sb_message_new ();
  const SbOutgoingMessage *outgoing = &order->outgoing;
  SbOutgoing               row = { .line_id = line_id, .not_before = outgoing->not_before, .client_key = outgoing->client_key, .expires_at = order->expires_at };

  message->id = order->message_id;
  message->thread_id = outgoing->thread_id;
  message->line_id = line_id;
  message->kind = outgoing->kind;
  message->direction = SB_DIRECTION_OUT;
  message->author = order->author;
  message->author_name = g_strdup (order->speaker);
  message->status = SB_STATUS_QUEUED;
  message->text = g_strdup (outgoing->text);
  message->data = outgoing->data != NULL ? json_object_ref (outgoing->data) : NULL;
  message->sent_at = sb_writer_now (writer);
  message->status_at = message->sent_at;
  row.message_id = sb_writer_add_message (writer, message, 0, error);

  return row.message_id != 0 && sb_writer_queue (writer, &row, error) != 0 ? row.message_id : 0;
}

gboolean
sb_queue_message (SbWriter                 *writer,
                  const SbAutomaticMessage *order,
                  gint64                   *message_id,
                  SbReason                 *reason,
                  GError                  **error)
{
  const SbOutgoingMessage *outgoing = &order->outgoing;
  gint64                   line_id = 0, id;
  SbReason                 answer = sb_gate_check (sb_writer_get_reader (writer), NULL, sb_writer_now (writer), outgoing, &line_id, NULL);

  if (message_id != NULL)
    *message_id = 0;
  if (reason != NULL)
    *reason = answer;
  if (answer != SB_REASON_ALLOWED && order->now_or_never)
    return TRUE;
  if (answer != SB_REASON_ALLOWED && !sb_reason_is_wait (answer))
    return note_refusal (writer, outgoing->thread_id, order->author, answer, error);
  if (sb_writer_find_client_key (writer, outgoing->client_key) != 0)
    return TRUE;

  id = add (writer, order, line_id, error);
  if (message_id != NULL)
    *message_id = id;

  return id != 0;
}
