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

/* Beside the file while it is open for writing. */
typedef enum
{
  SB_SHOP_MARK_CLOSED,
  SB_SHOP_MARK_OPEN,    /* found at a start: the last end was no clean one */
  SB_SHOP_MARK_DAMAGED, /* and the file was found damaged */
} SbShopMark;

SbShopMark sb_shop_file_get_mark (const char *folder);
void       sb_shop_file_set_mark (const char *folder,
                                  SbShopMark  mark);

G_END_DECLS
