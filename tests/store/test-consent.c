/* The consent ledger in the file itself: only ever appended to, and what follows from it always the same as a recount. */
#include <sqlite3.h>

#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-consent.h"

#define NOW G_GINT64_CONSTANT (1763700000000)

typedef struct
{
  SbTempShop file;
  gint64     contact, undo, entry;
} Shop;

static gboolean
make_contact (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop *shop = data;
  SbWho who = { .wa_id = "351912000111", .profile_name = "Ana" };

  shop->contact = sb_writer_find_contact (writer, &who, TRUE, error);

  return shop->contact != 0;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 1);
  sb_temp_shop_run (shop, make_contact);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, sb_temp_shop_recount);
  sb_temp_shop_close (&shop->file);
}

static gint64
add (SbWriter *writer,
     Shop     *shop,
     SbPurpose purpose,
     SbAnswer  answer,
     gint64    at)
{
  SbConsentEntry entry = { .contact_id = shop->contact, .purpose = purpose, .answer = answer, .method = SB_METHOD_TOLD, .channel = SB_CONSENT_CHANNEL_SHOP, .at = at };
  gint64         id = sb_writer_add_consent (writer, &entry, NULL);

  g_assert_cmpint (id, !=, 0);

  return id;
}

static SbConsent
now (SbWriter *writer,
     Shop     *shop)
{
  return sb_reader_get_consent (sb_writer_get_reader (writer), shop->contact);
}

/* Every sequence of three answers: the column is what the rule says about the last of each purpose. */
static gboolean
derive_all (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Shop *shop = data;

  for (guint code = 0; code < 6 * 6 * 6; code++)
    {
      SbAnswer offers = 0, orders = 0;
      guint    rest = code;

      make_contact (writer, shop, error);
      for (guint i = 0; i < 3; i++, rest /= 6)
        {
          SbPurpose purpose = 1 + rest % 6 / 2;
          SbAnswer  answer = 1 + rest % 2;

          add (writer, shop, purpose, answer, NOW - 1000 + i + (gint64) code * 10 - 3000);
          offers = purpose != SB_PURPOSE_ORDERS ? answer : offers;
          orders = purpose != SB_PURPOSE_OFFERS ? answer : orders;
          if (i == 2)
            {
              /* The contact is the same for all: earlier codes may have spoken about the other purpose. */
              SbAnswer known_offers = sb_reader_get_answer (sb_writer_get_reader (writer), shop->contact, SB_PURPOSE_OFFERS);
              SbAnswer known_orders = sb_reader_get_answer (sb_writer_get_reader (writer), shop->contact, SB_PURPOSE_ORDERS);

              g_assert_true (offers == 0 || offers == known_offers);
              g_assert_true (orders == 0 || orders == known_orders);
              g_assert_cmpint (now (writer, shop), ==, sb_consent_derive (known_offers, known_orders));
            }
        }
    }

  return TRUE;
}

static void
test_derived (Shop         *shop,
              gconstpointer data)
{
  sb_temp_shop_run (shop, derive_all);
}

/* A form that is recorded late does not speak over what was said since. */
static gboolean
record_late (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop *shop = data;

  add (writer, shop, SB_PURPOSE_OFFERS, SB_ANSWER_NO, NOW - 1000);
  add (writer, shop, SB_PURPOSE_OFFERS, SB_ANSWER_YES, NOW - 100000);
  g_assert_cmpint (now (writer, shop), ==, SB_CONSENT_OPTED_OUT);
  add (writer, shop, SB_PURPOSE_OFFERS, SB_ANSWER_YES, 0);
  g_assert_cmpint (now (writer, shop), ==, SB_CONSENT_OFFERS);

  return TRUE;
}

static void
test_late (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, record_late);
}

/* -- nothing is changed or removed -- */

static gboolean
attack (SbWriter *writer,
        gpointer  data,
        GError  **error)
{
  static const char *const attacks[] = {
    "DELETE FROM consent",
    "UPDATE consent SET answer = 1",
    "UPDATE consent SET words = 'else'",
    "UPDATE consent SET contact_id = 1",
    "UPDATE consent SET at = 0",
    "UPDATE consent SET person = 'x'",
    "INSERT OR REPLACE INTO consent SELECT * FROM consent",
    "DELETE FROM wording",
    "UPDATE wording SET text = 'else'",
    "UPDATE wording SET number = number + 100",
  };
  Shop            *shop = data;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add (writer, shop, SB_PURPOSE_OFFERS, SB_ANSWER_YES, 0);
  before = sb_db_text (writer->db, "SELECT group_concat (quote (id) || quote (answer) || quote (words) || quote (at)) || (SELECT group_concat (text) FROM wording) FROM consent", "");
  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_false (sb_db_exec (writer->db, &refusal, attacks[i], ""));
      g_assert_nonnull (refusal);
    }
  after = sb_db_text (writer->db, "SELECT group_concat (quote (id) || quote (answer) || quote (words) || quote (at)) || (SELECT group_concat (text) FROM wording) FROM consent", "");
  g_assert_cmpstr (before, ==, after);

  return TRUE;
}

static void
test_append_only (Shop         *shop,
                  gconstpointer data)
{
  sb_temp_shop_run (shop, attack);
}

/* -- undo is another entry -- */

static gboolean
record_undoably (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  shop->undo = sb_writer_begin_undo (writer, "consent", error);
  shop->entry = add (writer, shop, SB_PURPOSE_OFFERS, SB_ANSWER_YES, 0);

  return shop->undo != 0;
}

static gboolean
undo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  return sb_writer_undo (writer, ((Shop *) data)->undo, error);
}

static gboolean
redo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  return sb_writer_redo (writer, ((Shop *) data)->undo, error);
}

static void
expect (Shop     *shop,
        guint     n_entries,
        SbConsent consent)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (GPtrArray) entries = sb_reader_list_consent_of (reader, shop->contact);

  g_assert_cmpuint (entries->len, ==, n_entries);
  g_assert_cmpint (sb_reader_get_consent (reader, shop->contact), ==, consent);
}

static void
test_undo (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, record_undoably);
  expect (shop, 1, SB_CONSENT_OFFERS);
  sb_temp_shop_run (shop, undo);
  expect (shop, 2, SB_CONSENT_NONE);
  sb_temp_shop_run (shop, redo);
  expect (shop, 3, SB_CONSENT_OFFERS);
  sb_temp_shop_run (shop, undo);
  expect (shop, 4, SB_CONSENT_NONE);
}

/* -- pages -- */

static gboolean
add_many (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  Shop *shop = data;

  for (guint i = 0; i < 230; i++)
    {
      g_autofree char *number = g_strdup_printf ("3519130%05u", i);
      SbWho            who = { .wa_id = number };

      shop->contact = sb_writer_find_contact (writer, &who, TRUE, error);
      if (i % 3 != 0)
        add (writer, shop, SB_PURPOSE_OFFERS, i % 3 == 1 ? SB_ANSWER_YES : SB_ANSWER_NO, 0);
    }

  return TRUE;
}

static guint
count_pages (Shop        *shop,
             SbLedgerView view,
             SbConsent    state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  gint64                 last = 0;
  guint                  n = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) page = sb_reader_list_ledger (sb_store_get_reader (shop->file.store), view, state, last, 20);

      for (guint i = 0; i < page->len; i++)
        {
          const SbConsentEntry *entry = page->pdata[i];
          gint64                key = view == SB_LEDGER_PEOPLE ? entry->contact_id : entry->id;

          g_assert_true (last == 0 || key < last);
          last = key;
          n++;
        }
      if (page->len < 20)
        return n;
    }
}

static void
test_pages (Shop         *shop,
            gconstpointer data)
{
  int counts[SB_N_CONSENTS];

  sb_temp_shop_run (shop, add_many);
  sb_reader_count_consents (sb_store_get_reader (shop->file.store), counts);
  g_assert_cmpint (counts[SB_CONSENT_OFFERS], ==, 77);
  g_assert_cmpint (counts[SB_CONSENT_OPTED_OUT], ==, 76);
  g_assert_cmpint (counts[SB_CONSENT_NONE], ==, 78);
  g_assert_cmpuint (count_pages (shop, SB_LEDGER_ALL, 0), ==, 153);
  g_assert_cmpuint (count_pages (shop, SB_LEDGER_YES, 0), ==, 77);
  g_assert_cmpuint (count_pages (shop, SB_LEDGER_OPTED_OUT, 0), ==, 76);
  for (int i = 0; i < SB_N_CONSENTS; i++)
    g_assert_cmpuint (count_pages (shop, SB_LEDGER_PEOPLE, i), ==, counts[i]);
}

#define ADD(path, function) g_test_add ("/store/consent/" path, Shop, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("derived", test_derived);
  ADD ("late", test_late);
  ADD ("append-only", test_append_only);
  ADD ("undo", test_undo);
  ADD ("pages", test_pages);

  return g_test_run ();
}
