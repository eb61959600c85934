#pragma once

#include <adwaita.h>

#include "sb-engine-import.h"

G_BEGIN_DECLS

/**
 * SbImportColumns:
 *
 * What each column of a file means, and what holds for every row of it.
 *
 * Signals:
 *  "changed": the plan has to be made anew
 *  "answered": something was said that changes no row
 *  "sheet" (const char *): another sheet of the workbook is wanted
 */
#define SB_TYPE_IMPORT_COLUMNS (sb_import_columns_get_type ())

G_DECLARE_FINAL_TYPE (SbImportColumns, sb_import_columns, SB, IMPORT_COLUMNS, AdwBin)

GtkWidget *sb_import_columns_new (void);
/* Shows how @plan reads the file; what the person chose stays. */
void sb_import_columns_show (SbImportColumns    *self,
                             const SbImportPlan *plan,
                             gboolean            remembered);
/* As it stands in the window; before anything was shown, as it was the last time (@memory, nullable). */
void                  sb_import_columns_recall (SbImportColumns      *self,
                                                const SbImportMemory *memory);
const SbImportMemory *sb_import_columns_get (SbImportColumns *self);
/* (nullable): "paper", "shop", ... */
const char *sb_import_columns_get_consent (SbImportColumns *self,
                                           const char     **wording);
void        sb_import_columns_set_consent (SbImportColumns *self,
                                           const char      *method, /* (nullable) */
                                           const char      *wording);
/* What everybody on the list gets: an SbImportMarksGroup. */
GtkWidget *sb_import_columns_get_marks (SbImportColumns *self);
void       sb_import_columns_focus (SbImportColumns *self);

G_END_DECLS
