/* Lines the engine passed over: ink of the size of writing where no word was found. Large joined letters it takes for a picture. */
#include "sb-ocr-lost.h"

#include "sb-json.h"

#define INK        150
#define LINES_MAX  12
#define LINE_FIRST 200000 /* above the numbers of all other lines */
#define SURE       60.0
#define HIGH_MIN   0.5 /* of a usual word */
#define HIGH_MAX   3.0
#define WIDE_MIN   1.5 /* of its own height */
#define USUAL      30  /* points, on a page without any word */

/* (nullable): the ink in which no word was found yet, word by word */
static Pix *
left_over (const SbOcrPicture *picture,
           JsonArray          *words,
           int                 height)
{
  Pix *binary = pixConvertTo1 (picture->grey, INK), *closed;

  for (guint i = 0; binary != NULL && i < sb_json_length (words); i++)
    {
      JsonObject *word = sb_json_at (words, i);
      int         h = (int) sb_json_int (word, "h", 0), pad = MIN (h, height) / 3;
      int         left = (int) sb_json_int (word, "x", 0) - pad, top = (int) sb_json_int (word, "y", 0) - pad;
      struct Box *box = boxCreate (MAX (0, left), MAX (0, top), (int) sb_json_int (word, "w", 0) + 2 * pad, h + 2 * pad);

      pixClearInRect (binary, box);
      boxDestroy (&box);
    }
  closed = binary != NULL ? pixCloseSafeBrick (NULL, binary, height * 3 / 2, MAX (1, height / 2)) : NULL;
  pixDestroy (&binary);

  return closed;
}

static gboolean
may_be_line (int width,
             int height,
             int usual)
{
  return height >= HIGH_MIN * usual && height <= HIGH_MAX * usual && width >= WIDE_MIN * height;
}

static void
read_line (const SbOcrPicture *picture,
           SbOcrLetters       *letters,
           struct Box         *box,
           int                 line,
           SbOcrFound         *found)
{
  g_auto (SbOcrFound) lost = { .words = json_array_new () };
  g_autoptr (Pix)     piece = pixClipRectangle (picture->grey, box, NULL);
  l_int32             x = 0, y = 0;

  boxGetGeometry (box, &x, &y, NULL, NULL);
  if (piece == NULL)
    return;
  sb_ocr_letters_read_line (letters, piece, MAX (0, x), MAX (0, y), line, &lost);
  for (guint i = 0; lost.confidence >= SURE && i < sb_json_length (lost.words); i++)
    json_array_add_object_element (found->words, json_object_ref (sb_json_at (lost.words, i)));
}

void
sb_ocr_lost_read (const SbOcrPicture *picture,
                  SbOcrLetters       *letters,
                  SbOcrFound         *found)
{
  int             usual = found->height > 0 ? (int) found->height : USUAL, n = 0;
  g_autoptr (Pix) left = left_over (picture, found->words, usual);
  struct Boxa    *boxes = left != NULL ? pixConnCompBB (left, 8) : NULL;

  for (int i = 0; boxes != NULL && i < boxaGetCount (boxes) && n < LINES_MAX; i++)
    {
      l_int32     x = 0, y = 0, width = 0, height = 0;
      struct Box *box;

      boxaGetBoxGeometry (boxes, i, &x, &y, &width, &height);
      if (!may_be_line (width, height, usual))
        continue;
      box = boxCreate (MAX (0, x - usual / 4), MAX (0, y - usual / 4), width + usual / 2, height + usual / 2);
      read_line (picture, letters, box, LINE_FIRST + n++, found);
      boxDestroy (&box);
    }
  boxaDestroy (&boxes);
}
