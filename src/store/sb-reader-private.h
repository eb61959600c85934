#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

const char *sb_reader_get_folder (SbReader *self);
/* Whose reading it is, when they have rows of their own; else 0. */
gint64      sb_reader_get_own (SbReader *self);
const char *sb_reader_format_number (SbReader   *self,
                                     const char *digits);

G_END_DECLS
