#pragma once

#include "sb-ocr-picture.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* (transfer full): words, as SbOcrFound has them, of the telephone numbers in the digits of the east; they are wiped off @picture. */
JsonArray *sb_ocr_indic_take (SbOcrPicture *picture) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
