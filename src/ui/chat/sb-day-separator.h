#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *sb_day_separator_new (gint64 at_ms,
                                 gint64 now_ms);
void       sb_day_separator_show (GtkWidget *separator,
                                  gint64     now_ms);

G_END_DECLS
