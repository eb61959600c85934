#pragma once

#include <adwaita.h>

#include "sb-engine-contacts.h"

G_BEGIN_DECLS

/*
 * Acts on the shop's people from anywhere in the window: each is one step of Undo, and a toast says what was done.
 * @widget: the place that asks; the toast appears in its window. @ids: contacts (gint64), never empty.
 */
typedef void (*SbPeopleDone) (gint64   made,
                              gpointer user_data);

void sb_people_act (GtkWidget          *widget,
                    SbEngine           *engine,
                    const SbContactAct *act,
                    const char         *said);
/* @done runs after it succeeded, when @widget is still there. */
void sb_people_act_then (GtkWidget          *widget,
                         SbEngine           *engine,
                         const SbContactAct *act,
                         const char         *said,
                         SbPeopleDone        done,
                         gpointer            user_data);
void sb_people_remove (GtkWidget *widget,
                       SbEngine  *engine,
                       GArray    *ids);
void sb_people_tag (GtkWidget *widget,
                    SbEngine  *engine,
                    GArray    *ids);
void sb_people_stage (GtkWidget *widget,
                      SbEngine  *engine,
                      GArray    *ids);
void sb_people_set_stage (GtkWidget     *widget,
                          SbEngine      *engine,
                          GArray        *ids,
                          const SbNamed *stage);
void sb_people_block (GtkWidget *widget,
                      SbEngine  *engine,
                      gint64     contact_id,
                      int        how);

G_END_DECLS
