#pragma once

#include "sb-engine-import.h"

G_BEGIN_DECLS

/* What stands in the window for things of an import. */
const char *sb_import_words_fate (SbFate fate);
const char *sb_import_words_fate_icon (SbFate fate);
const char *sb_import_words_fate_class (SbFate fate);
const char *sb_import_words_field (SbField field);
char       *sb_import_words_field_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_import_words_changes (const SbPlanRow *row) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_import_words_about (const SbPlanRow *row) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_import_words_count (guint n) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_import_words_day (gint64 at) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_import_words_file (const char *file_name) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_import_words_stays (const SbStayingRow *row) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_import_words_kept (const char *why) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
