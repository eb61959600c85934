#include "sb-ocr-indic.h"

#include <string.h>

#include "sb-json.h"

/*
 * The model of the Arabic language that is usually installed does not know the digits of the east, and takes a telephone number for
 * some letters. They never touch each other and there are ten, so each is compared with its usual shapes.
 */
#define WIDE       8
#define HIGH       12
#define APART_MAX  30 /* of 96 points: further away it is no digit */
#define APART_MEAN 20
#define DOUBTFUL   20 /* and from there on a person looks at it */
#define DIGITS_MIN 7
#define DIGITS_MAX 15
#define DOT        0.48 /* of a digit's height: smaller is the nought, a dot */
#define SLIM       0.36 /* of its own height: narrower is the one, a stroke */
#define INK        150
#define ODD_MAX    2   /* stains in a number that are none of the shapes: they are doubted, but not left out */
#define JOINED     1.2 /* of its own height: wider are two digits that touch, or more */
#define JOINED_MAX 4
#define WHOLE_MIN  4   /* digits that touch none, before those that do count */
#define STROKE     0.3 /* of the height: no more ink is where two digits touch */
#define EVEN       0.7
#define PLUS       10 /* what stands before the code of a country */
#define LARGER     2  /* the teeth of a three are seen better then */

/* Eight points a line, twelve lines, of an upright and a slanted hand and of print; noughts and ones are told by their size. */
static const struct
{
  guint8 digit;
  guint8 lines[HIGH];
} shapes[] = {
  { 2, { 0xc1, 0xc3, 0xe3, 0x7e, 0x78, 0x30, 0x30, 0x30, 0x10, 0x10, 0x10, 0x10 } },
  { 2, { 0xc1, 0xc3, 0x7e, 0x7c, 0x60, 0x60, 0x60, 0x60, 0x60, 0x20, 0x20, 0x20 } },
  { 2, { 0xff, 0xe0, 0x40, 0x60, 0x60, 0x30, 0x30, 0x10, 0x18, 0x18, 0x0c, 0x0c } },
  { 3, { 0x81, 0xcd, 0xcf, 0x7e, 0x70, 0x60, 0x20, 0x20, 0x30, 0x20, 0x20, 0x20 } },
  { 3, { 0x81, 0xc9, 0xc9, 0x7f, 0x40, 0x40, 0x40, 0x40, 0x60, 0x60, 0x60, 0x60 } },
  { 3, { 0xc9, 0xc9, 0x5b, 0x7e, 0x60, 0x20, 0x20, 0x30, 0x30, 0x10, 0x18, 0x18 } },
  { 4, { 0x18, 0x30, 0x60, 0xc0, 0xe0, 0x78, 0x18, 0x30, 0x20, 0x60, 0x7f, 0x3e } },
  { 4, { 0x18, 0x38, 0x60, 0xc0, 0xc0, 0x78, 0x30, 0x60, 0xc0, 0xc0, 0xe3, 0x7f } },
  { 4, { 0x0c, 0x3c, 0x70, 0xe0, 0x70, 0x18, 0x1c, 0x30, 0x60, 0xc0, 0xe1, 0x7f } },
  { 5, { 0x1c, 0x3e, 0x37, 0x43, 0x43, 0x81, 0x81, 0x81, 0x83, 0xc7, 0xfe, 0x78 } },
  { 5, { 0x3c, 0x7e, 0x66, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3, 0x7e, 0x3c } },
  { 5, { 0x3c, 0x24, 0x66, 0xc2, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3, 0x66, 0x3c } },
  { 6, { 0xec, 0xfe, 0x04, 0x04, 0x04, 0x04, 0x06, 0x06, 0x06, 0x02, 0x03, 0x02 } },
  { 6, { 0xfc, 0xfe, 0x06, 0x06, 0x02, 0x02, 0x02, 0x02, 0x03, 0x03, 0x03, 0x03 } },
  { 6, { 0xff, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03 } },
  { 7, { 0x81, 0xc3, 0xc3, 0x62, 0x66, 0x24, 0x24, 0x34, 0x18, 0x18, 0x18, 0x00 } },
  { 7, { 0x81, 0xc3, 0x42, 0x42, 0x66, 0x24, 0x24, 0x34, 0x38, 0x18, 0x18, 0x18 } },
  { 7, { 0xc3, 0xc3, 0x42, 0x42, 0x66, 0x66, 0x24, 0x24, 0x3c, 0x3c, 0x18, 0x18 } },
  { 8, { 0x10, 0x18, 0x18, 0x38, 0x2c, 0x2c, 0x24, 0x66, 0x46, 0xc3, 0xc3, 0x81 } },
  { 8, { 0x18, 0x18, 0x18, 0x1c, 0x34, 0x24, 0x24, 0x66, 0x42, 0x42, 0xc3, 0x81 } },
  { 8, { 0x18, 0x18, 0x3c, 0x2c, 0x24, 0x24, 0x66, 0x66, 0x42, 0x42, 0xc3, 0xc3 } },
  { 9, { 0x38, 0x7c, 0x8c, 0xc4, 0xfc, 0x3c, 0x04, 0x06, 0x06, 0x02, 0x03, 0x02 } },
  { 9, { 0x38, 0x6c, 0xc4, 0xc6, 0xc6, 0x7e, 0x06, 0x02, 0x02, 0x02, 0x03, 0x03 } },
  { 9, { 0x7c, 0x66, 0xc3, 0xc3, 0xc3, 0xe3, 0x7f, 0x03, 0x03, 0x03, 0x03, 0x03 } },
};

/* A stain that may be a digit. */
typedef struct
{
  int    x, y, w, h;
  guint8 lines[HIGH];
  int    n_tips;  /* of ink along the widest-spread line of its top */
  int    is_part; /* of a wider one, which is no digit: letters are joined, too */
  int    digit;
  int    other;
  guint  apart;
} Stain;

static guint
count_apart (const guint8 *a,
             const guint8 *b)
{
  guint n = 0;

  for (guint i = 0; i < HIGH; i++)
    n += (guint) __builtin_popcount ((guint) (a[i] ^ b[i]));

  return n;
}

static void
take_shape (Stain *stain,
            Pix   *pix)
{
  g_autoptr (Pix) grey = pixConvertTo8 (pix, 0);
  g_autoptr (Pix) small = grey != NULL ? pixScaleToSize (grey, WIDE, HIGH) : NULL;

  for (guint y = 0; small != NULL && y < HIGH; y++)
    for (guint x = 0; x < WIDE; x++)
      {
        l_uint32 value = 255;

        pixGetPixel (small, (l_int32) x, (l_int32) y, &value);
        if (value < 128)
          stain->lines[y] |= (guint8) (0x80 >> x);
      }
}

/* Two and three are told apart by the teeth at their top. */
static int
count_tips (Pix *pix)
{
  int width = pixGetWidth (pix), height = pixGetHeight (pix), most = 0;

  for (int y = 0; y < height * 3 / 10; y++)
    {
      int      n = 0;
      l_uint32 before = 0;

      for (int x = 0; x < width; x++)
        {
          l_uint32 here = 0;

          pixGetPixel (pix, x, y, &here);
          n += here != 0 && before == 0;
          before = here;
        }
      most = MAX (most, n);
    }

  return most;
}

static void
settle_teeth (Stain *stain)
{
  int tips = MIN (3, stain->n_tips);

  if ((stain->digit != 2 && stain->digit != 3) || stain->n_tips < 2)
    return;
  if (stain->digit == tips)
    {
      if (stain->other == 2 || stain->other == 3)
        stain->other = -1;
      return;
    }
  /* The teeth say one thing and the whole another: somebody has to look. */
  stain->other = stain->digit;
  stain->digit = tips;
  stain->apart = MAX (stain->apart, DOUBTFUL);
}

/* One stroke across another. */
static gboolean
is_plus (const Stain *stain)
{
  gboolean crosses = FALSE;

  for (guint y = 0; y < HIGH; y++)
    {
      int n = __builtin_popcount (stain->lines[y]);

      if ((y < 3 || y >= HIGH - 3) && (n == 0 || n > 3 || (stain->lines[y] & 0x3c) == 0))
        return FALSE;
      crosses = crosses || (y >= 4 && y < 8 && n >= 7);
    }

  return crosses && stain->w * 4 > stain->h * 3 && stain->w * 3 < stain->h * 4;
}

/* @height: of the digits around it */
static void
classify (Stain *stain,
          int    height)
{
  guint second = G_MAXUINT;

  stain->apart = G_MAXUINT;
  stain->other = -1;
  if (is_plus (stain) && stain->h > DOT * height)
    {
      stain->digit = PLUS;
      stain->apart = 4;
      return;
    }
  if (stain->h < DOT * height)
    {
      stain->digit = 0;
      stain->apart = stain->w > 2 * stain->h ? APART_MAX + 1 : 4;
      return;
    }
  if (stain->w < SLIM * stain->h)
    {
      stain->digit = 1;
      stain->apart = stain->h < 0.7 * height ? APART_MAX + 1 : 6;
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      guint apart = count_apart (stain->lines, shapes[i].lines);

      if (apart < stain->apart)
        {
          if (stain->apart != G_MAXUINT && stain->digit != shapes[i].digit)
            {
              second = stain->apart;
              stain->other = stain->digit;
            }
          stain->apart = apart;
          stain->digit = shapes[i].digit;
        }
      else if (shapes[i].digit != stain->digit && apart < second)
        {
          second = apart;
          stain->other = shapes[i].digit;
        }
    }
  if (second > stain->apart + 8)
    stain->other = -1;
  settle_teeth (stain);
}

static int
by_x (gconstpointer a,
      gconstpointer b)
{
  return ((const Stain *) a)->x - ((const Stain *) b)->x;
}

static void
add_stain (GArray  *stains,
           Pix     *piece,
           int      x,
           int      y,
           gboolean is_part)
{
  Stain stain = { .x = x, .y = y, .w = pixGetWidth (piece), .h = pixGetHeight (piece), .is_part = is_part };

  if (stain.h < 5 || stain.w < 3 || stain.h > 90 * LARGER || stain.w > 90 * LARGER)
    return;
  take_shape (&stain, piece);
  stain.n_tips = count_tips (piece);
  g_array_append_val (stains, stain);
}

/* Points of ink from top to bottom, where they are one stroke. */
static int
stroke_at (Pix *pix,
           int  x)
{
  int      n = 0, n_strokes = 0;
  l_uint32 before = 0;

  for (int y = 0; y < pixGetHeight (pix); y++)
    {
      l_uint32 here = 0;

      pixGetPixel (pix, x, y, &here);
      n += here != 0;
      n_strokes += here != 0 && before == 0;
      before = here;
    }

  return n_strokes == 1 ? n : G_MAXINT;
}

/* Where the first digit after @from touches the next, or -1. */
static int
find_joint (Pix *pix,
            int  from)
{
  int height = pixGetHeight (pix), end = MIN (from + height * 21 / 20, pixGetWidth (pix) - height * 3 / 10), best = -1, least = (int) (STROKE * height) + 1;

  for (int x = from + height * 9 / 20; x < end; x++)
    {
      int stroke = stroke_at (pix, x);

      if (stroke < least)
        {
          least = stroke;
          best = x;
        }
    }

  return best;
}

static void
add_part (GArray *stains,
          Pix    *piece,
          int     x,
          int     y,
          int     from,
          int     end)
{
  struct Box     *box = boxCreate (from, 0, end - from, pixGetHeight (piece)), *tight = NULL;
  g_autoptr (Pix) part = pixClipRectangle (piece, box, NULL);
  g_autoptr (Pix) ink = NULL;
  l_int32         left = 0, top = 0;

  boxDestroy (&box);
  if (part == NULL || pixClipToForeground (part, &ink, &tight) != 0 || ink == NULL)
    return;
  boxGetGeometry (tight, &left, &top, NULL, NULL);
  boxDestroy (&tight);
  add_stain (stains, ink, x + from + left, y + top, end - from < pixGetWidth (piece));
}

/* Digits of a tight print touch: they are taken apart where they do. */
static void
add_parts (GArray *stains,
           Pix    *piece,
           int     x,
           int     y)
{
  int width = pixGetWidth (piece), height = pixGetHeight (piece), from = 0, joint;

  if (width <= JOINED * height || width > JOINED_MAX * height)
    {
      add_stain (stains, piece, x, y, FALSE);
      return;
    }
  while (width - from > JOINED * height && (joint = find_joint (piece, from)) > 0)
    {
      add_part (stains, piece, x, y, from, joint);
      from = joint;
    }
  add_part (stains, piece, x, y, from, width);
}

static GArray *
list_stains (const SbOcrPicture *picture)
{
  GArray         *stains = g_array_new (FALSE, TRUE, sizeof (Stain));
  g_autoptr (Pix) large = pixScale (picture->grey, LARGER, LARGER);
  g_autoptr (Pix) binary = large != NULL ? pixConvertTo1 (large, INK) : NULL;
  PIXA           *pieces = NULL;
  BOXA           *boxes = binary != NULL ? pixConnComp (binary, &pieces, 8) : NULL;

  for (int i = 0; boxes != NULL && i < boxaGetCount (boxes); i++)
    {
      g_autoptr (Pix) piece = pixaGetPix (pieces, i, L_CLONE);
      l_int32         x = 0, y = 0;

      boxaGetBoxGeometry (boxes, i, &x, &y, NULL, NULL);
      add_parts (stains, piece, x, y);
    }
  boxaDestroy (&boxes);
  pixaDestroy (&pieces);
  g_array_sort (stains, by_x);

  return stains;
}

/* -- numbers among them -- */

/* What follows @last on its line, or -1. */
static int
next_of (GArray *stains,
         int     last,
         int     top,
         int     height)
{
  const Stain *before = &g_array_index (stains, Stain, last);

  for (guint i = (guint) last + 1; i < stains->len; i++)
    {
      const Stain *stain = &g_array_index (stains, Stain, i);
      int          middle = stain->y + stain->h / 2;

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

  while (run->len > 0 && g_array_index (stains, Stain, g_array_index (run, int, run->len - 1)).apart > APART_MAX)
    {
      g_array_set_size (run, run->len - 1);
      dropped = TRUE;
    }
  if (dropped && run->len > 0)
    g_array_index (stains, Stain, g_array_index (run, int, run->len - 1)).apart = APART_MAX;
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
      Stain *stain = &g_array_index (stains, Stain, at);

      classify (stain, height);
      if (stain->apart > APART_MAX && (++n_odd > ODD_MAX || stain->h > 1.2 * height || stain->w > 1.3 * height))
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
  const Stain *begin = &g_array_index (stains, Stain, first);
  int          height = begin->h, top = begin->y;

  for (guint i = first + 1; i < stains->len; i++)
    {
      const Stain *stain = &g_array_index (stains, Stain, i);

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
    height = MAX (height, g_array_index (stains, Stain, g_array_index (run, int, i)).h);
  for (guint i = 0; i < run->len; i++)
    {
      const Stain *stain = &g_array_index (stains, Stain, g_array_index (run, int, i));

      if (stain->digit == 0 || stain->digit == PLUS)
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
      const Stain *stain = &g_array_index (stains, Stain, g_array_index (run, int, i));

      sum += stain->apart;
      kinds |= 1u << stain->digit;
    }

  /* A row of dots or of strokes is none. */
  return sum < APART_MEAN * run->len && __builtin_popcount (kinds) >= 3 && is_even (stains, run);
}

/* -- as words -- */

static char
sign_of (const Stain *stain)
{
  return stain->digit == PLUS ? '+' : (char) ('0' + stain->digit);
}

static JsonObject *
letter_of (const Stain *stain)
{
  JsonArray *others = json_array_new ();
  const char text[2] = { sign_of (stain), '\0' }, other[2] = { (char) ('0' + stain->other), '\0' };
  double     sure = CLAMP (99.0 - MAX (0, (int) stain->apart - 14) * 3.0, 20, 99);

  if (stain->other >= 0)
    json_array_add_object_element (others, sb_json_make ("s:t", other, "d:c", 30.0, NULL));

  return sb_json_make ("s:t", text, "d:c", sure, "a:o", others, "i:x", (gint64) stain->x / LARGER, "i:y", (gint64) stain->y / LARGER, "i:w", (gint64) stain->w / LARGER, "i:h",
                       (gint64) stain->h / LARGER, NULL);
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
      const Stain *stain = &g_array_index (stains, Stain, g_array_index (run, int, i));

      g_string_append_c (text, sign_of (stain));
      json_array_add_object_element (letters, letter_of (stain));
      left = MIN (left, stain->x);
      top = MIN (top, stain->y);
      right = MAX (right, stain->x + stain->w);
      bottom = MAX (bottom, stain->y + stain->h);
    }
  json_array_add_object_element (words, sb_json_make ("s:t", text->str, "d:c", 95.0, "i:line", (gint64) line, "i:block", (gint64) 0, "a:letters", letters, "i:x", (gint64) left / LARGER, "i:y",
                                                      (gint64) top / LARGER, "i:w", (gint64) (right - left) / LARGER, "i:h", (gint64) (bottom - top) / LARGER, NULL));
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
  struct Box *box = boxCreate (MAX (0, left / LARGER - 1), MAX (0, top / LARGER - 1), (right - left) / LARGER + 3, (bottom - top) / LARGER + 3);

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
  const Stain *first = &g_array_index (stains, Stain, g_array_index (run, int, 0)), *last = &g_array_index (stains, Stain, g_array_index (run, int, run->len - 1));
  int          height = 0, top = G_MAXINT, bottom = 0;
  guint        begin = 0;

  for (guint i = 0; i < run->len; i++)
    {
      const Stain *stain = &g_array_index (stains, Stain, g_array_index (run, int, i));

      height = MAX (height, stain->h);
      top = MIN (top, stain->y);
      bottom = MAX (bottom, stain->y + stain->h);
    }
  wipe (picture, first->x, top, last->x + last->w, bottom);
  for (guint i = 1; i <= run->len; i++)
    {
      const Stain *before = &g_array_index (stains, Stain, g_array_index (run, int, i - 1));

      if (i < run->len && g_array_index (stains, Stain, g_array_index (run, int, i)).x - (before->x + before->w) < 0.62 * height)
        continue;
      add_word (words, stains, run, begin, i, line);
      begin = i;
    }
}

JsonArray *
sb_ocr_indic_take (SbOcrPicture *picture)
{
  JsonArray           *words = json_array_new ();
  g_autoptr (GArray)   stains = list_stains (picture);
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
