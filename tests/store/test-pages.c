/* Lists page by page, and what is found by the beginning of a word: the same as if all were looked through at once. */
#include <string.h>

#include "sb-error.h"
#include "sb-json.h"
#include "sb-store-private.h"
#include "sb-temp-shop.h"

#define NOW       G_GINT64_CONSTANT (1750000000000)
#define N_THREADS 230
#define N_WORDS   140

typedef struct
{
  SbTempShop file;
  gint64     tag, staff;
} Shop;

/* People with all kinds of last times (some of them equal), pins, states, tags. */
static gboolean
fill (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();
  SbNamed            staff = { .name = (char *) "Mia", .colour = 1, .role = SB_ROLE_STAFF, .active = TRUE };
  gint64             line_id;

  shop->staff = sb_writer_save_named (writer, "staff", &staff, error);
  line->name = g_strdup ("Shop");
  line_id = sb_writer_save_line (writer, line, error);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *number = g_strdup_printf ("3519120%05u", i);
      g_autofree char *wamid = g_strdup_printf ("wamid.%u", i);
      g_autofree char *text = g_strdup_printf ("coffee beans%c%c of kind %u", 'a' + i % N_WORDS / 26, 'a' + i % 26, i);
      SbWho            who = { .wa_id = number };
      gint64           contact = sb_writer_find_contact (writer, &who, TRUE, error);
      gint64           thread = sb_writer_ensure_thread (writer, contact, line_id, error);
      SbMessage        m = { .thread_id = thread, .line_id = line_id, .kind = SB_MESSAGE_TEXT, .author = SB_AUTHOR_CUSTOMER, .sent_at = NOW - sb_random_below (shop->file.random, 60) * 1000, .text = text, .wamid = wamid };

      g_assert_cmpint (sb_writer_add_message (writer, &m, 0, error), !=, 0);
      if (i % 7 == 0)
        g_assert_true (sb_writer_set_pinned (writer, thread, TRUE, error));
      if (i % 3 == 0)
        g_assert_true (sb_writer_mark_read (writer, thread, 0, error));
      if (i % 5 == 0)
        g_assert_true (sb_writer_assign (writer, thread, shop->staff, error));
      if (i % 4 == 0)
        g_assert_true (sb_writer_tag (writer, thread, sb_writer_ensure_tag (writer, "VIP", 1, error), TRUE, error));
      if (i % 11 == 0)
        g_assert_true (sb_writer_set_thread_status (writer, thread, SB_THREAD_CLOSED, 0, error));
    }
  g_assert_no_error (*error);

  return TRUE;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  g_autoptr (GPtrArray) tags = NULL;

  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 5);
  sb_temp_shop_run (shop, fill);
  tags = sb_reader_list_tags (sb_store_get_reader (shop->file.store));
  shop->tag = ((SbNamed *) tags->pdata[0])->id;
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

static void
test_list (Shop                 *shop,
           const SbThreadFilter *filter)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (GPtrArray) all = sb_reader_list_threads (reader, filter, NULL, 1000);
  SbThreadKey           after = { 0 };
  guint                 n = 0;

  g_assert_cmpuint (all->len, >, 20);
  for (;;)
    {
      g_autoptr (GPtrArray) page = sb_reader_list_threads (reader, filter, &after, 17);

      for (guint i = 0; i < page->len; i++)
        {
          const SbThread *thread = page->pdata[i];

          g_assert_cmpint (thread->id, ==, ((SbThread *) all->pdata[n++])->id);
          after = (SbThreadKey) { .pinned = thread->pinned, .last_at = thread->last_at, .id = thread->id };
        }
      if (page->len < 17)
        break;
    }
  g_assert_cmpuint (n, ==, all->len);
}

static void
test_pages (Shop         *shop,
            gconstpointer data)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (GPtrArray) all = sb_reader_list_threads (reader, NULL, NULL, 1000);

  g_assert_cmpuint (all->len, ==, N_THREADS);
  for (guint i = 1; i < all->len; i++)
    {
      const SbThread *a = all->pdata[i - 1], *b = all->pdata[i];

      g_assert_true (a->pinned > b->pinned || (a->pinned == b->pinned && (a->last_at > b->last_at || (a->last_at == b->last_at && a->id > b->id))));
    }
  test_list (shop, NULL);
  test_list (shop, &(SbThreadFilter) { .not_closed = TRUE });
  test_list (shop, &(SbThreadFilter) { .unread_only = TRUE });
  test_list (shop, &(SbThreadFilter) { .unanswered_only = TRUE });
  test_list (shop, &(SbThreadFilter) { .assignee_id = shop->staff });
  test_list (shop, &(SbThreadFilter) { .assignee_id = -1 });
  test_list (shop, &(SbThreadFilter) { .status = SB_THREAD_CLOSED });
  test_list (shop, &(SbThreadFilter) { .tag_ids = { shop->tag } });
}

/* A page from the middle is sought in the index, not walked to: no sorting, and a range of the order's own index. */
static void
test_seeks (Shop         *shop,
            gconstpointer data)
{
  SbDb            *db = sb_reader_get_db (sb_store_get_reader (shop->file.store));
  SbThreadKey      after = { .last_at = NOW, .id = 1 };
  sqlite3_stmt    *statement = NULL;
  g_autofree char *plan = NULL;

  g_ptr_array_unref (sb_reader_list_threads (sb_store_get_reader (shop->file.store), NULL, &after, 5));
  while ((statement = sqlite3_next_stmt (sb_db_get_handle (db), statement)) != NULL)
    if (strstr (sqlite3_sql (statement), "(t.pinned, t.last_at, t.id) <") != NULL)
      {
        g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sqlite3_sql (statement), NULL);
        sqlite3_stmt    *steps;
        GString         *text = g_string_new (NULL);

        g_assert_cmpint (sqlite3_prepare_v2 (sb_db_get_handle (db), explain, -1, &steps, NULL), ==, SQLITE_OK);
        while (sqlite3_step (steps) == SQLITE_ROW)
          g_string_append_printf (text, "%s\n", (const char *) sqlite3_column_text (steps, 3));
        sqlite3_finalize (steps);
        g_free (plan);
        plan = g_string_free (text, FALSE);
      }
  g_test_message ("%s", plan);
  g_assert_nonnull (plan);
  g_assert_nonnull (strstr (plan, "SEARCH t USING INDEX thread_all ("));
  g_assert_null (strstr (plan, "USE TEMP B-TREE"));
}

static guint
found (Shop       *shop,
       const char *query,
       guint       limit)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = sb_reader_search (sb_store_get_reader (shop->file.store), query, limit, &error);
  gint64                newer = G_MAXINT64;
  guint                 n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      const SbHit *hit = hits->pdata[i];

      if (hit->message_id == 0)
        continue;
      g_assert_cmpint (hit->message_id, <, newer);
      newer = hit->message_id;
      n++;
    }

  return n;
}

/* With few words that begin so, with very many, with a word before, with none, and with signs in them. */
static void
test_beginnings (Shop         *shop,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) words = sb_words_with_beginning (sb_reader_get_db (sb_store_get_reader (shop->file.store)), "BÉANSA", 100);

  g_assert_cmpuint (words->len, ==, 26);
  g_assert_cmpstr (words->pdata[0], ==, "beansaa");
  g_assert_null (sb_words_with_beginning (sb_reader_get_db (sb_store_get_reader (shop->file.store)), "beansa", 25));
  g_assert_null (sb_words_with_beginning (sb_reader_get_db (sb_store_get_reader (shop->file.store)), "1.5", 25));
  g_assert_cmpuint (found (shop, "beansa", 1000), ==, 52);
  g_assert_cmpuint (found (shop, "beans", 1000), ==, N_THREADS);
  g_assert_cmpuint (found (shop, "coffee beansa", 1000), ==, 52);
  g_assert_cmpuint (found (shop, "tea beansa", 1000), ==, 0);
  g_assert_cmpuint (found (shop, "cof", 10), ==, 10);
  g_assert_cmpuint (found (shop, "cofx", 10), ==, 0);
  g_assert_cmpuint (found (shop, "kind coffee.beansa", 1000), ==, 52);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/pages follow one another without gap or repetition", Shop, NULL, set_up, test_pages, tear_down);
  g_test_add ("/store/a page from the middle is sought", Shop, NULL, set_up, test_seeks, tear_down);
  g_test_add ("/store/the beginning of a word finds all words with it", Shop, NULL, set_up, test_beginnings, tear_down);

  return g_test_run ();
}
