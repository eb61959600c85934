#pragma once

#include "sb-rows.h"

G_BEGIN_DECLS

/**
 * SbSheetRows:
 *
 * Turns the scattered cells of a sheet into rows: gaps become empty cells, empty rows are left out, what lies too far to the
 * right makes the row unreadable instead of large.
 */
typedef struct _SbSheetRows SbSheetRows;

SbSheetRows *sb_sheet_rows_new (SbRowFunc func,
                                gpointer  data);
void         sb_sheet_rows_free (SbSheetRows *self);
gboolean     sb_sheet_rows_begin (SbSheetRows *self,
                                  guint        number,
                                  GError     **error);
void         sb_sheet_rows_hide (SbSheetRows *self);
void         sb_sheet_rows_put (SbSheetRows *self,
                                guint        column,
                                char        *text);
gboolean     sb_sheet_rows_end (SbSheetRows *self,
                                GError     **error);
gboolean     sb_sheet_rows_any (SbSheetRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbSheetRows, sb_sheet_rows_free)

G_END_DECLS
