/* Days as people write them: "12/06/1990", "1990-06-12", "12. 6. 1990", in Arabic digits too. Two orders of day and month live in this world. */
#include "sb-date-cell.h"

#include <string.h>

/* Three groups of digits, as they stand; FALSE when @text is no date. */
static gboolean
split (const char *text,
       guint       parts[3],
       gboolean   *year_first)
{
  guint lengths[3] = { 0 };
  guint n = 0;

  memset (parts, 0, 3 * sizeof parts[0]);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (n < 3 && g_unichar_isdigit (letter) && lengths[n] < 4)
        {
          parts[n] = parts[n] * 10 + (guint) g_unichar_digit_value (letter);
          lengths[n]++;
        }
      else if (n == 2 && lengths[2] > 0 && (letter == ' ' || letter == 'T'))
        break; /* a time follows */
      else if (n < 2 && lengths[n] > 0 && (letter == '/' || letter == '-' || letter == '.'))
        n++;
      else if (letter != ' ')
        return FALSE;
    }
  *year_first = lengths[0] == 4;

  return n == 2 && lengths[2] > 0 && (*year_first ? lengths[2] <= 2 : lengths[2] == 4 && lengths[0] <= 2) && lengths[1] <= 2;
}

/* What the date by itself proves: a number above twelve is no month. */
SbDateOrder
sb_date_cell_tell (const char *text)
{
  guint    parts[3];
  gboolean year_first;

  if (!split (text, parts, &year_first) || year_first || (parts[0] > 12) == (parts[1] > 12))
    return SB_DATES_GUESS;

  return parts[0] > 12 ? SB_DATES_DAY_FIRST : SB_DATES_MONTH_FIRST;
}

/* How people of @country (nullable) write. */
SbDateOrder
sb_date_order_of (const char *country)
{
  static const char *const month_first[] = { "US", "PH", "PW", "FM", "MH", "GU", "PR", "VI", NULL };

  return country != NULL && g_strv_contains (month_first, country) ? SB_DATES_MONTH_FIRST : SB_DATES_DAY_FIRST;
}

/* (nullable): "1990-06-12"; NULL when @text is no day there has been. */
char *
sb_date_cell_read (const char *text,
                   SbDateOrder order)
{
  guint    parts[3];
  guint    day, month, year;
  gboolean year_first;

  if (!split (text, parts, &year_first))
    return NULL;
  year = year_first ? parts[0] : parts[2];
  month = year_first || order == SB_DATES_DAY_FIRST ? parts[1] : parts[0];
  day = year_first ? parts[2] : order == SB_DATES_DAY_FIRST ? parts[0]
                                                            : parts[1];
  if (month < 1 || month > 12 || !g_date_valid_dmy ((GDateDay) MIN (day, 99), (GDateMonth) month, (GDateYear) year) || year < 1800)
    return NULL;

  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}
