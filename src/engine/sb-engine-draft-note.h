#pragma once

#include "sb-draft-note.h"
#include "sb-engine.h"

G_BEGIN_DECLS

/* The note for the team that the person at the desk has begun. @text: (nullable): none any more */
void     sb_engine_keep_draft_note_async (SbEngine           *self,
                                          gint64              thread_id,
                                          const char         *text,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
gboolean sb_engine_keep_draft_note_finish (SbEngine     *self,
                                           GAsyncResult *result,
                                           GError      **error);

G_END_DECLS
