#pragma once

#include "sb-contacts-place.h"

G_BEGIN_DECLS

void sb_ocr_camera_present (SbContactsPlace *place);

G_END_DECLS
