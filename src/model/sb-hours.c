#include "sb-hours.h"

#include <stdio.h>

#include "sb-json.h"

#define MINUTES_OF_DAY (24 * 60)
/* A shop that opens on no day of a year and a bit is not going to. */
#define DAYS_AHEAD 400

typedef struct
{
  gint64 start;
  gint64 end;
} Span;

SbHours *
sb_hours_new (void)
{
  SbHours *self = g_new0 (SbHours, 1);

  self->holidays = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < 7; i++)
    self->days[i] = (SbDayHours) { .open = i < 6, .from = 9 * 60, .to = i < 5 ? 18 * 60 : 13 * 60, .break_from = 13 * 60, .break_to = 13 * 60 };

  return self;
}

void
sb_hours_free (SbHours *self)
{
  g_ptr_array_unref (self->holidays);
  g_clear_pointer (&self->held, g_time_zone_unref);
  g_free (self->zone);
  g_free (self);
}

/* -- on paper -- */

static int
minute_of (JsonObject *day,
           const char *member,
           int         fallback)
{
  return CLAMP (sb_json_int (day, member, fallback), 0, MINUTES_OF_DAY);
}

/* "2026-12-25", or "--12-25" for every year. */
gboolean
sb_hours_is_holiday (const char *text)
{
  int      year = 2000, month = 0, day = 0, end = 0;
  gboolean shaped = text != NULL && ((sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && end == 10) ||
                                     (sscanf (text, "--%2d-%2d%n", &month, &day, &end) == 2 && end == 7));

  return shaped && text[end] == '\0' && g_date_valid_dmy (day, month, year);
}

/* @object: (nullable): what is missing or makes no sense stays as in a new one */
SbHours *
sb_hours_from_json (JsonObject *object)
{
  SbHours   *self = sb_hours_new ();
  JsonArray *days = sb_json_array (object, "days");
  JsonArray *holidays = sb_json_array (object, "holidays");

  self->zone = g_strdup (sb_json_string (object, "zone"));
  self->held = sb_hours_get_zone (self);
  for (guint i = 0; i < MIN (sb_json_length (days), 7); i++)
    {
      JsonObject *day = sb_json_at (days, i);
      SbDayHours *hours = &self->days[i];

      hours->open = sb_json_bool (day, "open", hours->open);
      hours->from = minute_of (day, "from", hours->from);
      hours->to = minute_of (day, "to", hours->to);
      hours->break_from = minute_of (day, "break_from", hours->break_from);
      hours->break_to = minute_of (day, "break_to", hours->break_to);
    }
  for (guint i = 0; i < sb_json_length (holidays); i++)
    {
      const char *day = sb_json_string (sb_json_at (holidays, i), "day");

      if (sb_hours_is_holiday (day))
        g_ptr_array_add (self->holidays, g_strdup (day));
    }

  return self;
}

JsonObject *
sb_hours_to_json (const SbHours *self)
{
  JsonArray *days = json_array_new ();
  JsonArray *holidays = json_array_new ();

  for (int i = 0; i < 7; i++)
    {
      const SbDayHours *day = &self->days[i];

      json_array_add_object_element (days, sb_json_make ("b:open", day->open, "i:from", (gint64) day->from, "i:to", (gint64) day->to, "i:break_from", (gint64) day->break_from,
                                                         "i:break_to", (gint64) day->break_to, NULL));
    }
  for (guint i = 0; i < self->holidays->len; i++)
    json_array_add_object_element (holidays, sb_json_make ("s:day", self->holidays->pdata[i], NULL));

  return sb_json_make ("s:zone", self->zone, "a:days", days, "a:holidays", holidays, NULL);
}

/* -- on the clock -- */

/* (transfer full): a name that this computer does not know is its own. */
GTimeZone *
sb_hours_get_zone (const SbHours *self)
{
  GTimeZone *zone = self->zone != NULL && self->zone[0] != '\0' ? g_time_zone_new_identifier (self->zone) : NULL;

  return zone != NULL ? zone : g_time_zone_new_local ();
}

static gint64
moment (GTimeZone *zone,
        GDateTime *day,
        int        minute)
{
  g_autoptr (GDateTime) on = minute >= MINUTES_OF_DAY ? g_date_time_add_days (day, minute / MINUTES_OF_DAY) : g_date_time_ref (day);
  int                   rest = minute % MINUTES_OF_DAY;
  g_autoptr (GDateTime) at = g_date_time_new (zone, g_date_time_get_year (on), g_date_time_get_month (on), g_date_time_get_day_of_month (on), rest / 60, rest % 60, 0);

  return g_date_time_to_unix (at) * 1000;
}

static gboolean
is_off (const SbHours *self,
        GDateTime     *day)
{
  g_autofree char *whole = g_date_time_format (day, "%Y-%m-%d");
  g_autofree char *yearly = g_date_time_format (day, "--%m-%d");

  for (guint i = 0; i < self->holidays->len; i++)
    if (g_strcmp0 (self->holidays->pdata[i], whole) == 0 || g_strcmp0 (self->holidays->pdata[i], yearly) == 0)
      return TRUE;

  return FALSE;
}

/* The times of that day at which the shop is open, none, one or two. */
static guint
spans_of (const SbHours *self,
          GTimeZone     *zone,
          GDateTime     *day,
          Span           spans[2])
{
  const SbDayHours *hours = &self->days[g_date_time_get_day_of_week (day) - 1];
  int               to = hours->to > hours->from ? hours->to : hours->to + MINUTES_OF_DAY;
  gboolean          pauses = hours->break_from < hours->break_to && hours->break_from > hours->from && hours->break_to < to;

  if (!hours->open || is_off (self, day))
    return 0;
  spans[0].start = moment (zone, day, hours->from);
  spans[0].end = moment (zone, day, pauses ? hours->break_from : to);
  if (!pauses)
    return 1;
  spans[1].start = moment (zone, day, hours->break_to);
  spans[1].end = moment (zone, day, to);

  return 2;
}

/* Noon: a day that lasts 23 or 25 hours is stepped over like any other. */
static GDateTime *
noon_of (GTimeZone *zone,
         gint64     now,
         int        days)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) noon = g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local), 12, 0, 0);

  return g_date_time_add_days (noon, days);
}

/* Looks through the days from @first to @last, either way, for the best moment that @take finds in a span. */
typedef gint64 (*Take) (const Span *span,
                        gint64      now);

static gint64
search (const SbHours *self,
        gint64         now,
        int            last,
        Take           take)
{
  g_autoptr (GTimeZone) zone = sb_hours_get_zone (self);
  int                   step = last < 0 ? -1 : 1;
  int                   stop = last;
  gint64                best = 0;

  /* From the day on the other side, for what lasts over midnight; and one more day behind the first hit. */
  for (int i = -step; i != stop; i += step)
    {
      g_autoptr (GDateTime) day = noon_of (zone, now, i);
      Span                  spans[2];
      guint                 n = spans_of (self, zone, day, spans);

      for (guint j = 0; j < n; j++)
        {
          gint64 found = take (&spans[j], now);

          if (found == 0)
            continue;
          if (best == 0)
            stop = i + 2 * step;
          best = best == 0 ? found : step < 0 ? MAX (best, found)
                                              : MIN (best, found);
        }
    }

  return best;
}

static gint64
take_end_over (const Span *span,
               gint64      now)
{
  return span->start <= now && now < span->end ? span->end : 0;
}

static gint64
take_end_before (const Span *span,
                 gint64      now)
{
  return span->end <= now ? span->end : 0;
}

static gint64
take_start_after (const Span *span,
                  gint64      now)
{
  return span->start > now ? span->start : 0;
}

/* Unix ms; 0 while it is closed. */
gint64
sb_hours_next_closing (const SbHours *self,
                       gint64         now)
{
  return search (self, now, 2, take_end_over);
}

gboolean
sb_hours_is_open (const SbHours *self,
                  gint64         now)
{
  return sb_hours_next_closing (self, now) != 0;
}

/* Of a shop that is closed now: since when, unix ms; 0 when it was not open for more than a year. */
gint64
sb_hours_closed_since (const SbHours *self,
                       gint64         now)
{
  return search (self, now, -DAYS_AHEAD, take_end_before);
}

/* Unix ms; 0 when it does not open within a year. */
gint64
sb_hours_next_opening (const SbHours *self,
                       gint64         now)
{
  return search (self, now, DAYS_AHEAD, take_start_after);
}
