/* What people agreed to who became one, and are two again: no refusal is lost on the way, and everybody gets their own back. */
#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-consent.h"
#include "sb-writer-contacts.h"

#define NOW G_GINT64_CONSTANT (1763700000000)

enum
{
  ANA,
  BEA,
  CLO,
  N_PEOPLE,
};

typedef struct
{
  SbTempShop file;
  gint64     people[N_PEOPLE];
  gint64     kept, gone, undo, entry;
  SbPurpose  purpose;
  SbAnswer   answer;
  gint64     at;
} Shop;

static gboolean
make_people (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop *shop = data;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *number = g_strdup_printf ("35191200011%u", i);
      SbWho            who = { .wa_id = number, .profile_name = "Ana" };

      shop->people[i] = sb_writer_find_contact (writer, &who, TRUE, error);
    }

  return shop->people[CLO] != 0;
}

/* Every command ends with a recount, a minute later. */
static void
run (Shop     *shop,
     SbCommand command)
{
  sb_temp_shop_run (shop, command);
  sb_clock_advance (shop->file.clock, SB_MINUTE_MS);
  sb_temp_shop_run (shop, sb_temp_shop_recount);
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 1);
  run (shop, make_people);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

static gboolean
say_command (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop          *shop = data;
  SbConsentEntry entry = { .contact_id = shop->kept, .purpose = shop->purpose, .answer = shop->answer, .method = SB_METHOD_TOLD, .channel = SB_CONSENT_CHANNEL_SHOP, .at = shop->at };

  shop->entry = sb_writer_add_consent (writer, &entry, error);

  return shop->entry != 0;
}

/* The entry's id. */
static gint64
say (Shop     *shop,
     guint     who,
     SbPurpose purpose,
     SbAnswer  answer,
     gint64    at)
{
  shop->kept = shop->people[who];
  shop->purpose = purpose;
  shop->answer = answer;
  shop->at = at;
  run (shop, say_command);

  return shop->entry;
}

static gboolean
merge_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  shop->undo = sb_writer_begin_undo (writer, "merge", error);

  return sb_writer_merge_contacts (writer, shop->kept, shop->gone, NULL, error);
}

/* The step of Undo. */
static gint64
merge (Shop *shop,
       guint kept,
       guint gone)
{
  shop->kept = shop->people[kept];
  shop->gone = shop->people[gone];
  run (shop, merge_command);

  return shop->undo;
}

static gboolean
undo_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);

  return sb_writer_undo (writer, ((Shop *) data)->undo, error);
}

static void
undo (Shop  *shop,
      gint64 step)
{
  shop->undo = step;
  run (shop, undo_command);
}

static gboolean
redo_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);

  return sb_writer_redo (writer, ((Shop *) data)->undo, error);
}

static gboolean
withdraw_command (SbWriter *writer,
                  gpointer  data,
                  GError  **error)
{
  return sb_writer_withdraw_consent (writer, ((Shop *) data)->entry, FALSE, error);
}

static SbConsent
state (Shop *shop,
       guint who)
{
  return sb_reader_get_consent (sb_store_get_reader (shop->file.store), shop->people[who]);
}

static guint
n_entries (Shop *shop,
           guint who)
{
  g_autoptr (GPtrArray) entries = sb_reader_list_consent_of (sb_store_get_reader (shop->file.store), shop->people[who]);

  return entries->len;
}

/* -- two that are one -- */

/* An old no of one goes before a newer yes of the other, until they say yes again; apart, each is what they were. */
static void
test_no_is_kept (Shop         *shop,
                 gconstpointer data)
{
  SbReader *reader = sb_store_get_reader (shop->file.store);
  gint64    step;

  say (shop, BEA, SB_PURPOSE_OFFERS, SB_ANSWER_NO, NOW - 5 * SB_DAY_MS);
  say (shop, ANA, SB_PURPOSE_OFFERS, SB_ANSWER_YES, NOW - SB_DAY_MS);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_OFFERS);
  g_assert_cmpint (state (shop, BEA), ==, SB_CONSENT_OPTED_OUT);

  step = merge (shop, ANA, BEA);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpint (sb_reader_get_answer (reader, shop->people[ANA], SB_PURPOSE_OFFERS), ==, SB_ANSWER_NO);
  g_assert_cmpint (sb_reader_get_answer_time (reader, shop->people[ANA], SB_PURPOSE_OFFERS), ==, NOW - 5 * SB_DAY_MS);
  g_assert_cmpint (sb_reader_get_answer (reader, shop->people[ANA], SB_PURPOSE_ORDERS), ==, 0);
  g_assert_cmpuint (n_entries (shop, ANA), ==, 2);

  undo (shop, step);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_OFFERS);
  g_assert_cmpint (state (shop, BEA), ==, SB_CONSENT_OPTED_OUT);
  g_assert_cmpuint (n_entries (shop, ANA), ==, 1);
  run (shop, redo_command);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_OPTED_OUT);

  say (shop, ANA, SB_PURPOSE_OFFERS, SB_ANSWER_YES, 0);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_OFFERS);
  undo (shop, step);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_OFFERS);
  g_assert_cmpint (state (shop, BEA), ==, SB_CONSENT_OPTED_OUT);
}

/* A yes of the one who goes is a yes; taken back afterwards it is none. */
static void
test_withdrawn_since (Shop         *shop,
                      gconstpointer data)
{
  gint64 entry = say (shop, BEA, SB_PURPOSE_OFFERS, SB_ANSWER_YES, NOW - SB_DAY_MS);
  gint64 step = merge (shop, ANA, BEA);

  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_OFFERS);
  shop->entry = entry;
  run (shop, withdraw_command);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_NONE);
  undo (shop, step);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_NONE);
  g_assert_cmpint (state (shop, BEA), ==, SB_CONSENT_NONE);
  g_assert_cmpuint (n_entries (shop, ANA), ==, 0);
  g_assert_cmpuint (n_entries (shop, BEA), ==, 2);
}

/* One after the other into one: what was said between does not settle what came with a later one. */
static void
test_three (Shop         *shop,
            gconstpointer data)
{
  gint64 first, second;

  say (shop, CLO, SB_PURPOSE_ORDERS, SB_ANSWER_NO, NOW - SB_DAY_MS);
  first = merge (shop, BEA, CLO);
  g_assert_cmpint (state (shop, BEA), ==, SB_CONSENT_OPTED_OUT);
  say (shop, ANA, SB_PURPOSE_EVERYTHING, SB_ANSWER_YES, 0);
  second = merge (shop, ANA, BEA);
  g_assert_cmpint (sb_reader_get_answer (sb_store_get_reader (shop->file.store), shop->people[ANA], SB_PURPOSE_ORDERS), ==, SB_ANSWER_NO);
  g_assert_cmpint (sb_reader_get_answer (sb_store_get_reader (shop->file.store), shop->people[ANA], SB_PURPOSE_OFFERS), ==, SB_ANSWER_YES);
  undo (shop, second);
  g_assert_cmpint (state (shop, ANA), ==, SB_CONSENT_OFFERS);
  g_assert_cmpint (state (shop, BEA), ==, SB_CONSENT_OPTED_OUT);
  undo (shop, first);
  g_assert_cmpint (state (shop, BEA), ==, SB_CONSENT_NONE);
  g_assert_cmpint (state (shop, CLO), ==, SB_CONSENT_OPTED_OUT);
}

/* Who is off the lists is in no count and no list; the ledger shows what was said under whom they are now. */
static void
test_lists (Shop         *shop,
            gconstpointer data)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  int                   counts[SB_N_CONSENTS];
  gint64                step;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  say (shop, BEA, SB_PURPOSE_OFFERS, SB_ANSWER_NO, NOW - SB_DAY_MS);
  step = merge (shop, ANA, BEA);
  sb_reader_count_consents (reader, counts);
  g_assert_cmpint (counts[SB_CONSENT_OPTED_OUT], ==, 1);
  g_assert_cmpint (counts[SB_CONSENT_NONE], ==, 1);
  people = sb_reader_list_ledger (reader, SB_LEDGER_PEOPLE, SB_CONSENT_OPTED_OUT, 0, 10);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpint (((SbConsentEntry *) people->pdata[0])->contact_id, ==, shop->people[ANA]);
  g_assert_cmpint (((SbConsentEntry *) people->pdata[0])->answer, ==, SB_ANSWER_NO);
  entries = sb_reader_list_ledger (reader, SB_LEDGER_OPTED_OUT, 0, 0, 10);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (((SbConsentEntry *) entries->pdata[0])->contact_id, ==, shop->people[ANA]);
  undo (shop, step);
  sb_reader_count_consents (reader, counts);
  g_assert_cmpint (counts[SB_CONSENT_OPTED_OUT], ==, 1);
  g_assert_cmpint (counts[SB_CONSENT_NONE], ==, 2);
}

#define ADD(path, function) g_test_add ("/merged-consent/" path, Shop, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("no-is-kept", test_no_is_kept);
  ADD ("withdrawn-since", test_withdrawn_since);
  ADD ("three", test_three);
  ADD ("lists", test_lists);

  return g_test_run ();
}
