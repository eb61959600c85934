#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/* Words in one conversation, in a worker with its own reader. */
void    sb_engine_find_async (SbEngine           *self,
                              gint64              thread_id,
                              const char         *words,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
GArray *sb_engine_find_finish (SbEngine     *self, /* gint64: ids, newest first; NULL without error: nothing to look for */
                               GAsyncResult *result,
                               GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
