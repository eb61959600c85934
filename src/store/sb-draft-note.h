#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the note for the team that one person has begun in a conversation */
char *sb_reader_dup_draft_note (SbReader *self,
                                gint64    thread_id,
                                gint64    staff_id) G_GNUC_WARN_UNUSED_RESULT;
/* Of the one who acts. @text: (nullable): none any more */
gboolean sb_writer_save_draft_note (SbWriter   *self,
                                    gint64      thread_id,
                                    const char *text,
                                    GError    **error);

G_END_DECLS
