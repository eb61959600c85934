#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *sb_phone_normalize (const char *text,
                             const char *country) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_phone_format (const char *digits) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_phone_country (const char *digits) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_phone_code_country (const char *digits) G_GNUC_WARN_UNUSED_RESULT;
char   **sb_phone_list_countries (void) G_GNUC_WARN_UNUSED_RESULT;
int      sb_phone_dial_code (const char *country);
char   **sb_phone_variants (const char *digits) G_GNUC_WARN_UNUSED_RESULT;
gboolean sb_phone_is_valid (const char *digits);
gboolean sb_phone_is_digits (const char *text);

G_END_DECLS
