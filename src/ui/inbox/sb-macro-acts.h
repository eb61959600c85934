#pragma once

#include <adwaita.h>

#include "sb-engine-desk.h"

G_BEGIN_DECLS

/* Runs a macro on @threads (gint64); a toast says so, with Undo. FALSE where it needs attention, which is told instead. */
gboolean sb_macro_run (GtkWidget *widget,
                       SbEngine  *engine,
                       GArray    *threads,
                       gint64     macro_id,
                       gboolean  *leaves);

typedef void (*SbMacroChosen) (GtkWidget *widget,
                               GArray    *threads,
                               gint64     macro_id);

void        sb_macro_choose (GtkWidget    *widget,
                             SbEngine     *engine,
                             GArray       *threads,
                             SbMacroChosen chosen);
GMenuModel *sb_macro_menu_new (SbEngine *engine) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_macro_describe (SbEngine      *engine,
                               const SbMacro *macro) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_macro_key_label (const char *key) G_GNUC_WARN_UNUSED_RESULT;

/* The keys of all macros on @widget, kept as they are in the shop; they activate "inbox.macro". */
void sb_macro_keys_add (GtkWidget *widget,
                        SbEngine  *engine);
void sb_macro_add_shortcuts (AdwPreferencesPage *page,
                             SbEngine           *engine);

G_END_DECLS
