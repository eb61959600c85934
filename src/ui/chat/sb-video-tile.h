#pragma once

#include <adwaita.h>

#include "sb-message.h"

G_BEGIN_DECLS

#define SB_TYPE_VIDEO_TILE (sb_video_tile_get_type ())

G_DECLARE_FINAL_TYPE (SbVideoTile, sb_video_tile, SB, VIDEO_TILE, AdwBin)

GtkWidget *sb_video_tile_new (const SbAttachment *attachment);

G_END_DECLS
