#pragma once

#include "sb-ocr-letters.h"

G_BEGIN_DECLS

GPtrArray *sb_ocr_cells_take (SbOcrPicture *picture) G_GNUC_WARN_UNUSED_RESULT;
void       sb_ocr_cells_read (GPtrArray    *cells,
                              SbOcrLetters *letters,
                              SbOcrFound   *found);

G_END_DECLS
