#include "sb-voice-recorder.h"

#include <glib/gi18n.h>
#include <gst/gst.h>
#include <math.h>

/**
 * SbVoiceRecorder:
 *
 * Records one voice note: Opus in Ogg, one channel, which is what phones play as a voice message.
 */
struct _SbVoiceRecorder
{
  GObject parent_instance;

  char       *source;
  char       *path;
  GstElement *pipeline;
  guint       watch_id;
  guint       end_id;
};

G_DEFINE_FINAL_TYPE (SbVoiceRecorder, sb_voice_recorder, G_TYPE_OBJECT)

enum
{
  LEVEL,
  DONE,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The quietest that is shown, in dB; a voice lies between -40 and -10. */
#define FLOOR_DB (-50.0)
/* How long the end of a recording may take to reach the file. */
#define END_MS 3000
/* The same for a window that is being closed. */
#define LEAVE_MS 400

static void
take_down (SbVoiceRecorder *self)
{
  g_clear_handle_id (&self->watch_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_pointer (&self->pipeline, gst_object_unref);
}

static void
fail (SbVoiceRecorder *self,
      const char      *sentence)
{
  take_down (self);
  g_signal_emit (self, signals[FAILED], 0, sentence);
}

static void
finish (SbVoiceRecorder *self)
{
  take_down (self);
  g_signal_emit (self, signals[DONE], 0, self->path);
}

static gboolean
end_cb (gpointer user_data)
{
  SbVoiceRecorder *self = user_data;

  self->end_id = 0;
  g_message ("The recording did not come to its end; what is there is used");
  finish (self);

  return G_SOURCE_REMOVE;
}

/* GStreamer still gives one figure for each channel in this old kind of array. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
static void
tell_level (SbVoiceRecorder    *self,
            const GstStructure *level)
{
  const GValue *all = gst_structure_get_value (level, "rms");
  GValueArray  *channels = all != NULL && G_VALUE_HOLDS_BOXED (all) ? g_value_get_boxed (all) : NULL;
  double        db = channels != NULL && channels->n_values > 0 ? g_value_get_double (&channels->values[0]) : FLOOR_DB;

  g_signal_emit (self, signals[LEVEL], 0, isfinite (db) ? CLAMP (1 - db / FLOOR_DB, 0, 1) : 0.0);
}
G_GNUC_END_IGNORE_DEPRECATIONS

static gboolean
message_cb (GstBus     *bus,
            GstMessage *message,
            gpointer    user_data)
{
  g_autoptr (SbVoiceRecorder) self = g_object_ref (user_data);
  g_autoptr (GError)          error = NULL;

  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ELEMENT:
      if (gst_message_has_name (message, "level"))
        tell_level (self, gst_message_get_structure (message));
      return G_SOURCE_CONTINUE;
    case GST_MESSAGE_EOS:
      self->watch_id = 0;
      finish (self);
      return G_SOURCE_REMOVE;
    case GST_MESSAGE_ERROR:
      gst_message_parse_error (message, &error, NULL);
      g_message ("Recording stopped: %s", error->message);
      self->watch_id = 0;
      fail (self, _("The microphone cannot be used. Check the sound settings, then try again."));
      return G_SOURCE_REMOVE;
    default:
      return G_SOURCE_CONTINUE;
    }
}

/* Where there is no microphone, the choice by itself falls on silence; a note of silence helps nobody. */
static gboolean
has_microphone (GstElement *pipeline)
{
  g_autoptr (GstIterator) elements = gst_bin_iterate_recurse (GST_BIN (pipeline));
  g_auto (GValue)         item = G_VALUE_INIT;
  gboolean                found = TRUE;

  while (gst_iterator_next (elements, &item) == GST_ITERATOR_OK)
    {
      if (g_str_has_prefix (GST_OBJECT_NAME (g_value_get_object (&item)), "fake-"))
        found = FALSE;
      g_value_reset (&item);
    }

  return found;
}

static GstElement *
make_pipeline (SbVoiceRecorder *self)
{
  g_autofree char       *words = g_strdup_printf ("%s ! audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=1 ! level interval=50000000 ! "
                                                        "opusenc audio-type=voice bitrate=32000 ! oggmux ! filesink name=file",
                                                  self->source);
  g_autoptr (GError)     error = NULL;
  GstElement            *pipeline;
  g_autoptr (GstElement) file = NULL;

  if (!gst_init_check (NULL, NULL, &error))
    {
      g_message ("GStreamer does not start: %s", error->message);
      return NULL;
    }
  pipeline = gst_parse_launch_full (words, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (pipeline == NULL)
    {
      g_message ("No recording: %s", error->message);
      return NULL;
    }
  gst_object_ref_sink (pipeline);
  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_object_set (file, "location", self->path, NULL);

  return pipeline;
}

/* FALSE: "failed" was told. */
gboolean
sb_voice_recorder_start (SbVoiceRecorder *self,
                         const char      *path)
{
  g_autoptr (GstBus) bus = NULL;

  take_down (self);
  g_set_str (&self->path, path);
  self->pipeline = make_pipeline (self);
  if (self->pipeline == NULL)
    {
      fail (self, _("Recording does not work on this computer: a part of GStreamer is missing."));
      return FALSE;
    }
  if (gst_element_set_state (self->pipeline, GST_STATE_READY) == GST_STATE_CHANGE_FAILURE || !has_microphone (self->pipeline))
    {
      fail (self, _("No microphone was found. Connect one, then try again."));
      return FALSE;
    }

  bus = gst_element_get_bus (self->pipeline);
  self->watch_id = gst_bus_add_watch (bus, message_cb, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);

  return TRUE;
}

/* "done" follows when the file is complete. */
void
sb_voice_recorder_stop (SbVoiceRecorder *self)
{
  if (self->pipeline == NULL || self->end_id != 0)
    return;
  self->end_id = g_timeout_add (END_MS, end_cb, self);
  gst_element_send_event (self->pipeline, gst_event_new_eos ());
}

/**
 * sb_voice_recorder_end:
 *
 * The window is going: the end of the recording is waited for, but not for long. Whatever is in the file then can be heard.
 *
 * Returns: (nullable): the file; NULL when nothing was being recorded
 */
char *
sb_voice_recorder_end (SbVoiceRecorder *self)
{
  g_autoptr (GstBus)     bus = NULL;
  g_autoptr (GstMessage) last = NULL;

  if (self->pipeline == NULL)
    return NULL;
  g_clear_handle_id (&self->watch_id, g_source_remove);
  bus = gst_element_get_bus (self->pipeline);
  if (self->end_id == 0)
    gst_element_send_event (self->pipeline, gst_event_new_eos ());
  last = gst_bus_timed_pop_filtered (bus, LEAVE_MS * GST_MSECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  take_down (self);

  return g_strdup (self->path);
}

static void
sb_voice_recorder_dispose (GObject *object)
{
  take_down (SB_VOICE_RECORDER (object));

  G_OBJECT_CLASS (sb_voice_recorder_parent_class)->dispose (object);
}

static void
sb_voice_recorder_finalize (GObject *object)
{
  SbVoiceRecorder *self = SB_VOICE_RECORDER (object);

  g_free (self->source);
  g_free (self->path);

  G_OBJECT_CLASS (sb_voice_recorder_parent_class)->finalize (object);
}

static void
sb_voice_recorder_class_init (SbVoiceRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_voice_recorder_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_voice_recorder_finalize;

  signals[LEVEL] = g_signal_new ("level", SB_TYPE_VOICE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[DONE] = g_signal_new ("done", SB_TYPE_VOICE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", SB_TYPE_VOICE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sb_voice_recorder_init (SbVoiceRecorder *self)
{
}

/**
 * sb_voice_recorder_new:
 * @source: (nullable): where the sound comes from, in the words of gst-launch-1.0; NULL: what SHOPBELL_VOICE_SOURCE says,
 *   or else the microphone
 */
SbVoiceRecorder *
sb_voice_recorder_new (const char *source)
{
  SbVoiceRecorder *self = g_object_new (SB_TYPE_VOICE_RECORDER, NULL);

  if (source == NULL)
    source = g_getenv ("SHOPBELL_VOICE_SOURCE");
  self->source = g_strdup (source != NULL ? source : "autoaudiosrc");

  return self;
}
