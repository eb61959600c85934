#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

gboolean sb_practice_media_answer (SbPracticeCall *call);
gboolean sb_practice_media_answer_download (SbPracticeCall *call);
void     sb_practice_media_complete (SbPractice *self,
                                     JsonObject *message,
                                     const char *type,
                                     gint64      seconds,
                                     const char *picture);
char    *sb_practice_media_add (SbPractice *self,
                                GBytes     *bytes,
                                const char *mime_type,
                                const char *filename,
                                gint64      days) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
