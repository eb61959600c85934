#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/* The files that a quick reply brings: a JSON array of objects with "name" and "hash", or NULL for none. */
char    *sb_reader_get_quick_files (SbReader *self,
                                    gint64    quick_reply_id);
gboolean sb_writer_set_quick_files (SbWriter   *self,
                                    gint64      quick_reply_id,
                                    const char *files,
                                    GError    **error);

G_END_DECLS
