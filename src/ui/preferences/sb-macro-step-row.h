#pragma once

#include <adwaita.h>

#include "sb-engine-desk.h"

G_BEGIN_DECLS

/*
 * One step of a macro in the editor: a row that is made for its kind, with a cross and an arrow. What it is now is asked with
 * sb_macro_step_row_add ().
 */
GtkWidget  *sb_macro_step_row_new (SbEngine          *engine,
                                   const SbMacroStep *step,
                                   GCallback          up,
                                   GCallback          remove,
                                   gpointer           user_data);
const char *sb_macro_step_title (SbStepKind kind);
/* (nullable): what is still missing, in words */
const char *sb_macro_step_row_add (GtkWidget *row,
                                   SbMacro   *macro);

G_END_DECLS
