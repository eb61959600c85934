#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *sb_quick_reply_fill (const char *text,
                              const char *name,
                              const char *shop,
                              const char *line) G_GNUC_WARN_UNUSED_RESULT;
gboolean sb_quick_reply_find_gap (const char *text,
                                  int        *start,
                                  int        *end);

G_END_DECLS
