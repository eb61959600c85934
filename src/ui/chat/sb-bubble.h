#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

GtkWidget *sb_bubble_new (SbEngine        *engine,
                          const SbMessage *message,
                          const char      *customer,
                          gboolean         newest_own);
GtkWidget *sb_day_separator_new (gint64 at_ms,
                                 gint64 now_ms);
void       sb_day_separator_show (GtkWidget *separator,
                                  gint64     now_ms);

G_END_DECLS
