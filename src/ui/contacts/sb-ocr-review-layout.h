#pragma once

#include "sb-ocr-review-private.h"

G_BEGIN_DECLS

GtkWidget *sb_ocr_review_lay_out (SbOcrReview *self);

G_END_DECLS
