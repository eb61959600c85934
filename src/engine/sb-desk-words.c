/* Texts that the shop sends by itself or puts into an answer: what their gaps stand for. */
#include "sb-desk-private.h"

#include <glib/gi18n-lib.h>

#include "sb-fill.h"
#include "sb-name.h"

const char *
sb_desk_default_away (void)
{
  /* Translators: {{…}} are filled in and stay as they are; "opens" becomes "tomorrow at 09:00" */
  return _("Hello {{first_name}}, thank you for your message. We are closed now and will answer when we open again: {{opens}}.");
}

const char *
sb_desk_default_question (void)
{
  /* Translators: {{first_name}} is filled in and stays as it is */
  return _("Thank you, {{first_name}}. How was it with us?");
}

/**
 * sb_desk_when:
 *
 * @at, unix ms, on the clock of the shop as people say it: "today at 14:00", "tomorrow at 09:00", "Monday at 09:00".
 */
char *
sb_desk_when (const SbDesk *desk,
              gint64        now,
              gint64        at)
{
  g_autoptr (GTimeZone) zone = sb_hours_get_zone (desk->hours);
  g_autoptr (GDateTime) today_utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) at_utc = g_date_time_new_from_unix_utc (at / 1000);
  g_autoptr (GDateTime) today = g_date_time_to_timezone (today_utc, zone);
  g_autoptr (GDateTime) then = g_date_time_to_timezone (at_utc, zone);
  g_autofree char      *time = g_date_time_format (then, "%H:%M");
  g_autofree char      *day = NULL;
  GDate                 a, b;
  int                   days;

  g_date_set_dmy (&a, g_date_time_get_day_of_month (today), g_date_time_get_month (today), g_date_time_get_year (today));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (then), g_date_time_get_month (then), g_date_time_get_year (then));
  days = g_date_days_between (&a, &b);
  if (days == 0)
    /* Translators: a time of day */
    return g_strdup_printf (_("today at %s"), time);
  if (days == 1)
    /* Translators: a time of day */
    return g_strdup_printf (_("tomorrow at %s"), time);
  day = g_date_time_format (then, days < 7 ? "%A" : C_("opening day", "%A, %e %B"));

  /* Translators: a day, and a time of day */
  return g_strdup_printf (_("%s at %s"), day, time);
}

static char *
shop_name (SbReader *reader)
{
  g_autofree char *kind = sb_reader_get_meta (reader, "kind");
  char            *name = sb_reader_get_meta (reader, "name");

  return name != NULL ? name : g_strdup (g_strcmp0 (kind, "practice") == 0 ? _("Practice Shop") : _("My Shop"));
}

static char *
fill (SbReader     *reader,
      const SbDesk *desk,
      gint64        now,
      const char   *name,
      const char   *line,
      const char   *text,
      gboolean      keep_unknown)
{
  gint64           opens = desk != NULL ? sb_hours_next_opening (desk->hours, now) : 0;
  g_autofree char *when = opens != 0 ? sb_desk_when (desk, now, opens) : NULL;
  g_autofree char *first = sb_name_first (name);
  g_autofree char *shop = shop_name (reader);
  const SbFilling  fillings[] = { { "first_name", first }, { "name", name }, { "shop", shop }, { "line", line }, { "opens", when } };

  return sb_fill (text, fillings, G_N_ELEMENTS (fillings), keep_unknown);
}

char *
sb_desk_fill (SbReader     *reader,
              const SbDesk *desk,
              gint64        now,
              gint64        thread_id,
              const char   *text,
              gboolean      keep_unknown)
{
  g_autoptr (SbThread) thread = sb_reader_get_thread (reader, thread_id);
  g_autoptr (SbLine)   line = thread != NULL ? sb_reader_get_line (reader, thread->line_id) : NULL;

  return fill (reader, desk, now, thread != NULL ? thread->name : NULL, line != NULL ? line->name : NULL, text, keep_unknown);
}

char *
sb_desk_find_gap (const char *text)
{
  const SbFilling known[] = { { "first_name", NULL }, { "name", NULL }, { "shop", NULL }, { "line", NULL }, { "opens", NULL } };

  return sb_fill_find_unknown (text, known, G_N_ELEMENTS (known));
}

char *
sb_engine_preview_away (SbEngine     *self,
                        const SbDesk *desk,
                        const char   *name,
                        gint64       *opens)
{
  gint64      now = sb_clock_now (self->clock);
  const char *text = desk->away_text != NULL && desk->away_text[0] != '\0' ? desk->away_text : sb_desk_default_away ();

  *opens = sb_hours_is_open (desk->hours, now) ? 0 : sb_hours_next_opening (desk->hours, now);

  return fill (sb_store_get_reader (self->store), desk, now, name, NULL, text, FALSE);
}
