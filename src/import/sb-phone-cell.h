#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sb_phone_cell_is_likely (const char *text);
guint    sb_phone_cell_read (const char *text,
                             const char *country,
                             const char *dial_code,
                             GPtrArray  *numbers,
                             char      **reason);
char    *sb_phone_cell_remark (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_phone_cell_find (const char *text,
                             char      **rest) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
