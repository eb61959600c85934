/* "frame": a video in, one picture of it as a JPEG and its length out. Where no decoder is there, only the length. */
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <leptonica/allheaders.h>

#include "sb-error.h"
#include "sb-reader-commands.h"

#define PATIENCE (200 * GST_MSECOND)
#define LONGEST  40 /* times PATIENCE without a picture */
#define QUALITY  80
#define SIDE_MAX 1024

typedef struct
{
  GstElement *pipeline;
  GstAppSink *sink;
  gboolean    no_decoder;
  char       *fault;
} Video;

static void
video_close (Video *video)
{
  if (video->pipeline != NULL)
    gst_element_set_state (video->pipeline, GST_STATE_NULL);
  g_clear_pointer (&video->sink, gst_object_unref);
  g_clear_pointer (&video->pipeline, gst_object_unref);
  g_free (video->fault);
}

/* The turn the telephone was held in is in the file; hardware is left alone, because it cannot be limited. */
static gboolean
video_open (Video      *video,
            const char *path,
            int         side,
            GError    **error)
{
  g_autofree char *words = g_strdup_printf ("filesrc name=file ! decodebin caps=video/x-raw expose-all-streams=false force-sw-decoders=true ! videoflip video-direction=auto ! "
                                            "videoconvert ! videoscale ! video/x-raw,format=RGB,pixel-aspect-ratio=1/1,width=[1,%d],height=[1,%d] ! "
                                            "appsink name=sink sync=false max-buffers=1",
                                            side, side);
  GstElement      *file;

  video->pipeline = gst_parse_launch (words, error);
  if (video->pipeline == NULL)
    return FALSE;
  file = gst_bin_get_by_name (GST_BIN (video->pipeline), "file");
  g_object_set (file, "location", path, NULL);
  gst_object_unref (file);
  video->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (video->pipeline), "sink"));

  return TRUE;
}

/* A missing decoder is told before the fault that comes of it. */
static gboolean
has_failed (Video *video)
{
  GstBus     *bus = gst_element_get_bus (video->pipeline);
  GstMessage *message;

  while (video->fault == NULL && (message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT)) != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT)
        video->no_decoder = video->no_decoder || gst_message_has_name (message, "missing-plugin");
      else
        {
          gst_message_parse_error (message, &error, NULL);
          video->fault = g_strdup (error->message);
        }
      gst_message_unref (message);
    }
  gst_object_unref (bus);

  return video->fault != NULL;
}

/* (transfer full) (nullable) */
static GstSample *
wait_for_picture (Video *video)
{
  for (int i = 0; i < LONGEST; i++)
    {
      GstSample *sample = gst_app_sink_try_pull_preroll (video->sink, PATIENCE);

      if (sample != NULL || has_failed (video) || gst_app_sink_is_eos (video->sink))
        return sample;
    }

  return NULL;
}

static gboolean
ask_length (const GValue *item,
            GValue       *length,
            gpointer      data)
{
  gint64 duration = 0;

  if (!gst_element_query_duration (g_value_get_object (item), GST_FORMAT_TIME, &duration) || duration <= 0)
    return TRUE;
  g_value_set_int64 (length, duration);

  return FALSE;
}

/* In nanoseconds; 0 when nobody knows. What takes the file apart knows it even when nothing can decode what is in it. */
static gint64
length_of (Video *video)
{
  gint64       length = 0;
  GValue       found = G_VALUE_INIT;
  GstIterator *parts;

  if (gst_element_query_duration (video->pipeline, GST_FORMAT_TIME, &length) && length > 0)
    return length;
  g_value_init (&found, G_TYPE_INT64);
  parts = gst_bin_iterate_recurse (GST_BIN (video->pipeline));
  gst_iterator_fold (parts, ask_length, &found, NULL);
  gst_iterator_free (parts);

  return g_value_get_int64 (&found);
}

/* The first pictures of a video are often black: that after a second, of a short one that in the middle. @first: (transfer full) */
static GstSample *
choose (Video     *video,
        GstSample *first,
        gint64     length)
{
  gint64     at = MIN ((gint64) GST_SECOND, length / 2);
  GstSample *better;

  if (at <= 0 || !gst_element_seek_simple (video->pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, at))
    return first;
  better = wait_for_picture (video);
  if (better == NULL)
    return first;
  gst_sample_unref (first);

  return better;
}

static gboolean
write_picture (GstSample  *sample,
               const char *path)
{
  GstStructure *shape = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  GstBuffer    *buffer = gst_sample_get_buffer (sample);
  GstMapInfo    map;
  PIX          *pix;
  gboolean      done;
  int           width = 0, height = 0;

  if (!gst_structure_get_int (shape, "width", &width) || !gst_structure_get_int (shape, "height", &height) || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return FALSE;
  pix = map.size >= (gsize) height * GST_ROUND_UP_4 (width * 3) ? pixCreate (width, height, 32) : NULL;
  for (int y = 0; pix != NULL && y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *dot = map.data + (gsize) y * GST_ROUND_UP_4 (width * 3) + (gsize) x * 3;

        pixSetRGBPixel (pix, x, y, dot[0], dot[1], dot[2]);
      }
  gst_buffer_unmap (buffer, &map);
  done = pix != NULL && pixWriteJpeg (path, pix, QUALITY, 0) == 0;
  pixDestroy (&pix);

  return done;
}

/* The list of what the system can decode is kept in a file of our own: the helper sees no home. */
static gboolean
begin (JsonObject *request,
       GError    **error)
{
  const char *registry = sb_json_string (request, "registry");

  if (registry != NULL)
    g_setenv ("GST_REGISTRY", registry, TRUE);
  gst_registry_fork_set_enabled (FALSE);

  return gst_init_check (NULL, NULL, error);
}

gboolean
sb_reader_frame (JsonObject *request,
                 GError    **error)
{
  Video       video = { 0 };
  const char *path = sb_json_string (request, "path");
  const char *picture = sb_json_string (request, "picture");
  int         side = (int) CLAMP (sb_json_int (request, "side", 524), 16, SIDE_MAX);
  GstSample  *sample = NULL;
  gint64      length = 0;
  gboolean    written;

  if (path == NULL || picture == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "\"path\" or \"picture\" is missing");
      return FALSE;
    }
  if (!begin (request, error) || !video_open (&video, path, side, error))
    return FALSE;

  gst_element_set_state (video.pipeline, GST_STATE_PAUSED);
  sample = wait_for_picture (&video);
  length = length_of (&video);
  if (sample != NULL)
    sample = choose (&video, sample, length);
  written = sample != NULL && write_picture (sample, picture);
  g_clear_pointer (&sample, gst_sample_unref);
  if (written || video.no_decoder)
    sb_child_print (sb_json_make ("b:picture", written, "i:ms", length / (gint64) GST_MSECOND, NULL));
  else
    g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "The video cannot be read: %s", video.fault != NULL ? video.fault : "no picture in it");
  written = written || video.no_decoder;
  video_close (&video);

  return written;
}
