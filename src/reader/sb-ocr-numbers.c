#include "sb-ocr-numbers.h"

#include <string.h>

#include "sb-json.h"

#define DIGITS_MIN 6
#define HEIGHT     44 /* of a line that is read by itself: the letters of it are as large as those the engine learnt from */
#define DOUBTFUL   55.0
#define MARGIN     12
#define SURE       98.0 /* a digit that is less sure is read again */
#define RIVAL_MAX  10.0
#define TALL       0.6 /* of the height of the number: a stain that may be a digit */

/* Words beside each other that are mostly digits. */
typedef struct
{
  guint      first;
  guint      n;
  GPtrArray *digits; /* JsonObject of each letter that was read as a digit, not owned */
  GString   *text;
  guint      n_tall; /* other signs that are as high as a digit */
  guint      n_plus; /* signs that may be nearly as high */
  gboolean   is_sure;
  struct
  {
    int x, y, w, h;
  } box;
} Run;

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += g_ascii_isdigit (*p) != 0;

  return n;
}

static gboolean
is_mostly_digits (JsonObject *word)
{
  const char *text = sb_json_string (word, "t");

  return text != NULL && count_digits (text) * 2 >= (guint) g_utf8_strlen (text, -1) && text[0] != '\0';
}

static gboolean
is_sure (JsonObject *letter)
{
  JsonArray *others = sb_json_array (letter, "o");

  for (guint i = 0; i < sb_json_length (others); i++)
    if (sb_json_double (sb_json_at (others, i), "c", 0) > RIVAL_MAX)
      return FALSE;

  return sb_json_double (letter, "c", 0) >= SURE;
}

static void
take_letter (Run        *run,
             JsonObject *letter)
{
  const char *text = sb_json_string (letter, "t");

  if (text == NULL)
    return;
  run->n_tall += strchr ("()[]|/", text[0]) != NULL;
  run->n_plus += text[0] == '+';
  if (!g_ascii_isdigit (text[0]))
    return;
  run->is_sure = run->is_sure && is_sure (letter);
  g_ptr_array_add (run->digits, letter);
  g_string_append_c (run->text, text[0]);
}

static void
take_word (Run        *run,
           JsonObject *word)
{
  JsonArray *letters = sb_json_array (word, "letters");
  int        x = (int) sb_json_int (word, "x", 0), y = (int) sb_json_int (word, "y", 0);
  int        right = MAX (run->box.x + run->box.w, x + (int) sb_json_int (word, "w", 0)), bottom = MAX (run->box.y + run->box.h, y + (int) sb_json_int (word, "h", 0));

  run->box.x = run->n == 0 ? x : MIN (run->box.x, x);
  run->box.y = run->n == 0 ? y : MIN (run->box.y, y);
  run->box.w = right - run->box.x;
  run->box.h = bottom - run->box.y;
  run->n++;
  for (guint i = 0; i < sb_json_length (letters); i++)
    take_letter (run, sb_json_at (letters, i));
}

static int
from_left (gconstpointer a,
           gconstpointer b)
{
  return (int) (sb_json_int (*(JsonObject *const *) a, "x", 0) - sb_json_int (*(JsonObject *const *) b, "x", 0));
}

/* Writing that runs from the right comes word by word in that order, but a number never does. */
static void
order (Run *run)
{
  g_ptr_array_sort (run->digits, from_left);
  for (guint i = 0; i < run->digits->len; i++)
    run->text->str[i] = sb_json_string (run->digits->pdata[i], "t")[0];
}

/* Points between @run and @word, on whichever side it stands. */
static int
gap_to (const Run  *run,
        JsonObject *word)
{
  int x = (int) sb_json_int (word, "x", 0);

  return MAX (x - (run->box.x + run->box.w), run->box.x - (x + (int) sb_json_int (word, "w", 0)));
}

/* Of the line of @first: as many words as are digits, without a wide gap. */
static void
find_run (JsonArray *words,
          guint      first,
          Run       *run)
{
  gint64 line = sb_json_int (sb_json_at (words, first), "line", -1);

  run->first = first;
  for (guint i = first; i < sb_json_length (words); i++)
    {
      JsonObject *word = sb_json_at (words, i);

      if (sb_json_int (word, "line", -1) != line || !is_mostly_digits (word))
        return;
      if (run->n > 0 && gap_to (run, word) > 2 * run->box.h)
        return;
      take_word (run, word);
    }
}

/* Faint ink becomes black. */
static void
stretch (Pix *piece)
{
  l_uint32 ink = 0, paper = 255;

  pixGetRankValue (piece, 1, 0.02f, &ink);
  pixGetRankValue (piece, 1, 0.7f, &paper);
  if (paper > ink + 20)
    pixGammaTRC (piece, piece, 1, (l_int32) ink, (l_int32) paper);
}

static int
pad_of (const Run *run)
{
  return MAX (3, run->box.h / 5);
}

static Pix *
cut (const SbOcrPicture *picture,
     const Run          *run)
{
  int         pad = pad_of (run);
  struct Box *box = boxCreate (MAX (0, run->box.x - pad), MAX (0, run->box.y - pad), run->box.w + 2 * pad, run->box.h + 2 * pad);
  Pix        *piece = pixClipRectangle (picture->grey, box, NULL);

  boxDestroy (&box);
  if (piece != NULL)
    stretch (piece);

  return piece;
}

/* Stains on @piece that are as high as a digit, from the left: where each is on the page. */
static struct Boxa *
list_tall (Pix       *piece,
           const Run *run)
{
  g_autoptr (Pix) binary = pixConvertTo1 (piece, 128);
  struct Boxa    *all = binary != NULL ? pixConnCompBB (binary, 8) : NULL;
  struct Boxa    *tall = all != NULL ? boxaSelectBySize (all, 0, (l_int32) (TALL * run->box.h), L_SELECT_HEIGHT, L_SELECT_IF_GTE, NULL) : NULL;
  struct Boxa    *sorted = tall != NULL ? boxaSort (tall, L_SORT_BY_X, L_SORT_INCREASING, NULL) : NULL;

  boxaDestroy (&all);
  boxaDestroy (&tall);

  return sorted;
}

/*
 * The engine's usual fault is to see a digit twice, or not at all, and to be sure of it. On paper digits stand apart: where there
 * are as many stains as digits, and no digit is in doubt, nothing is gained by reading them again.
 */
static gboolean
is_counted (struct Boxa *tall,
            const Run   *run)
{
  guint n = tall != NULL ? (guint) boxaGetCount (tall) : 0, least = run->digits->len + run->n_tall;

  return n >= least && n <= least + run->n_plus;
}

static Pix *
enlarge (Pix       *piece,
         const Run *run)
{
  l_float32 by = (l_float32) HEIGHT / (l_float32) MAX (8, run->box.h);
  Pix      *scaled = pixScale (piece, by, by), *framed;

  framed = scaled != NULL ? pixAddBorderGeneral (scaled, MARGIN, MARGIN, MARGIN, MARGIN, 255) : NULL;
  pixDestroy (&scaled);

  return framed;
}

static void
doubt (JsonObject *letter,
       const char *other)
{
  JsonArray *others = sb_json_array (letter, "o");

  json_object_set_double_member (letter, "c", MIN (DOUBTFUL, sb_json_double (letter, "c", 0)));
  if (other != NULL && others != NULL)
    json_array_add_object_element (others, sb_json_make ("s:t", other, "d:c", DOUBTFUL, NULL));
}

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);

  return g_string_free_and_steal (digits);
}

static void
compare (const Run  *run,
         const char *digits)
{
  gboolean is_as_long = strlen (digits) == run->text->len;

  for (guint i = 0; i < run->digits->len; i++)
    {
      const char other[2] = { is_as_long ? digits[i] : '\0', '\0' };

      if (!is_as_long)
        doubt (run->digits->pdata[i], NULL);
      else if (other[0] != run->text->str[i])
        doubt (run->digits->pdata[i], other);
    }
}

/* The box of one of @tall on the page; TRUE when it stands in @word. */
static gboolean
stands_in (JsonObject  *word,
           const Run   *run,
           struct Boxa *tall,
           int          index,
           l_int32      box[4])
{
  int left = (int) sb_json_int (word, "x", 0), middle;

  boxaGetBoxGeometry (tall, index, &box[0], &box[1], &box[2], &box[3]);
  box[0] += MAX (0, run->box.x - pad_of (run));
  box[1] += MAX (0, run->box.y - pad_of (run));
  middle = box[0] + box[2] / 2;

  return middle >= left && middle < left + sb_json_int (word, "w", 0);
}

/* The digits of the stains in @word become what it says, and all of them are in doubt. */
static void
rewrite_word (JsonObject  *word,
              const Run   *run,
              struct Boxa *tall,
              const char  *digits)
{
  g_autoptr (GString)   text = g_string_new (NULL);
  g_autoptr (JsonArray) letters = json_array_new ();

  for (int i = 0; i < boxaGetCount (tall); i++)
    {
      const char sign[2] = { digits[i], '\0' };
      l_int32    box[4] = { 0 };

      if (!stands_in (word, run, tall, i, box))
        continue;
      g_string_append (text, sign);
      json_array_add_object_element (letters, sb_json_make ("s:t", sign, "d:c", DOUBTFUL, "a:o", json_array_new (), "i:x", (gint64) box[0], "i:y", (gint64) box[1], "i:w", (gint64) box[2], "i:h", (gint64) box[3], NULL));
    }
  if (g_strcmp0 (sb_json_string (word, "t"), text->str) == 0)
    return;
  json_object_set_string_member (word, "t", text->str);
  json_object_set_array_member (word, "letters", g_steal_pointer (&letters));
}

/* TRUE when each of @tall stands in a word of @run, and each word has some. */
static gboolean
is_spread (JsonArray   *words,
           const Run   *run,
           struct Boxa *tall)
{
  int n = 0;

  for (guint i = run->first; i < run->first + run->n; i++)
    {
      int before = n;

      for (int k = 0; k < boxaGetCount (tall); k++)
        {
          l_int32 box[4] = { 0 };

          n += stands_in (sb_json_at (words, i), run, tall, k, box);
        }
      if (n == before)
        return FALSE;
    }

  return n == boxaGetCount (tall);
}

/* TRUE when there are as many stains as digits in the second reading, and not in the first: then that is what stands there. */
static gboolean
rewrite (JsonArray   *words,
         const Run   *run,
         struct Boxa *tall,
         const char  *digits)
{
  guint n = tall != NULL ? (guint) boxaGetCount (tall) : 0;

  if (n != strlen (digits) || n == run->text->len || run->n_tall > 0 || run->n_plus > 0 || !is_spread (words, run, tall))
    return FALSE;
  for (guint i = run->first; i < run->first + run->n; i++)
    rewrite_word (sb_json_at (words, i), run, tall, digits);

  return TRUE;
}

static void
check_run (SbOcrLetters       *letters,
           const SbOcrPicture *picture,
           JsonArray          *words,
           const Run          *run)
{
  g_autoptr (Pix)  piece = cut (picture, run);
  struct Boxa     *tall = piece != NULL ? list_tall (piece, run) : NULL;
  gboolean         is_done = piece == NULL || (run->is_sure && is_counted (tall, run));
  g_autoptr (Pix)  line = is_done ? NULL : enlarge (piece, run);
  g_autofree char *again = line != NULL ? sb_ocr_letters_read_digits (letters, line) : NULL;
  g_autofree char *digits = again != NULL ? digits_of (again) : NULL;

  if (digits != NULL && !g_str_equal (digits, run->text->str) && !rewrite (words, run, tall, digits))
    compare (run, digits);
  boxaDestroy (&tall);
}

void
sb_ocr_numbers_check (SbOcrLetters       *letters,
                      const SbOcrPicture *picture,
                      JsonArray          *words)
{
  for (guint i = 0; i < sb_json_length (words); i++)
    {
      g_autoptr (GPtrArray) digits = g_ptr_array_new ();
      g_autoptr (GString)   text = g_string_new (NULL);
      Run                   run = { .digits = digits, .text = text, .is_sure = TRUE };

      find_run (words, i, &run);
      order (&run);
      if (text->len >= DIGITS_MIN)
        check_run (letters, picture, words, &run);
      i += run.n > 0 ? run.n - 1 : 0;
    }
}
