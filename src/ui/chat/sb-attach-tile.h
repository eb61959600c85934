#pragma once

#include <adwaita.h>

#include "sb-reason.h"

G_BEGIN_DECLS

#define SB_TYPE_ATTACH_TILE (sb_attach_tile_get_type ())

G_DECLARE_FINAL_TYPE (SbAttachTile, sb_attach_tile, SB, ATTACH_TILE, AdwBin)

/* "changed": another file stands for it now. "remove": the person took it off. */
GtkWidget    *sb_attach_tile_new (const char *path,
                                  gint64      thread_id,
                                  gboolean    is_voice);
const char   *sb_attach_tile_get_path (SbAttachTile *self);
const char   *sb_attach_tile_get_key (SbAttachTile *self);
void          sb_attach_tile_set_key (SbAttachTile *self,
                                      const char   *key);
SbMessageKind sb_attach_tile_get_kind (SbAttachTile *self);
gint64        sb_attach_tile_get_thread (SbAttachTile *self);
gboolean      sb_attach_tile_is_voice (SbAttachTile *self);
gboolean      sb_attach_tile_is_wrong (SbAttachTile *self);
void          sb_attach_tile_set_reason (SbAttachTile *self,
                                         SbReason      reason);

G_END_DECLS
