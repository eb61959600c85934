/*
 * What stands in a cell where a phone number should be. Numbers come in any spelling and by the handful; spreadsheets shorten
 * them, date them and put apostrophes before them. Whatever is refused is refused with the reason.
 */
#include "sb-phone-cell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-phone.h"

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    n += g_unichar_isdigit (g_utf8_get_char (c));

  return n;
}

/* Arabic-Indic and full-width digits as plain ones, odd blanks and direction marks gone. */
static char *
plain (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_isdigit (letter))
        g_string_append_c (result, (char) ('0' + g_unichar_digit_value (letter)));
      else if (letter == 0xff0b)
        g_string_append_c (result, '+');
      else if (g_unichar_isspace (letter) && letter != '\n')
        g_string_append_c (result, ' ');
      else if (g_unichar_type (letter) == G_UNICODE_FORMAT || letter == '\r')
        continue;
      else if (letter >= 0x2010 && letter <= 0x2015)
        g_string_append_c (result, '-');
      else
        g_string_append_unichar (result, letter);
    }
  g_strstrip (result->str);

  return g_string_free (result, FALSE);
}

/* "8.12345678901E+11": the digits when the fraction holds them all. FALSE: it is not written that way. */
static gboolean
read_exponent (const char *text,
               char      **digits)
{
  const char *c = text + strspn (text, "+");
  gsize       whole = strspn (c, "0123456789"), fraction = 0;
  const char *start = c, *point;
  gint64      exponent;
  char       *end = NULL;

  *digits = NULL;
  if (whole == 0 || whole > 15)
    return FALSE;
  point = c + whole;
  if (*point == '.' || *point == ',')
    fraction = strspn (point + 1, "0123456789");
  c = point + (*point == '.' || *point == ',' ? 1 + fraction : 0);
  if ((*c != 'e' && *c != 'E') || strspn (c + 1, "+0123456789") != strlen (c + 1))
    return FALSE;

  exponent = g_ascii_strtoll (c + 1, &end, 10);
  if (end == c + 1 || exponent < 1 || exponent > 20)
    return FALSE;
  if ((gint64) fraction == exponent)
    *digits = g_strdup_printf ("%.*s%.*s", (int) whole, start, (int) fraction, point + 1);

  return TRUE;
}

/* "447700900123.0", as programs write a number they took for an amount */
static void
cut_amount (char *text)
{
  char *point = strchr (text, '.');

  if (point != NULL && point > text && strspn (text, "0123456789") == (gsize) (point - text) && point - text >= 6 && point[1] != '\0' && strspn (point + 1, "0") == strlen (point + 1))
    *point = '\0';
}

static gboolean
is_date (const char *text)
{
  guint parts[3] = { 0 };
  guint n = 0;
  gsize lengths[3] = { 0 };

  for (const char *c = text; n < 3; n++)
    {
      lengths[n] = strspn (c, "0123456789");
      if (lengths[n] == 0 || lengths[n] > 4)
        return FALSE;
      parts[n] = (guint) g_ascii_strtoull (c, NULL, 10);
      c += lengths[n];
      if (n < 2 && (*c == '\0' || strchr ("-/.", *c) == NULL))
        return FALSE;
      if (n == 2 && *c != '\0' && *c != ' ' && *c != 'T')
        return FALSE;
      c++;
    }

  if (lengths[0] == 4)
    return parts[0] >= 1900 && parts[0] <= 2100 && parts[1] >= 1 && parts[1] <= 12 && parts[2] >= 1 && parts[2] <= 31;

  if (lengths[0] > 2 || lengths[1] > 2 || parts[0] < 1 || parts[0] > 31 || parts[1] < 1 || parts[1] > 31)
    return FALSE;
  if (lengths[2] == 4)
    return parts[2] >= 1900 && parts[2] <= 2100;

  /* "12.03.87": one of the first two is a month. */
  return lengths[2] == 2 && MIN (parts[0], parts[1]) <= 12;
}

/* Could a person have meant a number by it? Shortened and dated ones count: their column is the one of numbers. */
gboolean
sb_phone_cell_is_likely (const char *text)
{
  g_autofree char *clean = plain (text);
  g_autofree char *digits = NULL;
  const char      *start = clean + strspn (clean, "'\" ");
  guint            n = count_digits (start);

  if (read_exponent (start, &digits))
    return TRUE;
  if (is_date (start) || n < 6 || n > 40)
    return FALSE;
  if (g_ascii_strncasecmp (start, "tel:", 4) == 0)
    start += 4;

  return strspn (start, "+0123456789 -./()xX#,;:|\n") == strlen (start);
}

/* A trunk zero that could not be taken off stands before a number with too few digits; where zeros belong to numbers, those are valid. */
static gboolean
is_cut (const char *number,
        const char *country)
{
  g_autofree char *code = g_strdup_printf ("%d0", sb_phone_dial_code (country));

  return g_str_has_prefix (number, code) && !sb_phone_is_valid (number);
}

/* (nullable): one number by itself. */
static char *
read_one (const char *text,
          const char *country,
          const char *dial_code)
{
  char *number = NULL;
  guint n = count_digits (text);

  if (text[0] != '+' && dial_code != NULL)
    {
      g_autofree char *whole = g_strdup_printf ("+%s%s", dial_code, text + strspn (text, "0 "));

      number = sb_phone_normalize (whole, NULL);
    }
  if (number == NULL)
    number = sb_phone_normalize (text, country);
  if (number != NULL && country != NULL && text[0] != '+' && is_cut (number, country))
    g_clear_pointer (&number, g_free);
  if (number == NULL && g_str_has_prefix (text, "00"))
    {
      g_autofree char *whole = g_strconcat ("+", text + 2, NULL);

      number = sb_phone_normalize (whole, NULL);
    }
  /* Eleven digits and more are a whole number whose plus was lost; fewer might be anybody's. */
  if (number == NULL && n >= 11 && text[0] != '+' && text[0] != '0' && strspn (text, "0123456789 -().") == strlen (text))
    {
      g_autofree char *whole = g_strconcat ("+", text, NULL);

      number = sb_phone_normalize (whole, NULL);
    }
  /* Nobody writes to the fire brigade. */
  if (number != NULL && strlen (number) < 7)
    g_clear_pointer (&number, g_free);

  return number;
}

static void
add_number (GPtrArray *numbers,
            char      *number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_str_equal (numbers->pdata[i], number))
      {
        g_free (number);
        return;
      }
  g_ptr_array_add (numbers, number);
}

/* Only when each piece is a number by itself: "030/1234567" is one. */
static guint
read_several (const char *text,
              const char *country,
              const char *dial_code,
              GPtrArray  *numbers)
{
  g_autofree char      *marked = g_strdup (text);
  g_auto (GStrv)        pieces = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  pieces = g_strsplit (g_strdelimit (marked, "/;,|\n:", '\n'), "\n", 32);
  for (char **piece = pieces; *piece != NULL; piece++)
    {
      char *number;

      g_strstrip (*piece);
      if (**piece == '\0')
        continue;
      number = read_one (*piece, country, dial_code);
      if (number == NULL)
        return 0;
      g_ptr_array_add (found, number);
    }
  for (guint i = 0; i < found->len; i++)
    add_number (numbers, g_strdup (found->pdata[i]));

  return found->len;
}

static char *
reason_for (const char *shown,
            const char *text,
            const char *country,
            const char *dial_code)
{
  guint n = count_digits (text);

  if (text[0] == '#' && (g_ascii_isupper (text[1]) || text[1] == '#'))
    return g_strdup_printf (_("“%s” is an error of the spreadsheet, not a phone number"), shown);
  if (strpbrk (text, "*#") != NULL && n > 0 && n < 12)
    return g_strdup_printf (_("“%s” is a code that phones dial, not a phone number"), shown);
  if (n == 0)
    return g_strdup_printf (_("“%s” is not a phone number"), shown);
  if (n < 6)
    return g_strdup_printf (_("“%s” is too short for a phone number"), shown);
  if (n > 15)
    return g_strdup_printf (_("“%s” is too long for a phone number"), shown);
  if (country == NULL && dial_code == NULL && text[0] != '+')
    return g_strdup_printf (_("“%s” has no country code. Say which country the numbers are from"), shown);

  if (n < 11 && text[strspn (text, "0123456789 -().")] == '\0')
    return g_strdup_printf (_("“%s” is not a whole number: digits are missing, or it is from another country"), shown);

  return g_strdup_printf (_("“%s” is not a phone number"), shown);
}

/* "07700 900109 (mum)", "07700 900110 or 07700 900111": each group that is long enough is a number, or none of them is. */
static guint
read_among_words (const char *text,
                  const char *country,
                  const char *dial_code,
                  GPtrArray  *numbers)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  for (const char *c = text; *c != '\0';)
    {
      gsize            run = strspn (c, "+0123456789 -./()");
      g_autofree char *piece = g_strndup (c, run);
      char            *number;

      c += MAX (run, 1);
      if (count_digits (piece) < 8)
        continue;
      g_strdelimit (piece, "()", ' ');
      number = read_one (g_strstrip (piece), country, dial_code);
      if (number == NULL)
        return 0;
      add_number (found, number);
    }
  for (guint i = 0; i < found->len; i++)
    add_number (numbers, g_strdup (found->pdata[i]));

  return found->len;
}

/* The lines of a cell, each by itself: one that is no number spoils none of the others. */
static guint
read_lines (const char *text,
            const char *country,
            const char *dial_code,
            GPtrArray  *numbers,
            char      **reason)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 64);
  guint          n = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *fault = NULL;

      n += sb_phone_cell_read (*line, country, dial_code, numbers, &fault);
      if (*reason == NULL)
        *reason = g_steal_pointer (&fault);
    }

  return n;
}

/**
 * sb_phone_cell_read:
 * @country: (nullable): where numbers without a country code are from
 * @dial_code: (nullable): the country code from another cell of the row, digits
 * @numbers: digits are added here
 * @reason: (out): NULL before; set, as a sentence, when there is something that is no number, though another line may be one
 *
 * Returns: how many numbers there are; 0 without @reason for an empty cell
 */
guint
sb_phone_cell_read (const char *text,
                    const char *country,
                    const char *dial_code,
                    GPtrArray  *numbers,
                    char      **reason)
{
  g_autofree char *clean = plain (text);
  char            *start = clean + strspn (clean, "'\"` ");
  g_autofree char *digits = NULL;
  g_autofree char *shown = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), 40));
  char            *number;
  guint            n;

  if (strchr (start, '\n') != NULL)
    return read_lines (start, country, dial_code, numbers, reason);
  if (g_ascii_strncasecmp (start, "tel:", 4) == 0)
    start += 4;
  g_strstrip (start);
  if (*start == '\0')
    return 0;
  if (is_date (start))
    {
      *reason = g_strdup_printf (_("“%s” is a date, not a phone number"), shown);
      return 0;
    }
  if (read_exponent (start, &digits) && digits == NULL)
    {
      *reason = g_strdup_printf (_("“%s” was shortened by a spreadsheet: its last digits are lost"), shown);
      return 0;
    }
  if (digits != NULL)
    start = digits;
  cut_amount (start);

  if (strpbrk (start, "/;,|\n:") != NULL && (n = read_several (start, country, dial_code, numbers)) > 0)
    return n;
  number = read_one (start, country, dial_code);
  if (number == NULL && (n = read_among_words (start, country, dial_code, numbers)) > 0)
    return n;
  if (number == NULL)
    {
      *reason = reason_for (shown, start, country, dial_code);
      return 0;
    }
  add_number (numbers, number);

  return 1;
}

static gboolean
has_words (const char *text)
{
  guint n = 0;

  if (strstr (text, "wa.me") != NULL || strncmp (text, "tel:", 4) == 0 || strncmp (text, "whatsapp:", 9) == 0 || strchr (text, '\n') != NULL)
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    n += g_unichar_isalpha (g_utf8_get_char (c)) != 0;

  return n > 1;
}

/* (nullable): what had to be done to read a number, when that is worth a word. */
char *
sb_phone_cell_remark (const char *text)
{
  const char      *start = text + strspn (text, " \t");
  g_autofree char *digits = NULL;

  if (strchr ("'`", *start) != NULL && *start != '\0')
    return g_strdup (_("Stray apostrophe removed"));
  if (read_exponent (start, &digits) && digits != NULL)
    return g_strdup (_("A spreadsheet wrote this number as an amount; all its digits are there"));
  if (digits == NULL && has_words (start))
    return g_strdup (_("Words beside the number were passed over"));
  for (const char *c = start; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if ((letter >= 0x0660 && letter <= 0x0669) || (letter >= 0x06f0 && letter <= 0x06f9))
        return g_strdup (_("Arabic digits understood"));
    }

  return NULL;
}

/* (nullable): the longest run in @text that looks like a number ("Amina 0612 34 56 78, cake"); @rest is what remains. */
char *
sb_phone_cell_find (const char *text,
                    char      **rest)
{
  g_autofree char *clean = plain (text);
  gsize            best = 0, length = 0;
  guint            most = 5;

  for (gsize i = 0; clean[i] != '\0';)
    {
      gsize run = strspn (clean + i, "+0123456789 -.()");
      guint n = 0;

      for (gsize j = 0; j < run; j++)
        n += g_ascii_isdigit (clean[i + j]) != 0;
      if (n > most)
        {
          most = n;
          best = i;
          length = run;
        }
      i += MAX (run, 1);
    }
  if (length == 0)
    return NULL;

  /* A bracket or a dash at its end belongs to the words. */
  while (length > 0 && !g_ascii_isdigit (clean[best + length - 1]))
    length--;
  for (gsize skip = strcspn (clean + best, "+0123456789"); skip > 0 && clean[best] != '('; skip--)
    {
      best++;
      length--;
    }

  {
    g_autofree char *before = g_strndup (clean, best);
    char            *found = g_strndup (clean + best, length);

    *rest = g_strconcat (before, " ", clean + best + length, NULL);
    g_strdelimit (*rest, "\t\n:;|", ' ');
    g_strstrip (*rest);

    g_strstrip (found);

    return found;
  }
}
