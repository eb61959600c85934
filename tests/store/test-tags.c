/* Tags everywhere at once: renamed, recoloured, merged, deleted; each undone as one step, and all that is kept equal to before. */
#include <string.h>

#include "sb-import-record.h"
#include "sb-json.h"
#include "sb-reader-desk.h"
#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-contacts.h"
#include "sb-writer-desk.h"
#include "sb-writer-segments.h"
#include "sb-writer-tags.h"

#define NOW      G_GINT64_CONSTANT (1750000000000)
#define N_PEOPLE 6

typedef struct
{
  SbTempShop file;
  gint64     contacts[N_PEOPLE];
  gint64     threads[N_PEOPLE];
  gint64     vip;     /* has 0, 1, 2 and whoever never wrote */
  gint64     regular; /* has 2, 3 */
  gint64     import;
  char      *before;
  char      *draft;
  gint64     undo;
} Shop;

/* -- everything that may change, as one text -- */

static const char *const tables[] = {
  "SELECT group_concat (id || '=' || name || '=' || folded || '=' || colour, char (10)) FROM (SELECT * FROM tag ORDER BY id)",
  "SELECT group_concat (contact_id || '=' || tag_id, char (10)) FROM (SELECT * FROM contact_tag ORDER BY contact_id, tag_id)",
  "SELECT group_concat (thread_id || '=' || tag_id || '=' || pinned || '=' || last_at, char (10)) FROM (SELECT * FROM thread_tag ORDER BY thread_id, tag_id)",
  "SELECT group_concat (id || '=' || name || '=' || query, char (10)) FROM (SELECT * FROM view ORDER BY id)",
  "SELECT group_concat (id || '=' || steps, char (10)) FROM (SELECT * FROM macro ORDER BY id)",
  "SELECT group_concat (id || '=' || rule, char (10)) FROM (SELECT * FROM segment ORDER BY id)",
  "SELECT group_concat (number || '=' || coalesce (before, '-') || '=' || after, char (10)) FROM (SELECT * FROM import_row ORDER BY import_id, number)",
};

static char *
look (SbWriter *writer)
{
  GString *all = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *text = sb_db_text (writer->db, tables[i], "");

      g_string_append_printf (all, "%s\n--\n", text != NULL ? text : "");
    }

  return g_string_free (all, FALSE);
}

static gboolean
keep_look (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop *shop = data;

  g_free (shop->before);
  shop->before = look (writer);

  return TRUE;
}

static gboolean
same_look (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  g_autofree char *now = look (writer);

  g_assert_cmpstr (now, ==, ((Shop *) data)->before);

  return TRUE;
}

/* -- the shop -- */

/* Views, a macro, a group and a begun import that name both tags, or one. */
static void
make_users (SbWriter *writer,
            Shop     *shop,
            GError  **error)
{
  g_autofree char    *one = g_strdup_printf ("{\"tags\":[\"%" G_GINT64_FORMAT "\"],\"all_tags\":false}", shop->vip);
  g_autofree char    *both = g_strdup_printf ("{\"all_tags\":true,\"tags\":[\"%" G_GINT64_FORMAT "\",\"%" G_GINT64_FORMAT "\"]}", shop->regular, shop->vip);
  g_autofree char    *rule = g_strdup_printf ("{\"version\":1,\"all\":[{\"none\":[{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[{\"id\":\"%" G_GINT64_FORMAT
                                              "\",\"name\":\"VIP\"}]}]},{\"subject\":\"tag\",\"op\":\"all-of\",\"value\":[\"vip\",\"Regular\"]},{\"subject\":\"name\",\"op\":\"is\",\"value\":[\"vip\"]}]}",
                                              shop->vip);
  SbNamed             views[] = { { .name = (char *) "Best", .query = one, .active = TRUE }, { .name = (char *) "Both", .query = both, .active = TRUE } };
  SbSegment           group = { .name = (char *) "Not the best", .kind = SB_SEGMENT_RULE, .rule = rule };
  g_autoptr (SbMacro) macro = sb_macro_new ();

  g_assert_cmpint (sb_writer_save_named (writer, "view", &views[0], error), !=, 0);
  g_assert_cmpint (sb_writer_save_named (writer, "view", &views[1], error), !=, 0);
  g_assert_cmpint (sb_writer_save_segment (writer, &group, NULL, error), !=, 0);
  macro->name = g_strdup ("Praise");
  sb_macro_add_step (macro, SB_STEP_STATUS, SB_THREAD_CLOSED, NULL);
  sb_macro_add_step (macro, SB_STEP_TAG, shop->vip, "VIP");
  sb_macro_add_step (macro, SB_STEP_UNTAG, shop->regular, "Regular");
  g_assert_cmpint (sb_writer_save_macro (writer, macro, error), !=, 0);
  g_assert_true (sb_writer_set_meta (writer, "import-draft", "{\"path\":\"/list.csv\",\"memory\":\"x\",\"tag\":\"VIP\"}", error));
}

/* A list that brought somebody new, with the tag. */
static void
make_import (SbWriter *writer,
             Shop     *shop,
             GError  **error)
{
  SbImportMarks      marks = { .tag_id = shop->vip };
  SbImport           import = { .n_new = 1 };
  g_autoptr (SbCard) card = sb_card_new ();
  gint64             contact_id = 0;

  card->name = g_strdup ("Nadia");
  sb_card_add_number (card, "201009999999");
  shop->import = import.id = sb_writer_begin_import (writer, "list.csv", "csv", error);
  g_assert_cmpint (shop->import, !=, 0);
  g_assert_true (sb_writer_import_card (writer, shop->import, 1, card, FALSE, &marks, &contact_id, error));
  g_assert_true (sb_writer_end_import (writer, &import, error));
}

static gboolean
make_shop (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();
  gint64             line_id;

  line->name = g_strdup ("Shop");
  line_id = sb_writer_save_line (writer, line, error);
  shop->vip = sb_writer_ensure_tag (writer, "VIP", 3, error);
  shop->regular = sb_writer_ensure_tag (writer, "Regular", 2, error);
  for (int i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *wa_id = g_strdup_printf ("20100123456%d", i);
      SbWho            who = { .wa_id = wa_id, .profile_name = "Amira" };

      shop->contacts[i] = sb_writer_find_contact (writer, &who, TRUE, error);
      shop->threads[i] = sb_writer_ensure_thread (writer, shop->contacts[i], line_id, error);
    }
  for (int i = 0; i < 3; i++)
    g_assert_true (sb_writer_tag (writer, shop->threads[i], shop->vip, TRUE, error));
  for (int i = 2; i < 4; i++)
    g_assert_true (sb_writer_tag (writer, shop->threads[i], shop->regular, TRUE, error));
  make_import (writer, shop, error);
  make_users (writer, shop, error);

  return TRUE;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 1);
  sb_temp_shop_run (shop, make_shop);
  sb_temp_shop_run (shop, keep_look);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, sb_temp_shop_recount);
  g_clear_pointer (&shop->before, g_free);
  g_clear_pointer (&shop->draft, g_free);
  sb_temp_shop_close (&shop->file);
}

/* -- steps -- */

static gboolean
begin (SbWriter *writer,
       Shop     *shop,
       GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 0);
  shop->undo = sb_writer_begin_undo (writer, "tag", error);

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

/* The tag that the begun import gives. */
static gboolean
look_at_draft (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Shop *shop = data;

  g_free (shop->draft);
  shop->draft = sb_db_text (writer->db, "SELECT value ->> '$.tag' FROM meta WHERE key = 'import-draft'", "");

  return TRUE;
}

static void
assert_draft (Shop       *shop,
              const char *name)
{
  sb_temp_shop_run (shop, look_at_draft);
  g_assert_cmpstr (shop->draft, ==, name);
}

/* What was done is undone and looks as before; done again, it looks as it did. */
static void
there_and_back (Shop     *shop,
                SbCommand command)
{
  g_autofree char *before = g_strdup (shop->before);
  g_autofree char *after = NULL;

  sb_temp_shop_run (shop, command);
  sb_temp_shop_run (shop, sb_temp_shop_recount);
  sb_temp_shop_run (shop, keep_look);
  after = g_strdup (shop->before);
  g_assert_cmpstr (after, !=, before);
  sb_temp_shop_run (shop, undo);
  g_set_str (&shop->before, before);
  sb_temp_shop_run (shop, same_look);
  sb_temp_shop_run (shop, sb_temp_shop_recount);
  sb_temp_shop_run (shop, redo);
  g_set_str (&shop->before, after);
  sb_temp_shop_run (shop, same_look);
}

static SbReader *
reader (Shop *shop)
{
  return sb_store_get_reader (shop->file.store);
}

/* -- rename and colour -- */

static gboolean
rename_vip (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  return begin (writer, data, error) && sb_writer_rename_tag (writer, ((Shop *) data)->vip, "  Gold ", error);
}

static void
test_rename (Shop         *shop,
             gconstpointer data)
{
  g_autoptr (SbTagRow)  row = NULL;
  g_autoptr (GPtrArray) users = NULL;

  there_and_back (shop, rename_vip);
  row = sb_reader_get_tag_row (reader (shop), shop->vip);
  g_assert_cmpstr (row->name, ==, "Gold");
  g_assert_cmpuint (row->n_threads, ==, 3);
  g_assert_cmpuint (row->n_people, ==, 4);
  assert_draft (shop, "Gold");
  users = sb_reader_list_tag_users (reader (shop), shop->vip);
  g_assert_cmpuint (users->len, ==, 4); /* two views, the group, the macro */
}

static gboolean
refused (SbWriter *writer,
         gpointer  data,
         GError  **error)
{
  static const char *const names[] = { "Regular", "  regular", "REGULAR ", "Ｒegular", "", "   " };
  Shop                    *shop = data;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_false (sb_writer_rename_tag (writer, shop->vip, names[i], &refusal));
      g_assert_error (refusal, SB_ERROR, SB_ERROR_INVALID);
    }
  g_assert_cmpint (sb_writer_ensure_tag (writer, "vip ", 0, error), ==, shop->vip);
  g_assert_cmpint (sb_writer_ensure_tag (writer, "Vip", 0, error), ==, shop->vip);

  return TRUE;
}

/* Its own name in another spelling is no other tag's. */
static gboolean
respell (SbWriter *writer,
         gpointer  data,
         GError  **error)
{
  return begin (writer, data, error) && sb_writer_rename_tag (writer, ((Shop *) data)->vip, "vIp", error);
}

static void
test_spellings (Shop         *shop,
                gconstpointer data)
{
  sb_temp_shop_run (shop, refused);
  sb_temp_shop_run (shop, same_look);
  there_and_back (shop, respell);
}

static gboolean
paint (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  g_autoptr (GError) refusal = NULL;

  g_assert_false (sb_writer_set_tag_colour (writer, ((Shop *) data)->vip, 9, &refusal));
  g_assert_error (refusal, SB_ERROR, SB_ERROR_INVALID);

  return begin (writer, data, error) && sb_writer_set_tag_colour (writer, ((Shop *) data)->vip, 7, error);
}

static void
test_colour (Shop         *shop,
             gconstpointer data)
{
  there_and_back (shop, paint);
}

/* -- merge -- */

static gboolean
merge (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_merge_tag (writer, shop->vip, shop->regular, error);
}

static void
test_merge (Shop         *shop,
            gconstpointer data)
{
  g_autofree char      *id = g_strdup_printf ("%" G_GINT64_FORMAT, shop->vip);
  g_autoptr (SbTagRow)  row = NULL;
  g_autoptr (GPtrArray) users = NULL;

  there_and_back (shop, merge);
  g_assert_null (strstr (shop->before, id));
  row = sb_reader_get_tag_row (reader (shop), shop->regular);
  g_assert_cmpuint (row->n_threads, ==, 4);
  g_assert_cmpuint (row->n_people, ==, 5);
  users = sb_reader_list_tag_users (reader (shop), shop->regular);
  g_assert_cmpuint (users->len, ==, 4);
  /* A rule written by hand names it by its name; a person's name is no tag. */
  g_assert_nonnull (strstr (shop->before, "\"op\":\"is\",\"value\":[\"vip\"]"));
  g_assert_nonnull (strstr (shop->before, "\"op\":\"all-of\",\"value\":[\"Regular\"]"));
}

static gboolean
merge_wrongly (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Shop              *shop = data;
  g_autoptr (GError) self = NULL;
  g_autoptr (GError) gone = NULL;

  g_assert_false (sb_writer_merge_tag (writer, shop->vip, shop->vip, &self));
  g_assert_error (self, SB_ERROR, SB_ERROR_INVALID);
  g_assert_false (sb_writer_merge_tag (writer, shop->vip, 4711, &gone));
  g_assert_error (gone, SB_ERROR, SB_ERROR_NOT_FOUND);

  return TRUE;
}

static void
test_merge_wrongly (Shop         *shop,
                    gconstpointer data)
{
  sb_temp_shop_run (shop, merge_wrongly);
  sb_temp_shop_run (shop, same_look);
}

/* -- imports -- */

static void
test_draft (Shop         *shop,
            gconstpointer data)
{
  assert_draft (shop, "VIP");
  sb_temp_shop_run (shop, merge);
  assert_draft (shop, "Regular");
  sb_temp_shop_run (shop, undo);
  assert_draft (shop, "VIP");
  sb_temp_shop_run (shop, rename_vip);
  sb_temp_shop_run (shop, undo);
  assert_draft (shop, "VIP");
}

static gboolean
undo_import (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop  *shop = data;
  guint  n = 1;
  gint64 last = 0;

  while (n > 0)
    if (!sb_writer_undo_import (writer, shop->import, last, 100, &n, &last, error))
      return FALSE;
  g_assert_cmpint (sb_db_int (writer->db, -1, "SELECT count (*) FROM contact WHERE name = 'Nadia'", ""), ==, 0);

  return TRUE;
}

/* Nobody touched whom the list brought: a tag that was merged or deleted does not keep them. */
static void
test_import_after_merge (Shop         *shop,
                         gconstpointer data)
{
  sb_temp_shop_run (shop, merge);
  sb_temp_shop_run (shop, undo_import);
}

static gboolean delete (SbWriter *writer,
                        gpointer  data,
                        GError  **error)
{
  return begin (writer, data, error) && sb_writer_delete_tag (writer, ((Shop *) data)->vip, error);
}

static void
test_import_after_delete (Shop         *shop,
                          gconstpointer data)
{
  sb_temp_shop_run (shop, delete);
  sb_temp_shop_run (shop, undo_import);
}

/* -- delete -- */

static void
test_delete (Shop         *shop,
             gconstpointer data)
{
  g_autoptr (GPtrArray) macros = NULL;
  g_autofree char      *name = NULL;

  there_and_back (shop, delete);
  g_assert_null (sb_reader_get_tag_row (reader (shop), shop->vip));
  macros = sb_reader_list_macros (reader (shop));
  g_assert_cmpint (sb_reader_check_macro (reader (shop), macros->pdata[0], &name), ==, SB_MACRO_NO_TAG);
  g_assert_cmpstr (name, ==, "VIP");
}

static gboolean
tag_again (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  return sb_writer_ensure_tag (writer, "vip", 0, error) != 0;
}

static gboolean
undo_in_vain (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  g_autoptr (GError) refusal = NULL;

  g_assert_false (sb_writer_undo (writer, ((Shop *) data)->undo, &refusal));
  g_assert_error (refusal, SB_ERROR, SB_ERROR_INVALID);

  return TRUE;
}

/* The name was given again since: there are never two. */
static void
test_name_taken (Shop         *shop,
                 gconstpointer data)
{
  sb_temp_shop_run (shop, delete);
  sb_temp_shop_run (shop, tag_again);
  sb_temp_shop_run (shop, undo_in_vain);
}

/* -- many -- */

#define N_MANY 5000

static gboolean
make_many (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop *shop = data;

  for (int i = 0; i < N_MANY; i++)
    if (!sb_db_exec (writer->db, error, "INSERT INTO contact (id, name, updated_at) VALUES (?, 'One of many', 0)", "i", (gint64) (1000 + i)) ||
        !sb_db_exec (writer->db, error, "INSERT INTO contact_tag (contact_id, tag_id) VALUES (?, ?)", "ii", (gint64) (1000 + i), shop->vip))
      return FALSE;

  return TRUE;
}

/* A tag of thousands is merged and taken back while somebody waits for it. */
static void
test_many (Shop         *shop,
           gconstpointer data)
{
  gint64 start;

  sb_temp_shop_run (shop, make_many);
  start = g_get_monotonic_time ();
  sb_temp_shop_run (shop, merge);
  g_test_message ("merged in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
  start = g_get_monotonic_time ();
  sb_temp_shop_run (shop, undo);
  g_test_message ("undone in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/tags/rename", Shop, NULL, set_up, test_rename, tear_down);
  g_test_add ("/tags/spellings", Shop, NULL, set_up, test_spellings, tear_down);
  g_test_add ("/tags/colour", Shop, NULL, set_up, test_colour, tear_down);
  g_test_add ("/tags/merge", Shop, NULL, set_up, test_merge, tear_down);
  g_test_add ("/tags/merge-wrongly", Shop, NULL, set_up, test_merge_wrongly, tear_down);
  g_test_add ("/tags/draft", Shop, NULL, set_up, test_draft, tear_down);
  g_test_add ("/tags/import-after-merge", Shop, NULL, set_up, test_import_after_merge, tear_down);
  g_test_add ("/tags/import-after-delete", Shop, NULL, set_up, test_import_after_delete, tear_down);
  g_test_add ("/tags/delete", Shop, NULL, set_up, test_delete, tear_down);
  g_test_add ("/tags/name-taken", Shop, NULL, set_up, test_name_taken, tear_down);
  g_test_add ("/tags/many", Shop, NULL, set_up, test_many, tear_down);

  return g_test_run ();
}
