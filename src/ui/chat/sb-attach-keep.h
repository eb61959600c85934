#pragma once

#include "sb-attach-tile.h"
#include "sb-engine.h"

G_BEGIN_DECLS

/* The files that wait in the tray, over a restart: a list beside the shop's file. The files themselves stay where they are. */

void       sb_attach_keep_write (SbEngine  *engine,
                                 GPtrArray *tiles);
GPtrArray *sb_attach_keep_read (SbEngine *engine);

G_END_DECLS
