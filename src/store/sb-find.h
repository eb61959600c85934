#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

/* Where words stand in one conversation. Longer conversations are for a worker. */

GArray *sb_reader_find_in_thread (SbReader   *self, /* gint64: ids of messages, newest first */
                                  gint64      thread_id,
                                  const char *words);
GStrv   sb_reader_list_found_words (SbReader   *self,
                                    gint64      message_id,
                                    const char *words);

G_END_DECLS
