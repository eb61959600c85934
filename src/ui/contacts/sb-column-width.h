#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

int sb_column_width (GtkWidget *table,
                     int        pixels);

G_END_DECLS
