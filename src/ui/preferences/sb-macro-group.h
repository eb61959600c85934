#pragma once

#include <adwaita.h>

#include "sb-engine-desk.h"

G_BEGIN_DECLS

#define SB_TYPE_MACRO_GROUP (sb_macro_group_get_type ())

G_DECLARE_FINAL_TYPE (SbMacroGroup, sb_macro_group, SB, MACRO_GROUP, AdwPreferencesGroup)

GtkWidget *sb_macro_group_new (SbEngine *engine);

G_END_DECLS
