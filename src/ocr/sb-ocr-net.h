#pragma once

#include "sb-ocr-lines.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the e-mail address or website around word @index of @line, put together again; @run: its words */
SbOcrWord *sb_ocr_net_word (const SbOcrLine *line,
                            guint            index,
                            SbOcrRun        *run) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sb_ocr_is_mail (const char *text);
gboolean   sb_ocr_is_web (const char *text);

G_END_DECLS
