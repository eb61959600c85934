#pragma once

#include <gtk/gtk.h>

#include "sb-message.h"

G_BEGIN_DECLS

#define SB_TYPE_PHOTO (sb_photo_get_type ())

G_DECLARE_FINAL_TYPE (SbPhoto, sb_photo, SB, PHOTO, GtkWidget)

GtkWidget  *sb_photo_new (const char *path,
                          int         side);
GtkWidget  *sb_photo_new_square (const char *path,
                                 int         side);
GtkWidget  *sb_photo_new_of_size (const char *path,
                                  int         width,
                                  int         height);
int         sb_photo_get_width (SbPhoto *self);
void        sb_photo_fit (int  width,
                          int  height,
                          int  side,
                          int *fit_width,
                          int *fit_height);
GdkTexture *sb_photo_decode (const char *path,
                             int         largest,
                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
