#include "sb-temp-shop.h"

#include <glib/gstdio.h>

/* Another handle on the same shop; the caller owns it. */
SbStore *
sb_temp_shop_open_again (SbTempShop  *self,
                         SbStoreFlags flags)
{
  g_autoptr (GError) error = NULL;
  SbStore           *store = sb_store_open (self->folder, flags, self->clock, self->random, NULL, &error);

  g_assert_no_error (error);

  return store;
}

/**
 * sb_temp_shop_open:
 * @flags: besides %SB_STORE_CREATE
 * @now: in milliseconds since 1970; the clock stands there until a test moves it
 */
void
sb_temp_shop_open (SbTempShop  *self,
                   SbStoreFlags flags,
                   gint64       now,
                   guint64      seed)
{
  self->folder = g_dir_make_tmp ("shop-XXXXXX", NULL);
  self->clock = sb_clock_new_virtual (now);
  self->random = sb_random_new_seeded (seed);
  self->store = sb_temp_shop_open_again (self, SB_STORE_CREATE | flags);
}

void
sb_temp_shop_close (SbTempShop *self)
{
  if (self->store != NULL)
    sb_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->random, sb_random_free);
  sb_temp_folder_remove (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

/**
 * sb_temp_shop_run:
 * @shop: a struct that begins with an #SbTempShop; the command gets it as its data
 */
void
sb_temp_shop_run (gpointer  shop,
                  SbCommand command)
{
  SbTempShop        *self = shop;
  g_autoptr (GError) error = NULL;

  sb_store_run (self->store, command, shop, &error);
  g_assert_no_error (error);
}

/* A command: what is kept in sum must be what one counts. */
gboolean
sb_temp_shop_recount (SbWriter *writer, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (sb_writer_recount (writer, FALSE, differences, error));
  for (guint i = 0; i < differences->len; i++)
    g_test_message ("%s", (char *) differences->pdata[i]);
  g_assert_cmpuint (differences->len, ==, 0);

  return TRUE;
}

void
sb_temp_folder_remove (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      sb_temp_folder_remove (inside);
    }
  g_remove (path);
}
