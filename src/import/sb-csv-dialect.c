/* Which character stands between the cells: the one that cuts most lines into the same number of pieces. */
#include "sb-csv-dialect.h"

#include <string.h>

#define LINES  100
#define WIDEST 64

typedef struct
{
  guint n_lines;
  guint of_width[WIDEST + 1];
} Widths;

/* A quotation mark hides what is in it, line breaks too. */
static void
measure (const char *sample,
         gsize       length,
         char        delimiter,
         Widths     *widths)
{
  gboolean quoted = FALSE, is_empty = TRUE;
  guint    width = 1;
  gsize    i;

  for (i = 0; i < length && widths->n_lines < LINES; i++)
    {
      char c = sample[i];

      if (c == '"' && (quoted || is_empty || sample[i - 1] == delimiter))
        quoted = !quoted;
      else if (!quoted && c == delimiter)
        width++;
      else if ((c == '\n' || c == '\r') && !quoted)
        {
          if (!is_empty)
            {
              widths->of_width[MIN (width, WIDEST)]++;
              widths->n_lines++;
            }
          is_empty = TRUE;
          width = 1;
          continue;
        }
      is_empty = FALSE;
    }

  /* A sample may end within a line; a text may end without a line end. */
  if (i == length && !is_empty && widths->n_lines < 3)
    {
      widths->of_width[MIN (width, WIDEST)]++;
      widths->n_lines++;
    }
}

/* Between 0 and 1: the share of lines of the commonest width; a little more for more columns. */
static double
score (const char *sample,
       gsize       length,
       char        delimiter)
{
  Widths widths = { 0 };
  guint  best = 2;

  measure (sample, length, delimiter, &widths);
  for (guint width = 2; width <= WIDEST; width++)
    if (widths.of_width[width] > widths.of_width[best])
      best = width;

  return widths.n_lines == 0 || widths.of_width[best] == 0 ? 0 : (double) widths.of_width[best] / widths.n_lines + best * 0.002;
}

static gboolean
is_named (const char   *sample,
          gsize         length,
          SbCsvDialect *dialect)
{
  gsize at = 5;

  if (length < 6 || g_ascii_strncasecmp (sample, "sep=", 4) != 0 || strchr (",;\t|:", sample[4]) == NULL)
    return FALSE;

  dialect->delimiter = sample[4];
  if (at < length && sample[at] == '\r')
    at++;
  if (at < length && sample[at] == '\n')
    at++;
  dialect->skip = at;

  return at > 5;
}

SbCsvDialect
sb_csv_dialect_guess (const char *sample,
                      gsize       length)
{
  static const char candidates[] = { ';', '\t', ',', '|' };
  SbCsvDialect      dialect = { 0 };
  double            best = 0.3;

  if (is_named (sample, length, &dialect))
    return dialect;

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      double this = score (sample, length, candidates[i]);

      if (this > best)
        {
          best = this;
          dialect.delimiter = candidates[i];
        }
    }

  return dialect;
}
