#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

/* Where the messages of a conversation are since its customer became one with another; @thread_id itself otherwise. */
gint64 sb_reader_find_joined_thread (SbReader *self,
                                     gint64    thread_id);

G_END_DECLS
