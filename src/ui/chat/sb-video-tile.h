#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *sb_video_tile_new (const char *path,
                              gint64      size);

G_END_DECLS
