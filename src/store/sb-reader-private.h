#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

const char *sb_reader_get_folder (SbReader *self);

G_END_DECLS
