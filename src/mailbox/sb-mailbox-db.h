#pragma once

#include "sb-db.h"

G_BEGIN_DECLS

/* One handle on the mailbox file, its tables made. One thread at a time. */
SbDb *sb_mailbox_db_open (const char *dir,
                          gboolean    read_only,
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
