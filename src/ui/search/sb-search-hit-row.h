#pragma once

#include <gtk/gtk.h>

#include "sb-reader.h"

G_BEGIN_DECLS

GtkWidget *sb_search_hit_row_new (const SbHit *hit,
                                  gint64       now_ms);
gint64     sb_search_hit_row_get_thread (GtkWidget *row);
gint64     sb_search_hit_row_get_message (GtkWidget *row);

G_END_DECLS
