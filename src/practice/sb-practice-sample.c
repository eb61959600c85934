#include "sb-practice-sample.h"

#include <string.h>

#include "sb-practice-resources.h"

#define RESOURCES "/io/github/shopbell/Shopbell/practice"

/* Ogg wants this sum over every page: polynomial 0x04c11db7, not reflected, starting from nothing. */
static guint32
page_sum (const guint8 *data,
          gsize         length)
{
  guint32 sum = 0;

  for (gsize i = 0; i < length; i++)
    {
      sum ^= (guint32) data[i] << 24;
      for (int bit = 0; bit < 8; bit++)
        sum = (sum & 0x80000000u) != 0 ? (sum << 1) ^ 0x04c11db7u : sum << 1;
    }

  return sum;
}

static void
put_number (GByteArray *out,
            guint64     value,
            guint       n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (out, &byte, 1);
    }
}

/* One page holding the packets of @packets from @first on. */
static void
put_page (GByteArray *out,
          guint8      flags,
          guint64     position,
          guint32     number,
          GPtrArray  *packets,
          guint       first,
          guint       n_packets)
{
  guint   start = out->len;
  guint32 sum;

  g_byte_array_append (out, (const guint8 *) "OggS", 4);
  put_number (out, 0, 1);
  put_number (out, flags, 1);
  put_number (out, position, 8);
  put_number (out, 0x5b0b, 4);
  put_number (out, number, 4);
  put_number (out, 0, 4);
  put_number (out, n_packets, 1);
  for (guint i = 0; i < n_packets; i++)
    put_number (out, g_bytes_get_size (packets->pdata[(first + i) % packets->len]), 1);
  for (guint i = 0; i < n_packets; i++)
    {
      gsize         length;
      gconstpointer packet = g_bytes_get_data (packets->pdata[(first + i) % packets->len], &length);

      g_byte_array_append (out, packet, (guint) length);
    }

  sum = page_sum (out->data + start, out->len - start);
  for (guint i = 0; i < 4; i++)
    out->data[start + 22 + i] = (guint8) (sum >> (8 * i));
}

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_strdup_printf (RESOURCES "/%s", name);

  return g_resource_lookup_data (sb_practice_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* (transfer full): the packets of our own recording: the two that open it, then 20 ms each; none is longer than 254 bytes. */
static GPtrArray *
load_packets (void)
{
  GPtrArray         *packets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) file = load ("voice.ogg");
  gsize              length;
  const guint8      *data = g_bytes_get_data (file, &length);

  for (gsize page = 0; page + 27 < length;)
    {
      const guint8 *sizes = data + page + 27;
      guint         n = data[page + 26];
      gsize         at = page + 27 + n;

      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (packets, g_bytes_new_from_bytes (file, at, sizes[i]));
          at += sizes[i];
        }
      page = at;
    }

  return packets;
}

/**
 * sb_practice_sample_voice:
 *
 * A voice message: Ogg with Opus, one channel, 20 ms a packet, exactly @seconds long. Longer ones say the same again.
 */
GBytes *
sb_practice_sample_voice (guint seconds)
{
  g_autoptr (GPtrArray) packets = load_packets ();
  GByteArray           *out = g_byte_array_new ();
  guint                 left = MAX (seconds, 1) * 50, first = 0;
  guint64               position = 312;
  guint32               number = 2;

  put_page (out, 2, 0, 0, packets, 0, 1);
  put_page (out, 0, 0, 1, packets, 1, 1);
  g_ptr_array_remove_range (packets, 0, 2);
  while (left > 0)
    {
      guint n = MIN (left, 50);

      left -= n;
      position += n * 960;
      put_page (out, left == 0 ? 4 : 0, position, number++, packets, first, n);
      first += n;
    }

  return g_byte_array_free_to_bytes (out);
}

/* A page with one line, small and valid. */
static GBytes *
make_document (void)
{
  static const char *const objects[] = {
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    "<</Length 61>>stream\nBT /F1 14 Tf 40 360 Td (Order: 64 cupcakes, invoice) Tj ET  \nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  };
  GString *out = g_string_new ("%PDF-1.4\n");
  gsize    offsets[G_N_ELEMENTS (objects)];
  gsize    table;

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      offsets[i] = out->len;
      g_string_append_printf (out, "%u 0 obj%s endobj\n", i + 1, objects[i]);
    }
  table = out->len;
  g_string_append_printf (out, "xref\n0 %u\n0000000000 65535 f \n", (guint) G_N_ELEMENTS (objects) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    g_string_append_printf (out, "%010" G_GSIZE_FORMAT " 00000 n \n", offsets[i]);
  g_string_append_printf (out, "trailer<</Size %u/Root 1 0 R>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          (guint) G_N_ELEMENTS (objects) + 1, table);

  return g_string_free_to_bytes (out);
}

/* A film container that begins properly and shows nothing. */
static GBytes *
make_film (void)
{
  static const guint8 head[] = { 0, 0, 0, 20, 'f', 't', 'y', 'p', 'm', 'p', '4', '2', 0, 0, 0, 0, 'm', 'p', '4', '2',
                                 0, 0, 0, 116, 'm', 'o', 'o', 'v', 0, 0, 0, 108, 'm', 'v', 'h', 'd' };
  guint8              body[100] = { 0 };
  GByteArray         *out = g_byte_array_new ();

  body[14] = 0x03; /* 1,000 units a second ... */
  body[15] = 0xe8;
  body[18] = 0x03; /* ... and one second of them */
  body[19] = 0xe8;
  body[21] = 1; /* normal rate and volume */
  body[24] = 1;
  body[37] = 1; /* the unity matrix */
  body[53] = 1;
  body[68] = 0x40;
  body[99] = 2;
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, body, sizeof body);

  return g_byte_array_free_to_bytes (out);
}

/* Bytes a customer could have sent, of the kind @type. @picture chooses one of the photos. */
GBytes *
sb_practice_sample_make (const char  *type,
                         gint64       seconds,
                         const char  *picture,
                         const char **mime_type)
{
  g_autofree char *name = picture != NULL ? g_strdup_printf ("%s.jpg", picture) : NULL;
  GBytes          *bytes = NULL;

  if (g_str_equal (type, "audio"))
    {
      *mime_type = "audio/ogg";
      return sb_practice_sample_voice ((guint) CLAMP (seconds, 1, 600));
    }
  if (g_str_equal (type, "document"))
    {
      *mime_type = "application/pdf";
      return make_document ();
    }
  if (g_str_equal (type, "video"))
    {
      *mime_type = "video/mp4";
      return make_film ();
    }
  if (g_str_equal (type, "sticker"))
    {
      *mime_type = "image/webp";
      return load ("heart.webp");
    }

  *mime_type = "image/jpeg";
  if (name != NULL)
    bytes = load (name);

  return bytes != NULL ? bytes : load ("cake.jpg");
}
