#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

const char *sb_reader_get_folder (SbReader *self);
const char *sb_reader_format_number (SbReader   *self,
                                     const char *digits);

G_END_DECLS
