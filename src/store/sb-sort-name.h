#pragma once

#include <sqlite3.h>

#include "sb-error.h"

G_BEGIN_DECLS

gboolean sb_sort_name_register (sqlite3 *handle,
                                GError **error);
char    *sb_sort_name (const char *name);

G_END_DECLS
