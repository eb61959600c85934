#pragma once

#include "sb-rows.h"

G_BEGIN_DECLS

/*
 * A chat as WhatsApp exports it ("12/06/2026, 14:22 - +44 7700 900101: Two cakes please"): one row for each who wrote in it.
 * What was written is read past. That somebody is in a group is no permission of any kind.
 */
gboolean sb_chat_log_is (const char *head,
                         gsize       length);
gboolean sb_chat_log_read (GInputStream *stream,
                           SbFileAbout  *about,
                           SbRowFunc     func,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error);

G_END_DECLS
