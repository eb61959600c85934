/*
 * Stickers and pictures in WebP, which not every computer's picture loaders know. A sticker that moves has several frames;
 * of one that would need too much memory only the first is taken.
 */
#include "sb-webp.h"

#include <stdio.h>
#include <webp/decode.h>
#include <webp/demux.h>

#include "sb-error.h"

#define HEAD         4096
#define LARGEST_FILE (32 * 1024 * 1024)
#define LARGEST_SUM  (48 * 1024 * 1024) /* bytes of all frames */

static void
frame_free (gpointer data)
{
  SbWebpFrame *frame = data;

  g_object_unref (frame->texture);
  g_free (frame);
}

/* By the file's first bytes, whatever its name is. */
gboolean
sb_webp_get_size (const char *path,
                  int        *width,
                  int        *height)
{
  guint8 head[HEAD];
  FILE  *file = fopen (path, "rb");
  gsize  n = file != NULL ? fread (head, 1, sizeof head, file) : 0;

  if (file != NULL)
    fclose (file);

  return n >= 12 && memcmp (head, "RIFF", 4) == 0 && memcmp (head + 8, "WEBP", 4) == 0 && WebPGetInfo (head, n, width, height) != 0;
}

static GPtrArray *
read_frames (WebPAnimDecoder *decoder,
             guint            most)
{
  GPtrArray   *frames = g_ptr_array_new_with_free_func (frame_free);
  WebPAnimInfo info;
  guint8      *pixels;
  int          until_ms;

  if (!WebPAnimDecoderGetInfo (decoder, &info))
    return frames;
  if ((gint64) info.canvas_width * info.canvas_height * 4 * info.frame_count > LARGEST_SUM)
    most = 1;
  while (frames->len < most && WebPAnimDecoderHasMoreFrames (decoder) && WebPAnimDecoderGetNext (decoder, &pixels, &until_ms))
    {
      g_autoptr (GBytes) bytes = g_bytes_new (pixels, (gsize) info.canvas_width * info.canvas_height * 4);
      SbWebpFrame       *frame = g_new0 (SbWebpFrame, 1);

      frame->texture = gdk_memory_texture_new ((int) info.canvas_width, (int) info.canvas_height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) info.canvas_width * 4);
      frame->until_ms = until_ms;
      g_ptr_array_add (frames, frame);
    }

  return frames;
}

/**
 * sb_webp_decode:
 * @most: so many frames at most
 *
 * Safe in any thread.
 *
 * Returns: (transfer full) (nullable): frames (SbWebpFrame), at least one; %NULL when it is no such picture
 */
GPtrArray *
sb_webp_decode (const char *path,
                gint64      largest_pixels,
                guint       most,
                GError    **error)
{
  g_autofree char       *contents = NULL;
  g_autoptr (GPtrArray)  frames = NULL;
  WebPAnimDecoder       *decoder;
  WebPAnimDecoderOptions options;
  gsize                  length;
  int                    width, height;

  if (!sb_webp_get_size (path, &width, &height) || (gint64) width * height > largest_pixels)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "no WebP picture, or too many pixels");
      return NULL;
    }
  if (!g_file_get_contents (path, &contents, &length, error))
    return NULL;
  WebPAnimDecoderOptionsInit (&options);
  decoder = length <= LARGEST_FILE ? WebPAnimDecoderNew (&(WebPData) { (const guint8 *) contents, length }, &options) : NULL;
  if (decoder != NULL)
    frames = read_frames (decoder, most);
  WebPAnimDecoderDelete (decoder);
  if (frames == NULL || frames->len == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "a broken WebP picture");
      return NULL;
    }

  return g_steal_pointer (&frames);
}
