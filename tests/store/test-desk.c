/* Macros, drafts of several people and closings: kept, undone, and the kept numbers right after each. */
#include <glib/gstdio.h>

#include "sb-reader-desk.h"
#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-desk.h"

#define NOW G_GINT64_CONSTANT (1750000000000)

typedef struct
{
  SbTempShop file;
  gint64     thread;
  gint64     sari;
  gint64     bea;
  gint64     macro[3];
  gint64     undo;
} Shop;

static gboolean
make_shop (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();
  SbWho              who = { .wa_id = "201001234567", .profile_name = "Amira" };
  SbNamed            sari = { .name = (char *) "Sari", .active = TRUE };
  SbNamed            bea = { .name = (char *) "Bea", .active = TRUE };

  line->name = g_strdup ("Shop");
  shop->sari = sb_writer_save_named (writer, "staff", &sari, error);
  shop->bea = sb_writer_save_named (writer, "staff", &bea, error);
  shop->thread = sb_writer_ensure_thread (writer, sb_writer_find_contact (writer, &who, TRUE, error), sb_writer_save_line (writer, line, error), error);

  return shop->thread != 0;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 1);
  sb_temp_shop_run (shop, make_shop);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, sb_temp_shop_recount);
  sb_temp_shop_close (&shop->file);
}

/* -- macros -- */

static gboolean
save_three (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Shop       *shop = data;
  const char *names[] = { "One", "Two", "Three" };

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->sari);
  shop->undo = sb_writer_begin_undo (writer, "macro", error);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (SbMacro) macro = sb_macro_new ();

      macro->name = g_strdup (names[i]);
      macro->key = g_strdup_printf ("%d", i + 1);
      sb_macro_add_step (macro, SB_STEP_STATUS, SB_THREAD_CLOSED, NULL);
      shop->macro[i] = sb_writer_save_macro (writer, macro, error);
      g_assert_cmpint (shop->macro[i], !=, 0);
    }

  return TRUE;
}

static gboolean
move_up (SbWriter *writer,
         gpointer  data,
         GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->sari);
  shop->undo = sb_writer_begin_undo (writer, "macro", error);

  return sb_writer_move_macro (writer, shop->macro[2], -1, error);
}

static gboolean
delete_first (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->sari);
  shop->undo = sb_writer_begin_undo (writer, "macro", error);

  return sb_writer_delete_macro (writer, shop->macro[0], error);
}

static gboolean
undo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->sari);

  return sb_writer_undo (writer, shop->undo, error);
}

static void
assert_order (Shop       *shop,
              const char *expected)
{
  g_autoptr (GPtrArray) macros = sb_reader_list_macros (sb_store_get_reader (shop->file.store));
  g_autoptr (GString)   names = g_string_new (NULL);

  for (guint i = 0; i < macros->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((SbMacro *) macros->pdata[i])->name);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_macros (Shop         *shop,
             gconstpointer data)
{
  sb_temp_shop_run (shop, save_three);
  assert_order (shop, "One Two Three");
  sb_temp_shop_run (shop, move_up);
  assert_order (shop, "One Three Two");
  sb_temp_shop_run (shop, undo);
  assert_order (shop, "One Two Three");
  sb_temp_shop_run (shop, delete_first);
  assert_order (shop, "Two Three");
  sb_temp_shop_run (shop, undo);
  assert_order (shop, "One Two Three");
}

static gboolean
take_a_key (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  g_autoptr (SbMacro) macro = sb_macro_new ();
  g_autoptr (GError)  taken = NULL;
  g_autoptr (GError)  empty = NULL;

  macro->name = g_strdup ("Four");
  macro->key = g_strdup ("2");
  g_assert_cmpint (sb_writer_save_macro (writer, macro, &empty), ==, 0);
  g_assert_error (empty, SB_ERROR, SB_ERROR_INVALID);
  sb_macro_add_step (macro, SB_STEP_SNOOZE, 60, NULL);
  g_assert_cmpint (sb_writer_save_macro (writer, macro, &taken), ==, 0);
  g_assert_error (taken, SB_ERROR, SB_ERROR_INVALID);

  return TRUE;
}

static void
test_keys (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, save_three);
  sb_temp_shop_run (shop, take_a_key);
  assert_order (shop, "One Two Three");
}

/* -- drafts -- */

static gboolean
sari_writes (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->sari);

  return sb_writer_save_draft (writer, shop->thread, "From Sari", 0, error);
}

static gboolean
bea_writes (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->bea);

  return sb_writer_save_draft (writer, shop->thread, "From Bea", 0, error);
}

static gboolean
bea_sends (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->bea);

  return sb_writer_save_draft (writer, shop->thread, NULL, 0, error);
}

static void
assert_draft (Shop       *shop,
              gint64      staff_id,
              const char *text)
{
  g_autoptr (SbDraft) draft = sb_reader_get_draft_of (sb_store_get_reader (shop->file.store), shop->thread, staff_id);

  g_assert_cmpstr (draft != NULL ? draft->text : NULL, ==, text);
}

static void
test_drafts (Shop         *shop,
             gconstpointer data)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (GPtrArray) writers = NULL;
  g_autoptr (SbThread)  thread = NULL;

  sb_temp_shop_run (shop, sari_writes);
  assert_draft (shop, shop->bea, NULL);
  sb_clock_advance (shop->file.clock, SB_MINUTE_MS);
  sb_temp_shop_run (shop, bea_writes);
  assert_draft (shop, shop->sari, "From Sari");
  assert_draft (shop, shop->bea, "From Bea");
  writers = sb_reader_list_writers (reader, shop->thread, shop->bea, NOW);
  g_assert_cmpuint (writers->len, ==, 1);
  g_assert_cmpstr (((SbNamed *) writers->pdata[0])->name, ==, "Sari");
  g_clear_pointer (&writers, g_ptr_array_unref);
  writers = sb_reader_list_writers (reader, shop->thread, shop->bea, NOW + 1);
  g_assert_cmpuint (writers->len, ==, 0);

  /* Back and forth: neither loses a word. */
  sb_temp_shop_run (shop, sari_writes);
  sb_temp_shop_run (shop, bea_writes);
  assert_draft (shop, shop->sari, "From Sari");

  /* Bea's answer went out: hers is gone, Sari's stands in the list again. */
  sb_temp_shop_run (shop, bea_sends);
  assert_draft (shop, shop->bea, NULL);
  assert_draft (shop, shop->sari, "From Sari");
  thread = sb_reader_get_thread (reader, shop->thread);
  g_assert_cmpstr (thread->draft, ==, "From Sari");
}

static gboolean
macro_writes (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->sari);
  shop->undo = sb_writer_begin_undo (writer, "macro", error);

  return sb_writer_add_to_draft (writer, shop->thread, "Thank you", error);
}

static void
test_draft_undo (Shop         *shop,
                 gconstpointer data)
{
  sb_temp_shop_run (shop, macro_writes);
  assert_draft (shop, shop->sari, "Thank you");
  sb_temp_shop_run (shop, undo);
  assert_draft (shop, shop->sari, NULL);
  sb_temp_shop_run (shop, sari_writes);
  sb_temp_shop_run (shop, macro_writes);
  assert_draft (shop, shop->sari, "From Sari\nThank you");
  sb_temp_shop_run (shop, undo);
  assert_draft (shop, shop->sari, "From Sari");
}

#define ADD(name, test) g_test_add ("/store/desk/" name, Shop, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("macros-are-ordered-deleted-and-had-back", test_macros);
  ADD ("refuses-a-key-twice-and-a-macro-without-steps", test_keys);
  ADD ("keeps-what-two-people-write", test_drafts);
  ADD ("undo-puts-the-answer-back", test_draft_undo);

  return g_test_run ();
}
