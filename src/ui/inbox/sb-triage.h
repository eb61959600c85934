#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/*
 * Acts on one or many conversations from anywhere in the window: each is one step of Undo, and a toast says what was done.
 * @widget: the place that asks; the toast appears in its window. @threads: ids (gint64), never empty.
 */
void sb_triage_act (GtkWidget   *widget,
                    SbEngine    *engine,
                    const SbAct *act,
                    const char  *said);
void sb_triage_run (GtkWidget  *widget,
                    SbEngine   *engine,
                    GArray     *threads,
                    SbActKind   kind,
                    gint64      value,
                    const char *text,
                    const char *said);
void sb_triage_simple (GtkWidget *widget,
                       SbEngine  *engine,
                       GArray    *threads,
                       SbActKind  kind,
                       gint64     value);
void sb_triage_snooze (GtkWidget *widget,
                       SbEngine  *engine,
                       GArray    *threads);
void sb_triage_assign (GtkWidget *widget,
                       SbEngine  *engine,
                       GArray    *threads);
void sb_triage_assign_to (GtkWidget *widget,
                          SbEngine  *engine,
                          GArray    *threads,
                          gint64     staff_id);
void sb_triage_tag (GtkWidget *widget,
                    SbEngine  *engine,
                    GArray    *threads);
void sb_triage_note (GtkWidget *widget,
                     SbEngine  *engine,
                     GArray    *threads);
void sb_triage_undo (GtkWidget *widget,
                     SbEngine  *engine);
void sb_triage_redo (GtkWidget *widget,
                     SbEngine  *engine);

G_END_DECLS
