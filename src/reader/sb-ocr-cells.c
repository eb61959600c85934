/*
 * A list whose numbers were read already, in a column: what stands beside each of them is cut out and read by itself. In writing
 * that joins its letters the engine loses whole columns of a page, and reads a single line well.
 */
#include "sb-ocr-cells.h"

#include <stdlib.h>

#include "sb-json.h"

#define INK       150
#define ROWS_MIN  4
#define GAP       1.5 /* of the height of a number: wider is between two columns */
#define NARROW    1.6 /* of the same: at the edge of a row, the number of the row */
#define PITCH_MIN 1.1
#define PITCH_MAX 6.0
#define MARGIN    10

/* The number of a row, and so its place. */
typedef struct
{
  int line;
  int left, top, right, bottom;
} Number;

typedef struct
{
  int x, y, w, h;
  int row; /* index of a Number, or -1 */
} Stain;

typedef struct
{
  GArray *numbers; /* Number, from the top down */
  GArray *stains;  /* Stain */
  PIXA   *shapes;  /* of the stains */
  int     height;  /* of a usual number */
  int     pitch;   /* from row to row */
} Table;

typedef struct
{
  Pix *pix;
  int  x, y;
  int  line;
} Cell;

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  pixDestroy (&cell->pix);
  g_free (cell);
}

static void
table_clear (Table *table)
{
  g_clear_pointer (&table->numbers, g_array_unref);
  g_clear_pointer (&table->stains, g_array_unref);
  pixaDestroy (&table->shapes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

/* -- where the rows are -- */

static int
middle (const Number *number)
{
  return (number->top + number->bottom) / 2;
}

static int
by_middle (gconstpointer a,
           gconstpointer b)
{
  return middle (a) - middle (b);
}

static int
compare_int (gconstpointer a,
             gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static int
median (GArray *values)
{
  g_array_sort (values, compare_int);

  return values->len > 0 ? g_array_index (values, int, values->len / 2) : 0;
}

/* The words of one number have the same line. */
static GArray *
list_numbers (JsonArray *words)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (Number));

  for (guint i = 0; i < sb_json_length (words); i++)
    {
      JsonObject *word = sb_json_at (words, i);
      int         x = (int) sb_json_int (word, "x", 0), y = (int) sb_json_int (word, "y", 0);
      Number      number = { (int) sb_json_int (word, "line", 0), x, y, x + (int) sb_json_int (word, "w", 0), y + (int) sb_json_int (word, "h", 0) };
      Number     *last = numbers->len > 0 ? &g_array_index (numbers, Number, numbers->len - 1) : NULL;

      if (last == NULL || last->line != number.line)
        {
          g_array_append_val (numbers, number);
          continue;
        }
      last->left = MIN (last->left, number.left);
      last->top = MIN (last->top, number.top);
      last->right = MAX (last->right, number.right);
      last->bottom = MAX (last->bottom, number.bottom);
    }
  g_array_sort (numbers, by_middle);

  return numbers;
}

/* TRUE when nearly all numbers stand below one another, in even rows. */
static gboolean
measure (Table *table)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (int));
  guint              n_in_column = 0;

  for (guint i = 0; i < table->numbers->len; i++)
    {
      const Number *number = &g_array_index (table->numbers, Number, i);
      const int     height = number->bottom - number->top, place = (number->left + number->right) / 2;
      const int     step = i > 0 ? middle (number) - middle (number - 1) : 0;

      g_array_append_val (heights, height);
      g_array_append_val (places, place);
      if (i > 0)
        g_array_append_val (steps, step);
    }
  table->height = median (heights);
  table->pitch = median (steps);
  for (guint i = 0; i < table->numbers->len; i++)
    {
      const Number *number = &g_array_index (table->numbers, Number, i);

      n_in_column += abs ((number->left + number->right) / 2 - median (places)) < (number->right - number->left) / 2;
    }

  return n_in_column >= ROWS_MIN && n_in_column * 10 >= table->numbers->len * 7 && table->pitch > PITCH_MIN * table->height && table->pitch < PITCH_MAX * table->height;
}

/* -- what stands in them -- */

/* The row whose number is on the same level. */
static int
row_of (const Table *table,
        const Stain *stain)
{
  int at = stain->y + stain->h / 2, best = -1, nearest = table->pitch * 11 / 20;

  for (guint i = 0; i < table->numbers->len; i++)
    {
      int apart = abs (middle (&g_array_index (table->numbers, Number, i)) - at);

      if (apart < nearest)
        {
          nearest = apart;
          best = (int) i;
        }
    }

  return best;
}

static void
list_stains (Table              *table,
             const SbOcrPicture *picture)
{
  g_autoptr (Pix) binary = pixConvertTo1 (picture->grey, INK);
  BOXA           *boxes = binary != NULL ? pixConnComp (binary, &table->shapes, 8) : NULL;

  table->stains = g_array_new (FALSE, FALSE, sizeof (Stain));
  for (int i = 0; boxes != NULL && i < boxaGetCount (boxes); i++)
    {
      Stain stain = { 0 };

      boxaGetBoxGeometry (boxes, i, &stain.x, &stain.y, &stain.w, &stain.h);
      stain.row = stain.w * stain.h < 4 || stain.h > table->pitch * 3 / 2 || stain.w > 20 * table->height ? -1 : row_of (table, &stain);
      g_array_append_val (table->stains, stain);
    }
  boxaDestroy (&boxes);
}

/* What reaches into the cell from the rows above and below goes. */
static void
erase_others (const Table *table,
              Pix         *piece,
              int          x,
              int          y,
              int          row)
{
  for (guint i = 0; i < table->stains->len; i++)
    {
      const Stain    *stain = &g_array_index (table->stains, Stain, i);
      g_autoptr (Pix) shape = NULL;
      g_autoptr (Pix) wide = NULL;

      if (stain->row == row || stain->x > x + pixGetWidth (piece) || stain->x + stain->w < x || stain->y > y + pixGetHeight (piece) || stain->y + stain->h < y)
        continue;
      shape = pixaGetPix (table->shapes, (l_int32) i, L_CLONE);
      wide = pixAddBorder (shape, 2, 0);
      pixDilateBrick (wide, wide, 3, 3);
      pixSetMaskedGeneral (piece, wide, 255, stain->x - 2 - x, stain->y - 2 - y);
    }
}

static Cell *
cut (const Table        *table,
     const SbOcrPicture *picture,
     const Stain        *around,
     int                 row)
{
  int         pad = 3, x = MAX (0, around->x - pad), y = MAX (0, around->y - pad);
  struct Box *box = boxCreate (x, y, around->w + 2 * pad, around->h + 2 * pad);
  Pix        *piece = pixClipRectangle (picture->grey, box, NULL);
  Cell       *cell;

  boxDestroy (&box);
  if (piece == NULL)
    return NULL;
  erase_others (table, piece, x, y, row);
  cell = g_new0 (Cell, 1);
  cell->pix = pixAddBorderGeneral (piece, MARGIN, MARGIN, MARGIN, MARGIN, 255);
  cell->x = x - MARGIN;
  cell->y = y - MARGIN;
  cell->line = g_array_index (table->numbers, Number, row).line;
  pixDestroy (&piece);

  return cell;
}

static int
by_x (gconstpointer a,
      gconstpointer b)
{
  return ((const Stain *) a)->x - ((const Stain *) b)->x;
}

static void
reach (Stain       *around,
       const Stain *stain)
{
  int right = MAX (around->x + around->w, stain->x + stain->w), bottom = MAX (around->y + around->h, stain->y + stain->h);

  around->x = MIN (around->x, stain->x);
  around->y = MIN (around->y, stain->y);
  around->w = right - around->x;
  around->h = bottom - around->y;
}

/* Boxes around what stands together in a row; the number is none of them, and neither is dust. */
static GArray *
list_cells (const Table *table,
            int          row)
{
  g_autoptr (GArray) stains = g_array_new (FALSE, FALSE, sizeof (Stain));
  const Number      *number = &g_array_index (table->numbers, Number, row);
  GArray            *cells = g_array_new (FALSE, FALSE, sizeof (Stain));
  Stain             *last = NULL;

  for (guint i = 0; i < table->stains->len; i++)
    if (g_array_index (table->stains, Stain, i).row == row)
      g_array_append_val (stains, g_array_index (table->stains, Stain, i));
  g_array_sort (stains, by_x);
  for (guint i = 0; i < stains->len; i++)
    {
      const Stain *stain = &g_array_index (stains, Stain, i);
      gboolean     over = last != NULL && last->x < number->left && stain->x > number->right;

      if (last != NULL && !over && stain->x - (last->x + last->w) < GAP * table->height)
        reach (last, stain);
      else
        {
          g_array_append_val (cells, *stain);
          last = &g_array_index (cells, Stain, cells->len - 1);
        }
    }
  for (guint i = cells->len; i > 0; i--)
    if (g_array_index (cells, Stain, i - 1).h < table->height / 2)
      g_array_remove_index (cells, i - 1);

  return cells;
}

static void
wipe (SbOcrPicture *picture,
      const Stain  *around)
{
  struct Box *box = boxCreate (MAX (0, around->x - 2), MAX (0, around->y - 2), around->w + 4, around->h + 4);

  pixSetInRectArbitrary (picture->grey, box, 255);
  boxDestroy (&box);
}

static void
take_row (const Table        *table,
          const SbOcrPicture *picture,
          int                 row,
          GPtrArray          *cells,
          GArray             *taken)
{
  g_autoptr (GArray) boxes = list_cells (table, row);

  for (guint i = 0; i < boxes->len; i++)
    {
      const Stain *around = &g_array_index (boxes, Stain, i);
      gboolean     is_index = (i == 0 || i + 1 == boxes->len) && around->w < NARROW * table->height;
      Cell        *cell = is_index ? NULL : cut (table, picture, around, row);

      if (cell != NULL)
        g_ptr_array_add (cells, cell);
      g_array_append_val (taken, *around);
    }
}

/* (transfer container) (nullable): the cells of @picture; they are no longer on it. NULL when it is no such list. */
GPtrArray *
sb_ocr_cells_take (SbOcrPicture *picture)
{
  g_auto (Table)        table = { .numbers = list_numbers (picture->numbers) };
  g_autoptr (GPtrArray) cells = NULL;
  g_autoptr (GArray)    taken = g_array_new (FALSE, FALSE, sizeof (Stain));

  if (table.numbers->len < ROWS_MIN || !measure (&table))
    return NULL;
  list_stains (&table, picture);
  cells = g_ptr_array_new_with_free_func (cell_free);
  for (guint i = 0; i < table.numbers->len; i++)
    take_row (&table, picture, (int) i, cells, taken);
  for (guint i = 0; i < taken->len; i++)
    wipe (picture, &g_array_index (taken, Stain, i));

  return g_steal_pointer (&cells);
}

void
sb_ocr_cells_read (GPtrArray    *cells,
                   SbOcrLetters *letters,
                   SbOcrFound   *found)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = cells->pdata[i];

      sb_ocr_letters_read_line (letters, cell->pix, cell->x, cell->y, cell->line, found);
    }
}
