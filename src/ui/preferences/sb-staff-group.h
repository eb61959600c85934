#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_STAFF_GROUP (sb_staff_group_get_type ())

G_DECLARE_FINAL_TYPE (SbStaffGroup, sb_staff_group, SB, STAFF_GROUP, AdwPreferencesGroup)

GtkWidget *sb_staff_group_new (SbEngine *engine);

G_END_DECLS
