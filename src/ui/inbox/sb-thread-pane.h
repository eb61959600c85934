#pragma once

#include "sb-thread-view.h"
#include "sb-view.h"

G_BEGIN_DECLS

/**
 * SbThreadPane:
 *
 * The list of conversations with what stands around it: the view, what narrows it, and what is done with several.
 */
#define SB_TYPE_THREAD_PANE (sb_thread_pane_get_type ())

G_DECLARE_FINAL_TYPE (SbThreadPane, sb_thread_pane, SB, THREAD_PANE, AdwBin)

GtkWidget    *sb_thread_pane_new (SbEngine *engine);
void          sb_thread_pane_set_view (SbThreadPane *self,
                                       const SbView *view);
void          sb_thread_pane_filter (SbThreadPane *self);
SbThreadView *sb_thread_pane_get_threads (SbThreadPane *self);

G_END_DECLS
