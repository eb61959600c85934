/*
 * How it was: a while after Done the customer is asked once, inside the answer window only. The wait is a due row, so that
 * Undo within it takes the question back, and the answer is bound to the closing and to whoever closed.
 */
#include "sb-desk-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "sb-json.h"

#define RATE_PREFIX "sb-rate:"

/* -- asking -- */

/* Closed by Undo or Redo: no new end of the conversation. */
static gboolean
again (const SbEvent *event)
{
  g_autoptr (JsonNode) node = event->data != NULL ? sb_json_parse (event->data, -1, NULL) : NULL;

  return sb_json_bool (sb_json_root (node), "undone", FALSE) || sb_json_bool (sb_json_root (node), "redone", FALSE);
}

gboolean
sb_desk_thread_changed (SbWriter      *writer,
                        const SbDesk  *desk,
                        const SbEvent *event,
                        GError       **error)
{
  SbThreadBefore now;
  gint64         id;

  if (!sb_writer_look_at_thread (writer, event->thread_id, &now))
    return TRUE;
  if (now.status != SB_THREAD_CLOSED)
    return sb_writer_end_closings (writer, event->thread_id, error);
  if (event->kind != SB_EVENT_THREAD_STATUS || event->actor != SB_AUTHOR_STAFF || !desk->asks)
    return TRUE;

  id = again (event) ? sb_writer_resume_closing (writer, event->thread_id, error) : sb_writer_add_closing (writer, event, error);
  if (id == 0)
    return error == NULL || *error == NULL;

  return sb_writer_add_due (writer, event->at + desk->wait_s * SB_SECOND_MS, "closing", id, NULL, error) != 0;
}

/* From best to worst; a button's words have at most 20 characters. */
static const char *
words_of (int scale,
          int score)
{
  const char *faces[] = { _("🙁 Not good"), _("😐 All right"), _("🙂 Good") };
  const char *marks[] = { _("1 – Very bad"), _("2 – Bad"), _("3 – All right"), _("4 – Good"), _("5 – Very good") };

  return scale == 3 ? faces[score - 1] : marks[score - 1];
}

static JsonObject *
choice_of (gint64 closing_id,
           int    scale,
           int    score)
{
  g_autofree char *id = g_strdup_printf (RATE_PREFIX "%" G_GINT64_FORMAT ":%d", closing_id, score);

  return sb_json_make ("s:id", id, "s:title", words_of (scale, score), NULL);
}

/* (transfer full): three faces are buttons, five marks a list: the network allows three buttons. */
static JsonObject *
make_question (gint64      closing_id,
               int         scale,
               const char *text)
{
  JsonArray  *choices = json_array_new ();
  JsonObject *body = sb_json_make ("s:text", text, NULL);

  for (int score = scale; score > 0; score--)
    {
      JsonObject *choice = choice_of (closing_id, scale, score);

      json_array_add_object_element (choices, scale == 3 ? sb_json_make ("s:type", "reply", "o:reply", choice, NULL) : choice);
    }
  if (scale == 3)
    return sb_json_make ("s:type", "button", "o:body", body, "o:action", sb_json_make ("a:buttons", choices, NULL), NULL);

  /* Translators: the button that opens a list of marks; at most 20 characters */
  return sb_json_make ("s:type", "list", "o:body", body, "o:action",
                       sb_json_make ("s:button", _("Choose"), "a:sections", sb_json_make_array (sb_json_make ("a:rows", choices, NULL), NULL), NULL), NULL);
}

static gboolean
say_why_not (SbWriter   *writer,
             gint64      thread_id,
             const char *why,
             SbReason    reason,
             GError    **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_SHOPBELL, 0);

  return reason == SB_REASON_BLOCKED || sb_writer_add_system_line (writer, thread_id, "question-held", sb_json_make ("s:reason", why, "i:code", (gint64) reason, NULL), error);
}

/* The due row's turn. Nothing is asked that was slept through, or when the owner turned it off meanwhile. */
gboolean
sb_desk_ask (SbWriter       *writer,
             const SbDueRow *row,
             GError        **error)
{
  g_autoptr (SbDesk)     desk = sb_reader_get_desk (sb_writer_get_reader (writer));
  gint64                 now = sb_writer_now (writer);
  const char            *wanted = desk->question != NULL && desk->question[0] != '\0' ? desk->question : sb_desk_default_question ();
  g_autofree char       *key = g_strdup_printf ("closing-%" G_GINT64_FORMAT, row->subject_id);
  g_autofree char       *text = NULL;
  g_autoptr (JsonObject) question = NULL;
  SbDeskMessage          message = { .kind = SB_MESSAGE_INTERACTIVE, .speaker = SB_DESK_QUESTION, .client_key = key, .expires_at = now + SB_DESK_TOO_LATE_MS };
  SbClosing              closing;
  gint64                 message_id = 0;
  SbReason               reason = SB_REASON_ALLOWED;

  if (!desk->asks || !sb_writer_may_ask (writer, row->subject_id, &closing))
    return TRUE;
  if (now - row->at > SB_DESK_TOO_LATE_MS)
    return say_why_not (writer, closing.thread_id, "late", SB_REASON_ALLOWED, error);

  text = sb_desk_fill (sb_writer_get_reader (writer), desk, now, closing.thread_id, wanted, FALSE);
  question = make_question (closing.id, desk->scale, text);
  message.thread_id = closing.thread_id;
  message.text = text;
  message.data = question;
  if (!sb_desk_send (writer, &message, &message_id, &reason, error))
    return FALSE;
  if (message_id == 0)
    return say_why_not (writer, closing.thread_id, sb_reason_to_name (reason), reason, error);

  return sb_writer_asked (writer, closing.id, message_id, desk->scale, error);
}

/* -- the answer -- */

/* @closing_id, @score: (out) (optional) */
gboolean
sb_desk_is_rating (const SbMessage *message,
                   gint64          *closing_id,
                   int             *score)
{
  JsonObject *reply = sb_json_object (message->data, "button_reply");
  const char *id = sb_json_string (reply != NULL ? reply : sb_json_object (message->data, "list_reply"), "id");
  gint64      closing = 0;
  int         given = 0, end = 0;

  if (message->kind != SB_MESSAGE_INTERACTIVE_REPLY || id == NULL || !g_str_has_prefix (id, RATE_PREFIX) ||
      sscanf (id, RATE_PREFIX "%" G_GINT64_FORMAT ":%d%n", &closing, &given, &end) != 2 || id[end] != '\0')
    return FALSE;
  if (closing_id != NULL)
    *closing_id = closing;
  if (score != NULL)
    *score = given;

  return TRUE;
}

static char *
name_of_staff (SbWriter *writer,
               gint64    staff_id)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_writer_get_reader (writer));

  for (guint i = 0; i < staff->len; i++)
    if (((SbNamed *) staff->pdata[i])->id == staff_id)
      return g_strdup (((SbNamed *) staff->pdata[i])->name);

  return NULL;
}

/**
 * sb_desk_take_rating:
 * @before: the conversation before @message was added to it
 *
 * Keeps the score in the transaction that stores the answer, and leaves the conversation as it was: a mark asks for nothing.
 * A mark for another conversation, or out of range, is an ordinary message.
 */
gboolean
sb_desk_take_rating (SbWriter             *writer,
                     const SbMessage      *message,
                     gint64                message_id,
                     const SbThreadBefore *before,
                     GError              **error)
{
  g_autofree char *name = NULL;
  SbClosing        closing;
  gint64           id = 0;
  int              score = 0;
  gboolean         done;

  if (!sb_desk_is_rating (message, &id, &score) || !sb_writer_get_closing (writer, id, &closing) || closing.thread_id != message->thread_id || score < 1 || score > closing.scale)
    return TRUE;

  name = name_of_staff (writer, closing.staff_id);
  sb_writer_set_actor (writer, SB_AUTHOR_SHOPBELL, 0);
  done = sb_writer_put_thread_back (writer, message->thread_id, before, message->sent_at, error) &&
         (closing.score == score ||
          (sb_writer_rate (writer, id, score, message_id, error) &&
           sb_writer_add_system_line (writer, message->thread_id, "rated",
                                      sb_json_make ("i:score", (gint64) score, "i:scale", (gint64) closing.scale, "s:staff", name, NULL), error)));
  sb_writer_set_actor (writer, SB_AUTHOR_CUSTOMER, 0);

  return done;
}
