#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sb_country_name (const char *country) G_GNUC_WARN_UNUSED_RESULT;
char *sb_country_find (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
