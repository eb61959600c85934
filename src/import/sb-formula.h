#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sb_formula_guard (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *sb_formula_strip (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
