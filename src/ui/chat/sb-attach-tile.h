#pragma once

#include <adwaita.h>

#include "sb-types.h"

G_BEGIN_DECLS

#define SB_TYPE_ATTACH_TILE (sb_attach_tile_get_type ())

G_DECLARE_FINAL_TYPE (SbAttachTile, sb_attach_tile, SB, ATTACH_TILE, AdwBin)

/* "changed": a file was put on or taken off. */
GtkWidget    *sb_attach_tile_new (void);
void          sb_attach_tile_set_path (SbAttachTile *self,
                                       const char   *path);
const char   *sb_attach_tile_get_path (SbAttachTile *self);
SbMessageKind sb_attach_kind (const char *path);

G_END_DECLS
