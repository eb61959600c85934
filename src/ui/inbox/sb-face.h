#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SB_TYPE_FACE (sb_face_get_type ())

G_DECLARE_FINAL_TYPE (SbFace, sb_face, SB, FACE, GtkWidget)

GtkWidget *sb_face_new (int size);
void       sb_face_set_name (SbFace     *self,
                             const char *name,
                             gboolean    initials);

G_END_DECLS
