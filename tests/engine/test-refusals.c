/* Who said no stays refused when an older shop file is put back: the list beside it outlives it. */
#include <glib/gstdio.h>
#include <string.h>

#include "sb-engine-fixture.h"
#include "sb-engine-person.h"
#include "sb-json.h"
#include "sb-writer-consent.h"
#include "sb-writer-contacts.h"

#define LIST "opted-out.journal"

static void
copy (SbEngineFixture *self,
      const char      *from,
      const char      *to)
{
  g_autofree char *one = g_build_filename (self->folder, from, NULL);
  g_autofree char *other = g_build_filename (self->folder, to, NULL);
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (one, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (other, bytes, size, NULL));
}

static void
remove_file (SbEngineFixture *self,
             const char      *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_unlink (path);
}

static void
take_copy (SbEngineFixture *self)
{
  sb_fixture_pass (self, SB_MINUTE_MS);
  sb_fixture_close (self);
  copy (self, "shop.db", "old.db");
  sb_fixture_open (self);
  sb_engine_start (self->engine);
  sb_fake_settle ();
}

static void
put_back (SbEngineFixture *self)
{
  sb_fixture_close (self);
  copy (self, "old.db", "shop.db");
  sb_fixture_open (self);
}

static gint64
ana (SbEngineFixture *self)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM thread WHERE id = ?", "i", self->ana);
}

static SbConsent
ana_may (SbEngineFixture *self)
{
  return sb_reader_get_consent (sb_fixture_reader (self), ana (self));
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

/* -- an offer that Ana said yes to -- */

static gboolean
save_offer (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  SbEngineFixture      *self = data;
  g_autoptr (JsonNode)  node = sb_json_parse ("[{\"type\":\"BODY\",\"text\":\"Cake for less\"}]", -1, NULL);
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_template_free);
  SbTemplate *template = sb_template_new ();
  SbConsentEntry yes = { .contact_id = ana (self), .purpose = SB_PURPOSE_OFFERS, .answer = SB_ANSWER_YES, .method = SB_METHOD_FORM, .channel = SB_CONSENT_CHANNEL_PAPER };

  g_set_str (&template->name, "offer");
  g_set_str (&template->language, "en");
  g_set_str (&template->category, "MARKETING");
  g_set_str (&template->status, "APPROVED");
  g_clear_pointer (&template->components, json_array_unref);
  template->components = json_array_ref (json_node_get_array (node));
  g_ptr_array_add (templates, template);

  return sb_writer_sync_templates (writer, self->line_id, templates, error) && sb_writer_add_consent (writer, &yes, error) != 0;
}

static SbOutgoingMessage
offer (SbEngineFixture *self)
{
  static GHashTable *none;

  if (none == NULL)
    none = g_hash_table_new (g_str_hash, g_str_equal);

  return (SbOutgoingMessage) { .thread_id = self->ana, .kind = SB_MESSAGE_TEMPLATE, .template_id = sb_db_int (sb_fixture_db (self), 0, "SELECT id FROM template", ""), .values = none };
}

static SbReason
ask (SbEngineFixture *self)
{
  SbOutgoingMessage outgoing = offer (self);

  return sb_engine_ask_gate (self->engine, &outgoing, NULL);
}

static void
set_up (SbEngineFixture *self,
        gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  sb_fixture_set_up (self, data);
  g_assert_true (sb_store_run (self->engine->store, save_offer, self, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (self), ==, SB_REASON_ALLOWED);
}

/* -- STOP after the copy -- */

static void
assert_carried (SbEngineFixture *self,
                guint            n)
{
  g_autoptr (GPtrArray) entries = sb_reader_list_consent_of (sb_fixture_reader (self), ana (self));
  guint                 seen = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const SbConsentEntry *entry = entries->pdata[i];

      if (entry->method == SB_METHOD_JOURNAL)
        {
          g_autofree char *how = sb_consent_entry_how (entry);

          g_assert_cmpint (entry->answer, ==, SB_ANSWER_NO);
          g_assert_nonnull (strstr (how, "Carried over from the list"));
          g_assert_cmpint (entry->recorded_at, >=, entry->at);
          seen++;
        }
    }
  g_assert_cmpuint (seen, ==, n);
}

/* The person is opted out, the gate refuses, what waited is cancelled and the ledger says why; once is enough. */
static void
test_stop (SbEngineFixture *self,
           gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  SbOutgoingMessage  outgoing = offer (self);
  gint64             waiting, stopped_at;

  outgoing.not_before = sb_clock_now (self->clock) + SB_DAY_MS;
  waiting = sb_fixture_send (self, &outgoing, &error);
  g_assert_no_error (error);
  take_copy (self);
  say (self, "STOP");
  stopped_at = sb_reader_get_answer_time (sb_fixture_reader (self), ana (self), SB_PURPOSE_OFFERS);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  sb_fixture_pass (self, SB_HOUR_MS);

  put_back (self);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (sb_reader_get_answer_time (sb_fixture_reader (self), ana (self), SB_PURPOSE_OFFERS), ==, stopped_at);
  g_assert_cmpint (ask (self), ==, SB_REASON_OPTED_OUT);
  g_assert_cmpint (sb_fixture_status (self, waiting), ==, SB_STATUS_CANCELLED);
  assert_carried (self, 1);
  sb_engine_start (self->engine);
  sb_fake_settle ();
  sb_fixture_restart (self);
  assert_carried (self, 1);
  sb_fixture_assert_whole (self);
}

static gboolean
refuse_orders (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  SbConsentEntry no = { .contact_id = ana (data), .purpose = SB_PURPOSE_ORDERS, .answer = SB_ANSWER_NO, .method = SB_METHOD_TOLD, .channel = SB_CONSENT_CHANNEL_SHOP };

  return sb_writer_add_consent (writer, &no, error) != 0;
}

/* What somebody of the shop recorded, for its purpose and no other. */
static void
test_purpose (SbEngineFixture *self,
              gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  take_copy (self);
  g_assert_true (sb_store_run (self->engine->store, refuse_orders, self, &error));
  sb_fixture_pass (self, SB_MINUTE_MS);
  put_back (self);
  g_assert_cmpint (sb_reader_get_answer (sb_fixture_reader (self), ana (self), SB_PURPOSE_ORDERS), ==, SB_ANSWER_NO);
  g_assert_cmpint (ask (self), ==, SB_REASON_ALLOWED);
  assert_carried (self, 1);
}

/* A no that was taken back, or said yes after, refuses nobody; and a yes is carried over to nobody. */
static void
test_start (SbEngineFixture *self,
            gconstpointer    data)
{
  take_copy (self);
  say (self, "STOP");
  say (self, "START");
  put_back (self);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OFFERS);
  assert_carried (self, 0);
  sb_engine_start (self->engine);
  say (self, "STOP");
  take_copy (self);
  say (self, "START");
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OFFERS);
  put_back (self);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (ask (self), ==, SB_REASON_OPTED_OUT);
}

/* A copy from before the person came knows nobody to refuse; coming back they are a new customer. */
static void
test_unknown (SbEngineFixture *self,
              gconstpointer    data)
{
  take_copy (self);
  sb_fixture_hello (self, SB_BEN);
  sb_fixture_pass (self, SB_MINUTE_MS);
  put_back (self);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OFFERS);
  assert_carried (self, 0);
}

static SbConsent
ben_may (SbEngineFixture *self)
{
  return sb_reader_get_consent (sb_fixture_reader (self), sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM identity WHERE value = ?", "s", SB_BEN));
}

static gboolean
bring_ben (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  return sb_writer_create_contact (writer, "Ben", SB_BEN, NULL, error) != 0;
}

/* Somebody whom the older copy does not know said no: coming back they are still refused, once and by whatever way they come. */
static void
test_unknown_refused (SbEngineFixture *self,
                      gconstpointer    data)
{
  g_autofree char *body = NULL;

  take_copy (self);
  sb_fixture_hello (self, SB_BEN);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  body = sb_fake_text_body (SB_BEN, "wamid.ben-stop", "STOP", sb_clock_now (self->clock));
  sb_fixture_give (self, body);
  g_assert_cmpint (ben_may (self), ==, SB_CONSENT_OPTED_OUT);
  put_back (self);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM identity WHERE value = ?", "s", SB_BEN), ==, 0);
  g_assert_true (sb_store_run (self->engine->store, bring_ben, self, NULL));
  g_assert_cmpint (ben_may (self), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM refused_stranger", ""), ==, 0);

  /* And by a message of their own. */
  put_back (self);
  sb_fixture_restart (self);
  sb_fixture_hello (self, SB_BEN);
  g_assert_cmpint (ben_may (self), ==, SB_CONSENT_OPTED_OUT);
}

/* Without the list beside it the file writes it again: the next older copy is as safe. */
static void
test_list_lost (SbEngineFixture *self,
                gconstpointer    data)
{
  take_copy (self);
  say (self, "STOP");
  sb_fixture_close (self);
  remove_file (self, LIST);
  sb_fixture_open (self);
  put_back (self);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  assert_carried (self, 1);
}

/* A line that the power cut in two spoils neither the one before it nor the one after. */
static void
test_torn (SbEngineFixture *self,
           gconstpointer    data)
{
  g_autofree char *path = g_build_filename (self->folder, LIST, NULL);
  FILE            *file;

  take_copy (self);
  file = g_fopen (path, "a");
  fputs ("{\"salt\":\"x\",\"off", file);
  fclose (file);
  say (self, "STOP");
  put_back (self);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
}

static gboolean
merge (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  SbEngineFixture *self = data;
  gint64           ben = sb_db_int (writer->db, 0, "SELECT contact_id FROM identity WHERE value = ?", "s", SB_BEN);

  return sb_writer_begin_undo (writer, "merge", error) != 0 && sb_writer_merge_contacts (writer, ana (self), ben, NULL, error);
}

/* Ben said no, and is Ana now: so she gets no offers, and the older file, in which they are two, is told about both. */
static void
test_merged (SbEngineFixture *self,
             gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *body = NULL;

  sb_fixture_hello (self, SB_BEN);
  take_copy (self);
  body = sb_fake_text_body (SB_BEN, "wamid.ben-stop", "stop", sb_clock_now (self->clock));
  sb_fixture_give (self, body);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OFFERS);
  g_assert_true (sb_store_run (self->engine->store, merge, self, &error));
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  sb_fixture_pass (self, SB_MINUTE_MS);
  put_back (self);
  g_assert_cmpint (ana_may (self), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT p.consent FROM contact p JOIN identity i ON i.contact_id = p.id WHERE i.value = ?", "s", SB_BEN), ==, SB_CONSENT_OPTED_OUT);
}

/* Nobody is named in the list, neither by number nor by name. */
static void
test_nameless (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autofree char *path = g_build_filename (self->folder, LIST, NULL);
  g_autofree char *text = NULL;
  GStatBuf         info;

  say (self, "STOP");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"offers\""));
  g_assert_null (strstr (text, SB_ANA));
  g_assert_null (strstr (text, "Ana"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

#define ADD(path, function) g_test_add ("/engine/refusals/" path, SbEngineFixture, NULL, set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-stop-after-the-copy-holds", test_stop);
  ADD ("each-purpose-by-itself", test_purpose);
  ADD ("a-yes-is-carried-over-to-nobody", test_start);
  ADD ("others-are-left-alone", test_unknown);
  ADD ("unknown-refused", test_unknown_refused);
  ADD ("the-list-is-written-again", test_list_lost);
  ADD ("a-torn-line-spoils-nothing", test_torn);
  ADD ("people-who-became-one", test_merged);
  ADD ("names-nobody", test_nameless);

  return g_test_run ();
}
