/* The shop's own messages on their way into the outbox: the same gate, the same rows, in the transaction that decides on them. */
#include "sb-desk-private.h"

#include "sb-queue.h"

/* Older than the line allows when it is looked at: shown, and answered by a person. */
gboolean
sb_desk_is_stale (SbReader        *reader,
                  const SbMessage *message,
                  gint64           now)
{
  g_autoptr (SbLine) line = sb_reader_get_line (reader, message->line_id);

  return message->stale || now - message->sent_at > (line != NULL ? line->stale_after_ms : SB_DESK_TOO_LATE_MS);
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
  const SbAutomaticMessage order = {
    .outgoing = { .thread_id = message->thread_id, .kind = message->kind, .text = message->text, .data = message->data, .client_key = message->client_key },
    .author = SB_AUTHOR_SHOPBELL,
    .speaker = message->speaker,
    .expires_at = message->expires_at,
    .now_or_never = TRUE,
  };

  sb_writer_set_actor (writer, SB_AUTHOR_SHOPBELL, 0);

  return sb_queue_message (writer, &order, message_id, reason, error);
}
