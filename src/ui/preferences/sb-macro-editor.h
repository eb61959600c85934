#pragma once

#include <adwaita.h>

#include "sb-engine-desk.h"

G_BEGIN_DECLS

#define SB_TYPE_MACRO_EDITOR (sb_macro_editor_get_type ())

G_DECLARE_FINAL_TYPE (SbMacroEditor, sb_macro_editor, SB, MACRO_EDITOR, AdwNavigationPage)

GtkWidget *sb_macro_editor_new (SbEngine *engine,
                                gint64    macro_id); /* 0: a new one */

G_END_DECLS
