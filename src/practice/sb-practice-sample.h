#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *sb_practice_sample_make (const char  *type,
                                 gint64       seconds,
                                 const char  *picture,
                                 const char **mime_type) G_GNUC_WARN_UNUSED_RESULT;
GBytes *sb_practice_sample_voice (guint seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
