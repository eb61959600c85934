#pragma once

#include "sb-thread-view.h"

G_BEGIN_DECLS

/* Where the list is scrolled to: the conversation at its upper edge, how far down it is, and how much of it is above. 0: the top. */
gint64 sb_thread_place_get (SbThreadView *view,
                            int          *position,
                            double       *rest);
/* Whether it is still on its way there. */
gboolean sb_thread_place_is_pending (SbThreadView *view);
/* The keys go to the list without moving it. */
void sb_thread_place_focus (SbThreadView *view);
void sb_thread_place_set (SbThreadView *view,
                          gint64        top_id,
                          int           position,
                          double        rest);

G_END_DECLS
