#pragma once

#include <adwaita.h>

#include "sb-engine-segments.h"

G_BEGIN_DECLS

/*
 * What is done with groups of people from anywhere in the window; each act is one step of Undo, and a toast says so.
 * @widget: the place that asks; dialogs and toasts appear in its window. @contacts: ids (gint64), never empty.
 */
void sb_segment_act_new_rule (GtkWidget *widget,
                              SbEngine  *engine);
void sb_segment_act_new_list (GtkWidget *widget,
                              SbEngine  *engine,
                              GArray    *contacts); /* put in at once, or NULL */
void sb_segment_act_change (GtkWidget *widget,   /* a rule is opened, a list renamed */
                            SbEngine  *engine,
                            gint64     segment_id);
void sb_segment_act_delete (GtkWidget *widget,
                            SbEngine  *engine,
                            gint64     segment_id);
/* “Add to List…”: asks which, or for the name of a new one. */
void sb_segment_act_add (GtkWidget *widget,
                         SbEngine  *engine,
                         GArray    *contacts);
void sb_segment_act_remove (GtkWidget *widget,
                            SbEngine  *engine,
                            gint64     segment_id,
                            GArray    *contacts);
/* “Why Is … In?”: @segment_id 0 begins with the first group. */
void sb_segment_act_why (GtkWidget *widget,
                         SbEngine  *engine,
                         gint64     segment_id,
                         gint64     contact_id);

G_END_DECLS
