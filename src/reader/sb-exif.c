/* How a telephone was held: the one thing of a photo's notes that is looked at. */
#include "sb-exif.h"

#include <stdio.h>
#include <string.h>

#define HEAD_MAX    (256 * 1024)
#define ORIENTATION 0x0112

typedef struct
{
  const guint8 *data;
  gsize         length;
  gboolean      little;
} Notes;

static guint
number (const Notes *notes,
        gsize        at,
        int          n_bytes)
{
  guint value = 0;

  if (at + n_bytes > notes->length)
    return 0;
  for (int i = 0; i < n_bytes; i++)
    value |= (guint) notes->data[at + i] << (8 * (notes->little ? i : n_bytes - 1 - i));

  return value;
}

/* Quarter turns clockwise that put the picture upright; mirrored pictures are only turned. */
static int
turns_of_orientation (guint orientation)
{
  switch (orientation)
    {
    case 3:
    case 4:
      return 2;
    case 5:
    case 6:
      return 1;
    case 7:
    case 8:
      return 3;
    default:
      return 0;
    }
}

static int
read_notes (const guint8 *data,
            gsize         length)
{
  Notes notes = { data, length, length > 2 && data[0] == 'I' };
  gsize at = number (&notes, 4, 4);
  guint n = number (&notes, at, 2);

  for (guint i = 0; i < n && i < 200; i++)
    if (number (&notes, at + 2 + i * 12, 2) == ORIENTATION)
      return turns_of_orientation (number (&notes, at + 2 + i * 12 + 8, 2));

  return 0;
}

/* Of the head of a JPEG; 0 for anything else. */
int
sb_exif_turns_of (const guint8 *data,
                  gsize         length)
{
  gsize at = 2;

  if (length < 4 || data[0] != 0xff || data[1] != 0xd8)
    return 0;
  while (at + 4 <= length && data[at] == 0xff && data[at + 1] != 0xda)
    {
      gsize size = (gsize) data[at + 2] << 8 | data[at + 3];

      if (size < 2 || at + 2 + size > length)
        return 0;
      if (data[at + 1] == 0xe1 && size > 8 && memcmp (data + at + 4, "Exif\0", 6) == 0)
        return read_notes (data + at + 10, size - 8);
      at += 2 + size;
    }

  return 0;
}

int
sb_exif_turns (const char *path)
{
  g_autofree guint8 *head = g_malloc (HEAD_MAX);
  FILE              *file = fopen (path, "rb");
  gsize              length = 0;

  if (file == NULL)
    return 0;
  length = fread (head, 1, HEAD_MAX, file);
  fclose (file);

  return sb_exif_turns_of (head, length);
}
