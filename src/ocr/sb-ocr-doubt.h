#pragma once

#include "sb-ocr-row.h"

G_BEGIN_DECLS

const char *sb_ocr_digit_for (const char *letter);
guint       sb_ocr_count_digits (const char *text,
                                 guint      *n_others);
void        sb_ocr_mark_doubts (SbOcrCell *cell,
                                SbOcrField field);

G_END_DECLS
