#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* One picture of those a sticker may have. */
typedef struct
{
  GdkTexture *texture;
  int         until_ms; /* from the beginning */
} SbWebpFrame;

gboolean   sb_webp_get_size (const char *path,
                             int        *width,
                             int        *height);
GPtrArray *sb_webp_decode (const char *path,
                           gint64      largest_pixels,
                           guint       most,
                           GError    **error);

G_END_DECLS
