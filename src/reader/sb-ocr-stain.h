#pragma once

#include "sb-ocr-picture.h"

G_BEGIN_DECLS

/*
 * A stain of ink that may be a digit of the east. The digits never touch each other in a hand and there are ten, so each is compared
 * with its usual shapes.
 */
#define SB_OCR_STAIN_WIDE      8
#define SB_OCR_STAIN_HIGH      12
#define SB_OCR_STAIN_APART_MAX 30 /* of 96 points: further away it is no digit */
#define SB_OCR_STAIN_PLUS      10 /* what stands before the code of a country */
#define SB_OCR_STAIN_LARGER    2  /* than the picture: the teeth of a three are seen better then */

typedef struct
{
  int    x, y, w, h;
  guint8 lines[SB_OCR_STAIN_HIGH];
  int    n_tips;  /* of ink along the widest-spread line of its top */
  int    is_part; /* of a wider one, which is no digit: letters are joined, too */
  int    digit;   /* SB_OCR_STAIN_PLUS, too; set by sb_ocr_stain_classify(), like those after it */
  int    other;   /* it may be as well, or -1 */
  guint  apart;   /* points of SB_OCR_STAIN_WIDE x SB_OCR_STAIN_HIGH */
} SbOcrStain;

/* (transfer full): all of @picture, from left to right; what is joined like digits of a tight print is taken apart. */
GArray *sb_ocr_stain_list (const SbOcrPicture *picture) G_GNUC_WARN_UNUSED_RESULT;

/* @height: of the digits around it */
void sb_ocr_stain_classify (SbOcrStain *stain,
                            int         height);

G_END_DECLS
