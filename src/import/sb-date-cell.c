/*
 * Days as people and their programs write them: "12/06/1990", "1990-06-12", "12. 6. 90", "12-Jun-1990", "19900612", in Arabic
 * digits too. Two orders of day and month live in this world.
 */
#include "sb-date-cell.h"

#include <string.h>

#define NO_YEAR 1604 /* what a phone writes that was told none */

/* The first letters by which each month is known in English, French, Spanish, Portuguese, German and Arabic. */
static const char *const months[12] = {
  "jan|ene|gen|يناير|جانفي",
  "feb|fev|fév|فبراير|فيفري|شباط",
  "mar|mär|mrz|مارس|آذار",
  "apr|avr|abr|أبريل|ابريل|أفريل|نيسان",
  "may|mai|مايو|ماي|أيار",
  "jun|juin|يونيو|جوان|حزيران",
  "jul|juil|يوليو|جويلية|تموز",
  "aug|aou|aoû|ago|أغسطس|اوت|أوت|آب",
  "sep|set|سبتمبر|أيلول",
  "oct|okt|out|أكتوبر|اكتوبر",
  "nov|نوفمبر",
  "dec|déc|dez|dic|ديسمبر",
};

/* 1 to 12; 0: @word names no month. */
static guint
month_of (const char *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  if (g_utf8_strlen (folded, -1) < 3)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_auto (GStrv) names = g_strsplit (months[i], "|", -1);

      for (char **name = names; *name != NULL; name++)
        if (g_str_has_prefix (folded, *name))
          return i + 1;
    }

  return 0;
}

typedef struct
{
  guint    parts[3];
  guint    lengths[3]; /* digits */
  guint    n;
  int      named; /* the part that is a month by its name, or -1 */
  gboolean year_first;
} Day;

/* The word that begins at @text, letters and a point behind them; moves on behind it. */
static gboolean
take_word (Day         *day,
           const char **text)
{
  const char      *end = *text;
  g_autofree char *word = NULL;
  guint            month;

  while (g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  word = g_strndup (*text, end - *text);
  *text = *end == '.' ? end + 1 : end;
  month = month_of (word);
  if (month == 0)
    return g_str_equal (word, "de") || g_str_equal (word, "th") || g_str_equal (word, "st") || g_str_equal (word, "nd") || g_str_equal (word, "rd");
  if (day->named >= 0 || day->n == 3)
    return FALSE;
  day->named = (int) day->n;
  day->parts[day->n++] = month;

  return TRUE;
}

static void
take_digits (Day         *day,
             const char **text)
{
  guint at = day->n++;

  for (; g_unichar_isdigit (g_utf8_get_char (*text)); *text = g_utf8_next_char (*text))
    {
      if (day->lengths[at] < 9)
        day->parts[at] = day->parts[at] * 10 + (guint) g_unichar_digit_value (g_utf8_get_char (*text));
      day->lengths[at]++;
    }
}

/* "19900612" */
static void
cut_whole (Day *day)
{
  guint whole = day->parts[0];

  day->n = 3;
  day->parts[0] = whole / 10000;
  day->parts[1] = whole / 100 % 100;
  day->parts[2] = whole % 100;
  day->lengths[0] = 4;
  day->lengths[1] = day->lengths[2] = 2;
}

/* Three groups, as they stand; FALSE when @text is no date. */
static gboolean
split (const char *text,
       Day        *day)
{
  *day = (Day) { .named = -1 };
  while (*text != '\0')
    {
      gunichar letter = g_utf8_get_char (text);

      if (day->n == 3 || (day->n == 1 && day->lengths[0] == 8 && letter == 'T'))
        {
          if (letter != ' ' && letter != 'T' && letter != ',')
            return FALSE;
          break; /* a time follows */
        }
      if (g_unichar_isdigit (letter))
        take_digits (day, &text);
      else if (g_unichar_isalpha (letter))
        {
          if (!take_word (day, &text))
            return FALSE;
        }
      else if (letter == ' ' || (day->n > 0 && (letter == '/' || letter == '-' || letter == '.' || letter == ',')))
        text = g_utf8_next_char (text);
      else
        return FALSE;
    }
  if (day->n == 1 && day->lengths[0] == 8)
    cut_whole (day);
  day->year_first = day->lengths[0] == 4;
  if (day->n != 3 || day->named == 2)
    return FALSE;

  /* The year has four digits, or two at the end. */
  return day->year_first ? day->lengths[1] <= 2 && day->lengths[2] <= 2 : (day->lengths[2] == 4 || day->lengths[2] == 2) && day->lengths[0] <= 2 && day->lengths[1] <= 2;
}

/* What the date by itself proves: a number above twelve is no month. */
SbDateOrder
sb_date_cell_tell (const char *text)
{
  Day day;

  if (!split (text, &day) || day.year_first || day.named >= 0 || (day.parts[0] > 12) == (day.parts[1] > 12))
    return SB_DATES_GUESS;

  return day.parts[0] > 12 ? SB_DATES_DAY_FIRST : SB_DATES_MONTH_FIRST;
}

/* How people of @country (nullable) write. */
SbDateOrder
sb_date_order_of (const char *country)
{
  static const char *const month_first[] = { "US", "PH", "PW", "FM", "MH", "GU", "PR", "VI", NULL };

  return country != NULL && g_strv_contains (month_first, country) ? SB_DATES_MONTH_FIRST : SB_DATES_DAY_FIRST;
}

/* "--04-15" and "--0415", a day of no year, as cards have it. */
static char *
read_yearless (const char *text)
{
  guint month, day;

  if (!g_str_has_prefix (text, "--") || strspn (text + 2, "0123456789-") != strlen (text + 2))
    return NULL;
  text += 2;
  if (strlen (text) != (strchr (text, '-') != NULL ? 5u : 4u) || (strlen (text) == 5 && text[2] != '-'))
    return NULL;
  month = (guint) (text[0] - '0') * 10 + (guint) (text[1] - '0');
  text += strlen (text) - 2;
  day = (guint) (text[0] - '0') * 10 + (guint) (text[1] - '0');
  if (month < 1 || month > 12 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, NO_YEAR))
    return NULL;

  return g_strdup_printf ("--%02u-%02u", month, day);
}

/* Spreadsheets take 30 to 99 for the last century. */
static guint
whole_year (const Day *self)
{
  guint at = self->year_first ? 0 : 2;

  if (self->lengths[at] != 2)
    return self->parts[at];

  return self->parts[at] + (self->parts[at] < 30 ? 2000 : 1900);
}

/* (nullable): "1990-06-12", or "--06-12" where no year is known; NULL when @text is no day there has been. */
char *
sb_date_cell_read (const char *text,
                   SbDateOrder order)
{
  char    *yearless = read_yearless (text);
  Day      self;
  gboolean month_first;
  guint    day, month, year;

  if (yearless != NULL || !split (text, &self))
    return yearless;
  year = whole_year (&self);
  month_first = self.named >= 0 ? self.named == 0 : order == SB_DATES_MONTH_FIRST;
  month = self.parts[self.year_first || !month_first ? 1 : 0];
  day = self.parts[self.year_first ? 2 : month_first ? 1
                                                     : 0];
  if (month < 1 || month > 12 || !g_date_valid_dmy ((GDateDay) MIN (day, 99), (GDateMonth) month, (GDateYear) MIN (year, 9999)) || (year < 1800 && year != NO_YEAR))
    return NULL;
  if (year == NO_YEAR)
    return g_strdup_printf ("--%02u-%02u", month, day);

  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}
