#include "sb-voice-player.h"

#include <gst/gst.h>

/**
 * SbVoicePlayer:
 *
 * Plays one voice message at a time, at one, one and a half or two times its speed with the voice at its own height. The
 * bars in the bubbles show what it says; a bubble that leaves the window does not stop it.
 *
 * Signal "changed": position, state or speed are others now.
 */
struct _SbVoicePlayer
{
  GObject parent_instance;

  GstElement *play;
  guint       watch_id;
  guint       tick_id;
  char       *path;
  gboolean    playing;
  gboolean    prerolled; /* speed and place may be set */
  gboolean    failed;
  double      rate;
  gint64      wanted_ms; /* where to begin, -1 for nowhere special */
  gint64      position_ms;
};

G_DEFINE_FINAL_TYPE (SbVoicePlayer, sb_voice_player, G_TYPE_OBJECT)

#define TICK_MS 100

static guint signal_changed;

static void
changed (SbVoicePlayer *self)
{
  g_signal_emit (self, signal_changed, 0);
}

static gint64
ask_position (SbVoicePlayer *self)
{
  gint64 position = 0;

  if (self->play != NULL && self->prerolled && gst_element_query_position (self->play, GST_FORMAT_TIME, &position))
    self->position_ms = position / GST_MSECOND;

  return self->position_ms;
}

static gboolean
tick_cb (gpointer user_data)
{
  SbVoicePlayer *self = user_data;

  ask_position (self);
  changed (self);

  return G_SOURCE_CONTINUE;
}

/* Speed and place in one step. */
static void
apply_seek (SbVoicePlayer *self,
            gint64         position_ms)
{
  self->position_ms = position_ms;
  gst_element_seek (self->play, self->rate, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, GST_SEEK_TYPE_SET, position_ms * GST_MSECOND, GST_SEEK_TYPE_NONE,
                    (gint64) GST_CLOCK_TIME_NONE);
}

static void
let_go (SbVoicePlayer *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->watch_id, g_source_remove);
  if (self->play != NULL)
    gst_element_set_state (self->play, GST_STATE_NULL);
  g_clear_pointer (&self->play, gst_object_unref);
  self->playing = self->prerolled = FALSE;
  self->position_ms = 0;
}

static gboolean
bus_cb (GstBus     *bus,
        GstMessage *message,
        gpointer    user_data)
{
  SbVoicePlayer *self = user_data;

  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ASYNC_DONE:
      if (!self->prerolled)
        {
          self->prerolled = TRUE;
          if (self->rate > 1.0 || self->wanted_ms > 0)
            apply_seek (self, MAX (self->wanted_ms, 0));
          self->wanted_ms = -1;
        }
      break;
    case GST_MESSAGE_EOS:
      /* The source is removed by what this returns. */
      self->watch_id = 0;
      let_go (self);
      changed (self);
      return G_SOURCE_REMOVE;
    case GST_MESSAGE_ERROR:
      {
        g_autoptr (GError) error = NULL;

        gst_message_parse_error (message, &error, NULL);
        g_message ("a voice message cannot be played: %s", error->message);
        self->watch_id = 0;
        let_go (self);
        self->failed = TRUE;
        changed (self);
        return G_SOURCE_REMOVE;
      }
    default:
      break;
    }

  return G_SOURCE_CONTINUE;
}

static void
begin (SbVoicePlayer *self,
       const char    *path,
       gint64         position_ms)
{
  g_autofree char *uri = gst_filename_to_uri (path, NULL);
  GstElement      *stretch;
  GstBus          *bus;

  let_go (self);
  g_set_str (&self->path, path);
  self->failed = FALSE;
  self->wanted_ms = position_ms;
  self->play = uri != NULL ? gst_element_factory_make ("playbin", NULL) : NULL;
  if (self->play == NULL)
    {
      self->failed = TRUE;
      return;
    }

  gst_object_ref_sink (self->play);
  stretch = gst_element_factory_make ("scaletempo", NULL);
  gst_util_set_object_arg (G_OBJECT (self->play), "flags", "audio+soft-volume");
  g_object_set (self->play, "uri", uri, "audio-filter", stretch, NULL);
  bus = gst_element_get_bus (self->play);
  self->watch_id = gst_bus_add_watch (bus, bus_cb, self);
  gst_object_unref (bus);
  gst_element_set_state (self->play, GST_STATE_PLAYING);
  self->playing = TRUE;
  self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
}

static void
sb_voice_player_dispose (GObject *object)
{
  SbVoicePlayer *self = SB_VOICE_PLAYER (object);

  let_go (self);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (sb_voice_player_parent_class)->dispose (object);
}

static void
sb_voice_player_class_init (SbVoicePlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_voice_player_dispose;

  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_voice_player_init (SbVoicePlayer *self)
{
  self->rate = 1.0;
  self->wanted_ms = -1;
}

/* (transfer none): the one player of the program, for the main thread. */
SbVoicePlayer *
sb_voice_player_get_default (void)
{
  static SbVoicePlayer *player = NULL;

  if (player == NULL)
    player = g_object_new (SB_TYPE_VOICE_PLAYER, NULL);

  return player;
}

static gboolean
is_about (SbVoicePlayer *self,
          const char    *path)
{
  return g_strcmp0 (self->path, path) == 0;
}

/* Plays @path, or pauses it, or goes on with it; another message stops. */
void
sb_voice_player_toggle (SbVoicePlayer *self,
                        const char    *path)
{
  if (!gst_init_check (NULL, NULL, NULL))
    return;

  if (!is_about (self, path) || self->play == NULL)
    begin (self, path, -1);
  else
    {
      self->playing = !self->playing;
      gst_element_set_state (self->play, self->playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
    }
  changed (self);
}

void
sb_voice_player_stop (SbVoicePlayer *self)
{
  let_go (self);
  changed (self);
}

void
sb_voice_player_seek (SbVoicePlayer *self,
                      const char    *path,
                      gint64         position_ms)
{
  if (!gst_init_check (NULL, NULL, NULL))
    return;

  if (!is_about (self, path) || self->play == NULL)
    begin (self, path, position_ms);
  else if (self->prerolled)
    apply_seek (self, position_ms);
  else
    self->wanted_ms = position_ms;
  changed (self);
}

/* 1, 1.5, 2, and again; it stays for the next message. */
void
sb_voice_player_next_rate (SbVoicePlayer *self)
{
  self->rate = self->rate < 1.25 ? 1.5 : self->rate < 1.75 ? 2.0
                                                           : 1.0;
  if (self->play != NULL && self->prerolled)
    apply_seek (self, ask_position (self));
  changed (self);
}

double
sb_voice_player_get_rate (SbVoicePlayer *self)
{
  return self->rate;
}

gboolean
sb_voice_player_is_playing (SbVoicePlayer *self,
                            const char    *path)
{
  return is_about (self, path) && self->playing;
}

gint64
sb_voice_player_get_position (SbVoicePlayer *self,
                              const char    *path)
{
  return is_about (self, path) ? self->position_ms : 0;
}

gint64
sb_voice_player_get_duration (SbVoicePlayer *self,
                              const char    *path)
{
  gint64 duration = 0;

  if (is_about (self, path) && self->play != NULL && gst_element_query_duration (self->play, GST_FORMAT_TIME, &duration) && duration > 0)
    return duration / GST_MSECOND;

  return 0;
}

gboolean
sb_voice_player_has_failed (SbVoicePlayer *self,
                            const char    *path)
{
  return is_about (self, path) && self->failed;
}
