#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Colours by which people of the shop are known, 1 to 8; always beside their names. */
#define SB_N_STAFF_COLOURS 8

void        sb_staff_colour_set (GtkWidget *widget,
                                 int        colour);
const char *sb_staff_colour_name (int colour);

G_END_DECLS
