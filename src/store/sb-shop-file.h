#pragma once

#include "sb-db.h"

G_BEGIN_DECLS

int      sb_shop_file_lock (const char *folder,
                            GError    **error);
gboolean sb_shop_file_prepare (const char *folder,
                               gboolean    create,
                               GError    **error);
char    *sb_shop_file_set_aside (const char *folder,
                                 gint64      now_ms,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sb_shop_file_was_unclean (const char *folder);
void     sb_shop_file_mark (const char *folder,
                            gboolean    in_use);

G_END_DECLS
