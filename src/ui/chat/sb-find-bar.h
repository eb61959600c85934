#pragma once

#include <adwaita.h>

#include "sb-timeline.h"

G_BEGIN_DECLS

#define SB_TYPE_FIND_BAR (sb_find_bar_get_type ())

G_DECLARE_FINAL_TYPE (SbFindBar, sb_find_bar, SB, FIND_BAR, AdwBin)

/* "closed": by the person; the cursor wants a place. */
GtkWidget *sb_find_bar_new (SbEngine   *engine,
                            SbTimeline *timeline);
void       sb_find_bar_open (SbFindBar *self,
                             gint64     thread_id);
void       sb_find_bar_close (SbFindBar *self);

G_END_DECLS
