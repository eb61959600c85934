#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  SB_BACKGROUND_UNKNOWN, /* nobody was asked yet */
  SB_BACKGROUND_GRANTED,
  SB_BACKGROUND_DENIED,
  SB_BACKGROUND_NO_PORTAL, /* nothing here decides about it: an ordinary program may stay */
} SbBackground;

void         sb_background_request_async (gboolean            autostart,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
SbBackground sb_background_request_finish (GAsyncResult *result);

G_END_DECLS
