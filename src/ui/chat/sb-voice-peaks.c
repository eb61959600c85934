/* Reads a sound file in a worker and tells how loud it is along its length. */
#include "sb-voice-peaks.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "sb-error.h"

#define RATE     8000
#define STEP     (RATE / 20) /* samples in a step of 50 ms */
#define MOST     (20 * 60 * 30)
#define PATIENCE (100 * GST_MSECOND)
#define LONGEST  50 /* times PATIENCE without a sample */

/**
 * sb_voice_peaks_fold:
 * @steps: loudness of each step, 0 to 1
 *
 * The loudest step of each stretch becomes its bar; the loudest of all fills the height. Silence stays flat.
 */
void
sb_voice_peaks_fold (const GArray *steps,
                     SbVoicePeaks *peaks)
{
  float loudest = 0;

  for (guint i = 0; i < SB_VOICE_BARS; i++)
    peaks->bars[i] = 0;
  for (guint i = 0; i < steps->len; i++)
    {
      guint bar = (guint64) i * SB_VOICE_BARS / steps->len;
      float step = g_array_index (steps, float, i);

      peaks->bars[bar] = MAX (peaks->bars[bar], step);
      loudest = MAX (loudest, step);
    }
  /* Fewer steps than bars: the gaps are filled from the left. */
  for (guint i = 1; i < SB_VOICE_BARS && steps->len < SB_VOICE_BARS; i++)
    if (peaks->bars[i] <= 0)
      peaks->bars[i] = peaks->bars[i - 1];
  for (guint i = 0; i < SB_VOICE_BARS && loudest > 0.01f; i++)
    peaks->bars[i] /= loudest;
}

/* The part of a step that is open, carried from buffer to buffer. */
typedef struct
{
  GArray *steps;
  float   loudest;
  guint   n_samples;
  guint64 n_all;
} Reading;

static void
take_samples (Reading      *reading,
              const gint16 *samples,
              gsize         n_samples)
{
  for (gsize i = 0; i < n_samples; i++)
    {
      float loud = (float) ABS ((int) samples[i]) / 32768.0f;

      reading->loudest = MAX (reading->loudest, loud);
      reading->n_all++;
      if (++reading->n_samples == STEP)
        {
          g_array_append_val (reading->steps, reading->loudest);
          reading->loudest = 0;
          reading->n_samples = 0;
        }
    }
}

static gboolean
has_failed (GstElement *pipeline)
{
  GstBus     *bus = gst_element_get_bus (pipeline);
  GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  gboolean    failed = message != NULL;

  g_clear_pointer (&message, gst_message_unref);
  gst_object_unref (bus);

  return failed;
}

/* The next piece of sound; NULL at the end, on a fault, and when nothing comes for long. */
static GstSample *
wait_for_sample (GstElement   *pipeline,
                 GstAppSink   *sink,
                 GCancellable *cancellable)
{
  for (int i = 0; i < LONGEST && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GstSample *sample = gst_app_sink_try_pull_sample (sink, PATIENCE);

      if (sample != NULL)
        return sample;
      if (gst_app_sink_is_eos (sink) || has_failed (pipeline))
        return NULL;
    }

  return NULL;
}

/* FALSE at the end. */
static gboolean
take_buffer (Reading   *reading,
             GstSample *sample)
{
  GstBuffer *buffer = sample != NULL ? gst_sample_get_buffer (sample) : NULL;
  GstMapInfo map;

  if (buffer != NULL && gst_buffer_map (buffer, &map, GST_MAP_READ))
    {
      take_samples (reading, (const gint16 *) (const void *) map.data, map.size / sizeof (gint16));
      gst_buffer_unmap (buffer, &map);
    }
  if (sample != NULL)
    gst_sample_unref (sample);

  return sample != NULL && reading->steps->len < MOST;
}

static SbVoicePeaks *
read_all (GstElement   *pipeline,
          GstElement   *sink,
          GCancellable *cancellable)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (float));
  Reading            reading = { .steps = steps };
  SbVoicePeaks      *peaks;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (take_buffer (&reading, wait_for_sample (pipeline, GST_APP_SINK (sink), cancellable)))
    ;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (reading.n_all == 0)
    return NULL;

  if (steps->len == 0)
    g_array_append_val (steps, reading.loudest);
  peaks = g_new0 (SbVoicePeaks, 1);
  peaks->duration_ms = reading.n_all * 1000 / RATE;
  sb_voice_peaks_fold (steps, peaks);

  return peaks;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      path,
             GCancellable *cancellable)
{
  GError       *error = NULL;
  GstElement   *pipeline, *file, *sink;
  SbVoicePeaks *peaks;

  if (!gst_init_check (NULL, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  pipeline = gst_parse_launch ("filesrc name=file ! decodebin ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,channels=1,rate=8000 ! appsink name=sink sync=false max-buffers=16", &error);
  if (error != NULL)
    {
      g_clear_pointer (&pipeline, gst_object_unref);
      g_task_return_error (task, error);
      return;
    }

  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (file, "location", path, NULL);
  peaks = read_all (pipeline, sink, cancellable);
  gst_object_unref (file);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  if (peaks != NULL)
    g_task_return_pointer (task, peaks, g_free);
  else
    g_task_return_new_error_literal (task, SB_ERROR, SB_ERROR_INVALID, "no sound in it that can be read");
}

void
sb_voice_peaks_read_async (const char         *path,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sb_voice_peaks_read_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_thread);
}

/* Free it with g_free (). */
SbVoicePeaks *
sb_voice_peaks_read_finish (GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
