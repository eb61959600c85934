#pragma once

#include "sb-ocr-letters.h"

G_BEGIN_DECLS

/* Reads what looks like a telephone number once more, by itself, larger and as digits only; where the two differ, both are doubted. */
void sb_ocr_numbers_check (SbOcrLetters       *letters,
                           const SbOcrPicture *picture,
                           JsonArray          *words);

G_END_DECLS
