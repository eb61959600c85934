#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *sb_time_spin_new (const char *name);

G_END_DECLS
