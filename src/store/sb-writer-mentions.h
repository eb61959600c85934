#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/* Whether @text calls the person of this @name: "@Bea", not "@Beatrice" and not "a@bea.example". */
gboolean sb_text_mentions (const char *text,
                           const char *name);
/* Whom a note calls, but the one who wrote it, finds the conversation unread. */
gboolean sb_writer_mention (SbWriter   *self,
                            gint64      thread_id,
                            const char *note,
                            GError    **error);

G_END_DECLS
