/*
 * Stopping and starting, as customers say it. The ledger's entry, what the person may receive, the offers that are cancelled
 * and the one confirmation are rows of the same transaction as the message: there is no moment in which one is without the
 * others.
 */
#include "sb-consent-intake.h"

#include <string.h>

#include "sb-json.h"
#include "sb-queue.h"
#include "sb-writer-consent.h"

static gint64
add_entry (SbReading       *reading,
           gint64           contact_id,
           gint64           message_id,
           const SbMessage *message,
           SbPurpose        purpose,
           SbAnswer         answer,
           SbMethod         method,
           gint64           wording_id,
           gint64           reply_id,
           GError         **error)
{
  SbConsentEntry entry = {
    .contact_id = contact_id,
    .at = message->sent_at,
    .purpose = purpose,
    .answer = answer,
    .method = method,
    .channel = SB_CONSENT_CHANNEL_WHATSAPP,
    .wording_id = wording_id,
    .words = message->text,
    .line_id = message->line_id,
    .message_id = message_id,
    .reply_id = reply_id,
    .author = SB_AUTHOR_CUSTOMER,
  };

  sb_writer_set_actor (reading->writer, SB_AUTHOR_CUSTOMER, 0);

  return sb_writer_add_consent (reading->writer, &entry, error);
}

/* -- the one confirmation -- */

/* Its id when the gate lets it out, 0 when it does not; nothing is written yet. */
static gint64
plan_reply (SbReading       *reading,
            const SbMessage *message,
            SbWordingKind    kind,
            const char      *language,
            SbWording      **wording)
{
  SbReader         *reader = sb_writer_get_reader (reading->writer);
  SbOutgoingMessage outgoing = { .thread_id = message->thread_id, .line_id = message->line_id, .kind = SB_MESSAGE_TEXT };
  SbReason          reason;

  *wording = sb_reader_get_wording_in_use (reader, kind, language);
  if (*wording == NULL)
    return 0;
  outgoing.text = (*wording)->text;
  reason = sb_gate_check (reader, NULL, sb_writer_now (reading->writer), &outgoing, NULL, NULL);

  return reason == SB_REASON_ALLOWED || sb_reason_is_wait (reason) ? sb_writer_new_id (reading->writer) : 0;
}

static gboolean
send_reply (SbReading       *reading,
            const SbMessage *message,
            gint64           message_id,
            gint64           reply_id,
            const SbWording *wording,
            GError         **error)
{
  g_autofree char   *key = g_strdup_printf ("consent:%" G_GINT64_FORMAT, message_id);
  SbAutomaticMessage reply = {
    .outgoing = { .thread_id = message->thread_id, .line_id = message->line_id, .kind = SB_MESSAGE_TEXT, .client_key = key },
    .author = SB_AUTHOR_SHOPBELL,
    .message_id = reply_id,
  };

  if (reply_id == 0)
    return TRUE;
  reply.outgoing.text = wording->text;

  return sb_queue_message (reading->writer, &reply, NULL, NULL, error);
}

/* -- stop and start -- */

/* Something newer stands already: a message that arrives late is kept in the ledger and changes nothing. */
static gboolean
is_late (SbReader        *reader,
         gint64           contact_id,
         const SbMessage *message)
{
  return sb_reader_get_answer_time (reader, contact_id, SB_PURPOSE_OFFERS) > message->sent_at;
}

static gboolean
take_stop (SbReading       *reading,
           gint64           contact_id,
           gint64           message_id,
           const SbMessage *message,
           SbStopMeaning    meaning,
           SbMethod         method,
           const char      *language,
           GError         **error)
{
  SbReader             *reader = sb_writer_get_reader (reading->writer);
  g_autoptr (SbWording) wording = NULL;
  gboolean              everything = meaning == SB_STOP_EVERYTHING;
  gboolean              late = is_late (reader, contact_id, message);
  gint64                reply_id, id;

  /* Said before: it holds, and is confirmed once. */
  if (sb_reader_get_answer (reader, contact_id, SB_PURPOSE_OFFERS) == SB_ANSWER_NO &&
      (!everything || sb_reader_get_answer (reader, contact_id, SB_PURPOSE_ORDERS) == SB_ANSWER_NO))
    return TRUE;

  reply_id = late ? 0 : plan_reply (reading, message, everything ? SB_WORDING_STOPPED_ALL : SB_WORDING_STOPPED, language, &wording);
  id = add_entry (reading, contact_id, message_id, message, everything ? SB_PURPOSE_EVERYTHING : SB_PURPOSE_OFFERS, SB_ANSWER_NO, method, 0, reply_id, error);

  return id != 0 && (late || sb_writer_cancel_refused (reading->writer, contact_id, id, error) >= 0) && send_reply (reading, message, message_id, reply_id, wording, error);
}

/* Only somebody who opted out can opt in again by one word; to others "start" may mean anything. */
static gboolean
take_start (SbReading       *reading,
            gint64           contact_id,
            gint64           message_id,
            const SbMessage *message,
            SbMethod         method,
            const char      *language,
            GError         **error)
{
  SbReader             *reader = sb_writer_get_reader (reading->writer);
  g_autoptr (SbWording) wording = NULL;
  gboolean              late = is_late (reader, contact_id, message);
  gboolean              everything = sb_reader_get_answer (reader, contact_id, SB_PURPOSE_ORDERS) == SB_ANSWER_NO;
  gint64                reply_id;

  if (sb_reader_get_consent (reader, contact_id) != SB_CONSENT_OPTED_OUT)
    return TRUE;
  reply_id = late ? 0 : plan_reply (reading, message, SB_WORDING_STARTED, language, &wording);

  return add_entry (reading, contact_id, message_id, message, everything ? SB_PURPOSE_EVERYTHING : SB_PURPOSE_OFFERS, SB_ANSWER_YES, method, 0, reply_id, error) != 0 &&
         send_reply (reading, message, message_id, reply_id, wording, error);
}

/* The words of a link, a code or a button that says yes to a wording of ours. */
static gboolean
take_yes (SbReading       *reading,
          gint64           contact_id,
          gint64           message_id,
          const SbMessage *message,
          SbMethod         method,
          gboolean        *taken,
          GError         **error)
{
  g_autofree char *folded = sb_stop_fold (message->text);
  gint64           wording_id = folded[0] != '\0' ? sb_reader_find_wording_reply (sb_writer_get_reader (reading->writer), folded) : 0;

  *taken = wording_id != 0;

  return wording_id == 0 ||
         add_entry (reading, contact_id, message_id, message, SB_PURPOSE_OFFERS, SB_ANSWER_YES, method == SB_METHOD_BUTTON ? method : SB_METHOD_LINK, wording_id, 0, error) != 0;
}

static gboolean
take_words (SbReading       *reading,
            gint64           contact_id,
            gint64           message_id,
            const SbMessage *message,
            GError         **error)
{
  SbReader     *reader = sb_writer_get_reader (reading->writer);
  SbMethod      method = message->kind == SB_MESSAGE_TEXT ? SB_METHOD_WORD : SB_METHOD_BUTTON;
  const char   *payload = message->kind == SB_MESSAGE_BUTTON ? sb_json_string (message->data, "payload") : NULL;
  char          language[8] = "";
  gboolean      taken = FALSE;
  SbStopMeaning meaning;

  if (!take_yes (reading, contact_id, message_id, message, method, &taken, error))
    return FALSE;
  if (taken)
    return TRUE;
  meaning = sb_stop_match (message->text, sb_reader_find_stop_word, reader, language);
  if ((meaning == SB_STOP_NOT || meaning == SB_STOP_UNSURE) && payload != NULL)
    meaning = sb_stop_match (payload, sb_reader_find_stop_word, reader, language);

  switch (meaning)
    {
    case SB_STOP_OFFERS:
    case SB_STOP_EVERYTHING:
      return take_stop (reading, contact_id, message_id, message, meaning, method, language, error);
    case SB_STOP_START:
      return take_start (reading, contact_id, message_id, message, method, language, error);
    case SB_STOP_UNSURE:
      return sb_reader_get_answer (reader, contact_id, SB_PURPOSE_OFFERS) == SB_ANSWER_NO ||
             sb_writer_add_consent_question (reading->writer, contact_id, message_id, error) != 0;
    case SB_STOP_NOT:
    case SB_STOP_POLITE:
    default:
      return TRUE;
    }
}

gboolean
sb_consent_take_message (SbReading       *reading,
                         gint64           contact_id,
                         gint64           message_id,
                         const SbMessage *message,
                         GError         **error)
{
  gboolean is_word = message->kind != SB_MESSAGE_SYSTEM && message->kind != SB_MESSAGE_WELCOME;

  if (is_word && !sb_reader_has_consent_entries (sb_writer_get_reader (reading->writer), contact_id) &&
      add_entry (reading, contact_id, message_id, message, SB_PURPOSE_ORDERS, SB_ANSWER_YES, SB_METHOD_WROTE_FIRST, 0, 0, error) == 0)
    return FALSE;
  if (message->text == NULL || (message->kind != SB_MESSAGE_TEXT && message->kind != SB_MESSAGE_BUTTON && message->kind != SB_MESSAGE_INTERACTIVE_REPLY))
    return TRUE;

  return take_words (reading, contact_id, message_id, message, error);
}

gboolean
sb_consent_take_preference (SbReading  *reading,
                            gint64      contact_id,
                            gint64      thread_id,
                            JsonObject *preference,
                            GError    **error)
{
  SbReader      *reader = sb_writer_get_reader (reading->writer);
  gboolean       stop = g_strcmp0 (sb_json_string (preference, "value"), "stop") == 0;
  SbConsentEntry entry = {
    .contact_id = contact_id,
    .at = sb_reading_second (reading, preference),
    .purpose = SB_PURPOSE_OFFERS,
    .answer = stop ? SB_ANSWER_NO : SB_ANSWER_YES,
    .method = SB_METHOD_NETWORK,
    .channel = SB_CONSENT_CHANNEL_WHATSAPP,
    .words = (char *) sb_json_string (preference, "detail"),
    .line_id = reading->line->id,
    .author = SB_AUTHOR_CUSTOMER,
  };
  gint64 id;

  /* The same switch told twice is one entry. */
  if (sb_reader_get_answer (reader, contact_id, SB_PURPOSE_OFFERS) == entry.answer && sb_reader_get_answer_time (reader, contact_id, SB_PURPOSE_OFFERS) == entry.at)
    return TRUE;

  sb_writer_set_actor (reading->writer, SB_AUTHOR_CUSTOMER, 0);
  id = sb_writer_add_consent (reading->writer, &entry, error);

  return id != 0 && (!stop || sb_writer_cancel_refused (reading->writer, contact_id, id, error) >= 0) &&
         sb_writer_add_system_line (reading->writer, thread_id, stop ? "offers-stopped" : "offers-resumed", NULL, error);
}
