#pragma once

#include "sb-engine.h"
#include "sb-tray.h"

G_BEGIN_DECLS

/* The files beside the draft of the person at the desk. @files: (transfer full) (element-type SbTrayFile) */
void     sb_engine_save_tray_async (SbEngine           *self,
                                    gint64              thread_id,
                                    GPtrArray          *files,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean sb_engine_save_tray_finish (SbEngine     *self,
                                     GAsyncResult *result,
                                     GError      **error);

G_END_DECLS
