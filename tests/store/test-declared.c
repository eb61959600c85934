/* How the shop got the permission of a list, as it said so itself: with each person of it, and nobody's yes. */
#include "sb-card.h"
#include "sb-import-record.h"
#include "sb-one-person.h"
#include "sb-reader-consent.h"
#include "sb-reader-declared.h"
#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-contacts.h"

#define NOW G_GINT64_CONSTANT (1763700000000)
#define ANA "351912000111"
#define BEA "351912000222"

typedef struct
{
  SbTempShop file;
  gint64     ana, bea, import, undo;
} Shop;

static gboolean
bring (SbWriter   *writer,
       gint64      import_id,
       guint       number,
       const char *name,
       const char *digits,
       gint64     *contact_id,
       GError    **error)
{
  g_autoptr (SbCard) card = sb_card_new ();

  g_set_str (&card->name, name);
  sb_card_add_number (card, digits);

  return sb_writer_import_card (writer, import_id, number, card, FALSE, NULL, contact_id, error);
}

/* Ana comes with a list about which something was said, Bea with another. */
static gboolean
import_both (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop    *shop = data;
  SbImport import = { .n_new = 1 };

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  shop->import = import.id = sb_writer_begin_import (writer, "list.csv", "csv", error);
  g_assert_true (sb_writer_set_import_about (writer, import.id, "{\"titles\":[],\"consent\":{\"method\":\"paper\",\"wording\":\"May we?\"}}", error));
  g_assert_true (bring (writer, import.id, 1, "Ana", ANA, &shop->ana, error));
  g_assert_true (sb_writer_end_import (writer, &import, error));
  import.id = sb_writer_begin_import (writer, "other.csv", "csv", error);
  g_assert_true (sb_writer_set_import_about (writer, import.id, "{\"titles\":[]}", error));
  g_assert_true (bring (writer, import.id, 1, "Bea", BEA, &shop->bea, error));

  return sb_writer_end_import (writer, &import, error);
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 1);
  sb_temp_shop_run (shop, import_both);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

static guint
n_declared (Shop  *shop,
            gint64 contact_id)
{
  g_autoptr (GPtrArray) declared = sb_reader_list_declarations (sb_store_get_reader (shop->file.store), contact_id);

  return declared->len;
}

/* It is told of whom it was said, and changes what nobody may receive. */
static void
test_told (Shop         *shop,
           gconstpointer data)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (GPtrArray) declared = sb_reader_list_declarations (reader, shop->ana);
  const SbDeclaration  *one;
  g_autofree char      *text = NULL;

  g_assert_cmpuint (declared->len, ==, 1);
  one = declared->pdata[0];
  text = sb_declaration_text (one);
  g_assert_cmpstr (text, ==, "Said by the shop when importing list.csv: they signed a list on paper");
  g_assert_cmpstr (one->wording, ==, "May we?");
  g_assert_cmpint (one->at, ==, NOW);
  g_assert_cmpuint (n_declared (shop, shop->bea), ==, 0);
  g_assert_cmpint (sb_reader_get_consent (reader, shop->ana), ==, SB_CONSENT_NONE);
  g_assert_false (sb_reader_has_consent_entries (reader, shop->ana));
}

static gboolean
merge (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  shop->undo = sb_writer_begin_undo (writer, "merge", error);

  return sb_writer_merge_contacts (writer, shop->bea, shop->ana, NULL, error);
}

static gboolean
undo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);

  return sb_writer_undo (writer, ((Shop *) data)->undo, error);
}

/* It goes over to whom they become, and back. */
static void
test_merged (Shop         *shop,
             gconstpointer data)
{
  sb_temp_shop_run (shop, merge);
  g_assert_cmpuint (n_declared (shop, shop->bea), ==, 1);
  sb_temp_shop_run (shop, undo);
  g_assert_cmpuint (n_declared (shop, shop->bea), ==, 0);
  g_assert_cmpuint (n_declared (shop, shop->ana), ==, 1);
}

static gboolean
erase (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  g_autoptr (SbErasure) erasure = sb_writer_erase_person (writer, ((Shop *) data)->ana, error);

  return erasure != NULL;
}

static void
test_erased (Shop         *shop,
             gconstpointer data)
{
  g_autoptr (JsonObject) tables = NULL;
  g_autoptr (GPtrArray)  media = NULL;
  g_autoptr (GError)     error = NULL;

  tables = sb_reader_export_person (sb_store_get_reader (shop->file.store), shop->ana, &media, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sb_json_string (sb_json_at (sb_json_array (tables, "said_by_shop"), 0), "wording"), ==, "May we?");
  sb_temp_shop_run (shop, erase);
  g_assert_cmpint (sb_db_int (shop->file.store->writer->db, 0, "SELECT count(*) FROM import_row WHERE after IS NOT NULL AND contact_id = ?", "i", shop->ana), ==, 0);
}

#define ADD(path, function) g_test_add ("/store/declared/" path, Shop, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("told-of-each-and-nobodys-yes", test_told);
  ADD ("goes-over-to-whom-they-become", test_merged);
  ADD ("given-away-and-erased", test_erased);

  return g_test_run ();
}
