#pragma once

#include <gtk/gtk.h>

#include "sb-engine-segments.h"

G_BEGIN_DECLS

/**
 * SbSegmentBar:
 *
 * The groups of people as chips with live counts: everyone first, at the end a button for a new one. Exactly one is chosen;
 * “chosen” (gint64 segment_id, 0 for everyone) tells which. A group whose rule asks for something that is gone shows a mark
 * instead of its count. Who is in it: sb_engine_list_segment_async () with the id. “changed” tells that the people of the
 * chosen one may be others now.
 */
#define SB_TYPE_SEGMENT_BAR (sb_segment_bar_get_type ())

G_DECLARE_FINAL_TYPE (SbSegmentBar, sb_segment_bar, SB, SEGMENT_BAR, GtkBox)

GtkWidget *sb_segment_bar_new (SbEngine *engine);
gint64     sb_segment_bar_get_chosen (SbSegmentBar *self);
void       sb_segment_bar_choose (SbSegmentBar *self,
                                  gint64        segment_id);

G_END_DECLS
