#pragma once

#include <json-glib/json-glib.h>
#include <poppler.h>

#include "sb-ocr-picture.h"

G_BEGIN_DECLS

PopplerDocument *sb_pdf_open (const char *path,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;
Pix             *sb_pdf_draw (PopplerDocument *document,
                              int              page,
                              double          *scale,
                              GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* The words a page already has, with their boxes in the drawing of @scale; NULL when it is a picture only. */
JsonArray *sb_pdf_words (PopplerDocument *document,
                         int              page,
                         double           scale) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
