#pragma once

#include <adwaita.h>

#include "sb-engine-import.h"

G_BEGIN_DECLS

/**
 * SbImportRowDialog:
 *
 * One row of a file, cell by cell under the titles of its columns, to be put right.
 *
 * Signals:
 *  "save": the cells are as they should be
 */
#define SB_TYPE_IMPORT_ROW_DIALOG (sb_import_row_dialog_get_type ())

G_DECLARE_FINAL_TYPE (SbImportRowDialog, sb_import_row_dialog, SB, IMPORT_ROW_DIALOG, AdwDialog)

AdwDialog *sb_import_row_dialog_new (const SbImportPlan *plan,
                                     const SbPlanRow    *row,
                                     GPtrArray          *cells);
guint      sb_import_row_dialog_get_index (SbImportRowDialog *self); /* of the row in the table */
guint      sb_import_row_dialog_get_n_columns (SbImportRowDialog *self);
/* (nullable): NULL where nothing was changed */
const char *sb_import_row_dialog_get_cell (SbImportRowDialog *self,
                                           guint              column);

G_END_DECLS
