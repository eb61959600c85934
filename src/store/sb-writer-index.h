#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/* One short step of putting the parts of the search indexes together. @more: whether another would find something to do */
gboolean sb_writer_merge_index (SbWriter *self,
                                gboolean *more,
                                GError  **error);

G_END_DECLS
