/* What a desk promises, without a window: one tag is one tag, a search answers in words, and deleting has a way back. */
#include <string.h>

#include "sb-error.h"
#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-segments.h"

#define NOW       G_GINT64_CONSTANT (1750000000000)
#define N_THREADS 300

typedef struct
{
  SbTempShop file;
  gint64     staff, tag, segment;
  gint64     threads[N_THREADS], contacts[N_THREADS];
} Shop;

static gboolean
make_shop (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();
  SbNamed            sari = { .name = (char *) "Sari", .role = SB_ROLE_OWNER, .active = TRUE };
  gint64             line_id;

  line->name = g_strdup ("Shop");
  line_id = sb_writer_save_line (writer, line, error);
  shop->staff = sb_writer_save_named (writer, "staff", &sari, error);
  shop->tag = sb_writer_ensure_tag (writer, "Weddings", 0, error);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *number = g_strdup_printf ("35191200%04u", i);
      SbWho            who = { .wa_id = number };

      shop->contacts[i] = sb_writer_find_contact (writer, &who, TRUE, error);
      shop->threads[i] = sb_writer_ensure_thread (writer, shop->contacts[i], line_id, error);
      if (!sb_writer_tag (writer, shop->threads[i], shop->tag, TRUE, error))
        return FALSE;
    }

  return TRUE;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 9);
  sb_temp_shop_run (shop, make_shop);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

/* -- tags -- */

static gboolean
same_tags (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  static const char *const spellings[] = { "VIP", "vip ", "Vip", "  vIP", "ＶＩＰ" };
  gint64                   first = sb_writer_ensure_tag (writer, spellings[0], 0, error);

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_test_message ("%s", spellings[i]);
      g_assert_cmpint (sb_writer_ensure_tag (writer, spellings[i], 0, error), ==, first);
    }

  return first != 0;
}

static void
test_one_tag (Shop         *shop,
              gconstpointer data)
{
  g_autoptr (GPtrArray) tags = NULL;

  sb_temp_shop_run (shop, same_tags);
  tags = sb_reader_list_tags (sb_store_get_reader (shop->file.store));
  g_assert_cmpuint (tags->len, ==, 2);
}

/* -- search -- */

static void
expect_sentence (Shop       *shop,
                 const char *query)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = sb_reader_search (sb_store_get_reader (shop->file.store), query, 50, &error);

  g_assert_null (hits);
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
  g_assert_nonnull (strchr (error->message, ' '));
}

static void
test_search (Shop         *shop,
             gconstpointer data)
{
  g_autofree char *letters = g_strnfill (10000, 'a');
  g_autofree char *signs = g_strnfill (10000, '"');

  expect_sentence (shop, "?!… ;-) «»");
  expect_sentence (shop, "\"");
  expect_sentence (shop, letters);
  expect_sentence (shop, signs);
}

/* -- three steps, three times back -- */

static gboolean
make_segment (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop              *shop = data;
  SbSegment          segment = { .name = (char *) "Regulars", .kind = SB_SEGMENT_LIST };
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (members, shop->contacts, 40);
  shop->segment = sb_writer_save_segment (writer, &segment, members, error);

  return shop->segment != 0;
}

static gboolean
begin (SbWriter *writer,
       Shop     *shop,
       GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->staff);

  return sb_writer_begin_undo (writer, "change", error) != 0;
}

static gboolean
delete_segment (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  return begin (writer, data, error) && sb_writer_delete_segment (writer, ((Shop *) data)->segment, error);
}

static gboolean
untag_all (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop *shop = data;

  if (!begin (writer, shop, error))
    return FALSE;
  for (guint i = 0; i < N_THREADS; i++)
    if (!sb_writer_tag (writer, shop->threads[i], shop->tag, FALSE, error))
      return FALSE;

  return TRUE;
}

static gboolean
close_all (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop *shop = data;

  if (!begin (writer, shop, error))
    return FALSE;
  for (guint i = 0; i < N_THREADS; i++)
    if (!sb_writer_set_thread_status (writer, shop->threads[i], SB_THREAD_CLOSED, 0, error))
      return FALSE;

  return TRUE;
}

static gboolean
undo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->staff);

  return sb_writer_undo (writer, sb_writer_last_undo (writer, shop->staff, NULL), error);
}

static void
expect (Shop *shop,
        int   members,
        int   tagged,
        int   open)
{
  SbDb *db = sb_reader_get_db (sb_store_get_reader (shop->file.store));

  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM segment_member", ""), ==, members);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM thread_tag", ""), ==, tagged);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM contact_tag", ""), ==, tagged);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM thread WHERE status != 3", ""), ==, open);
}

static void
test_three_back (Shop         *shop,
                 gconstpointer data)
{
  sb_temp_shop_run (shop, make_segment);
  expect (shop, 40, N_THREADS, N_THREADS);
  sb_temp_shop_run (shop, delete_segment);
  sb_temp_shop_run (shop, untag_all);
  sb_temp_shop_run (shop, close_all);
  expect (shop, 0, 0, 0);
  sb_temp_shop_run (shop, undo);
  expect (shop, 0, 0, N_THREADS);
  sb_temp_shop_run (shop, undo);
  expect (shop, 0, N_THREADS, N_THREADS);
  sb_temp_shop_run (shop, undo);
  expect (shop, 40, N_THREADS, N_THREADS);
}

/* -- full and locked -- */

static gboolean
fill_up (SbWriter *writer,
         gpointer  data,
         GError  **error)
{
  return sb_db_exec (sb_reader_get_db (sb_writer_get_reader (writer)), error, "PRAGMA max_page_count = 1", "");
}

static gboolean
write_much (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  g_autofree char *text = g_strnfill (3000, 'x');

  for (guint i = 0; i < 100; i++)
    if (sb_writer_add_note (writer, ((Shop *) data)->threads[0], text, error) == 0)
      return FALSE;

  return TRUE;
}

static void
test_full (Shop         *shop,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  sb_temp_shop_run (shop, fill_up);
  g_assert_false (sb_store_run (shop->file.store, write_much, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_DISK_FULL);
  g_assert_true (g_str_has_prefix (error->message, "The disk is full."));
}

/* Another program writes and does not end. */
static void
test_locked (Shop         *shop,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = g_build_filename (shop->file.folder, "shop.db", NULL);
  sqlite3           *other = NULL;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (sb_store_run (shop->file.store, write_much, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_BUSY);
  g_assert_true (g_str_has_prefix (error->message, "Another program is using"));
  g_clear_error (&error);
  sqlite3_close (other);
  g_assert_true (sb_store_run (shop->file.store, write_much, shop, &error));
  g_assert_no_error (error);
}

/* -- a row that was spoilt -- */

static gboolean
spoil (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  SbDb *db = sb_reader_get_db (sb_writer_get_reader (writer));

  for (guint i = 0; i < 5; i++)
    if (sb_writer_add_note (writer, ((Shop *) data)->threads[0], "whole", error) == 0)
      return FALSE;

  return sb_db_exec (db, error, "UPDATE message SET kind = 99, direction = 77, status = -3, data = '{\"x', text = CAST (x'fffe41' AS TEXT) WHERE id = (SELECT id FROM message ORDER BY id LIMIT 1 OFFSET 2)", "");
}

static void
test_spoilt (Shop         *shop,
             gconstpointer data)
{
  g_autoptr (GPtrArray) messages = NULL;
  SbThreadFilter        filter = { .not_closed = TRUE };
  g_autoptr (GPtrArray) threads = NULL;
  guint                 n_whole = 0;

  sb_temp_shop_run (shop, spoil);
  messages = sb_reader_list_messages (sb_store_get_reader (shop->file.store), shop->threads[0], 0, 0, 50);
  g_assert_cmpuint (messages->len, ==, 5);
  for (guint i = 0; i < messages->len; i++)
    {
      const SbMessage *message = messages->pdata[i];

      g_assert_true (message->text == NULL || g_utf8_validate (message->text, -1, NULL));
      n_whole += g_strcmp0 (message->text, "whole") == 0;
    }
  g_assert_cmpuint (n_whole, ==, 4);
  threads = sb_reader_list_threads (sb_store_get_reader (shop->file.store), &filter, NULL, 400);
  g_assert_cmpuint (threads->len, ==, N_THREADS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/store/desk-lines/" path, Shop, NULL, set_up, function, tear_down)
  ADD ("however-it-is-spelt-it-is-one-tag", test_one_tag);
  ADD ("signs-and-long-queries-get-a-sentence", test_search);
  ADD ("a-full-disk-is-said-in-words", test_full);
  ADD ("a-locked-file-is-said-in-words", test_locked);
  ADD ("a-spoilt-row-spoils-no-other", test_spoilt);
  ADD ("a-group-a-tag-on-300-and-300-closed-come-back", test_three_back);

  return g_test_run ();
}
