#pragma once

#include <sqlite3.h>

#include "sb-error.h"

G_BEGIN_DECLS

gboolean sb_tokenizer_register (sqlite3 *handle,
                                GError **error);

char *sb_tokenizer_fold (sqlite3    *handle,
                         const char *word);

G_END_DECLS
