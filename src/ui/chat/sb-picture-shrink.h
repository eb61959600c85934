#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     sb_picture_shrink_async (const char         *path,
                                  gint64              largest,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
char    *sb_picture_shrink_finish (GAsyncResult *result,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_outgoing_path (const char *suffix) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_outgoing_named_path (const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean sb_outgoing_is_ours (const char *path);
void     sb_outgoing_drop (const char *path);

G_END_DECLS
