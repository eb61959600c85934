/* What is found and what is not: words taken back, names of two words, names as people write them. */
#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-contacts.h"

#define NOW G_GINT64_CONSTANT (1750000000000)

typedef struct
{
  SbTempShop file;
  gint64     line, lucia, hall, asked, answer;
} Shop;

static gint64
customer (Shop       *shop,
          SbWriter   *writer,
          const char *number,
          const char *name,
          GError    **error)
{
  SbWho  who = { .wa_id = number, .profile_name = name };
  gint64 contact = sb_writer_find_contact (writer, &who, TRUE, error);

  return sb_writer_ensure_thread (writer, contact, shop->line, error);
}

static gint64
say (Shop       *shop,
     SbWriter   *writer,
     gint64      thread,
     const char *text,
     gint64      quote,
     GError    **error)
{
  g_autofree char *wamid = g_strdup_printf ("wamid.%s", text);
  SbMessage        m = { .thread_id = thread, .line_id = shop->line, .kind = SB_MESSAGE_TEXT, .author = SB_AUTHOR_CUSTOMER, .sent_at = NOW, .text = (char *) text, .wamid = wamid, .quote_id = quote };

  return sb_writer_add_message (writer, &m, 0, error);
}

static gboolean
fill (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();

  line->name = g_strdup ("Shop");
  shop->line = sb_writer_save_line (writer, line, error);
  shop->lucia = customer (shop, writer, "34600111222", "Lucía Romero", error);
  shop->hall = customer (shop, writer, "447700900123", "Hall Primary School", error);
  shop->asked = say (shop, writer, shop->lucia, "secret coffee", 0, error);
  shop->answer = say (shop, writer, shop->lucia, "answered coffee", shop->asked, error);
  say (shop, writer, shop->hall, "coffee for the hall", 0, error);
  g_assert_true (sb_writer_tag (writer, shop->hall, sb_writer_ensure_tag (writer, "Pays later", 1, error), TRUE, error));
  g_assert_no_error (*error);

  return TRUE;
}

static gboolean
take_back (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  return sb_writer_revoke_message (writer, ((Shop *) data)->asked, NOW, error);
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 3);
  sb_temp_shop_run (shop, fill);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

static guint
count (Shop       *shop,
       const char *words)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = sb_reader_search (sb_store_get_reader (shop->file.store), words, 50, &error);

  g_test_message ("%s", words);
  g_assert_no_error (error);

  return hits->len;
}

static void
test_taken_back (Shop         *shop,
                 gconstpointer data)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (SbMessage) before = sb_reader_get_message (reader, shop->answer);
  g_autoptr (SbMessage) after = NULL;

  g_assert_cmpuint (count (shop, "secret"), ==, 1);
  g_assert_cmpstr (before->quote_text, ==, "secret coffee");
  g_assert_false (before->quote_revoked);
  sb_temp_shop_run (shop, take_back);
  g_assert_cmpuint (count (shop, "secret"), ==, 0);
  g_assert_cmpuint (count (shop, "coffee"), ==, 2);
  g_assert_cmpuint (count (shop, "from:romero"), ==, 1);
  after = sb_reader_get_message (reader, shop->answer);
  g_assert_null (after->quote_text);
  g_assert_true (after->quote_revoked);
}

static void
test_operators (Shop         *shop,
                gconstpointer data)
{
  static const struct
  {
    const char *words;
    guint       n;
  } cases[] = {
    { "from:lucia coffee", 2 },
    { "from:\"lucia romero\" coffee", 2 },
    { "from:\"Hall Primary\" coffee", 1 },
    { "from:\"Hall Romero\" coffee", 0 },
    { "from:07700900123", 1 },
    { "from:\"+44 7700 900123\" coffee", 1 },
    { "tag:\"pays later\"", 1 },
    { "tag:\"pays later\" coffee", 1 },
    { "tag:\"pays later", 1 },
    { "tag:pays", 0 },
    { "coffee from:% ", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (count (shop, cases[i].words), ==, cases[i].n);
}

static gboolean
say_cocoa (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop *shop = data;

  return say (shop, writer, shop->lucia, "cocoa and cof", 0, error) != 0;
}

/* The words a letter narrows are those of the letter before, until somebody writes. */
static void
test_typed (Shop         *shop,
            gconstpointer data)
{
  g_assert_cmpuint (count (shop, "co"), ==, 3);
  g_assert_cmpuint (count (shop, "cof"), ==, 3);
  g_assert_cmpuint (count (shop, "coc"), ==, 0);
  sb_temp_shop_run (shop, say_cocoa);
  g_assert_cmpuint (count (shop, "coc"), ==, 1);
  g_assert_cmpuint (count (shop, "cof"), ==, 4);
  g_assert_cmpuint (count (shop, "coffe"), ==, 3);
  g_assert_cmpuint (count (shop, "co"), ==, 4);
}

static guint
n_found (Shop       *shop,
         const char *query,
         guint      *n_blocked)
{
  g_autoptr (GPtrArray) hits = sb_reader_search (sb_store_get_reader (shop->file.store), query, 20, NULL);

  g_assert_nonnull (hits);
  *n_blocked = 0;
  for (guint i = 0; i < hits->len; i++)
    *n_blocked += ((SbHit *) hits->pdata[i])->blocked ? 1 : 0;

  return hits->len;
}

/* What is found by @query: so many hits, so many of them of blocked customers. */
#define FINDS(query, hits, of_blocked)                              \
  G_STMT_START                                                      \
  {                                                                 \
    guint n_blocked;                                                \
                                                                    \
    g_assert_cmpuint (n_found (shop, query, &n_blocked), ==, hits); \
    g_assert_cmpuint (n_blocked, ==, of_blocked);                   \
  }                                                                 \
  G_STMT_END

static gboolean
block_lucia (SbWriter *writer,
             gpointer  hide,
             GError  **error)
{
  gint64 contact = sb_db_int (writer->db, 0, "SELECT id FROM contact WHERE profile_name LIKE 'Luc%'", "");

  return sb_writer_block_contact (writer, contact, TRUE, hide != NULL, error);
}

static void
test_blocked (Shop         *shop,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  FINDS ("coffee", 3, 0);
  FINDS ("-is:blocked coffee", 3, 0);
  g_assert_true (sb_store_run (shop->file.store, block_lucia, NULL, &error));
  FINDS ("coffee", 3, 2);
  FINDS ("romero", 1, 1);
  FINDS ("-is:blocked coffee", 1, 0);
  FINDS ("-is:blocked romero", 0, 0);
  FINDS ("-is:blocked 600 111 222", 0, 0);
  FINDS ("is:blocked", 3, 3);
  FINDS ("is:blocked 600 111 222", 1, 1);

  g_assert_true (sb_store_run (shop->file.store, block_lucia, shop, &error));
  FINDS ("coffee", 1, 0);
  FINDS ("romero", 0, 0);
  FINDS ("600 111 222", 0, 0);
  FINDS ("coffee is:blocked", 2, 2);
  FINDS ("hall is:blocked", 0, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/search/what was taken back is neither found nor quoted", Shop, NULL, set_up, test_taken_back, tear_down);
  g_test_add ("/store/search/blocked customers are marked, and hidden ones found by who asks for them", Shop, NULL, set_up, test_blocked, tear_down);
  g_test_add ("/store/search/operators take names as people write them", Shop, NULL, set_up, test_operators, tear_down);

  g_test_add ("/store/search/typed letter by letter, also when somebody writes meanwhile", Shop, NULL, set_up, test_typed, tear_down);

  return g_test_run ();
}
