#pragma once

#include "sb-json.h"

G_BEGIN_DECLS

/* The page to read: what sb_reader_export_person () gave, in order of time. @files: hash -> name of the file beside it. */
char *sb_person_page (JsonObject *tables,
                      const char *shop,
                      GHashTable *files) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
