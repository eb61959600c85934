#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

const char *sb_line_names_get (SbEngine *engine,
                               gint64    line_id);

G_END_DECLS
