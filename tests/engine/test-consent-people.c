/* Consent of people who became one, of people without a name, and of people who are blocked. */
#include <string.h>

#include "sb-engine-consent.h"
#include "sb-engine-fixture.h"
#include "sb-json.h"
#include "sb-writer-consent.h"
#include "sb-writer-contacts.h"

static gint64
contact_with (SbEngineFixture *self,
              const char      *number)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM identity WHERE value = ?", "s", number);
}

static void
say (SbEngineFixture *self,
     const char      *number,
     const char      *text)
{
  g_autofree char *wamid = g_strdup_printf ("wamid.say-%" G_GINT64_FORMAT, ++self->seq);
  g_autofree char *body = NULL;

  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  body = sb_fake_text_body (number, wamid, text, sb_clock_now (self->clock));
  sb_fixture_give (self, body);
}

static void
run (SbEngineFixture *self,
     SbCommand        command)
{
  g_autoptr (GError) error = NULL;

  sb_store_run (self->engine->store, command, self, &error);
  g_assert_no_error (error);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(gint64 *) user_data = sb_engine_consent_finish (SB_ENGINE (object), result, &error);
  g_assert_no_error (error);
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
      gint64           step)
{
  gboolean done = FALSE;

  sb_engine_undo_async (self->engine, step, undone_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  sb_fake_settle ();
}

/* -- questions of people who became one -- */

static gint64 merge_step;

/* Ben becomes Ana, who gets a name of the shop's. */
static gboolean
merge (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  SbEngineFixture *self = data;
  gint64           ana = contact_with (self, SB_ANA);
  gint64           ben = contact_with (self, SB_BEN);

  if (!sb_writer_rename_contact (writer, ana, "Ana Lima", error))
    return FALSE;
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  merge_step = sb_writer_begin_undo (writer, "merge", error);

  return sb_writer_merge_contacts (writer, ana, ben, NULL, error);
}

static SbConsentQuestion *
the_question (SbEngineFixture *self)
{
  g_autoptr (GPtrArray) questions = sb_reader_list_consent_questions (sb_fixture_reader (self), 10);

  g_assert_cmpuint (questions->len, ==, 1);

  return g_ptr_array_steal_index (questions, 0);
}

/* The open question is about who they are now, by name and by conversation; apart again, about who asked. */
static void
test_merged (SbEngineFixture *self,
             gconstpointer    data)
{
  g_autoptr (SbConsentQuestion) before = NULL;
  g_autoptr (SbConsentQuestion) merged = NULL;
  g_autoptr (SbConsentQuestion) apart = NULL;
  gint64                        ana = contact_with (self, SB_ANA);
  gint64                        ben;

  say (self, SB_BEN, "We have to stop by tomorrow, is that ok?");
  ben = contact_with (self, SB_BEN);
  before = the_question (self);
  g_assert_cmpstr (before->name, ==, "Customer " SB_BEN);
  g_assert_cmpint (before->contact_id, ==, ben);
  run (self, merge);
  merged = the_question (self);
  g_assert_cmpstr (merged->name, ==, "Ana Lima");
  g_assert_cmpint (merged->contact_id, ==, ana);
  g_assert_cmpint (merged->thread_id, ==, self->ana);
  undo (self, merge_step);
  apart = the_question (self);
  g_assert_cmpstr (apart->name, ==, "Customer " SB_BEN);
  g_assert_cmpint (apart->contact_id, ==, ben);
  g_assert_cmpint (apart->thread_id, ==, before->thread_id);
}

static SbConsent
state (SbEngineFixture *self,
       gint64           contact_id)
{
  return sb_reader_get_consent (sb_fixture_reader (self), contact_id);
}

/* "It was a STOP": of the one they are; apart again, of the one who wrote it and not of the other. */
static void
test_answered_merged (SbEngineFixture *self,
                      gconstpointer    data)
{
  g_autoptr (SbConsentQuestion) question = NULL;
  gint64                        ana = contact_with (self, SB_ANA);
  gint64                        step = -2;
  gint64                        ben;

  say (self, SB_BEN, "We have to stop by tomorrow, is that ok?");
  ben = contact_with (self, SB_BEN);
  run (self, merge);
  question = the_question (self);
  sb_fixture_pass (self, SB_MINUTE_MS);
  sb_engine_answer_consent_question_async (self->engine, question, TRUE, done_cb, &step);
  while (step == -2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (state (self, ana), ==, SB_CONSENT_OPTED_OUT);
  undo (self, merge_step);
  g_assert_cmpint (state (self, ben), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (state (self, ana), ==, SB_CONSENT_ORDERS);
}

/* -- names -- */

static gboolean
add_nameless (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  gint64         id = sb_writer_create_contact (writer, NULL, "447700900318", NULL, error);
  SbConsentEntry yes = { .contact_id = id, .purpose = SB_PURPOSE_OFFERS, .answer = SB_ANSWER_YES, .method = SB_METHOD_TOLD, .channel = SB_CONSENT_CHANNEL_SHOP };

  return id != 0 && sb_writer_add_consent (writer, &yes, error) != 0;
}

/* Who has no name is called by the number as people write it. */
static void
test_number (SbEngineFixture *self,
             gconstpointer    data)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) people = NULL;

  run (self, add_nameless);
  all = sb_reader_list_ledger (sb_fixture_reader (self), SB_LEDGER_ALL, 0, 0, 1);
  g_assert_cmpstr (((SbConsentEntry *) all->pdata[0])->name, ==, "+44 7700 900318");
  people = sb_reader_list_ledger (sb_fixture_reader (self), SB_LEDGER_PEOPLE, SB_CONSENT_OFFERS, 0, 10);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (((SbConsentEntry *) people->pdata[0])->name, ==, "+44 7700 900318");
}

/* -- the block list, above everything -- */

static gboolean
block (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  gint64 id = sb_writer_create_contact (writer, "Carla", "351912000444", NULL, error);

  return id != 0 && sb_writer_block_contact (writer, id, TRUE, FALSE, error);
}

static gboolean
save_template (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  SbEngineFixture      *self = data;
  g_autoptr (JsonNode)  node = sb_json_parse ("[{\"type\":\"BODY\",\"text\":\"Ready\"}]", -1, NULL);
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_template_free);
  SbTemplate *template = sb_template_new ();

  g_set_str (&template->name, "order");
  g_set_str (&template->language, "en");
  g_set_str (&template->category, "UTILITY");
  g_set_str (&template->status, "APPROVED");
  g_clear_pointer (&template->components, json_array_unref);
  template->components = json_array_ref (json_node_get_array (node));
  g_ptr_array_add (templates, template);

  return sb_writer_sync_templates (writer, self->line_id, templates, error);
}

/* Somebody who never wrote has no conversation, but may be blocked: in any spelling of the number nothing goes to them. */
static void
test_blocked_number (SbEngineFixture *self,
                     gconstpointer    data)
{
  static const char *const spellings[] = { "351912000444", "+351912000444", "+351 912 000 444" };
  g_autoptr (GHashTable)   none = g_hash_table_new (g_str_hash, g_str_equal);

  run (self, save_template);
  run (self, block);
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (GError) error = NULL;
      SbOutgoingMessage  outgoing = { .number = (char *) spellings[i], .line_id = self->line_id, .kind = SB_MESSAGE_TEMPLATE, .values = none };

      outgoing.template_id = sb_db_int (sb_fixture_db (self), 0, "SELECT id FROM template", "");
      g_assert_cmpint (sb_engine_ask_gate (self->engine, &outgoing, NULL), ==, SB_REASON_BLOCKED);
      g_assert_cmpint (sb_fixture_send (self, &outgoing, &error), ==, 0);
      g_assert_cmpstr (error->message, ==, sb_reason_to_sentence (SB_REASON_BLOCKED));
    }
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM event WHERE kind = 23 AND data LIKE '%blocked%'", ""), ==, 3);
}

#define ADD(path, function) g_test_add ("/engine/consent-people/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-question-of-two-who-are-one", test_merged);
  ADD ("an-answer-stays-with-who-wrote", test_answered_merged);
  ADD ("without-a-name-by-number", test_number);
  ADD ("blocked-by-number", test_blocked_number);

  return g_test_run ();
}
