#include "sb-ocr-indic.h"

#include "sb-json.h"
#include "sb-ocr-stain.h"

/*
 * The model of the Arabic language that is usually installed does not know the digits of the east, and takes a telephone number for
 * some letters: numbers in them are found here, before it looks.
 */
#define APART_MEAN 20
#define DIGITS_MIN 7
#define DIGITS_MAX 15
#define ODD_MAX    2 /* stains in a number that are none of the shapes: they are doubted, but not left out */
#define WHOLE_MIN  4 /* digits that touch none, before those that do count */
#define EVEN       0.7

/* What follows @last on its line, or -1. */
static int
next_of (GArray *stains,
         int     last,
         int     top,
         int     height)
{
  const SbOcrStain *before = &g_array_index (stains, SbOcrStain, last);

  for (guint i = (guint) last + 1; i < stains->len; i++)
    {
      const SbOcrStain *stain = &g_array_index (stains, SbOcrStain, i);
      int               middle = stain->y + stain->h / 2;

      if (stain->x > before->x + before->w + 1.6 * height)
        return -1;
      if (middle > top - height / 6 && middle < top + height + height / 6 && stain->h < 1.5 * height)
        return (int) i;
    }

  return -1;
}

/* What is no digit belongs to the next word, or was the last digit: it goes, and the digit before it is looked at. */
static void
drop_odd_end (GArray *stains,
              GArray *run)
{
  gboolean dropped = FALSE;

  while (run->len > 0 && g_array_index (stains, SbOcrStain, g_array_index (run, int, run->len - 1)).apart > SB_OCR_STAIN_APART_MAX)
    {
      g_array_set_size (run, run->len - 1);
      dropped = TRUE;
    }
  if (dropped && run->len > 0)
    g_array_index (stains, SbOcrStain, g_array_index (run, int, run->len - 1)).apart = SB_OCR_STAIN_APART_MAX;
}

/* From @first on as long as they are digits. */
static GArray *
run_from (GArray *stains,
          guint   first,
          int     top,
          int     height)
{
  GArray *run = g_array_new (FALSE, FALSE, sizeof (int));
  guint   n_odd = 0, n_parts = 0;

  for (int at = (int) first; at >= 0 && run->len <= DIGITS_MAX; at = next_of (stains, at, top, height))
    {
      SbOcrStain *stain = &g_array_index (stains, SbOcrStain, at);

      sb_ocr_stain_classify (stain, height);
      if (stain->apart > SB_OCR_STAIN_APART_MAX && (++n_odd > ODD_MAX || stain->h > 1.2 * height || stain->w > 1.3 * height))
        break;
      if (stain->is_part && (run->len < WHOLE_MIN || ++n_parts * 2 > run->len || stain->apart > APART_MEAN))
        break;
      g_array_append_val (run, at);
    }
  drop_odd_end (stains, run);

  return run;
}

/* A number may begin with a nought, which is only a dot: the stain after it tells the height then. */
static GArray *
run_from_dots (GArray *stains,
               guint   first)
{
  const SbOcrStain *begin = &g_array_index (stains, SbOcrStain, first);
  int               height = begin->h, top = begin->y;

  for (guint i = first + 1; i < stains->len; i++)
    {
      const SbOcrStain *stain = &g_array_index (stains, SbOcrStain, i);

      if (stain->x > begin->x + begin->w + 4 * begin->h)
        break;
      if (stain->h > 2 * begin->h && stain->h < 7 * begin->h && stain->y <= begin->y && stain->y + stain->h >= begin->y + begin->h)
        {
          height = stain->h;
          top = stain->y;
          break;
        }
    }

  return run_from (stains, first, top, height);
}

/* Digits but the nought are of one size; letters that look like some are not. */
static gboolean
is_even (GArray *stains,
         GArray *run)
{
  guint n = 0, n_odd = 0;
  int   height = 0;

  for (guint i = 0; i < run->len; i++)
    height = MAX (height, g_array_index (stains, SbOcrStain, g_array_index (run, int, i)).h);
  for (guint i = 0; i < run->len; i++)
    {
      const SbOcrStain *stain = &g_array_index (stains, SbOcrStain, g_array_index (run, int, i));

      if (stain->digit == 0 || stain->digit == SB_OCR_STAIN_PLUS)
        continue;
      n++;
      n_odd += stain->h < EVEN * height;
    }

  return n_odd * 5 <= n;
}

static gboolean
is_number (GArray *stains,
           GArray *run)
{
  guint sum = 0, kinds = 0;

  if (run->len < DIGITS_MIN || run->len > DIGITS_MAX)
    return FALSE;
  for (guint i = 0; i < run->len; i++)
    {
      const SbOcrStain *stain = &g_array_index (stains, SbOcrStain, g_array_index (run, int, i));

      sum += stain->apart;
      kinds |= 1u << stain->digit;
    }

  /* A row of dots or of strokes is none. */
  return sum < APART_MEAN * run->len && __builtin_popcount (kinds) >= 3 && is_even (stains, run);
}

static char
sign_of (const SbOcrStain *stain)
{
  return stain->digit == SB_OCR_STAIN_PLUS ? '+' : (char) ('0' + stain->digit);
}

static JsonObject *
letter_of (const SbOcrStain *stain)
{
  JsonArray *others = json_array_new ();
  const char text[2] = { sign_of (stain), '\0' }, other[2] = { (char) ('0' + stain->other), '\0' };
  double     sure = CLAMP (99.0 - MAX (0, (int) stain->apart - 14) * 3.0, 20, 99);

  if (stain->other >= 0)
    json_array_add_object_element (others, sb_json_make ("s:t", other, "d:c", 30.0, NULL));

  return sb_json_make ("s:t", text, "d:c", sure, "a:o", others, "i:x", (gint64) stain->x / SB_OCR_STAIN_LARGER, "i:y", (gint64) stain->y / SB_OCR_STAIN_LARGER, "i:w", (gint64) stain->w / SB_OCR_STAIN_LARGER, "i:h",
                       (gint64) stain->h / SB_OCR_STAIN_LARGER, NULL);
}

static void
add_word (JsonArray *words,
          GArray    *stains,
          GArray    *run,
          guint      first,
          guint      end,
          int        line)
{
  JsonArray *letters = json_array_new ();
  GString   *text = g_string_new (NULL);
  int        left = G_MAXINT, top = G_MAXINT, right = 0, bottom = 0;

  for (guint i = first; i < end; i++)
    {
      const SbOcrStain *stain = &g_array_index (stains, SbOcrStain, g_array_index (run, int, i));

      g_string_append_c (text, sign_of (stain));
      json_array_add_object_element (letters, letter_of (stain));
      left = MIN (left, stain->x);
      top = MIN (top, stain->y);
      right = MAX (right, stain->x + stain->w);
      bottom = MAX (bottom, stain->y + stain->h);
    }
  json_array_add_object_element (words, sb_json_make ("s:t", text->str, "d:c", 95.0, "i:line", (gint64) line, "i:block", (gint64) 0, "a:letters", letters, "i:x", (gint64) left / SB_OCR_STAIN_LARGER, "i:y",
                                                      (gint64) top / SB_OCR_STAIN_LARGER, "i:w", (gint64) (right - left) / SB_OCR_STAIN_LARGER, "i:h", (gint64) (bottom - top) / SB_OCR_STAIN_LARGER, NULL));
  g_string_free (text, TRUE);
}

/* Nothing is left there for the engine to wonder at. */
static void
wipe (SbOcrPicture *picture,
      int           left,
      int           top,
      int           right,
      int           bottom)
{
  struct Box *box = boxCreate (MAX (0, left / SB_OCR_STAIN_LARGER - 1), MAX (0, top / SB_OCR_STAIN_LARGER - 1), (right - left) / SB_OCR_STAIN_LARGER + 3, (bottom - top) / SB_OCR_STAIN_LARGER + 3);

  pixSetInRectArbitrary (picture->grey, box, 255);
  boxDestroy (&box);
}

static void
take_number (SbOcrPicture *picture,
             JsonArray    *words,
             GArray       *stains,
             GArray       *run,
             int           line)
{
  const SbOcrStain *first = &g_array_index (stains, SbOcrStain, g_array_index (run, int, 0)), *last = &g_array_index (stains, SbOcrStain, g_array_index (run, int, run->len - 1));
  int               height = 0, top = G_MAXINT, bottom = 0;
  guint             begin = 0;

  for (guint i = 0; i < run->len; i++)
    {
      const SbOcrStain *stain = &g_array_index (stains, SbOcrStain, g_array_index (run, int, i));

      height = MAX (height, stain->h);
      top = MIN (top, stain->y);
      bottom = MAX (bottom, stain->y + stain->h);
    }
  wipe (picture, first->x, top, last->x + last->w, bottom);
  for (guint i = 1; i <= run->len; i++)
    {
      const SbOcrStain *before = &g_array_index (stains, SbOcrStain, g_array_index (run, int, i - 1));

      if (i < run->len && g_array_index (stains, SbOcrStain, g_array_index (run, int, i)).x - (before->x + before->w) < 0.62 * height)
        continue;
      add_word (words, stains, run, begin, i, line);
      begin = i;
    }
}

JsonArray *
sb_ocr_indic_take (SbOcrPicture *picture)
{
  JsonArray           *words = json_array_new ();
  g_autoptr (GArray)   stains = sb_ocr_stain_list (picture);
  g_autofree gboolean *taken = g_new0 (gboolean, stains->len + 1);

  for (guint i = 0; i < stains->len; i++)
    {
      g_autoptr (GArray) run = taken[i] ? NULL : run_from_dots (stains, i);

      if (run == NULL || !is_number (stains, run))
        continue;
      for (guint k = 0; k < run->len; k++)
        taken[g_array_index (run, int, k)] = TRUE;
      take_number (picture, words, stains, run, 100000 + (int) i);
    }

  return words;
}
