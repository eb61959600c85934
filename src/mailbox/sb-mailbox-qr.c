#include "sb-mailbox-qr.h"

#include "sb-mailbox-qr-bytes.h"

#define N_MASKS      8
#define FORMAT_POLY  0x537
#define FORMAT_MASK  0x5412
#define LEVEL_L      1
#define VERSION_POLY 0x1f25

typedef struct
{
  int     version;
  int     size;
  guint8 *modules;
  guint8 *fixed; /* 1: belongs to a pattern, carries no data */
} Canvas;

/* -- patterns -- */

static void
set (Canvas  *canvas,
     int      x,
     int      y,
     gboolean dark)
{
  if (x < 0 || y < 0 || x >= canvas->size || y >= canvas->size)
    return;

  canvas->modules[y * canvas->size + x] = dark != FALSE;
  canvas->fixed[y * canvas->size + x] = 1;
}

/* A square of rings around a middle: seen from the middle, ring @light is light, those beyond @radius too. */
static void
draw_rings (Canvas *canvas,
            int     middle_x,
            int     middle_y,
            int     radius,
            int     light)
{
  for (int dy = -radius; dy <= radius; dy++)
    for (int dx = -radius; dx <= radius; dx++)
      {
        int ring = MAX (ABS (dx), ABS (dy));

        set (canvas, middle_x + dx, middle_y + dy, ring != light && ring != 4);
      }
}

static guint
add_check (guint value,
           int   n_check,
           guint poly)
{
  guint rest = value;

  for (int i = 0; i < n_check; i++)
    rest = (rest << 1) ^ ((rest >> (n_check - 1)) * poly);

  return value << n_check | rest;
}

static void
draw_format (Canvas *canvas,
             int     mask)
{
  guint bits = add_check (LEVEL_L << 3 | (guint) mask, 10, FORMAT_POLY) ^ FORMAT_MASK;

  for (int i = 0; i < 15; i++)
    {
      gboolean dark = (bits >> i) & 1;

      if (i < 8)
        set (canvas, 8, i < 6 ? i : i + 1, dark);
      else
        set (canvas, i == 8 ? 7 : 14 - i, 8, dark);
      if (i < 8)
        set (canvas, canvas->size - 1 - i, 8, dark);
      else
        set (canvas, 8, canvas->size - 15 + i, dark);
    }
  set (canvas, 8, canvas->size - 8, TRUE);
}

static void
draw_version (Canvas *canvas)
{
  guint bits = add_check ((guint) canvas->version, 12, VERSION_POLY);

  if (canvas->version < 7)
    return;

  for (int i = 0; i < 18; i++)
    {
      set (canvas, canvas->size - 11 + i % 3, i / 3, (bits >> i) & 1);
      set (canvas, i / 3, canvas->size - 11 + i % 3, (bits >> i) & 1);
    }
}

static void
draw_alignment (Canvas *canvas)
{
  int last = canvas->size - 7;
  int places[] = { 6, last, (6 + last) / 2 };
  int n = canvas->version == 1 ? 0 : canvas->version < 7 ? 2
                                                         : 3;

  /* None where the three large ones are. */
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++)
      if (i > 1 || j > 1 || (i == 1 && j == 1))
        draw_rings (canvas, places[i], places[j], 2, 1);
}

static void
draw_patterns (Canvas *canvas)
{
  for (int i = 0; i < canvas->size; i++)
    {
      set (canvas, 6, i, i % 2 == 0);
      set (canvas, i, 6, i % 2 == 0);
    }
  draw_alignment (canvas);
  draw_rings (canvas, 3, 3, 4, 2);
  draw_rings (canvas, canvas->size - 4, 3, 4, 2);
  draw_rings (canvas, 3, canvas->size - 4, 4, 2);
  draw_format (canvas, 0);
  draw_version (canvas);
}

/* Up and down in pairs of columns, from the right, around everything that is fixed. */
static void
draw_data (Canvas     *canvas,
           GByteArray *bytes)
{
  guint n = 0;

  for (int right = canvas->size - 1; right >= 1; right -= 2)
    {
      right -= right == 6;
      for (int step = 0; step < canvas->size; step++)
        for (int x = right; x >= right - 1; x--)
          {
            gboolean up = ((right + 1) & 2) == 0;
            int      at = (up ? canvas->size - 1 - step : step) * canvas->size + x;

            if (canvas->fixed[at] || n >= bytes->len * 8)
              continue;
            canvas->modules[at] = (bytes->data[n / 8] >> (7 - n % 8)) & 1;
            n++;
          }
    }
}

/* -- masks -- */

static gboolean
is_flipped (int mask,
            int x,
            int y)
{
  switch (mask)
    {
    case 0:
      return (x + y) % 2 == 0;
    case 1:
      return y % 2 == 0;
    case 2:
      return x % 3 == 0;
    case 3:
      return (x + y) % 3 == 0;
    case 4:
      return (x / 3 + y / 2) % 2 == 0;
    case 5:
      return x * y % 2 + x * y % 3 == 0;
    case 6:
      return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
      return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

static void
apply_mask (Canvas *canvas,
            int     mask)
{
  for (int y = 0; y < canvas->size; y++)
    for (int x = 0; x < canvas->size; x++)
      if (!canvas->fixed[y * canvas->size + x] && is_flipped (mask, x, y))
        canvas->modules[y * canvas->size + x] ^= 1;
}

/* How hard it is to read: long runs and flat squares, by the standard's weights. */
static int
penalty (const Canvas *canvas)
{
  int points = 0;

  for (int i = 0; i < canvas->size; i++)
    for (int across = 0; across < 2; across++)
      for (int j = 0, run = 0, last = -1; j < canvas->size; j++)
        {
          int module = canvas->modules[across ? i * canvas->size + j : j * canvas->size + i];

          run = module == last ? run + 1 : 1;
          last = module;
          points += run == 5 ? 3 : run > 5;
        }
  for (int y = 0; y + 1 < canvas->size; y++)
    for (int x = 0; x + 1 < canvas->size; x++)
      {
        const guint8 *at = canvas->modules + y * canvas->size + x;

        points += at[0] == at[1] && at[0] == at[canvas->size] && at[0] == at[canvas->size + 1] ? 3 : 0;
      }

  return points;
}

static int
choose_mask (Canvas *canvas)
{
  int best = 0;
  int least = G_MAXINT;

  for (int mask = 0; mask < N_MASKS; mask++)
    {
      int points;

      apply_mask (canvas, mask);
      draw_format (canvas, mask);
      points = penalty (canvas);
      apply_mask (canvas, mask);
      if (points < least)
        best = mask;
      least = MIN (least, points);
    }

  return best;
}

/* (nullable): %NULL when @text is longer than 425 bytes. */
SbMailboxQr *
sb_mailbox_qr_new (const char *text)
{
  int                    version = 0;
  g_autoptr (GByteArray) bytes = sb_mailbox_qr_bytes (text, &version);
  g_autofree guint8     *fixed = NULL;
  SbMailboxQr           *self;
  Canvas                 canvas;
  int                    mask;

  if (bytes == NULL)
    return NULL;

  self = g_new0 (SbMailboxQr, 1);
  self->size = 17 + 4 * version;
  self->modules = g_new0 (guint8, self->size * self->size);
  fixed = g_new0 (guint8, self->size * self->size);
  canvas = (Canvas) { version, self->size, self->modules, fixed };
  draw_patterns (&canvas);
  draw_data (&canvas, bytes);
  mask = choose_mask (&canvas);
  apply_mask (&canvas, mask);
  draw_format (&canvas, mask);

  return self;
}

void
sb_mailbox_qr_free (SbMailboxQr *self)
{
  g_free (self->modules);
  g_free (self);
}

static gboolean
is_dark (SbMailboxQr *self,
         int          x,
         int          y)
{
  return x >= 0 && y >= 0 && x < self->size && y < self->size && self->modules[y * self->size + x];
}

/* Two rows a line, black on white whatever the terminal's own colours are, with the quiet margin around it. */
char *
sb_mailbox_qr_draw (SbMailboxQr *self)
{
  static const char *const blocks[] = { " ", "▄", "▀", "█" };
  GString                 *text = g_string_new (NULL);

  for (int y = -4; y < self->size + 4; y += 2)
    {
      g_string_append (text, "\033[30;107m");
      for (int x = -4; x < self->size + 4; x++)
        g_string_append (text, blocks[2 * is_dark (self, x, y) + is_dark (self, x, y + 1)]);
      g_string_append (text, "\033[0m\n");
    }

  return g_string_free (text, FALSE);
}
