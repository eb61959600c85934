#pragma once

#include <adwaita.h>

#include "sb-engine-ocr.h"

G_BEGIN_DECLS

#define SB_TYPE_OCR_REVIEW (sb_ocr_review_get_type ())

G_DECLARE_FINAL_TYPE (SbOcrReview, sb_ocr_review, SB, OCR_REVIEW, AdwNavigationPage)

/* @path: (nullable): the file it was read from, to read it turned */
AdwNavigationPage *sb_ocr_review_new (SbEngine   *engine,
                                      gint64      paper_id,
                                      const char *path);

G_END_DECLS
