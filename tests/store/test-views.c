/* Saved views: each person has an order of their own, and may keep a view for themselves. */
#include "sb-reader-reading.h"
#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-profiles.h"

#define NOW G_GINT64_CONSTANT (1750000000000)

typedef struct
{
  SbTempShop file;
  gint64     sari, bea;
  gint64     views[4];
} Shop;

static gboolean
make_shop (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop   *shop = data;
  SbNamed sari = { .name = (char *) "Sari", .colour = 1, .role = SB_ROLE_OWNER, .active = TRUE };
  SbNamed bea = { .name = (char *) "Bea", .colour = 2, .role = SB_ROLE_STAFF, .active = TRUE };

  shop->sari = sb_writer_save_named (writer, "staff", &sari, error);
  shop->bea = sb_writer_save_named (writer, "staff", &bea, error);

  return shop->sari != 0 && shop->bea != 0;
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

static gboolean
begin (SbWriter *writer,
       Shop     *shop,
       GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->sari);

  return sb_writer_begin_undo (writer, "change", error) != 0;
}

static gboolean
undoes (SbWriter *writer,
        gpointer  data,
        GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->sari);

  return sb_writer_undo (writer, sb_writer_last_undo (writer, shop->sari, NULL), error);
}

static gboolean
save_views (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Shop   *shop = data;
  SbNamed views[] = { { .name = (char *) "Cakes" }, { .name = (char *) "Bea’s", .staff_id = shop->bea }, { .name = (char *) "Weddings" }, { .name = (char *) "Late" } };

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      shop->views[i] = sb_writer_save_named (writer, "view", &views[i], error);
      if (shop->views[i] == 0)
        return FALSE;
    }

  return TRUE;
}

/* Sari, who does not see the second, puts the last first. */
static gboolean
order_views (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop        *shop = data;
  const gint64 order[] = { shop->views[3], shop->views[0], shop->views[2] };

  return begin (writer, shop, error) && sb_writer_order_views (writer, order, G_N_ELEMENTS (order), error);
}

static gboolean
give_view (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_give_view (writer, shop->views[1], 0, error);
}

static void
expect_views (Shop       *shop,
              gint64      staff_id,
              const char *names)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (GPtrArray) views = NULL;
  g_autoptr (GString)   found = g_string_new (NULL);

  sb_reader_set_staff (reader, staff_id);
  views = sb_reader_list_views (reader);
  for (guint i = 0; i < views->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "", ((SbNamed *) views->pdata[i])->name);
  g_assert_cmpstr (found->str, ==, names);
}

static void
test_views (Shop         *shop,
            gconstpointer data)
{
  sb_temp_shop_run (shop, save_views);
  expect_views (shop, shop->sari, "Cakes Weddings Late");
  expect_views (shop, shop->bea, "Cakes Bea’s Weddings Late");
  sb_temp_shop_run (shop, order_views);
  expect_views (shop, shop->sari, "Late Cakes Weddings");
  /* Bea has an order of her own. */
  expect_views (shop, shop->bea, "Cakes Bea’s Weddings Late");
  sb_temp_shop_run (shop, undoes);
  expect_views (shop, shop->sari, "Cakes Weddings Late");
  expect_views (shop, shop->bea, "Cakes Bea’s Weddings Late");
  sb_temp_shop_run (shop, give_view);
  expect_views (shop, shop->sari, "Cakes Bea’s Weddings Late");
  sb_temp_shop_run (shop, undoes);
  expect_views (shop, shop->sari, "Cakes Weddings Late");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/views/order-and-owner", Shop, NULL, set_up, test_views, tear_down);

  return g_test_run ();
}
