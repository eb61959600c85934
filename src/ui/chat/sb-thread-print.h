#pragma once

#include <gtk/gtk.h>

#include "sb-engine.h"

G_BEGIN_DECLS

void sb_thread_print (SbEngine  *engine,
                      gint64     thread_id,
                      GtkWindow *parent);

G_END_DECLS
