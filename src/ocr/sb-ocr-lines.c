/* The lines of a page by where its words stand: the reader of letters takes columns for separate texts. */
#include "sb-ocr-lines.h"

#include <stdlib.h>

#include "sb-ocr-doubt.h"
#include "sb-phone.h"

#define DIGITS_MIN 6
#define DIGITS_MAX 15

static void
line_free (gpointer data)
{
  SbOcrLine *line = data;

  g_ptr_array_unref (line->words);
  g_free (line);
}

static int
compare_double (gconstpointer a,
                gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Of a word, in points; a stray stain does not change it. */
double
sb_ocr_usual_height (const SbOcrPage *page)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < page->words->len; i++)
    {
      double height = ((const SbOcrWord *) page->words->pdata[i])->box.h;

      if (height > 0)
        g_array_append_val (heights, height);
    }
  if (heights->len == 0)
    return 20;
  g_array_sort (heights, compare_double);

  return g_array_index (heights, double, heights->len / 2);
}

static double
middle (SbOcrBox box)
{
  return box.y + box.h / 2.0;
}

static int
by_middle (gconstpointer a,
           gconstpointer b)
{
  double x = middle ((*(SbOcrWord *const *) a)->box), y = middle ((*(SbOcrWord *const *) b)->box);

  return (x > y) - (x < y);
}

static int
from_left (gconstpointer a,
           gconstpointer b)
{
  return (*(SbOcrWord *const *) a)->box.x - (*(SbOcrWord *const *) b)->box.x;
}

static int
from_right (gconstpointer a,
            gconstpointer b)
{
  const SbOcrBox x = (*(SbOcrWord *const *) a)->box, y = (*(SbOcrWord *const *) b)->box;

  return (y.x + y.w) - (x.x + x.w);
}

static gboolean
is_right_to_left (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

      if (script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW)
        return TRUE;
    }

  return FALSE;
}

/* Stains and frames are no words: signs alone, read with little trust. */
static gboolean
is_dirt (const SbOcrWord *word,
         double           height)
{
  if (word->box.h > 2.2 * height && word->box.h > word->box.w)
    return TRUE;
  for (const char *p = word->text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return word->confidence < 15 && g_utf8_strlen (word->text, -1) < 3;

  return g_strcmp0 (word->text, "?") != 0 && g_strcmp0 (word->text, "+") != 0 && g_strcmp0 (word->text, "&") != 0;
}

static gboolean
is_digits (const SbOcrWord *word)
{
  guint n_others = 0;

  return sb_ocr_count_digits (word->text, &n_others) >= 2 && n_others == 0;
}

/* The groups of a number run from left to right, also where all the rest runs the other way. */
static void
set_numbers_right (GPtrArray *words)
{
  for (guint first = 0, end; first < words->len; first = MAX (end, first + 1))
    {
      for (end = first; end < words->len && is_digits (words->pdata[end]); end++)
        ;
      for (guint i = 0; i < (end - first) / 2; i++)
        {
          gpointer kept = words->pdata[first + i];

          words->pdata[first + i] = words->pdata[end - 1 - i];
          words->pdata[end - 1 - i] = kept;
        }
    }
}

static void
finish_line (SbOcrLine *line)
{
  guint n = 0, n_others = 0;

  for (guint i = 0; i < line->words->len; i++)
    {
      const SbOcrWord *word = line->words->pdata[i];
      gboolean         is_from_right = is_right_to_left (word->text);

      n += is_from_right;
      n_others += !is_from_right && word->confidence >= 50 && g_utf8_strlen (word->text, -1) >= 2 && sb_ocr_count_digits (word->text, NULL) == 0;
    }
  /* Numbers stand in lines of either direction. */
  line->from_right = n > 0 && n >= n_others;
  g_ptr_array_sort (line->words, line->from_right ? from_right : from_left);
  if (line->from_right)
    set_numbers_right (line->words);
}

GPtrArray *
sb_ocr_lines_of (const SbOcrPage *page)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  GPtrArray            *lines = g_ptr_array_new_with_free_func (line_free);
  double                height = sb_ocr_usual_height (page);
  SbOcrLine            *line = NULL;
  double                sum = 0;

  for (guint i = 0; i < page->words->len; i++)
    if (!is_dirt (page->words->pdata[i], height))
      g_ptr_array_add (words, page->words->pdata[i]);
  g_ptr_array_sort (words, by_middle);

  for (guint i = 0; i < words->len; i++)
    {
      SbOcrWord *word = words->pdata[i];

      /* The words come from the top down: one that is far below the middle of those before it begins a line. */
      if (line == NULL || middle (word->box) - sum / line->words->len > height * 0.6)
        {
          line = g_new0 (SbOcrLine, 1);
          line->words = g_ptr_array_new ();
          g_ptr_array_add (lines, line);
          sum = 0;
        }
      g_ptr_array_add (line->words, word);
      sum += middle (word->box);
      line->box = sb_ocr_box_around (line->box, word->box);
    }
  for (guint i = 0; i < lines->len; i++)
    finish_line (lines->pdata[i]);

  return lines;
}

char *
sb_ocr_run_text (const SbOcrLine *line,
                 SbOcrRun         run)
{
  GString *text = g_string_new (NULL);

  for (guint i = run.first; i < run.first + run.n; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", ((const SbOcrWord *) line->words->pdata[i])->text);

  return g_string_free_and_steal (text);
}

/* Points between a word and the one before it. */
int
sb_ocr_gap (const SbOcrLine *line,
            guint            index)
{
  const SbOcrBox a = ((const SbOcrWord *) line->words->pdata[index - 1])->box, b = ((const SbOcrWord *) line->words->pdata[index])->box;

  return line->from_right ? a.x - (b.x + b.w) : b.x - (a.x + a.w);
}

/* -- numbers -- */

/* Every letter is a digit, a sign of a number or looks like a digit; some are digits. */
static gboolean
could_be_number (const SbOcrWord *word)
{
  guint n_others = 0, n_odd = 0;
  guint n = sb_ocr_count_digits (word->text, &n_others);

  for (const char *p = word->text; *p != '\0'; p = g_utf8_next_char (p))
    {
      char letter[7] = { 0 };

      g_unichar_to_utf8 (g_utf8_get_char (p), letter);
      n_odd += !g_unichar_isdigit (g_utf8_get_char (p)) && sb_ocr_digit_for (letter) == NULL;
    }
  if (n == 0)
    return g_str_equal (word->text, "+");

  return n_others <= n && n_odd <= g_utf8_strlen (word->text, -1) - n - n_others;
}

/* As it would be called: letters put right, the rest left out. */
static char *
as_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      char        letter[7] = { 0 };
      const char *digit;

      g_unichar_to_utf8 (g_utf8_get_char (p), letter);
      digit = sb_ocr_digit_for (letter);
      if (digit != NULL)
        g_string_append (digits, digit);
      else if (letter[0] == '+' && digits->len == 0)
        g_string_append_c (digits, '+');
    }

  return g_string_free_and_steal (digits);
}

/* How much a run of words looks like a telephone number: 0 not at all; one that can be called beats any that cannot. */
static guint
weight_of (const SbOcrLine *line,
           SbOcrRun         run,
           const char      *country)
{
  g_autofree char *text = sb_ocr_run_text (line, run);
  g_autofree char *digits = as_digits (text);
  g_autofree char *whole = NULL;
  guint            n = (guint) strspn (digits + (digits[0] == '+'), "0123456789");

  if (n < DIGITS_MIN || n > DIGITS_MAX + 2)
    return 0;
  whole = sb_phone_normalize (digits, country);

  return n + (whole != NULL ? 100 : 0);
}

/* The words of @line that are its number. Digits may be written in groups, and an order beside them may begin with digits, too. */
gboolean
sb_ocr_find_number (const SbOcrLine *line,
                    const char      *country,
                    SbOcrRun        *run)
{
  guint best = 0;

  for (guint first = 0; first < line->words->len; first++)
    for (guint n = 1; first + n <= line->words->len && n <= 8; n++)
      {
        const SbOcrRun tried = { first, n };
        guint          weight;

        if (!could_be_number (line->words->pdata[first + n - 1]) || (n > 1 && sb_ocr_gap (line, first + n - 1) > 3 * ((const SbOcrWord *) line->words->pdata[first])->box.h))
          break;
        weight = weight_of (line, tried, country);
        if (weight > best)
          {
            best = weight;
            *run = tried;
          }
      }

  return best > 0;
}
