#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

const char *sb_reader_get_folder (SbReader *self);
/* Whose reading it is, when they have rows of their own; else 0. */
gint64 sb_reader_get_own (SbReader *self);

G_END_DECLS
