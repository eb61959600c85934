#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/**
 * SbStaffRow:
 *
 * One person who works in the shop: name, colour, and the way out. Whoever was removed can come back.
 */
#define SB_TYPE_STAFF_ROW (sb_staff_row_get_type ())

G_DECLARE_FINAL_TYPE (SbStaffRow, sb_staff_row, SB, STAFF_ROW, AdwExpanderRow)

GtkWidget *sb_staff_row_new (SbEngine      *engine,
                             const SbNamed *person);
gint64     sb_staff_row_get_person (SbStaffRow *self);

G_END_DECLS
