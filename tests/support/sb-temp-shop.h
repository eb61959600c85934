#pragma once

#include "sb-store.h"
#include "sb-writer.h"

G_BEGIN_DECLS

/* A shop file in a folder of its own, with a clock and a random source that are given. A test's own struct begins with it. */
typedef struct
{
  char     *folder;
  SbClock  *clock;
  SbRandom *random;
  SbStore  *store;
} SbTempShop;

void     sb_temp_shop_open (SbTempShop *self, SbStoreFlags flags, gint64 now, guint64 seed);
SbStore *sb_temp_shop_open_again (SbTempShop *self, SbStoreFlags flags) G_GNUC_WARN_UNUSED_RESULT;
void     sb_temp_shop_close (SbTempShop *self);
void     sb_temp_shop_run (gpointer shop, SbCommand command);
gboolean sb_temp_shop_recount (SbWriter *writer, gpointer data, GError **error);
void     sb_temp_folder_remove (const char *path);

G_END_DECLS
