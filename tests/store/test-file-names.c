/* Names of files are found, also those of a shop that was made before there was an index for them. */
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "sb-config.h"
#include "sb-store-private.h"

#define NOW G_GINT64_CONSTANT (1750000000000)

typedef struct
{
  char     *folder;
  SbClock  *clock;
  SbRandom *random;
  SbStore  *store;
} Shop;

static void
open_store (Shop *shop)
{
  g_autoptr (GError) error = NULL;

  shop->store = sb_store_open (shop->folder, SB_STORE_CREATE | SB_STORE_INLINE, shop->clock, shop->random, NULL, &error);
  g_assert_no_error (error);
}

static void
close_store (Shop *shop)
{
  sb_store_close (shop->store);
  g_clear_object (&shop->store);
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  shop->folder = g_dir_make_tmp ("shop-XXXXXX", NULL);
  shop->clock = sb_clock_new_virtual (NOW);
  shop->random = sb_random_new_seeded (1);
  open_store (shop);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  close_store (shop);
  g_object_unref (shop->clock);
  sb_random_free (shop->random);
  g_free (shop->folder);
}

static gboolean
add_file (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  g_autoptr (SbLine)    line = sb_line_new ();
  g_autoptr (SbMessage) message = sb_message_new ();
  SbAttachment         *attachment = sb_attachment_new ();
  SbWho                 who = { .wa_id = "201001234567", .profile_name = "Amira" };

  line->name = g_strdup ("Shop");
  message->line_id = sb_writer_save_line (writer, line, error);
  message->thread_id = sb_writer_ensure_thread (writer, sb_writer_find_contact (writer, &who, TRUE, error), message->line_id, error);
  message->kind = SB_MESSAGE_DOCUMENT;
  message->author = SB_AUTHOR_CUSTOMER;
  message->sent_at = NOW;
  attachment->state = SB_ATTACHMENT_WANTED;
  attachment->filename = g_strdup (data);
  sb_message_add_attachment (message, attachment);

  return sb_writer_add_message (writer, message, 0, error) != 0;
}

static void
add (Shop       *shop,
     const char *filename)
{
  g_autoptr (GError) error = NULL;

  sb_store_run (shop->store, add_file, (char *) filename, &error);
  g_assert_no_error (error);
}

static void
assert_finds (Shop       *shop,
              const char *words,
              const char *filename)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = sb_reader_search (sb_store_get_reader (shop->store), words, 50, &error);

  g_assert_no_error (error);
  if (filename == NULL)
    {
      g_assert_cmpuint (hits->len, ==, 0);
      return;
    }
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpstr (((SbHit *) hits->pdata[0])->snippet, ==, filename);
}

static void
test_found (Shop         *shop,
            gconstpointer data)
{
  add (shop, "Invoice-2025_17.pdf");
  add (shop, NULL);
  assert_finds (shop, "invoice", "Invoice-2025_17.pdf");
  assert_finds (shop, "invoi", "Invoice-2025_17.pdf");
  assert_finds (shop, "Invoice-2025", "Invoice-2025_17.pdf");
  assert_finds (shop, "has:file pdf", "Invoice-2025_17.pdf");
  assert_finds (shop, "receipt", NULL);
  assert_finds (shop, "100%", NULL);
}

/* The file as version 1 left it, with one message and its file, opened by this one. */
static void
test_made_before (Shop         *shop,
                  gconstpointer data)
{
  g_autofree char   *path = g_build_filename (shop->folder, "shop.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = g_resources_lookup_data (SB_RESOURCES "/store/0001-shop.sql", G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr (SbDb)   db = NULL;

  g_assert_no_error (error);
  close_store (shop);
  g_assert_cmpint (g_unlink (path), ==, 0);
  db = sb_store_open_db (path, SB_DB_CREATE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sb_migrate_step (db, 1, g_bytes_get_data (first, NULL), &error));
  sb_db_script (db,
                "INSERT INTO line (id, kind, state, name) VALUES (1, 1, 1, 'Shop');"
                "INSERT INTO contact (id, profile_name, updated_at) VALUES (2, 'Amira', 1);"
                "INSERT INTO thread (id, contact_id, line_id) VALUES (3, 2, 1);"
                "INSERT INTO message (id, thread_id, line_id, kind, direction, author, sent_at, flags) VALUES (4, 3, 1, 5, 0, 1, 1, 8);"
                "INSERT INTO attachment (id, message_id, state, filename) VALUES (5, 4, 1, 'menu.pdf')",
                &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, sb_db_close);
  open_store (shop);
  assert_finds (shop, "menu", "menu.pdf");
  add (shop, "prices.pdf");
  assert_finds (shop, "prices", "prices.pdf");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/file-names/found", Shop, NULL, set_up, test_found, tear_down);
  g_test_add ("/store/file-names/made-before", Shop, NULL, set_up, test_made_before, tear_down);

  return g_test_run ();
}
