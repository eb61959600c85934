#pragma once

#include <adwaita.h>

#include "sb-engine-import.h"

G_BEGIN_DECLS

/**
 * SbFixBar:
 *
 * At the foot of the rows: what is the matter with the one that is chosen, and the fix; above it one answer for many.
 *
 * Signals:
 *  "use" (const char *): this number instead
 *  "edit": all cells of the row are wanted
 *  "leave": the row is left out, or taken again
 *  "use-country": the offer for many rows is taken
 *  "bring-back": people who were erased for good come in all the same
 *  "escape": back to the rows
 */
#define SB_TYPE_FIX_BAR (sb_fix_bar_get_type ())

G_DECLARE_FINAL_TYPE (SbFixBar, sb_fix_bar, SB, FIX_BAR, AdwBin)

GtkWidget *sb_fix_bar_new (void);
/* @row: (nullable). @written: its number as the file has it */
void sb_fix_bar_show (SbFixBar           *self,
                      const SbImportPlan *plan,
                      const SbPlanRow    *row,
                      const char         *written);
void sb_fix_bar_focus (SbFixBar *self);

G_END_DECLS
