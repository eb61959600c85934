#include "sb-voice-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sb-voice-peaks.h"
#include "sb-voice-player.h"

/**
 * SbVoiceBar:
 *
 * A voice message in its bubble: play, the bars of its loudness with the part that was heard, the time that remains, the
 * speed. What plays is the one SbVoicePlayer; this shows it. Where the sound cannot be decoded, Open takes the place of Play.
 */
struct _SbVoiceBar
{
  AdwBin parent_instance;

  char         *path;
  gint64        duration_ms;
  GCancellable *cancellable;
  SbVoicePeaks *peaks;
  GtkWidget    *play;
  GtkWidget    *wave;
  GtkWidget    *time;
  GtkWidget    *rate;
  GtkWidget    *failed;
};

G_DEFINE_FINAL_TYPE (SbVoiceBar, sb_voice_bar, ADW_TYPE_BIN)

#define BAR_STEP   5
#define BAR_WIDTH  2.6
#define WAVE_WIDTH (SB_VOICE_BARS * BAR_STEP)

static double
heard (SbVoiceBar *self)
{
  gint64 position = sb_voice_player_get_position (sb_voice_player_get_default (), self->path);

  return self->duration_ms > 0 ? CLAMP ((double) position / self->duration_ms, 0, 1) : 0;
}

/* -- the bars -- */

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  SbVoiceBar *self = user_data;
  gboolean    rtl = gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL;
  double      so_far = heard (self) * SB_VOICE_BARS;
  GdkRGBA     colour;

  gtk_widget_get_color (GTK_WIDGET (area), &colour);
  for (int i = 0; i < SB_VOICE_BARS; i++)
    {
      double loud = self->peaks != NULL ? self->peaks->bars[i] : 0;
      double high = MAX (3, loud * (height - 6));
      double x = (rtl ? SB_VOICE_BARS - 1 - i : i) * BAR_STEP + 1;

      cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, i < so_far ? 1 : 0.32);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_line_width (cr, BAR_WIDTH);
      cairo_move_to (cr, x + BAR_WIDTH / 2, (height - high) / 2 + BAR_WIDTH / 2);
      cairo_line_to (cr, x + BAR_WIDTH / 2, (height + high) / 2 - BAR_WIDTH / 2);
      cairo_stroke (cr);
    }
}

static void
seek_cb (GtkGestureClick *gesture,
         int              n_press,
         double           x,
         double           y,
         gpointer         user_data)
{
  SbVoiceBar *self = user_data;
  double      part = CLAMP (x / WAVE_WIDTH, 0, 1);

  if (gtk_widget_get_direction (self->wave) == GTK_TEXT_DIR_RTL)
    part = 1 - part;
  if (self->duration_ms > 0)
    sb_voice_player_seek (sb_voice_player_get_default (), self->path, (gint64) (part * self->duration_ms));
}

/* -- showing -- */

static char *
time_text (gint64 ms)
{
  gint64 seconds = (ms + 500) / 1000;

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT, seconds / 60, seconds % 60);
}

static void
show_state (SbVoiceBar *self)
{
  SbVoicePlayer *player = sb_voice_player_get_default ();
  gboolean       playing = sb_voice_player_is_playing (player, self->path);
  gint64         known = sb_voice_player_get_duration (player, self->path);
  gint64         position = sb_voice_player_get_position (player, self->path);
  const char    *word = playing ? _("Pause") : _("Play");
  g_autofree char *time = NULL;
  char             rate[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *speed = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *spoken = NULL;

  if (known > 0)
    self->duration_ms = known;
  time = time_text (MAX (0, self->duration_ms - position));
  g_ascii_formatd (rate, sizeof rate, "%.3g", sb_voice_player_get_rate (player));
  speed = g_strdup_printf ("%s×", rate);
  gtk_button_set_icon_name (GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  gtk_label_set_text (GTK_LABEL (self->time), self->duration_ms > 0 ? time : "");
  /* Numbers run left to right in every script. */
  shown = g_strdup_printf ("\342\201\246%s\342\201\251", speed);
  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->rate))), shown);
  /* Translators: for the screen reader: how fast a voice message is played, such as "1.5×" */
  spoken = g_strdup_printf (_("Speed %s"), speed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rate), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (self->failed, sb_voice_player_has_failed (player, self->path));
  gtk_widget_queue_draw (self->wave);
}

static void
toggle_cb (SbVoiceBar *self)
{
  sb_voice_player_toggle (sb_voice_player_get_default (), self->path);
}

static void
rate_cb (SbVoiceBar *self)
{
  sb_voice_player_next_rate (sb_voice_player_get_default ());
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbVoiceBar) self = user_data;
  g_autoptr (GError)     error = NULL;
  SbVoicePeaks          *peaks = sb_voice_peaks_read_finish (result, &error);

  if (peaks == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_set_visible (self->failed, TRUE);
      return;
    }
  self->peaks = peaks;
  if (self->duration_ms == 0)
    self->duration_ms = peaks->duration_ms;
  show_state (self);
}

static void
unmap (GtkWidget *widget)
{
  g_cancellable_cancel (SB_VOICE_BAR (widget)->cancellable);

  GTK_WIDGET_CLASS (sb_voice_bar_parent_class)->unmap (widget);
}

/* Only what is on show is read; a bubble that was put aside and comes back is read then. */
static void
map (GtkWidget *widget)
{
  SbVoiceBar *self = SB_VOICE_BAR (widget);

  GTK_WIDGET_CLASS (sb_voice_bar_parent_class)->map (widget);
  if (self->peaks != NULL)
    return;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  sb_voice_peaks_read_async (self->path, self->cancellable, read_cb, g_object_ref (self));
}

static void
sb_voice_bar_finalize (GObject *object)
{
  SbVoiceBar *self = SB_VOICE_BAR (object);

  g_clear_object (&self->cancellable);
  g_free (self->peaks);
  g_free (self->path);

  G_OBJECT_CLASS (sb_voice_bar_parent_class)->finalize (object);
}

static void
sb_voice_bar_class_init (SbVoiceBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_voice_bar_finalize;
  GTK_WIDGET_CLASS (klass)->map = map;
  GTK_WIDGET_CLASS (klass)->unmap = unmap;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_wave (SbVoiceBar *self)
{
  GtkWidget  *wave = gtk_drawing_area_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_size_request (wave, WAVE_WIDTH, 34);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (wave), draw_cb, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (wave), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Loudness"), -1);
  g_signal_connect (click, "released", G_CALLBACK (seek_cb), self);
  gtk_widget_add_controller (wave, GTK_EVENT_CONTROLLER (click));

  return wave;
}

static void
sb_voice_bar_init (SbVoiceBar *self)
{
  GtkWidget *grid = gtk_grid_new ();

  self->play = gtk_button_new ();
  gtk_widget_add_css_class (self->play, "circular");
  gtk_widget_set_valign (self->play, GTK_ALIGN_CENTER);
  self->wave = make_wave (self);
  self->rate = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->rate), gtk_label_new (NULL));
  gtk_widget_add_css_class (self->rate, "sb-rate");
  gtk_widget_set_valign (self->rate, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->rate, _("Speed"));
  self->time = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->time), 0);
  gtk_widget_add_css_class (self->time, "sb-meta");
  self->failed = gtk_button_new_with_label (_("Open"));
  gtk_widget_set_tooltip_text (self->failed, _("Cannot be played here"));
  gtk_widget_add_css_class (self->failed, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->failed), "message.open");
  gtk_widget_set_visible (self->failed, FALSE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_attach (GTK_GRID (grid), self->play, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->wave, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->rate, 2, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->time, 1, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->failed, 3, 0, 1, 1);
  g_signal_connect_swapped (self->play, "clicked", G_CALLBACK (toggle_cb), self);
  g_signal_connect_swapped (self->rate, "clicked", G_CALLBACK (rate_cb), self);
  adw_bin_set_child (ADW_BIN (self), grid);
  g_signal_connect_object (sb_voice_player_get_default (), "changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
}

/* @duration_ms: 0 where it is not known; @title: for the screen reader */
GtkWidget *
sb_voice_bar_new (const char *path,
                  gint64      duration_ms,
                  const char *title)
{
  SbVoiceBar *self = g_object_new (SB_TYPE_VOICE_BAR, NULL);

  self->path = g_strdup (path);
  self->duration_ms = duration_ms;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  show_state (self);

  return GTK_WIDGET (self);
}

/* Time and tick of a message without words stand beside the length. */
void
sb_voice_bar_set_meta (SbVoiceBar *self,
                       GtkWidget  *meta)
{
  GtkWidget *grid = adw_bin_get_child (ADW_BIN (self));

  gtk_widget_set_halign (meta, GTK_ALIGN_END);
  gtk_grid_attach (GTK_GRID (grid), meta, 2, 1, 1, 1);
}
