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

/* The file has @n_pages, of which some may not be read yet: the rest is offered. */
void sb_ocr_review_set_pages (SbOcrReview *self,
                              int          n_pages);
/* More pages came in. */
void   sb_ocr_review_reload (SbOcrReview *self);
gint64 sb_ocr_review_get_paper (SbOcrReview *self);

G_END_DECLS
