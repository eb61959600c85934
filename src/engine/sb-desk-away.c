/*
 * The answer while the shop is closed: once for each customer and closed time, never to somebody who is blocked, never where
 * a person of the shop wrote within the last half hour or something else answered, and never to what is old.
 */
#include "sb-desk-private.h"

#include <glib/gi18n-lib.h>

#include "sb-json.h"

static gboolean
is_word (const SbMessage *message)
{
  return message->direction == SB_DIRECTION_IN && !message->revoked && message->kind != SB_MESSAGE_SYSTEM && message->kind != SB_MESSAGE_WELCOME &&
         !sb_desk_is_rating (message, NULL, NULL);
}

/* Closed when it was written, and still. */
static gboolean
is_closed (const SbDesk    *desk,
           const SbMessage *message,
           gint64           now)
{
  return !sb_hours_is_open (desk->hours, now) && !sb_hours_is_open (desk->hours, message->sent_at);
}

/* It says when the shop opens: once it does, or the answer is late by more than the line allows, it stays here. */
static gboolean
plan_withdrawal (SbWriter *writer,
                 gint64    message_id,
                 gint64    until,
                 GError  **error)
{
  return sb_writer_add_due (writer, until, "away-end", message_id, NULL, error) != 0;
}

/* Nobody knows it was not sent unless it is written down. */
static gboolean
say_why_not (SbWriter *writer,
             gint64    thread_id,
             SbReason  reason,
             GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_SHOPBELL, 0);

  return reason == SB_REASON_BLOCKED || sb_writer_add_system_line (writer, thread_id, "away-held", sb_json_make ("s:reason", sb_reason_to_name (reason), "i:code", (gint64) reason, NULL), error);
}

static gboolean
answer (SbWriter     *writer,
        const SbDesk *desk,
        gint64        thread_id,
        gint64        closed_since,
        GError      **error)
{
  gint64                 now = sb_writer_now (writer);
  gint64                 opens = sb_hours_next_opening (desk->hours, now);
  gint64                 until = opens != 0 ? MIN (opens, now + SB_DESK_TOO_LATE_MS) : now + SB_DESK_TOO_LATE_MS;
  const char            *wanted = desk->away_text != NULL && desk->away_text[0] != '\0' ? desk->away_text : sb_desk_default_away ();
  g_autofree char       *text = sb_desk_fill (sb_writer_get_reader (writer), desk, now, thread_id, wanted, FALSE);
  g_autofree char       *key = g_strdup_printf ("away-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, thread_id, closed_since);
  g_autoptr (JsonObject) why = sb_json_make ("s:why", "closed", "i:closed_since", closed_since, "i:opens", opens, NULL);
  SbDeskMessage          message = { .thread_id = thread_id, .kind = SB_MESSAGE_TEXT, .text = text, .data = why, .speaker = SB_DESK_AWAY, .client_key = key, .expires_at = until + SB_MINUTE_MS };
  SbEvent                event = { .kind = SB_EVENT_AWAY, .thread_id = thread_id, .actor = SB_AUTHOR_SHOPBELL };
  g_autofree char       *data = NULL;
  gint64                 message_id = 0;
  SbReason               reason = SB_REASON_ALLOWED;

  if (!sb_desk_send (writer, &message, &message_id, &reason, error) || !sb_writer_add_away_answer (writer, thread_id, closed_since, message_id, error))
    return FALSE;
  if (message_id != 0 ? !plan_withdrawal (writer, message_id, until, error) : !say_why_not (writer, thread_id, reason, error))
    return FALSE;
  data = g_strdup_printf ("{\"reason\":\"%s\",\"closed_since\":%" G_GINT64_FORMAT "}", sb_reason_to_name (reason), closed_since);
  event.message_id = message_id;
  event.data = data;

  return sb_writer_append_event (writer, &event, error);
}

gboolean
sb_desk_answer_closed (SbWriter      *writer,
                       const SbDesk  *desk,
                       const SbEvent *event,
                       GError       **error)
{
  SbReader             *reader = sb_writer_get_reader (writer);
  gint64                now = sb_writer_now (writer);
  g_autoptr (SbMessage) message = NULL;
  gint64                closed_since;

  if (!desk->away || event->stale)
    return TRUE;
  message = sb_reader_get_message (reader, event->message_id);
  if (message == NULL || !is_word (message) || sb_desk_is_stale (reader, message, now) || !is_closed (desk, message, now))
    return TRUE;
  closed_since = sb_hours_closed_since (desk->hours, now);
  if (sb_writer_answered_while_closed (writer, message->thread_id, closed_since) ||
      sb_writer_somebody_answered (writer, message->thread_id, now - SB_DESK_LATELY_MS, message->id))
    return TRUE;

  return answer (writer, desk, message->thread_id, closed_since, error);
}

/* It still waits here, and what it says is no longer so. */
gboolean
sb_desk_withdraw_answer (SbWriter *writer,
                         gint64    message_id,
                         GError  **error)
{
  g_autoptr (SbOutboxRow) row = sb_reader_get_outbox (sb_writer_get_reader (writer), message_id);

  if (row == NULL || row->state != SB_STATUS_QUEUED)
    return TRUE;
  sb_writer_set_actor (writer, SB_AUTHOR_SHOPBELL, 0);

  return sb_writer_cancel (writer, message_id, error);
}
