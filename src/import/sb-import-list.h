#pragma once

#include "sb-import-plan.h"

G_BEGIN_DECLS

typedef const char *(*SbFateWords) (SbFate fate);

/*
 * Every row of a list with what becomes of it, as a CSV: the fate and the reason in the first column, the row's number in the
 * second, then the cells as the file, or the person since, has them. @decisions: (nullable)
 */
gboolean sb_import_list_write (const SbImportPlan  *plan,
                               const SbImportTable *table,
                               SbDecisions         *decisions,
                               SbFateWords          words,
                               const char          *path,
                               GError             **error);

G_END_DECLS
