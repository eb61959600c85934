#include "sb-value.h"

#include <math.h>
#include <string.h>

#define JULIAN_1970 719163 /* g_date_get_julian () of 1 January 1970 */

static char *
fold_ascii (const char *text)
{
  char    *folded = g_malloc (strlen (text) + 1);
  char    *to = folded;
  gboolean gap = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isspace (*p))
      gap = to > folded;
    else
      {
        if (gap)
          *to++ = ' ';
        gap = FALSE;
        *to++ = g_ascii_tolower (*p);
      }
  *to = '\0';

  return folded;
}

/* Case, width and spaces do not matter: "VIP", "vip " and "Vip" are one word. */
char *
sb_value_fold (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;

  if (g_str_is_ascii (text))
    return fold_ascii (text);

  normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  if (normal == NULL)
    return g_strdup ("");
  folded = g_utf8_casefold (normal, -1);

  return fold_ascii (folded);
}

/* Digits of any script as those of the keyboard; others are left out. */
char *
sb_value_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit >= 0)
        g_string_append_c (digits, '0' + digit);
    }

  return g_string_free (digits, FALSE);
}

/* "12", "-3.5", "1 200", "٤٢": a decimal point or comma; FALSE for anything else. */
gboolean
sb_value_number (const char *text,
                 double     *number)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean            has_digit = FALSE, has_point = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      int      digit = g_unichar_digit_value (c);

      if (digit >= 0)
        {
          g_string_append_c (plain, '0' + digit);
          has_digit = TRUE;
        }
      else if ((c == '.' || c == ',' || c == 0x066b) && !has_point)
        {
          g_string_append_c (plain, '.');
          has_point = TRUE;
        }
      else if (c == '-' && plain->len == 0)
        g_string_append_c (plain, '-');
      else if (!g_unichar_isspace (c))
        return FALSE;
    }
  if (!has_digit || plain->len > 40)
    return FALSE;
  *number = g_ascii_strtod (plain->str, NULL);

  return TRUE;
}

/* "2026-11-21", also with a time behind it. */
gboolean
sb_value_day (const char *text,
              gint64     *day)
{
  int   parts[3] = { 0 };
  GDate date;

  while (g_ascii_isspace (*text))
    text++;
  for (int i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  if (g_ascii_isdigit (text[10]))
    return FALSE;
  for (int i = 0; i < 10; i++)
    if (i != 4 && i != 7)
      parts[(i > 4) + (i > 7)] = parts[(i > 4) + (i > 7)] * 10 + text[i] - '0';
  if (!g_date_valid_dmy (parts[2], parts[1], parts[0]))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, parts[2], parts[1], parts[0]);
  *day = (gint64) g_date_get_julian (&date) - JULIAN_1970;

  return TRUE;
}

/* FALSE for an empty text: neither was said. Everything that is not a yes is a no. */
gboolean
sb_value_yes (const char *text,
              gboolean   *yes)
{
  static const char *const words[] = { "yes", "y", "1", "true", "x", "oui", "نعم" };
  g_autofree char         *folded = sb_value_fold (text);

  *yes = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (folded, words[i]))
      *yes = TRUE;

  return folded[0] != '\0';
}

/* -- days -- */

gint64
sb_day_of (gint64     at_ms,
           GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64) floor (at_ms / 1000.0));
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  GDate                 date;

  if (here == NULL)
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (here), g_date_time_get_month (here), g_date_time_get_year (here));

  return (gint64) g_date_get_julian (&date) - JULIAN_1970;
}

/* Unix milliseconds when @day begins in @zone. */
gint64
sb_day_start (gint64     day,
              GTimeZone *zone)
{
  gint64                julian = CLAMP (day + JULIAN_1970, 1, JULIAN_1970 * 5);
  GDate                 date;
  g_autoptr (GDateTime) start = NULL;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  start = g_date_time_new (zone, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);

  return start != NULL ? g_date_time_to_unix (start) * 1000 : day * 86400000;
}

/* 0 when it is today. Whoever was born on 29 February has the 28th in other years. */
gint64
sb_day_until_anniversary (gint64 day,
                          gint64 today)
{
  GDate born, now, next;

  g_date_clear (&born, 1);
  g_date_clear (&now, 1);
  g_date_set_julian (&born, CLAMP (day + JULIAN_1970, 1, JULIAN_1970 * 5));
  g_date_set_julian (&now, CLAMP (today + JULIAN_1970, 1, JULIAN_1970 * 5));
  for (int year = g_date_get_year (&now); year <= g_date_get_year (&now) + 1; year++)
    {
      int of_month = g_date_get_day (&born);

      if (of_month == 29 && g_date_get_month (&born) == 2 && !g_date_is_leap_year (year))
        of_month = 28;
      g_date_clear (&next, 1);
      g_date_set_dmy (&next, of_month, g_date_get_month (&born), year);
      if (g_date_compare (&next, &now) >= 0)
        return (gint64) g_date_get_julian (&next) - g_date_get_julian (&now);
    }

  return 0;
}
