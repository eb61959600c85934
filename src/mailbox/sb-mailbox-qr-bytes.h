#pragma once

#include <glib.h>

G_BEGIN_DECLS

GByteArray *sb_mailbox_qr_bytes (const char *text,
                                 int        *version) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
