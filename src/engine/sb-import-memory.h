#pragma once

#include "sb-engine-import.h"

G_BEGIN_DECLS

/* What is written down with an import, and what is remembered of it, as JSON. */
char *sb_import_memory_about (const SbImportPlan  *plan,
                              const SbImportWords *words) G_GNUC_WARN_UNUSED_RESULT;
char *sb_import_memory_key (const SbImportTable *table) G_GNUC_WARN_UNUSED_RESULT;
char *sb_import_memory_text (const SbImportMemory *self) G_GNUC_WARN_UNUSED_RESULT;

SbImportMemory *sb_import_memory_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT; /* (nullable) */

G_END_DECLS
