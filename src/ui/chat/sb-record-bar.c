#include "sb-record-bar.h"

#include <glib/gi18n.h>

#include "sb-picture-shrink.h"
#include "sb-voice-recorder.h"

/**
 * SbRecordBar:
 *
 * What stands in the place of the text while a voice note is recorded: how loud it is, how long it is, Cancel and Send.
 */
struct _SbRecordBar
{
  AdwBin parent_instance;

  SbVoiceRecorder *recorder;
  GtkWidget       *time;
  GtkWidget       *bars;
  GtkWidget       *send_button;
  GArray          *levels; /* double, newest last */
  gint64           started_at;
  gboolean         recording;
  gboolean         send;
};

G_DEFINE_FINAL_TYPE (SbRecordBar, sb_record_bar, ADW_TYPE_BIN)

enum
{
  TAKEN,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define BAR_STEP    5
#define BAR_WIDTH   2.6
#define MOST_LEVELS 400

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  SbRecordBar *self = user_data;
  int          room = width / BAR_STEP;
  int          n = MIN ((int) self->levels->len, room);
  gboolean     mirrored = gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL;
  GdkRGBA      colour;

  gtk_widget_get_color (GTK_WIDGET (area), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (int i = 0; i < n; i++)
    {
      double level = g_array_index (self->levels, double, self->levels->len - n + i);
      double tall = MAX (3, level * height);
      double x = (room - n + i) * BAR_STEP;

      cairo_rectangle (cr, mirrored ? width - x - BAR_WIDTH : x, (height - tall) / 2, BAR_WIDTH, tall);
    }
  cairo_fill (cr);
}

static void
show_time (SbRecordBar *self)
{
  int              seconds = (g_get_monotonic_time () - self->started_at) / G_USEC_PER_SEC;
  g_autofree char *text = g_strdup_printf ("%d:%02d", seconds / 60, seconds % 60);

  gtk_label_set_text (GTK_LABEL (self->time), text);
}

static void
level_cb (SbRecordBar *self,
          double       level)
{
  g_array_append_val (self->levels, level);
  if (self->levels->len > MOST_LEVELS)
    g_array_remove_range (self->levels, 0, self->levels->len - MOST_LEVELS);
  show_time (self);
  gtk_widget_queue_draw (self->bars);
}

static void
done_cb (SbRecordBar *self,
         const char  *path)
{
  self->recording = FALSE;
  g_signal_emit (self, signals[TAKEN], 0, path, self->send);
}

static void
failed_cb (SbRecordBar *self,
           const char  *sentence)
{
  self->recording = FALSE;
  g_signal_emit (self, signals[FAILED], 0, sentence);
}

gboolean
sb_record_bar_is_recording (SbRecordBar *self)
{
  return self->recording;
}

/* FALSE: "failed" was told. */
gboolean
sb_record_bar_start (SbRecordBar *self)
{
  g_autofree char *path = sb_outgoing_path (".ogg");

  if (self->recorder == NULL)
    {
      self->recorder = sb_voice_recorder_new (NULL);
      g_signal_connect_object (self->recorder, "level", G_CALLBACK (level_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->recorder, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->recorder, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
    }
  g_array_set_size (self->levels, 0);
  self->started_at = g_get_monotonic_time ();
  show_time (self);
  self->recording = sb_voice_recorder_start (self->recorder, path);
  if (self->recording)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Recording"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);

  return self->recording;
}

/* "taken" follows. */
void
sb_record_bar_stop (SbRecordBar *self,
                    gboolean     send)
{
  if (!self->recording)
    return;
  self->send = send;
  sb_voice_recorder_stop (self->recorder);
}

/* Returns: (nullable): what was recorded until now, at once; nothing is told */
char *
sb_record_bar_end (SbRecordBar *self)
{
  if (!self->recording)
    return NULL;
  self->recording = FALSE;

  return sb_voice_recorder_end (self->recorder);
}

static void
cancel_cb (GtkButton *button,
           gpointer   user_data)
{
  sb_record_bar_stop (user_data, FALSE);
}

static void
send_cb (GtkButton *button,
         gpointer   user_data)
{
  sb_record_bar_stop (user_data, TRUE);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  sb_record_bar_stop (SB_RECORD_BAR (widget), FALSE);

  return TRUE;
}

static gboolean
sb_record_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SB_RECORD_BAR (widget)->send_button);
}

static void
sb_record_bar_dispose (GObject *object)
{
  g_clear_object (&SB_RECORD_BAR (object)->recorder);

  G_OBJECT_CLASS (sb_record_bar_parent_class)->dispose (object);
}

static void
sb_record_bar_finalize (GObject *object)
{
  g_array_unref (SB_RECORD_BAR (object)->levels);

  G_OBJECT_CLASS (sb_record_bar_parent_class)->finalize (object);
}

static void
sb_record_bar_class_init (SbRecordBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_record_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_record_bar_finalize;
  widget_class->grab_focus = sb_record_bar_grab_focus;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);

  signals[TAKEN] = g_signal_new ("taken", SB_TYPE_RECORD_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", SB_TYPE_RECORD_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sb_record_bar_init (SbRecordBar *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->levels = g_array_new (FALSE, FALSE, sizeof (double));
  self->bars = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->bars), draw_cb, self, NULL);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->bars), 24);
  gtk_widget_set_hexpand (self->bars, TRUE);
  gtk_widget_set_valign (self->bars, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->bars, "sb-voice-level");
  self->time = gtk_label_new ("0:00");
  gtk_widget_add_css_class (self->time, "numeric");
  self->send_button = gtk_button_new_from_icon_name ("sb-send-symbolic");
  gtk_widget_set_tooltip_text (self->send_button, _("Send"));
  gtk_widget_add_css_class (self->send_button, "suggested-action");
  gtk_widget_add_css_class (self->send_button, "circular");
  gtk_widget_add_css_class (self->send_button, "sb-send");
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect (self->send_button, "clicked", G_CALLBACK (send_cb), self);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("sb-voice-symbolic"));
  gtk_box_append (GTK_BOX (row), self->time);
  gtk_box_append (GTK_BOX (row), self->bars);
  gtk_box_append (GTK_BOX (row), cancel);
  gtk_box_append (GTK_BOX (row), self->send_button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), row);
}

GtkWidget *
sb_record_bar_new (void)
{
  return g_object_new (SB_TYPE_RECORD_BAR, NULL);
}
