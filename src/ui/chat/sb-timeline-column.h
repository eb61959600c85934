#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SB_TYPE_TIMELINE_COLUMN (sb_timeline_column_get_type ())

G_DECLARE_FINAL_TYPE (SbTimelineColumn, sb_timeline_column, SB, TIMELINE_COLUMN, GtkWidget)

GtkWidget *sb_timeline_column_new (void);
void       sb_timeline_column_set_rows (SbTimelineColumn *self,
                                        GPtrArray        *rows);
void       sb_timeline_column_clear (SbTimelineColumn *self);
gboolean   sb_timeline_column_is_at_foot (SbTimelineColumn *self);
void       sb_timeline_column_stick_to_foot (SbTimelineColumn *self);
void       sb_timeline_column_show_row (SbTimelineColumn *self,
                                        GtkWidget        *row,
                                        double            offset);
void       sb_timeline_column_reveal (SbTimelineColumn *self,
                                      GtkWidget        *row);
GtkWidget *sb_timeline_column_get_anchor (SbTimelineColumn *self,
                                          double           *offset);

G_END_DECLS
