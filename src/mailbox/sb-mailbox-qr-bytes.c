#include "sb-mailbox-qr-bytes.h"

#include <string.h>

#define N_VERSIONS 13
#define MAX_EC     30
#define MAX_BLOCKS 4

/* Of each version: data bytes, correction bytes of a block, blocks. The later blocks may be one byte longer. */
static const struct
{
  int data;
  int ec;
  int blocks;
} versions[N_VERSIONS] = {
  { 19, 7, 1 },
  { 34, 10, 1 },
  { 55, 15, 1 },
  { 80, 20, 1 },
  { 108, 26, 1 },
  { 136, 18, 2 },
  { 156, 20, 2 },
  { 194, 24, 2 },
  { 232, 30, 2 },
  { 274, 18, 4 },
  { 324, 20, 4 },
  { 370, 24, 4 },
  { 428, 26, 4 },
};

/* -- what is written -- */

static void
put_bits (GByteArray *bytes,
          guint      *n_bits,
          guint       value,
          int         length)
{
  for (int i = length - 1; i >= 0; i--, ++*n_bits)
    {
      if (*n_bits % 8 == 0)
        g_byte_array_append (bytes, (const guint8[]) { 0 }, 1);
      bytes->data[*n_bits / 8] |= ((value >> i) & 1) << (7 - *n_bits % 8);
    }
}

static int
find_version (gsize length)
{
  for (int version = 1; version <= N_VERSIONS; version++)
    if (length + (version < 10 ? 2 : 3) <= (gsize) versions[version - 1].data)
      return version;

  return 0;
}

/* Mode, length, the text, an end and padding. */
static GByteArray *
encode (const char *text,
        int         version)
{
  static const guint8 padding[] = { 0xec, 0x11 };
  GByteArray         *bytes = g_byte_array_new ();
  guint               n_bits = 0;
  guint               n_padding = 0;

  put_bits (bytes, &n_bits, 4, 4);
  put_bits (bytes, &n_bits, (guint) strlen (text), version < 10 ? 8 : 16);
  for (const char *p = text; *p != '\0'; p++)
    put_bits (bytes, &n_bits, (guint8) *p, 8);
  put_bits (bytes, &n_bits, 0, 4);
  while (bytes->len < (guint) versions[version - 1].data)
    g_byte_array_append (bytes, &padding[n_padding++ % 2], 1);

  return bytes;
}

/* -- Reed-Solomon over GF(256), polynomial 0x11d -- */

static guint8
multiply (guint8 a,
          guint8 b)
{
  guint product = 0;

  for (int i = 7; i >= 0; i--)
    {
      product = (product << 1) ^ ((product >> 7) * 0x11d);
      product ^= ((b >> i) & 1) * a;
    }

  return (guint8) product;
}

static void
make_divisor (guint8 *divisor,
              int     degree)
{
  guint8 root = 1;

  memset (divisor, 0, degree);
  divisor[degree - 1] = 1;
  for (int i = 0; i < degree; i++)
    {
      for (int j = 0; j < degree; j++)
        divisor[j] = multiply (divisor[j], root) ^ (j + 1 < degree ? divisor[j + 1] : 0);
      root = multiply (root, 2);
    }
}

static void
correct (const guint8 *data,
         int           length,
         const guint8 *divisor,
         int           degree,
         guint8       *result)
{
  memset (result, 0, degree);
  for (int i = 0; i < length; i++)
    {
      guint8 factor = data[i] ^ result[0];

      memmove (result, result + 1, degree - 1);
      result[degree - 1] = 0;
      for (int j = 0; j < degree; j++)
        result[j] ^= multiply (divisor[j], factor);
    }
}

/* The blocks are woven: the first byte of each, the second of each, then the corrections likewise. */
static GByteArray *
weave (GByteArray *data,
       int         version)
{
  int         n = versions[version - 1].blocks;
  int         ec = versions[version - 1].ec;
  int         shorter = (int) data->len / n;
  int         n_short = n - (int) data->len % n;
  GByteArray *woven = g_byte_array_new ();
  guint8      divisor[MAX_EC];
  guint8      corrections[MAX_BLOCKS][MAX_EC];

  make_divisor (divisor, ec);
  for (int block = 0; block < n; block++)
    {
      int start = block * shorter + MAX (block - n_short, 0);

      correct (data->data + start, shorter + (block >= n_short), divisor, ec, corrections[block]);
    }
  for (int i = 0; i <= shorter; i++)
    for (int block = 0; block < n; block++)
      if (i < shorter || block >= n_short)
        g_byte_array_append (woven, data->data + block * shorter + MAX (block - n_short, 0) + i, 1);
  for (int i = 0; i < ec; i++)
    for (int block = 0; block < n; block++)
      g_byte_array_append (woven, &corrections[block][i], 1);

  return woven;
}

/**
 * sb_mailbox_qr_bytes:
 * @version: (out): how large the code has to be
 *
 * Returns: (nullable): the bytes to draw, in their order; %NULL when @text is longer than 425 bytes.
 */
GByteArray *
sb_mailbox_qr_bytes (const char *text,
                     int        *version)
{
  g_autoptr (GByteArray) data = NULL;

  *version = find_version (strlen (text));
  if (*version == 0)
    return NULL;

  data = encode (text, *version);

  return weave (data, *version);
}
