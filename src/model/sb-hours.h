#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Minutes after midnight on the shop's clock. An end before the beginning is on the next day. */
typedef struct
{
  gboolean open;
  int      from;
  int      to;
  int      break_from; /* the same as break_to: no break */
  int      break_to;
} SbDayHours;

/**
 * SbHours:
 *
 * When the shop is open, as people say it: by week day, on the clock of the place where it is, with days on which it stays
 * closed. What moment that is, is worked out when it is asked, so that a change of the clocks or of a law does no harm.
 */
typedef struct
{
  char      *zone;     /* IANA name; NULL: that of this computer */
  SbDayHours days[7];  /* Monday first */
  GPtrArray *holidays; /* "2026-12-25", or "--12-25" for every year */
  GTimeZone *held;     /* (nullable): GLib reads the file of a zone anew unless somebody holds it */
} SbHours;

SbHours    *sb_hours_new (void);
SbHours    *sb_hours_from_json (JsonObject *object);
JsonObject *sb_hours_to_json (const SbHours *self);
void        sb_hours_free (SbHours *self);

GTimeZone *sb_hours_get_zone (const SbHours *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sb_hours_is_open (const SbHours *self,
                             gint64         now);
gint64     sb_hours_closed_since (const SbHours *self,
                                  gint64         now);
gint64     sb_hours_next_opening (const SbHours *self,
                                  gint64         now);
gint64     sb_hours_next_closing (const SbHours *self,
                                  gint64         now);
gboolean   sb_hours_is_holiday (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbHours, sb_hours_free)

G_END_DECLS
