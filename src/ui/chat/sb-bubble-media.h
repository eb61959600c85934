#pragma once

#include <adwaita.h>

#include "sb-message.h"

G_BEGIN_DECLS

GtkWidget *sb_bubble_media_new (const SbMessage *message,
                                int             *widest);
GtkWidget *sb_bubble_tile_new (const char *icon,
                               const char *title,
                               const char *sub);
GtkWidget *sb_bubble_tile_add_button (GtkWidget  *tile,
                                      const char *label,
                                      const char *action);

G_END_DECLS
