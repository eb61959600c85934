#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the word to greet with; NULL when @name, which may be NULL, is a number or a handle */
char *sb_name_first (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
