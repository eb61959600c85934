#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks the desktop for the camera; the person is asked by the desktop. The answer is a file descriptor of PipeWire, or -1 with @error. */
void sb_camera_portal_open_async (GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
int  sb_camera_portal_open_finish (GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
