#pragma once

#include "sb-ocr-letters.h"

G_BEGIN_DECLS

void sb_ocr_lost_read (const SbOcrPicture *picture,
                       SbOcrLetters       *letters,
                       SbOcrFound         *found);

G_END_DECLS
