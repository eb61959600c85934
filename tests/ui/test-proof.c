/* Somebody says yes by a link, the wording changes, they opt out by STOP: one page of PDF shows it with the wording of the day. */
#include <poppler.h>
#include <string.h>

#include "sb-engine-consent.h"
#include "sb-engine-fixture.h"
#include "sb-import-record.h"
#include "sb-proof.h"

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_assert_cmpint (sb_engine_consent_finish (SB_ENGINE (object), result, NULL), >=, 0);
  *(gboolean *) user_data = TRUE;
}

static void
save_wording (SbEngineFixture *self,
              const char      *text)
{
  gboolean done = FALSE;

  sb_engine_save_wording_async (self->engine, 0, SB_WORDING_QUESTION, "en", text, "Yes, send me offers", done_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
}

static void
say (SbEngineFixture *self,
     const char      *text)
{
  g_autofree char *wamid = g_strdup_printf ("wamid.%" G_GINT64_FORMAT, ++self->seq);
  g_autofree char *body = sb_fake_text_body (SB_ANA, wamid, text, sb_clock_now (self->clock));

  sb_fixture_give (self, body);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
}

/* The words of the page in one line each space. */
static char *
words_of (const char *path,
          int        *n_pages)
{
  g_autofree char   *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  PopplerDocument   *document = poppler_document_new_from_file (uri, NULL, &error);
  PopplerPage       *page = NULL;
  g_autofree char   *text = NULL;
  g_autoptr (GRegex) gaps = g_regex_new ("\\s+", 0, 0, NULL);

  g_assert_no_error (error);
  *n_pages = poppler_document_get_n_pages (document);
  page = poppler_document_get_page (document, 0);
  text = poppler_page_get_text (page);
  g_object_unref (page);
  g_object_unref (document);

  return g_regex_replace_literal (gaps, text, -1, 0, " ", 0, NULL);
}

static char *
print (SbEngineFixture *self,
       int             *n_pages)
{
  gint64              contact = sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM thread WHERE id = ?", "i", self->ana);
  g_autoptr (SbProof) proof = sb_proof_new (self->engine, contact);
  g_autofree char    *path = g_build_filename (self->folder, "proof.pdf", NULL);
  g_autoptr (GError)  error = NULL;

  g_assert_true (sb_proof_save (proof, path, &error));
  g_assert_no_error (error);

  return words_of (path, n_pages);
}

static void
test_story (SbEngineFixture *self,
            gconstpointer    data)
{
  static const char *const parts[] = {
    "1 Yes to order news",
    "“Hello”",
    "2 Yes to offers",
    "wording no. 1",
    "“May we send you our offers, about twice a month?”",
    "3 Opted out of offers",
    "Wrote “Stop.” – confirmed once at",
    "“You will get no more offers from us.",
    "Today: no offers. Order news allowed.",
    "Check value",
  };
  g_autofree char *words = NULL;
  const char      *at;
  int              n_pages = 0;

  save_wording (self, "May we send you our offers, about twice a month?");
  say (self, "yes send me offers!");
  save_wording (self, "May we send you something every day?");
  say (self, "Stop.");
  words = print (self, &n_pages);
  g_test_message ("%s", words);
  g_assert_cmpint (n_pages, ==, 1);
  at = words;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      at = strstr (at, parts[i]);
      if (at == NULL)
        g_test_message ("missing or out of order: %s", parts[i]);
      g_assert_nonnull (at);
    }
  g_assert_null (strstr (words, "every day"));
}

/* However long the history, it is one page that says how much is before it. */
static void
test_long (SbEngineFixture *self,
           gconstpointer    data)
{
  g_autofree char *words = NULL;
  int              n_pages = 0;

  for (guint i = 0; i < 20; i++)
    say (self, i % 2 == 0 ? "STOP" : "START");
  words = print (self, &n_pages);
  g_assert_cmpint (n_pages, ==, 1);
  g_assert_nonnull (strstr (words, "earlier entries are in the export"));
  g_assert_nonnull (strstr (words, "Today: offers and order news allowed."));
}

static gboolean
import_list (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  g_autoptr (SbCard) card = sb_card_new ();
  SbImport           import = { .n_changed = 1 };
  gint64             contact;

  sb_card_add_number (card, SB_ANA);
  g_set_str (&card->name, "Ana Lima");
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  import.id = sb_writer_begin_import (writer, "list.csv", "csv", error);

  return sb_writer_set_import_about (writer, import.id, "{\"consent\":{\"method\":\"paper\",\"wording\":\"May we write to you?\"}}", error) &&
         sb_writer_import_card (writer, import.id, 1, card, FALSE, NULL, &contact, error) && sb_writer_end_import (writer, &import, error);
}

/* What the shop said of a list stands on the page as its word, and allows nothing. */
static void
test_declared (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *words = NULL;
  int                n_pages = 0;

  g_assert_true (sb_store_run (self->engine->store, import_list, NULL, &error));
  g_assert_no_error (error);
  words = print (self, &n_pages);
  g_test_message ("%s", words);
  g_assert_cmpint (n_pages, ==, 1);
  g_assert_nonnull (strstr (words, "Said by the shop when importing list.csv: they signed a list on paper ("));
  g_assert_nonnull (strstr (words, "“May we write to you?”"));
  g_assert_nonnull (strstr (words, "allows no offers by itself"));
  g_assert_nonnull (strstr (words, "Today: order news allowed. No offers."));
  g_assert_null (strstr (words, "Yes to offers"));
}

#define ADD(path, function) g_test_add ("/ui/proof/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("story", test_story);
  ADD ("long", test_long);
  ADD ("said-by-the-shop", test_declared);

  return g_test_run ();
}
