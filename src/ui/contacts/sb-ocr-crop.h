#pragma once

#include <gtk/gtk.h>

#include "sb-ocr-row.h"

G_BEGIN_DECLS

#define SB_TYPE_OCR_CROP (sb_ocr_crop_get_type ())

G_DECLARE_FINAL_TYPE (SbOcrCrop, sb_ocr_crop, SB, OCR_CROP, GtkWidget)

GtkWidget *sb_ocr_crop_new (void);
void       sb_ocr_crop_show (SbOcrCrop  *self,
                             GdkTexture *texture,
                             SbOcrBox    cell,
                             SbOcrBox    doubt);

G_END_DECLS
