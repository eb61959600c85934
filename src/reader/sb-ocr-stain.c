#include "sb-ocr-stain.h"

#define DOUBTFUL   20   /* points apart: from there on a person looks at it */
#define DOT        0.48 /* of a digit's height: smaller is the nought, a dot */
#define SLIM       0.36 /* of its own height: narrower is the one, a stroke */
#define INK        150  /* of 255: darker is ink */
#define JOINED     1.2  /* of its own height: wider are two digits that touch, or more */
#define JOINED_MAX 4
#define STROKE     0.3 /* of the height: no more ink is where two digits touch */

/* Eight points a line, twelve lines, of an upright and a slanted hand and of print; noughts and ones are told by their size. */
static const struct
{
  guint8 digit;
  guint8 lines[SB_OCR_STAIN_HIGH];
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

static guint
count_apart (const guint8 *a,
             const guint8 *b)
{
  guint n = 0;

  for (guint i = 0; i < SB_OCR_STAIN_HIGH; i++)
    n += (guint) __builtin_popcount ((guint) (a[i] ^ b[i]));

  return n;
}

static void
take_shape (SbOcrStain *stain,
            Pix        *pix)
{
  g_autoptr (Pix) grey = pixConvertTo8 (pix, 0);
  g_autoptr (Pix) small = grey != NULL ? pixScaleToSize (grey, SB_OCR_STAIN_WIDE, SB_OCR_STAIN_HIGH) : NULL;

  for (guint y = 0; small != NULL && y < SB_OCR_STAIN_HIGH; y++)
    for (guint x = 0; x < SB_OCR_STAIN_WIDE; x++)
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
settle_teeth (SbOcrStain *stain)
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
is_plus (const SbOcrStain *stain)
{
  gboolean crosses = FALSE;

  for (guint y = 0; y < SB_OCR_STAIN_HIGH; y++)
    {
      int n = __builtin_popcount (stain->lines[y]);

      if ((y < 3 || y >= SB_OCR_STAIN_HIGH - 3) && (n == 0 || n > 3 || (stain->lines[y] & 0x3c) == 0))
        return FALSE;
      crosses = crosses || (y >= 4 && y < 8 && n >= 7);
    }

  return crosses && stain->w * 4 > stain->h * 3 && stain->w * 3 < stain->h * 4;
}

void
sb_ocr_stain_classify (SbOcrStain *stain,
                       int         height)
{
  guint second = G_MAXUINT;

  stain->apart = G_MAXUINT;
  stain->other = -1;
  if (is_plus (stain) && stain->h > DOT * height)
    {
      stain->digit = SB_OCR_STAIN_PLUS;
      stain->apart = 4;
      return;
    }
  if (stain->h < DOT * height)
    {
      stain->digit = 0;
      stain->apart = stain->w > 2 * stain->h ? SB_OCR_STAIN_APART_MAX + 1 : 4;
      return;
    }
  if (stain->w < SLIM * stain->h)
    {
      stain->digit = 1;
      stain->apart = stain->h < 0.7 * height ? SB_OCR_STAIN_APART_MAX + 1 : 6;
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
  return ((const SbOcrStain *) a)->x - ((const SbOcrStain *) b)->x;
}

static void
add_stain (GArray  *stains,
           Pix     *piece,
           int      x,
           int      y,
           gboolean is_part)
{
  SbOcrStain stain = { .x = x, .y = y, .w = pixGetWidth (piece), .h = pixGetHeight (piece), .is_part = is_part };

  if (stain.h < 5 || stain.w < 3 || stain.h > 90 * SB_OCR_STAIN_LARGER || stain.w > 90 * SB_OCR_STAIN_LARGER)
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

GArray *
sb_ocr_stain_list (const SbOcrPicture *picture)
{
  GArray         *stains = g_array_new (FALSE, TRUE, sizeof (SbOcrStain));
  g_autoptr (Pix) large = pixScale (picture->grey, SB_OCR_STAIN_LARGER, SB_OCR_STAIN_LARGER);
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
