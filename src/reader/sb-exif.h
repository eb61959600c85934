#pragma once

#include <glib.h>

G_BEGIN_DECLS

int sb_exif_turns (const char *path);
int sb_exif_turns_of (const guint8 *data,
                      gsize         length);

G_END_DECLS
