#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/* For everybody: the conversation is done with. What single persons read and mark is sb_writer_mark_read () and _unread (). */
gboolean sb_writer_mark_read_by_all (SbWriter *self,
                                     gint64    thread_id,
                                     GError  **error);

/* For one person, from the newest message of the customer on. */
gboolean sb_writer_mark_unread_for (SbWriter *self,
                                    gint64    thread_id,
                                    gint64    staff_id,
                                    GError  **error);

G_END_DECLS
