/* Hours on the clock of a shop, and texts with gaps. */
#include "sb-clock.h"
#include "sb-desk.h"
#include "sb-fill.h"
#include "sb-json.h"
#include "sb-macro.h"

static gint64
at (const char *iso)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, NULL);

  g_assert_nonnull (time);

  return g_date_time_to_unix (time) * 1000;
}

#define DAY(from, to)         "{\"open\":true,\"from\":" #from ",\"to\":" #to "}"
#define PAUSE(from, a, b, to) "{\"open\":true,\"from\":" #from ",\"break_from\":" #a ",\"break_to\":" #b ",\"to\":" #to "}"
#define OFF                   "{\"open\":false}"
#define WEEK(d)               d "," d "," d "," d "," d "," OFF "," OFF

static SbHours *
hours_of (const char *zone,
          const char *days,
          const char *holidays)
{
  g_autofree char     *json = g_strdup_printf ("{\"zone\":\"%s\",\"days\":[%s],\"holidays\":[%s]}", zone, days, holidays);
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) node = sb_json_parse (json, -1, &error);

  g_assert_no_error (error);

  return sb_hours_from_json (sb_json_root (node));
}

static const struct
{
  const char *name;
  const char *zone;
  const char *days;
  const char *holidays;
  const char *now;
  gboolean    open;
  const char *since; /* closed since, or until when it is open */
  const char *opens;
} cases[] = {
  { "in-the-day", "Europe/Lisbon", WEEK (DAY (540, 1080)), "", "2025-11-21T10:00:00Z", TRUE, "2025-11-21T18:00:00Z", NULL },
  { "at-the-minute-it-opens", "Europe/Lisbon", WEEK (DAY (540, 1080)), "", "2025-11-21T09:00:00Z", TRUE, "2025-11-21T18:00:00Z", NULL },
  { "at-the-minute-it-closes", "Europe/Lisbon", WEEK (DAY (540, 1080)), "", "2025-11-21T18:00:00Z", FALSE, "2025-11-21T18:00:00Z", "2025-11-24T09:00:00Z" },
  { "over-the-weekend", "Europe/Lisbon", WEEK (DAY (540, 1080)), "", "2025-11-23T12:00:00Z", FALSE, "2025-11-21T18:00:00Z", "2025-11-24T09:00:00Z" },
  { "in-the-break", "Europe/Madrid", WEEK (PAUSE (540, 840, 1020, 1200)), "", "2025-11-21T14:00:00Z", FALSE, "2025-11-21T13:00:00Z", "2025-11-21T16:00:00Z" },
  { "over-midnight", "Europe/Berlin", WEEK (DAY (1080, 120)), "", "2025-11-21T00:30:00Z", TRUE, "2025-11-21T01:00:00Z", NULL },
  { "after-midnight-closed", "Europe/Berlin", WEEK (DAY (1080, 120)), "", "2025-11-21T02:00:00Z", FALSE, "2025-11-21T01:00:00Z", "2025-11-21T17:00:00Z" },
  { "on-a-holiday", "Europe/Lisbon", WEEK (DAY (540, 1080)), "{\"day\":\"2025-11-21\"}", "2025-11-21T10:00:00Z", FALSE, "2025-11-20T18:00:00Z", "2025-11-24T09:00:00Z" },
  { "on-a-day-of-every-year", "Europe/Lisbon", WEEK (DAY (540, 1080)), "{\"day\":\"--12-25\"}", "2025-12-25T10:00:00Z", FALSE, "2025-12-24T18:00:00Z", "2025-12-26T09:00:00Z" },
  /* Clocks went back at 02:00 on Sunday 26 October: nine on Monday is an hour later in the world. */
  { "after-the-clocks-went-back", "Europe/Berlin", WEEK (DAY (540, 1080)), "", "2025-10-26T12:00:00Z", FALSE, "2025-10-24T16:00:00Z", "2025-10-27T08:00:00Z" },
  { "far-east", "Asia/Jakarta", WEEK (DAY (540, 1080)), "", "2025-11-20T23:00:00Z", FALSE, "2025-11-20T11:00:00Z", "2025-11-21T02:00:00Z" },
  { "open-round-the-clock", "Europe/Lisbon", DAY (0, 0) "," DAY (0, 0) "," DAY (0, 0) "," DAY (0, 0) "," DAY (0, 0) "," DAY (0, 0) "," DAY (0, 0), "", "2025-11-21T00:00:00Z", TRUE,
    "2025-11-22T00:00:00Z", NULL },
  { "never", "Europe/Lisbon", OFF "," OFF "," OFF "," OFF "," OFF "," OFF "," OFF, "", "2025-11-21T10:00:00Z", FALSE, NULL, NULL },
};

static void
test_hours (gconstpointer data)
{
  guint               i = GPOINTER_TO_UINT (data);
  g_autoptr (SbHours) hours = hours_of (cases[i].zone, cases[i].days, cases[i].holidays);
  gint64              now = at (cases[i].now);

  g_assert_cmpint (sb_hours_is_open (hours, now), ==, cases[i].open);
  if (cases[i].open)
    g_assert_cmpint (sb_hours_next_closing (hours, now), ==, at (cases[i].since));
  else
    {
      g_assert_cmpint (sb_hours_closed_since (hours, now), ==, cases[i].since != NULL ? at (cases[i].since) : 0);
      g_assert_cmpint (sb_hours_next_opening (hours, now), ==, cases[i].opens != NULL ? at (cases[i].opens) : 0);
    }
}

/* Through a whole year, minute by quarter: closed since and opening lie around every closed moment, and never inside open time. */
static void
test_year (void)
{
  g_autoptr (SbHours) hours = hours_of ("America/New_York", WEEK (PAUSE (480, 720, 780, 1020)), "{\"day\":\"--07-04\"}");

  for (gint64 now = at ("2025-01-01T00:00:00Z"); now < at ("2026-01-01T00:00:00Z"); now += 37 * SB_MINUTE_MS)
    {
      gint64 since, opens;

      if (sb_hours_is_open (hours, now))
        continue;
      since = sb_hours_closed_since (hours, now);
      opens = sb_hours_next_opening (hours, now);
      g_assert_cmpint (opens, >, now);
      g_assert_true (sb_hours_is_open (hours, opens));
      g_assert_false (sb_hours_is_open (hours, opens - 1000));
      if (since == 0)
        continue;
      g_assert_cmpint (since, <=, now);
      g_assert_false (sb_hours_is_open (hours, since));
      g_assert_true (sb_hours_is_open (hours, since - 1000));
    }
}

static void
test_days (void)
{
  g_assert_true (sb_hours_is_holiday ("2026-12-25"));
  g_assert_true (sb_hours_is_holiday ("--02-29"));
  g_assert_false (sb_hours_is_holiday ("2026-02-30"));
  g_assert_false (sb_hours_is_holiday ("25.12.2026"));
  g_assert_false (sb_hours_is_holiday ("2026-12-25 "));
  g_assert_false (sb_hours_is_holiday (""));
  g_assert_false (sb_hours_is_holiday (NULL));
}

/* What is kept and read again is the same. */
static void
test_settings (void)
{
  const char        *text = "{\"hours\":{\"zone\":\"Asia/Jakarta\",\"days\":[" WEEK (PAUSE (1, 2, 3, 4)) "],\"holidays\":[{\"day\":\"--12-25\"}]},\"away\":true,\"asks\":true,\"scale\":5,\"wait_s\":60}";
  g_autoptr (SbDesk) once = sb_desk_from_text (text);
  g_autofree char   *kept = sb_desk_to_text (once);
  g_autoptr (SbDesk) twice = sb_desk_from_text (kept);
  g_autofree char   *again = sb_desk_to_text (twice);
  g_autoptr (SbDesk) rubbish = sb_desk_from_text ("{\"hours\":7,\"scale\":99,\"wait_s\":-5,\"away\":[]}");

  g_assert_cmpstr (kept, ==, again);
  g_assert_cmpint (twice->scale, ==, 5);
  g_assert_cmpint (twice->hours->days[4].break_to, ==, 3);
  g_assert_false (rubbish->away);
  g_assert_cmpint (rubbish->scale, ==, 3);
  g_assert_cmpint (rubbish->wait_s, ==, 5);
}

static const struct
{
  const char *text;
  const char *kept; /* gaps stay */
  const char *sent; /* gaps go */
} texts[] = {
  { "Hello {{first_name}}, welcome.", "Hello Ana, welcome.", "Hello Ana, welcome." },
  { "Hello {{nobody}}, welcome.", "Hello {{nobody}}, welcome.", "Hello, welcome." },
  { "Hello {{nobody|there}}!", "Hello there!", "Hello there!" },
  { "Hello {{first_name|there}}!", "Hello Ana!", "Hello Ana!" },
  { "Hello {{empty}}!", "Hello {{empty}}!", "Hello!" },
  { "{{ first_name }}", "Ana", "Ana" },
  { "{{}} {{ {a} }} {{", "{{}} {{ {a} }} {{", "{{}} {{ {a} }} {{" },
  { "مرحبا {{first_name}}", "مرحبا Ana", "مرحبا Ana" },
};

static void
test_fill (void)
{
  const SbFilling known[] = { { "first_name", "Ana" }, { "empty", NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *kept = sb_fill (texts[i].text, known, G_N_ELEMENTS (known), TRUE);
      g_autofree char *sent = sb_fill (texts[i].text, known, G_N_ELEMENTS (known), FALSE);

      g_assert_cmpstr (kept, ==, texts[i].kept);
      g_assert_cmpstr (sent, ==, texts[i].sent);
    }
}

static void
test_unknown_gap (void)
{
  const SbFilling  known[] = { { "first_name", NULL } };
  g_autofree char *none = sb_fill_find_unknown ("Hello {{first_name|you}}", known, G_N_ELEMENTS (known));
  g_autofree char *gap = sb_fill_find_unknown ("Hello {{first_name}}, {{time}}", known, G_N_ELEMENTS (known));

  g_assert_null (none);
  g_assert_cmpstr (gap, ==, "{{time}}");
}

static void
test_macro_text (void)
{
  g_autoptr (SbMacro) macro = sb_macro_new ();
  g_autoptr (SbMacro) again = sb_macro_new ();
  g_autoptr (SbMacro) newer = sb_macro_new ();
  g_autoptr (GError)  error = NULL;
  g_autofree char    *text = NULL;
  g_autofree char    *twice = NULL;

  sb_macro_add_step (macro, SB_STEP_TAG, G_GINT64_CONSTANT (7394872634987), "“Eid”");
  sb_macro_add_step (macro, SB_STEP_NOTE, 0, "two\nlines");
  text = sb_macro_steps_text (macro);
  g_assert_true (sb_macro_take_steps (again, text, &error));
  twice = sb_macro_steps_text (again);
  g_assert_cmpstr (text, ==, twice);

  g_assert_false (sb_macro_take_steps (newer, "{\"steps\":[{\"do\":\"hologram\"}]}", &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_NEWER);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/model/hours/", cases[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_hours);
    }
  g_test_add_func ("/model/hours/hours-hold-through-a-year", test_year);
  g_test_add_func ("/model/hours/knows-a-day-from-rubbish", test_days);
  g_test_add_func ("/model/hours/settings-are-read-as-they-were-kept", test_settings);
  g_test_add_func ("/model/hours/fills-gaps", test_fill);
  g_test_add_func ("/model/hours/finds-a-gap-that-nobody-fills", test_unknown_gap);
  g_test_add_func ("/model/hours/macros-are-read-as-they-were-kept", test_macro_text);

  return g_test_run ();
}
