/* Stopping and starting, as customers say it, and what the gate makes of it. */
#include <string.h>

#include "sb-engine-consent.h"
#include "sb-engine-fixture.h"
#include "sb-json.h"
#include "sb-writer-consent.h"

static GHashTable *no_values;

/* -- words -- */

static SbStopMeaning
match (SbEngineFixture *self,
       const char      *text,
       char            *language)
{
  return sb_stop_match (text, sb_reader_find_stop_word, sb_fixture_reader (self), language);
}

/* Every word of the list that the shop begins with stops, however it is written, and in the list it is folded as we fold. */
static void
test_every_word (SbEngineFixture *self,
                 gconstpointer    data)
{
  g_autoptr (GPtrArray)  words = sb_reader_list_stop_words (sb_fixture_reader (self));
  g_autoptr (GHashTable) languages = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < words->len; i++)
    {
      const SbStopWord *word = words->pdata[i];
      g_autofree char  *upper = g_utf8_strup (word->word, -1);
      g_autofree char  *folded = sb_stop_fold (word->word);
      const char       *formats[] = { "%s", "  %s. ", "%s!!! 🙏🏽", "«%s»", "%s\n", "👎 %s" };
      char              language[8];

      g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM stop_word WHERE folded = ?", "s", folded), ==, 1);
      if (word->meaning == SB_STOP_POLITE)
        continue;
      g_hash_table_add (languages, word->language);
      for (guint j = 0; j < G_N_ELEMENTS (formats); j++)
        {
          g_autoptr (GString) text = g_string_new (formats[j]);

          g_string_replace (text, "%s", j % 2 == 0 ? word->word : upper, 1);
          g_test_message ("%s: %s", word->language, text->str);
          g_assert_cmpint (match (self, text->str, language), ==, word->meaning);
        }
    }
  g_assert_cmpuint (g_hash_table_size (languages), >=, 20);
}

/* With every "please" and "thank you" of the same language on either side, it still stops. */
static void
test_polite (SbEngineFixture *self,
             gconstpointer    data)
{
  g_autoptr (GPtrArray) words = sb_reader_list_stop_words (sb_fixture_reader (self));
  guint                 n = 0;

  for (guint i = 0; i < words->len; i++)
    for (guint j = 0; j < words->len; j++)
      {
        const SbStopWord *word = words->pdata[i];
        const SbStopWord *polite = words->pdata[j];
        g_autofree char  *text = g_strdup_printf ("%s. %s!", word->word, polite->word);
        char              language[8];

        if (word->meaning == SB_STOP_POLITE || polite->meaning != SB_STOP_POLITE || !g_str_equal (word->language, polite->language))
          continue;
        g_test_message ("%s", text);
        g_assert_cmpint (match (self, text, language), ==, word->meaning);
        n++;
      }
  g_assert_cmpuint (n, >, 300);
}

static void
test_sentences (SbEngineFixture *self,
                gconstpointer    data)
{
  static const struct
  {
    const char   *text;
    SbStopMeaning meaning;
    const char   *language;
  } cases[] = {
    { "STOP", SB_STOP_OFFERS, "en" },
    { "Stop. Thank you", SB_STOP_OFFERS, "en" },
    { "please STOP!!!", SB_STOP_OFFERS, "en" },
    { "stop stop stop", SB_STOP_OFFERS, "en" },
    { "STOP ALL", SB_STOP_EVERYTHING, "en" },
    { "Arrêtez, s’il vous plaît 🙏", SB_STOP_OFFERS, "fr" },
    { "ARRET", SB_STOP_OFFERS, "fr" },
    { "تَوَقَّفْ", SB_STOP_OFFERS, "ar" },
    { "توقف، شكراً", SB_STOP_OFFERS, "ar" },
    { "إيقـــاف", SB_STOP_OFFERS, "ar" },
    { "ايقاف من فضلك", SB_STOP_OFFERS, "ar" },
    { "ابدأ", SB_STOP_START, "ar" },
    { "İPTAL", SB_STOP_OFFERS, "tr" },
    { "ÇIKIŞ lütfen", SB_STOP_OFFERS, "tr" },
    { "Abmelden bitte", SB_STOP_OFFERS, "de" },
    { "Baja, gracias", SB_STOP_OFFERS, "es" },
    { "Start", SB_STOP_START, "en" },
    { "退订", SB_STOP_OFFERS, "zh" },
    { "S.T.O.P.", SB_STOP_OFFERS, "en" },
    { "s t o p", SB_STOP_OFFERS, "en" },
    { "ＳＴＯＰ ！", SB_STOP_OFFERS, "en" },
    { "OK, stop. Thank you so much 🙏🙏", SB_STOP_OFFERS, "en" },
    { "“Stop”", SB_STOP_OFFERS, "en" },
    { "Arrête !", SB_STOP_OFFERS, "fr" },
    { "وقف", SB_STOP_OFFERS, "ar" },
    { "stop it, you’re funny", SB_STOP_UNSURE, NULL },
    { "Don’t stop!", SB_STOP_UNSURE, NULL },
    { "arrête de me faire rire", SB_STOP_UNSURE, NULL },
    { "non", SB_STOP_NOT, NULL },
    { "no", SB_STOP_NOT, NULL },
    { "ok", SB_STOP_NOT, NULL },
    { "seis", SB_STOP_NOT, NULL }, /* the customer orders six */
    { "A B C", SB_STOP_NOT, NULL },
    { "stopwatch", SB_STOP_NOT, NULL },
    { "We have to stop by tomorrow, is that ok?", SB_STOP_UNSURE, NULL },
    { "Can you stop sending me these offers", SB_STOP_UNSURE, NULL },
    { "Pouvez-vous arrêter de m’écrire ?", SB_STOP_UNSURE, NULL },
    { "stop start", SB_STOP_UNSURE, NULL },
    { "When does the sale end?", SB_STOP_NOT, NULL },
    { "Please cancel my order 204", SB_STOP_NOT, NULL },
    { "The bus stops here, nonstop", SB_STOP_NOT, NULL },
    { "thank you", SB_STOP_NOT, NULL },
    { "", SB_STOP_NOT, NULL },
    { "👍", SB_STOP_NOT, NULL },
    { "\xff\xfe", SB_STOP_NOT, NULL },
  };
  g_autoptr (GString) long_text = g_string_new ("stop");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char language[8];

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (match (self, cases[i].text, language), ==, cases[i].meaning);
      if (cases[i].language != NULL)
        g_assert_cmpstr (language, ==, cases[i].language);
    }
  for (guint i = 0; i < 5000; i++)
    g_string_append (long_text, " and so on");
  {
    char language[8];

    g_assert_cmpint (match (self, long_text->str, language), ==, SB_STOP_NOT);
  }
}

static void done_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data);

/* The owner's list is what counts: a word taken out stops nobody, a new one does, and the others are as they were. */
static void
test_own_words (SbEngineFixture *self,
                gconstpointer    data)
{
  const char *const words[] = { "Stop", "cancel", "No More Cake!", "stop", NULL };
  gint64            done = -2;
  char              language[8];

  g_assert_cmpint (match (self, "unsubscribe", language), ==, SB_STOP_OFFERS);
  sb_engine_set_stop_words_async (self->engine, "en", SB_STOP_OFFERS, words, done_cb, &done);
  while (done == -2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (match (self, "unsubscribe", language), ==, SB_STOP_NOT);
  g_assert_cmpint (match (self, "no more CAKE, please", language), ==, SB_STOP_OFFERS);
  g_assert_cmpint (match (self, "STOP", language), ==, SB_STOP_OFFERS);
  g_assert_cmpint (match (self, "stop all", language), ==, SB_STOP_EVERYTHING);
  g_assert_cmpint (match (self, "Please cancel my order", language), ==, SB_STOP_NOT);
  g_assert_cmpint (match (self, "Abmelden", language), ==, SB_STOP_OFFERS);
}

/* -- a shop with an offer and an order message -- */

static SbTemplate *
make_template (const char *name,
               const char *category)
{
  g_autoptr (JsonNode) node = sb_json_parse ("[{\"type\":\"BODY\",\"text\":\"Hello from the shop\"}]", -1, NULL);
  SbTemplate *template = sb_template_new ();

  g_set_str (&template->name, name);
  g_set_str (&template->language, "en");
  g_set_str (&template->category, category);
  g_set_str (&template->status, "APPROVED");
  g_clear_pointer (&template->components, json_array_unref);
  template->components = json_array_ref (json_node_get_array (node));

  return template;
}

static gboolean
save_templates (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  SbEngineFixture      *self = data;
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_template_free);

  g_ptr_array_add (templates, make_template ("offer", "MARKETING"));
  g_ptr_array_add (templates, make_template ("order", "UTILITY"));

  return sb_writer_sync_templates (writer, self->line_id, templates, error);
}

static gint64
template_named (SbEngineFixture *self,
                const char      *name)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT id FROM template WHERE name = ?", "s", name);
}

static SbOutgoingMessage
offer (SbEngineFixture *self)
{
  return (SbOutgoingMessage) { .thread_id = self->ana, .kind = SB_MESSAGE_TEMPLATE, .template_id = template_named (self, "offer"), .values = no_values };
}

static SbOutgoingMessage
order (SbEngineFixture *self)
{
  return (SbOutgoingMessage) { .thread_id = self->ana, .kind = SB_MESSAGE_TEMPLATE, .template_id = template_named (self, "order"), .values = no_values };
}

static gint64
ana_contact (SbEngineFixture *self)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM thread WHERE id = ?", "i", self->ana);
}

static SbConsent
ana_may (SbEngineFixture *self)
{
  return sb_reader_get_consent (sb_fixture_reader (self), ana_contact (self));
}

static void
say (SbEngineFixture *self,
     const char      *text)
{
  g_autofree char *wamid = g_strdup_printf ("wamid.say-%" G_GINT64_FORMAT, ++self->seq);
  g_autofree char *body = NULL;

  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  body = sb_fake_text_body (SB_ANA, wamid, text, sb_clock_now (self->clock));
  sb_fixture_give (self, body);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gint64            *id = user_data;

  *id = sb_engine_consent_finish (SB_ENGINE (object), result, &error);
  g_assert_no_error (error);
}

static gint64
record (SbEngineFixture *self,
        SbPurpose        purpose,
        SbAnswer         answer)
{
  SbConsentEntry entry = { .contact_id = ana_contact (self), .purpose = purpose, .answer = answer, .method = SB_METHOD_TOLD, .channel = SB_CONSENT_CHANNEL_SHOP };
  gint64         undo = -2;

  sb_engine_add_consent_async (self->engine, &entry, NULL, done_cb, &undo);
  while (undo == -2)
    g_main_context_iteration (NULL, TRUE);
  sb_fake_settle ();

  return undo;
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sb_engine_undo_finish (SB_ENGINE (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
undo (SbEngineFixture *self,
      gint64           id)
{
  gboolean done = FALSE;

  sb_engine_undo_async (self->engine, id, undone_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  sb_fake_settle ();
}

static int
n_confirmations (SbEngineFixture *self)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM message WHERE direction = 1 AND author = 9", "");
}

static void
set_up (SbEngineFixture *self,
        gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  sb_fixture_set_up (self, data);
  g_assert_true (sb_store_run (self->engine->store, save_templates, self, &error));
}

static SbReason
ask (SbEngineFixture  *self,
     SbOutgoingMessage outgoing)
{
  return sb_engine_ask_gate (self->engine, &outgoing, NULL);
}

/* -- the gate -- */

/* Whoever writes first may hear of orders; offers need a yes; a no is a no, everything is everything. */
static void
test_gate (SbEngineFixture *self,
           gconstpointer    data)
{
  SbOutgoingMessage  text = { .thread_id = self->ana, .kind = SB_MESSAGE_TEXT, .text = "Hello" };
  SbOutgoingMessage  stranger = offer (self);
  g_autoptr (GError) error = NULL;
  SbOutgoingMessage  to_ana = offer (self);

  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_ORDERS);
  g_assert_cmpint (ask (self, offer (self)), ==, SB_REASON_NO_CONSENT);
  g_assert_cmpint (ask (self, order (self)), ==, SB_REASON_ALLOWED);
  g_assert_cmpint (sb_fixture_send (self, &to_ana, &error), ==, 0);
  g_assert_error (error, SB_ERROR, SB_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, sb_reason_to_sentence (SB_REASON_NO_CONSENT));

  record (self, SB_PURPOSE_OFFERS, SB_ANSWER_YES);
  g_assert_cmpint (ask (self, offer (self)), ==, SB_REASON_ALLOWED);
  record (self, SB_PURPOSE_OFFERS, SB_ANSWER_NO);
  g_assert_cmpint (ask (self, offer (self)), ==, SB_REASON_OPTED_OUT);
  g_assert_cmpint (ask (self, order (self)), ==, SB_REASON_ALLOWED);
  record (self, SB_PURPOSE_EVERYTHING, SB_ANSWER_NO);
  g_assert_cmpint (ask (self, order (self)), ==, SB_REASON_OPTED_OUT);
  /* Who writes is still answered. */
  g_assert_cmpint (ask (self, text), ==, SB_REASON_ALLOWED);

  stranger.thread_id = 0;
  stranger.number = "+351912000999";
  g_assert_cmpint (ask (self, stranger), ==, SB_REASON_NO_CONSENT);
}

/* Refused between queueing and sending, behind the back of what cancels: the dispatcher asks again. */
static gboolean
refuse_silently (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  SbEngineFixture *self = data;
  SbConsentEntry   entry = { .contact_id = ana_contact (self), .purpose = SB_PURPOSE_OFFERS, .answer = SB_ANSWER_NO, .method = SB_METHOD_TOLD, .channel = SB_CONSENT_CHANNEL_CALL };

  return sb_writer_add_consent (writer, &entry, error) != 0;
}

static void
test_at_sending (SbEngineFixture *self,
                 gconstpointer    data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (SbMessage) message = NULL;
  SbOutgoingMessage     outgoing = offer (self);
  gint64                id;

  record (self, SB_PURPOSE_OFFERS, SB_ANSWER_YES);
  sb_engine_set_online (self->engine, FALSE);
  id = sb_fixture_send (self, &outgoing, &error);
  g_assert_no_error (error);
  g_assert_true (sb_store_run (self->engine->store, refuse_silently, self, &error));
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, SB_MINUTE_MS);
  message = sb_reader_get_message (sb_fixture_reader (self), id);
  g_assert_cmpint (message->status, ==, SB_STATUS_FAILED);
  g_assert_cmpstr (message->error_text, ==, sb_reason_to_sentence (SB_REASON_OPTED_OUT));
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM event WHERE kind = 23 AND message_id = ? AND data LIKE '%opted-out%'", "i", id), ==, 1);
}

/* -- STOP -- */

static void
test_stop (SbEngineFixture *self,
           gconstpointer    data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  SbOutgoingMessage     outgoing = offer (self);
  SbOutgoingMessage     about_order = order (self);
  const SbConsentEntry *out, *followed;
  gint64                waiting, kept;

  record (self, SB_PURPOSE_OFFERS, SB_ANSWER_YES);
  outgoing.not_before = about_order.not_before = sb_clock_now (self->clock) + SB_HOUR_MS;
  waiting = sb_fixture_send (self, &outgoing, &error);
  kept = sb_fixture_send (self, &about_order, &error);
  g_assert_no_error (error);
  say (self, "Stop. Thank you!");

  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (sb_fixture_status (self, waiting), ==, SB_STATUS_CANCELLED);
  g_assert_cmpint (sb_fixture_status (self, kept), ==, SB_STATUS_QUEUED);
  g_assert_cmpint (n_confirmations (self), ==, 1);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  g_assert_true (g_str_has_prefix (sb_fixture_request (self, 0)->text, "You will get no more offers from us."));

  entries = sb_reader_list_consent_of (sb_fixture_reader (self), ana_contact (self));
  g_assert_cmpuint (entries->len, ==, 4);
  out = entries->pdata[2];
  followed = entries->pdata[3];
  g_assert_cmpint (out->answer, ==, SB_ANSWER_NO);
  g_assert_cmpint (out->method, ==, SB_METHOD_WORD);
  g_assert_cmpstr (out->words, ==, "Stop. Thank you!");
  g_assert_cmpstr (out->reply_text, ==, sb_fixture_request (self, 0)->text);
  g_assert_cmpint (followed->answer, ==, SB_ANSWER_FOLLOWED);
  g_assert_cmpint (followed->n, ==, 1);

  /* Said twice it is confirmed once. */
  say (self, "STOP");
  g_assert_cmpint (n_confirmations (self), ==, 1);
  say (self, "Start");
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OFFERS);
  g_assert_cmpint (n_confirmations (self), ==, 2);
  say (self, "توقف");
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_true (g_str_has_prefix (sb_fixture_request (self, 2)->text, "لن تصلكم"));
}

/* "start" of somebody who never opted out may mean anything. */
static void
test_start_alone (SbEngineFixture *self,
                  gconstpointer    data)
{
  say (self, "Start");
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_ORDERS);
  g_assert_cmpint (n_confirmations (self), ==, 0);
}

/* An older STOP that arrives after a newer START is kept and changes nothing. */
static void
test_late_stop (SbEngineFixture *self,
                gconstpointer    data)
{
  g_autofree char *body = sb_fake_text_body (SB_ANA, "wamid.late", "STOP", sb_clock_now (self->clock) - SB_MINUTE_MS);

  record (self, SB_PURPOSE_OFFERS, SB_ANSWER_YES);
  sb_fixture_give (self, body);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OFFERS);
  g_assert_cmpint (n_confirmations (self), ==, 0);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM consent WHERE answer = 2", ""), ==, 1);
}

/* A message that only speaks of stopping is a question; the answer can be undone. */
static void
test_question (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autoptr (GPtrArray) questions = NULL;
  gint64                undo_id = -2;

  say (self, "We have to stop by tomorrow, is that ok?");
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_ORDERS);
  g_assert_cmpint (n_confirmations (self), ==, 0);
  questions = sb_reader_list_consent_questions (sb_fixture_reader (self), 10);
  g_assert_cmpuint (questions->len, ==, 1);

  sb_engine_answer_consent_question_async (self->engine, questions->pdata[0], TRUE, done_cb, &undo_id);
  while (undo_id == -2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (sb_reader_count_consent_questions (sb_fixture_reader (self)), ==, 0);
  undo (self, undo_id);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_ORDERS);
  g_assert_cmpint (sb_reader_count_consent_questions (sb_fixture_reader (self)), ==, 1);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM consent WHERE answer = 3", ""), ==, 1);
}

static void
test_button_and_switch (SbEngineFixture *self,
                        gconstpointer    data)
{
  record (self, SB_PURPOSE_OFFERS, SB_ANSWER_YES);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  sb_fixture_give_message (self, "wamid.b", "\"type\":\"button\",\"button\":{\"text\":\"Plus d’offres\",\"payload\":\"STOP\"}");
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT method FROM consent WHERE answer = 2", ""), ==, SB_METHOD_BUTTON);

  sb_fixture_pass (self, 5 * SB_SECOND_MS);
  for (const char *const *value = (const char *const[]) { "resume", "stop", "signup", NULL }; *value != NULL; value++)
    {
      g_autofree char *json = g_strdup_printf ("{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"user_preferences\":[{\"wa_id\":\"" SB_ANA
                                               "\",\"category\":\"marketing_messages\",\"value\":\"%s\",\"timestamp\":%" G_GINT64_FORMAT "}]}",
                                               *value, sb_clock_now (self->clock) / 1000);

      sb_fixture_give_value (self, "user_preferences", json);
      g_assert_cmpint (ana_may (self), ==, g_str_equal (*value, "stop") ? SB_CONSENT_OPTED_OUT : SB_CONSENT_OFFERS);
      sb_fixture_pass (self, 5 * SB_SECOND_MS);
    }
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM consent WHERE method = 7", ""), ==, 3);
}

static gint64
save_wording (SbEngineFixture *self,
              const char      *text,
              const char      *reply)
{
  gint64 done = -2;

  sb_engine_save_wording_async (self->engine, 0, SB_WORDING_QUESTION, "en", text, reply, done_cb, &done);
  while (done == -2)
    g_main_context_iteration (NULL, TRUE);

  return sb_reader_find_wording_reply (sb_fixture_reader (self), "yes send me offers");
}

/* Opt in by link, the wording changes, opt out by STOP: all three are there with the wording of the day. */
static void
test_wording_of_the_day (SbEngineFixture *self,
                         gconstpointer    data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char      *before = NULL;
  g_autofree char      *after = NULL;
  const SbConsentEntry *yes;
  gint64                first = save_wording (self, "May we send you our offers, about twice a month?", "Yes, send me offers!");
  gint64                second;

  say (self, "yes send me OFFERS");
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OFFERS);
  second = save_wording (self, "May we send you offers every week?", "Yes, send me offers");
  g_assert_cmpint (second, !=, first);
  say (self, "Stop.");

  entries = sb_reader_list_consent_of (sb_fixture_reader (self), ana_contact (self));
  g_assert_cmpuint (entries->len, ==, 3);
  yes = entries->pdata[1];
  g_assert_cmpint (yes->method, ==, SB_METHOD_LINK);
  g_assert_cmpint (yes->wording_id, ==, first);
  g_assert_cmpint (yes->wording_number, ==, 1);
  g_assert_cmpstr (yes->wording_text, ==, "May we send you our offers, about twice a month?");
  before = sb_consent_check_value (entries);
  g_free (((SbConsentEntry *) entries->pdata[1])->wording_text);
  ((SbConsentEntry *) entries->pdata[1])->wording_text = g_strdup ("Something else");
  after = sb_consent_check_value (entries);
  g_assert_cmpstr (before, !=, after);
}

#define ADD(path, function) g_test_add ("/engine/consent/" path, SbEngineFixture, NULL, set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  no_values = g_hash_table_new (g_str_hash, g_str_equal);
  ADD ("every-word", test_every_word);
  ADD ("polite", test_polite);
  ADD ("sentences", test_sentences);
  ADD ("own-words", test_own_words);
  ADD ("gate", test_gate);
  ADD ("at-sending", test_at_sending);
  ADD ("stop", test_stop);
  ADD ("start-alone", test_start_alone);
  ADD ("late-stop", test_late_stop);
  ADD ("question", test_question);
  ADD ("button-and-switch", test_button_and_switch);
  ADD ("wording-of-the-day", test_wording_of_the_day);
  result = g_test_run ();
  g_hash_table_unref (no_values);

  return result;
}
