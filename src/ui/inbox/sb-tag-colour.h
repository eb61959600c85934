#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Colours of tags, 1 to 8, called as those of people (sb-staff-colour.h); always beside the name. */
void       sb_tag_colour_set (GtkWidget *widget,
                              int        colour);
GtkWidget *sb_tag_dot_new (int colour);

G_END_DECLS
