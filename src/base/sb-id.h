#pragma once

#include "sb-clock.h"

G_BEGIN_DECLS

/**
 * SbIdSource:
 *
 * Makes 63-bit ids that grow with time: 42 bits of unix milliseconds, 9 bits that belong to the file, 12 bits that count.
 * They are unique when two files meet, sort by age, and never go backwards, also when the clock does. Not thread-safe.
 */
typedef struct _SbIdSource SbIdSource;

SbIdSource *sb_id_source_new (SbClock *clock,
                              guint    file_part,
                              gint64   last_id);
void        sb_id_source_free (SbIdSource *self);

gint64 sb_id_source_next (SbIdSource *self);
gint64 sb_id_get_time (gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbIdSource, sb_id_source_free)

G_END_DECLS
