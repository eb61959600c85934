#pragma once

#include <gtk/gtk.h>

#include "sb-thread-item.h"

G_BEGIN_DECLS

void sb_thread_hold_add (GtkWidget    *scroller,
                         SbThreadList *list);

G_END_DECLS
