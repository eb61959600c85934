#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

gboolean sb_writer_snooze (SbWriter *self,
                           gint64    thread_id,
                           gint64    until,
                           gboolean  firm,
                           GError  **error);

G_END_DECLS
