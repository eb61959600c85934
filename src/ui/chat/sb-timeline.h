#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_TIMELINE (sb_timeline_get_type ())

G_DECLARE_FINAL_TYPE (SbTimeline, sb_timeline, SB, TIMELINE, AdwBin)

GtkWidget *sb_timeline_new (SbEngine *engine);
void       sb_timeline_open (SbTimeline *self,
                             gint64      thread_id,
                             gint64      message_id);
/* The message at the upper edge and how far up it reaches; 0 at the foot. */
gint64 sb_timeline_get_place (SbTimeline *self,
                              double     *offset);
/* Where @thread_id is shown when it is opened next. */
void sb_timeline_set_place (SbTimeline *self,
                            gint64      thread_id,
                            gint64      message_id,
                            double      offset);
void sb_timeline_jump (SbTimeline *self,
                       gint64      message_id);
void sb_timeline_print (SbTimeline *self);
void sb_timeline_set_found (SbTimeline *self,
                            GArray     *ids,
                            const char *words);

G_END_DECLS
