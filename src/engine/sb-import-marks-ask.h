#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

/* The name of a tag or stage as people type it; NULL for none. */
char *sb_import_mark_name (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* The stage of that name, in large or small letters; 0 with @error when there is none. */
gint64 sb_import_stage (SbReader   *reader,
                        const char *name,
                        GError    **error);

G_END_DECLS
