#include "sb-id.h"

#define FILE_BITS  9
#define COUNT_BITS 12

struct _SbIdSource
{
  SbClock *clock;
  guint    file_part;
  gint64   last_tick; /* time and count without the file part */
};

static gint64
tick_of (gint64 id)
{
  gint64 ms = id >> (FILE_BITS + COUNT_BITS);

  return (ms << COUNT_BITS) | (id & ((1 << COUNT_BITS) - 1));
}

/**
 * sb_id_source_new:
 * @file_part: 0..511, chosen at random once per shop file
 * @last_id: the highest id the file holds, or 0
 */
SbIdSource *
sb_id_source_new (SbClock *clock,
                  guint    file_part,
                  gint64   last_id)
{
  SbIdSource *self = g_new0 (SbIdSource, 1);

  self->clock = g_object_ref (clock);
  self->file_part = file_part & ((1 << FILE_BITS) - 1);
  self->last_tick = last_id > 0 ? tick_of (last_id) : 0;

  return self;
}

void
sb_id_source_free (SbIdSource *self)
{
  g_object_unref (self->clock);
  g_free (self);
}

/* More than 4,096 ids in one millisecond borrow from the next: order and uniqueness matter more than the last bit of time. */
gint64
sb_id_source_next (SbIdSource *self)
{
  gint64 tick = MAX (sb_clock_now (self->clock), 0) << COUNT_BITS;
  gint64 ms;

  self->last_tick = MAX (tick, self->last_tick + 1);
  ms = self->last_tick >> COUNT_BITS;

  return (ms << (FILE_BITS + COUNT_BITS)) | ((gint64) self->file_part << COUNT_BITS) |
         (self->last_tick & ((1 << COUNT_BITS) - 1));
}

/* Unix milliseconds of the moment @id was made. */
gint64
sb_id_get_time (gint64 id)
{
  return id >> (FILE_BITS + COUNT_BITS);
}
