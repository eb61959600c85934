#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void sb_photo_viewer_present (const char *path,
                              const char *caption,
                              GtkWidget  *row);

G_END_DECLS
