#pragma once

#include "sb-import-plan.h"

G_BEGIN_DECLS

void sb_import_fix_find (SbImportPlan *plan);

G_END_DECLS
