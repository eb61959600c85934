#pragma once

#include <gtk/gtk.h>

#include "sb-ocr-row.h"

G_BEGIN_DECLS

/* Signal "chosen": a place on the page was pressed (x, y: points of the page). */
#define SB_TYPE_OCR_PHOTO (sb_ocr_photo_get_type ())

G_DECLARE_FINAL_TYPE (SbOcrPhoto, sb_ocr_photo, SB, OCR_PHOTO, GtkWidget)

GtkWidget *sb_ocr_photo_new (void);
void       sb_ocr_photo_set_texture (SbOcrPhoto *self,
                                     GdkTexture *texture);
/* What is outlined: a row, and in it a cell; empty boxes are not drawn. */
void   sb_ocr_photo_set_boxes (SbOcrPhoto *self,
                               SbOcrBox    row,
                               SbOcrBox    cell);
void   sb_ocr_photo_set_zoom (SbOcrPhoto *self,
                              double      zoom);
double sb_ocr_photo_get_zoom (SbOcrPhoto *self);

G_END_DECLS
