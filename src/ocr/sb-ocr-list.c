/* A list on paper or on a screen: a person in each line, told apart by where the number stands. */
#include "sb-ocr-lines.h"

#include <math.h>
#include <string.h>

#include "sb-ocr-doubt.h"

/* Where the columns of this page are. */
typedef struct
{
  const SbOcrPage *page;
  const char      *country;
  double           height;
  gboolean         knows_names;
  double           names_from; /* the side where names begin, at the top of the page */
  double           slope;
  gboolean         seen_number;
} List;

/* The number of the row, or what was made of it: short, at the very start, and a little away from the name. */
static gboolean
is_index (const SbOcrLine *line)
{
  const SbOcrWord *word = line->words->pdata[0];
  glong            length = g_utf8_strlen (word->text, -1);
  guint            n_others = 0;
  guint            n = sb_ocr_count_digits (word->text, &n_others);

  if (line->words->len < 2 || length > 4)
    return FALSE;
  if (n > 0 && n <= 3 && n_others <= 1)
    return TRUE;

  return length <= 3 && word->confidence < 80 && sb_ocr_gap (line, 1) > line->box.h;
}

static int
start_of (const SbOcrLine *line,
          guint            index)
{
  const SbOcrBox box = ((const SbOcrWord *) line->words->pdata[index])->box;

  return line->from_right ? box.x + box.w : box.x;
}

/* Words up to the next wide gap: what a person would call a column. */
static SbOcrRun
segment (const SbOcrLine *line,
         guint            first,
         guint            end,
         double           height)
{
  SbOcrRun run = { first, 0 };

  while (first + run.n < end && (run.n == 0 || sb_ocr_gap (line, first + run.n) < 2.2 * height))
    run.n++;

  return run;
}

static void
add_run (SbOcrRow        *row,
         SbOcrField       field,
         const SbOcrLine *line,
         SbOcrRun         run)
{
  sb_ocr_row_add_words (row, field, (SbOcrWord **) line->words->pdata + run.first, run.n);
}

/* A number alone under a name alone: a list of contacts on a screen. */
static gboolean
takes_name_above (SbOcrRow        *row,
                  const SbOcrLine *above,
                  const SbOcrLine *line,
                  double           height)
{
  if (above == NULL || line->box.y - (above->box.y + above->box.h) > 2.5 * height)
    return FALSE;
  add_run (row, SB_OCR_NAME, above, (SbOcrRun) { 0, above->words->len });

  return TRUE;
}

/* -- the column of the names -- */

static gboolean
is_name_like (const SbOcrWord *word)
{
  const gunichar first = g_utf8_get_char (word->text);

  return g_unichar_isalpha (first) && g_utf8_strlen (word->text, -1) >= 2 && sb_ocr_count_digits (word->text, NULL) == 0 && word->confidence >= 50;
}

static int
compare_double (gconstpointer a,
                gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

typedef struct
{
  double x;
  double y;
} Start;

/* Beginnings of words before the numbers. */
static GArray *
list_starts (const List *list,
             GPtrArray  *lines)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (Start));

  for (guint i = 0; i < lines->len; i++)
    {
      const SbOcrLine *line = lines->pdata[i];
      SbOcrRun         number = { 0 };
      guint            end = sb_ocr_find_number (line, list->country, &number) ? number.first : 0;

      for (guint k = 0; k < end; k++)
        {
          const Start start = { start_of (line, k), line->box.y };

          if (is_name_like (line->words->pdata[k]))
            g_array_append_val (starts, start);
        }
    }

  return starts;
}

/* How many of @starts stand in one column that leans by @slope; @from: where it meets the top of the page. */
static guint
count_column (const List *list,
              GArray     *starts,
              double      slope,
              double     *from)
{
  g_autoptr (GArray) places = g_array_sized_new (FALSE, FALSE, sizeof (double), starts->len);
  guint              best = 0;

  for (guint i = 0; i < starts->len; i++)
    {
      const Start *start = &g_array_index (starts, Start, i);
      const double place = start->x - slope * start->y;

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_double);
  for (guint i = 0, first = 0; i < places->len; i++)
    {
      while (g_array_index (places, double, i) - g_array_index (places, double, first) > list->height * 0.8)
        first++;
      if (i - first + 1 > best)
        {
          best = i - first + 1;
          *from = g_array_index (places, double, (i + first) / 2);
        }
    }

  return best;
}

/* The column where most lines with a number begin a word that could be a name. A photo taken from the side lets it lean. */
static void
find_names (List      *list,
            GPtrArray *lines)
{
  g_autoptr (GArray) starts = list_starts (list, lines);
  guint              best = 0;

  for (int step = 0; step <= 20; step++)
    {
      const double slope = (step % 2 == 0 ? -1 : 1) * ((step + 1) / 2) * 0.01;
      double       from = 0;
      guint        n = count_column (list, starts, slope, &from);

      if (n > best)
        {
          best = n;
          list->slope = slope;
          list->names_from = from;
          list->knows_names = TRUE;
        }
    }
}

static double
names_at (const List      *list,
          const SbOcrLine *line)
{
  return list->names_from + list->slope * line->box.y;
}

/* -- rows -- */

/* Where the words before @number begin that are the name: what stands before the column of names is the number of the row. */
static guint
first_of_name (const List      *list,
               const SbOcrLine *line,
               SbOcrRun         number)
{
  if (number.first == 0)
    return 0;
  for (guint i = 0; list->knows_names && i < number.first; i++)
    if (fabs (start_of (line, i) - names_at (list, line)) < list->height)
      return i;

  return is_index (line) ? 1 : 0;
}

static SbOcrRow *
row_with_number (List            *list,
                 const SbOcrLine *line,
                 const SbOcrLine *above,
                 SbOcrRun         number)
{
  SbOcrRow *row = sb_ocr_row_new ();
  guint     first = first_of_name (list, line, number);
  guint     end = number.first + number.n;

  add_run (row, SB_OCR_NUMBER, line, number);
  if (number.first > first)
    {
      SbOcrRun name = segment (line, first, number.first, list->height);

      add_run (row, SB_OCR_NAME, line, name);
      add_run (row, SB_OCR_ORDER, line, (SbOcrRun) { first + name.n, number.first - first - name.n });
    }
  else if (end < line->words->len && !takes_name_above (row, above, line, list->height))
    {
      /* The number stands first. */
      SbOcrRun name = segment (line, end, line->words->len, list->height);

      add_run (row, SB_OCR_NAME, line, name);
      end += name.n;
    }
  else if (end == line->words->len)
    takes_name_above (row, above, line, list->height);
  add_run (row, SB_OCR_ORDER, line, (SbOcrRun) { end, line->words->len - end });

  return row;
}

/* Somebody without a number, in the column of the names: kept, so that nobody is lost without a word. */
static SbOcrRow *
row_without_number (List            *list,
                    const SbOcrLine *line)
{
  gboolean  index = is_index (line);
  guint     first = index ? 1 : 0;
  SbOcrRun  name;
  SbOcrRow *row;

  if (!list->seen_number || !list->knows_names || fabs (start_of (line, first) - names_at (list, line)) > 3 * list->height)
    return NULL;
  name = segment (line, first, line->words->len, list->height);
  if (!index && name.n == line->words->len)
    return NULL;
  row = sb_ocr_row_new ();
  add_run (row, SB_OCR_NAME, line, name);
  add_run (row, SB_OCR_ORDER, line, (SbOcrRun) { first + name.n, line->words->len - first - name.n });

  return row;
}

static void
add_row (List            *list,
         GPtrArray       *rows,
         SbOcrRow        *row,
         const SbOcrLine *line)
{
  row->number = rows->len + 1;
  row->page = list->page->number;
  row->box = sb_ocr_box_around (row->box, line->box);
  g_ptr_array_add (rows, row);
}

void
sb_ocr_read_list (const SbOcrPage *page,
                  GPtrArray       *lines,
                  const char      *country,
                  GPtrArray       *rows)
{
  List             list = { .page = page, .country = country, .height = sb_ocr_usual_height (page) };
  const SbOcrLine *above = NULL;

  find_names (&list, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const SbOcrLine *line = lines->pdata[i];
      SbOcrRun         number = { 0 };
      SbOcrRow        *row = NULL;

      if (sb_ocr_find_number (line, country, &number))
        {
          row = row_with_number (&list, line, above, number);
          list.seen_number = TRUE;
        }
      else
        row = row_without_number (&list, line);
      above = row == NULL ? line : NULL;
      if (row != NULL)
        add_row (&list, rows, row, line);
    }
}
