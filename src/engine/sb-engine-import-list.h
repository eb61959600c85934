#pragma once

#include "sb-engine-import.h"

G_BEGIN_DECLS

/* Whom an import brought and changed and which rows it could not use, as a CSV; how many there are. What was the same or put
 * together left nothing behind and is only counted. */
gboolean sb_engine_save_import_list (SbEngine   *self,
                                     gint64      import_id,
                                     const char *path,
                                     guint      *n_rows,
                                     GError    **error);

G_END_DECLS
