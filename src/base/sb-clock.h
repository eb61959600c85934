#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SB_TYPE_CLOCK (sb_clock_get_type ())

G_DECLARE_FINAL_TYPE (SbClock, sb_clock, SB, CLOCK, GObject)

#define SB_SECOND_MS G_GINT64_CONSTANT (1000)
#define SB_MINUTE_MS (60 * SB_SECOND_MS)
#define SB_HOUR_MS   (60 * SB_MINUTE_MS)
#define SB_DAY_MS    (24 * SB_HOUR_MS)

SbClock *sb_clock_new_system (void);
SbClock *sb_clock_new_virtual (gint64 now_ms);

gint64   sb_clock_now (SbClock *self);
gint64   sb_clock_uptime (SbClock *self);
gboolean sb_clock_is_virtual (SbClock *self);

void   sb_clock_advance (SbClock *self,
                         gint64   by_ms);
void   sb_clock_set_offset (SbClock *self,
                            gint64   offset_ms);
gint64 sb_clock_get_offset (SbClock *self);

guint sb_clock_add_timer (SbClock       *self,
                          gint64         at_ms,
                          GSourceFunc    func,
                          gpointer       data,
                          GDestroyNotify destroy);
void  sb_clock_remove_timer (SbClock *self,
                             guint    id);

G_END_DECLS
