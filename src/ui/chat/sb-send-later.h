#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SB_TYPE_SEND_LATER (sb_send_later_get_type ())

G_DECLARE_FINAL_TYPE (SbSendLater, sb_send_later, SB, SEND_LATER, GtkPopover)

/* "chosen" (gint64 at, unix ms). */
GtkWidget *sb_send_later_new (void);
void       sb_send_later_open (SbSendLater *self,
                               gint64       now,
                               gint64       until);
char      *sb_later_text (gint64 at,
                          gint64 now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
