#pragma once

#include "sb-engine.h"
#include "sb-practice-server.h"

G_BEGIN_DECLS

/* The shop that is open in the window, and the practice server when it is the practice shop. */
void      sb_shop_open_practice_async (const char         *folder,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
SbEngine *sb_shop_open_practice_finish (GAsyncResult      *result,
                                        SbPracticeServer **server,
                                        GError           **error);
char     *sb_shop_folder (const char *name);

G_END_DECLS
