/* Numbers of a sheet as text: whole digits where the sheet shows 8.12E+11, the zeros a format puts in front, dates as dates. */
#include "sb-number-format.h"

#include <math.h>
#include <string.h>

/* The formats that have a number and no code in the file. */
SbNumberFormat
sb_number_format_of_id (int id)
{
  gboolean is_date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

  return (SbNumberFormat) { .is_date = is_date };
}

/* The first section of @code without quoted text, escapes and conditions. */
static char *
bare (const char *code)
{
  GString *text = g_string_new (NULL);

  for (const char *c = code; *c != '\0' && *c != ';'; c++)
    {
      if (*c == '"' || *c == '[')
        {
          const char *end = strchr (c + 1, *c == '"' ? '"' : ']');

          if (end == NULL)
            break;
          c = end;
        }
      else if ((*c == '\\' || *c == '_' || *c == '*') && c[1] != '\0')
        c++;
      else
        g_string_append_c (text, g_ascii_tolower (*c));
    }

  return g_string_free (text, FALSE);
}

/* "0#" "##" "##" "##" "##" shows ten digits; "0.00" and "#,##0" are sums of money. */
static guint
count_digits (const char *text)
{
  guint n = 0;

  if (strpbrk (text, ".,e%/") != NULL)
    return 0;
  for (const char *c = strchr (text, '0'); c != NULL && *c != '\0'; c++)
    n += *c == '0' || *c == '#';

  return n >= 6 && n <= 15 ? n : 0;
}

SbNumberFormat
sb_number_format_of_code (const char *code)
{
  g_autofree char *text = bare (code);

  if (g_str_equal (text, "general"))
    return (SbNumberFormat) { 0 };
  if (strpbrk (text, "dmyhs") != NULL)
    return (SbNumberFormat) { .is_date = TRUE };

  return (SbNumberFormat) { .n_digits = count_digits (text) };
}

static char *
date_text (double   value,
           gboolean from_1904)
{
  /* 1900 was no leap year, but day 60 says it was: counted from 1899-12-30 every later day is right. */
  g_autoptr (GDateTime) zero = from_1904 ? g_date_time_new_utc (1904, 1, 1, 0, 0, 0) : g_date_time_new_utc (1899, 12, 30, 0, 0, 0);
  g_autoptr (GDateTime) day = NULL;

  if (value < 0 || value > 2958465)
    return NULL;
  if (value < 1)
    return g_strdup_printf ("%02d:%02d", (int) (value * 24), (int) fmod (value * 1440, 60));

  day = g_date_time_add_days (zero, (int) value);

  return day != NULL ? g_date_time_format (day, "%F") : NULL;
}

char *
sb_number_to_text (double         value,
                   SbNumberFormat format,
                   gboolean       from_1904)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (format.is_date)
    {
      char *date = date_text (value, from_1904);

      if (date != NULL)
        return date;
    }
  if (!isfinite (value))
    return g_strdup ("");
  if (fabs (value) < 1e15 && fabs (value - nearbyint (value)) < 1e-9 * MAX (1, fabs (value)) && fabs (value - nearbyint (value)) < 1e-6)
    return format.n_digits > 0 && value >= 0 ? g_strdup_printf ("%0*.0f", (int) format.n_digits, value) : g_strdup_printf ("%.0f", value + 0.0);

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", value));
}
