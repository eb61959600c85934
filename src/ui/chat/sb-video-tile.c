#include "sb-video-tile.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-photo.h"
#include "sb-video-frame.h"

#define WIDTH  262
#define HEIGHT 166
#define EDGE   4

/**
 * SbVideoTile:
 *
 * A video in its bubble: one picture of it, its length and size. The moving picture comes with the press on Play, in the same
 * place. Where no decoder is there, a sentence stands in the place of the picture; Open and Save remain.
 */
struct _SbVideoTile
{
  AdwBin parent_instance;

  char         *path;
  char         *kind; /* (nullable): "MP4" */
  gint64        size;
  GtkWidget    *stack;
  GtkWidget    *overlay;
  GtkWidget    *play;
  GtkWidget    *words;
  GtkWidget    *problem; /* in the place of the picture */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SbVideoTile, sb_video_tile, ADW_TYPE_BIN)

/* -- words -- */

static char *
length_text (gint64 duration_ms)
{
  gint64 seconds = (duration_ms + 500) / 1000;

  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));

  return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

/* "0:12 · MP4 · 1.4 MB"; what is not known is left out. */
static char *
facts_text (SbVideoTile *self,
            gint64       duration_ms)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           facts = NULL;

  if (duration_ms > 0)
    g_strv_builder_take (builder, length_text (duration_ms));
  if (self->kind != NULL)
    g_strv_builder_add (builder, self->kind);
  if (self->size > 0)
    g_strv_builder_take (builder, g_format_size (self->size));
  facts = g_strv_builder_end (builder);

  return g_strjoinv (" · ", facts);
}

static void
show_facts (SbVideoTile *self,
            gint64       duration_ms)
{
  g_autofree char *facts = facts_text (self, duration_ms);
  /* Translators: name of a video for the screen reader, with length, type and size */
  g_autofree char *name = g_strdup_printf (_("Video, %s"), facts);

  gtk_label_set_text (GTK_LABEL (self->words), facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->overlay), GTK_ACCESSIBLE_PROPERTY_LABEL, facts[0] != '\0' ? name : _("Video"), -1);
}

/* There is nothing to play, and why. */
static void
show_problem (SbVideoTile *self,
              const char  *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->problem), sentence);
  gtk_widget_set_visible (self->problem, TRUE);
  gtk_widget_set_visible (self->play, FALSE);
}

/* -- the picture -- */

static void
show_frame (SbVideoTile        *self,
            const SbVideoFrame *frame)
{
  GtkWidget *picture;

  show_facts (self, frame->duration_ms);
  if (frame->picture == NULL)
    {
      show_problem (self, frame->duration_ms > 0 ? _("What plays this kind of video is not installed on this computer. Open it with another program, or save it.")
                                                 : _("This video cannot be played. Open it with another program, or save it."));
      return;
    }
  picture = sb_photo_new_of_size (frame->picture, WIDTH, HEIGHT);
  gtk_accessible_update_state (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), picture);
}

static void
frame_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbVideoTile)  self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbVideoFrame) frame = sb_video_frame_finish (result, &error);

  if (frame != NULL)
    show_frame (self, frame);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_debug ("No picture of a video: %s", error->message);
      show_problem (self, _("This video cannot be played. Open it with another program, or save it."));
    }
}

/* Only what is in sight is worth a helper. */
static void
map_cb (SbVideoTile *self)
{
  g_autoptr (SbVideoFrame) known = NULL;

  g_signal_handlers_disconnect_by_func (self, map_cb, NULL);
  known = sb_video_frame_look (self->path);
  if (known != NULL)
    show_frame (self, known);
  else
    sb_video_frame_async (self->path, self->cancellable, frame_cb, g_object_ref (self));
}

/* -- playing -- */

static void
error_cb (GtkMediaStream *stream,
          GParamSpec     *pspec,
          SbVideoTile    *self)
{
  if (gtk_media_stream_get_error (stream) == NULL)
    return;
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->overlay);
  show_problem (self, _("This video cannot be played. Open it with another program, or save it."));
}

static void
play_cb (SbVideoTile *self)
{
  GtkMediaStream *stream = gtk_media_file_new_for_filename (self->path);
  GtkWidget      *video = gtk_video_new_for_media_stream (stream);

  gtk_widget_set_size_request (video, WIDTH, HEIGHT);
  gtk_video_set_autoplay (GTK_VIDEO (video), TRUE);
  gtk_stack_add_child (GTK_STACK (self->stack), video);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), video);
  g_signal_connect_object (stream, "notify::error", G_CALLBACK (error_cb), self, 0);
  error_cb (stream, NULL, self);
  g_object_unref (stream);
}

/* -- the whole -- */

static void
sb_video_tile_dispose (GObject *object)
{
  SbVideoTile *self = SB_VIDEO_TILE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (sb_video_tile_parent_class)->dispose (object);
}

static void
sb_video_tile_finalize (GObject *object)
{
  SbVideoTile *self = SB_VIDEO_TILE (object);

  g_free (self->path);
  g_free (self->kind);

  G_OBJECT_CLASS (sb_video_tile_parent_class)->finalize (object);
}

static void
sb_video_tile_class_init (SbVideoTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_video_tile_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_video_tile_finalize;
}

static GtkWidget *
make_foot (SbVideoTile *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *open = gtk_button_new_with_label (_("Open"));
  GtkWidget *save = gtk_button_new_from_icon_name ("document-save-symbolic");

  self->words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->words), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_add_css_class (self->words, "numeric");
  gtk_widget_add_css_class (open, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "message.open");
  gtk_box_append (GTK_BOX (foot), self->words);
  gtk_box_append (GTK_BOX (foot), open);
  gtk_widget_set_tooltip_text (save, _("Save File As…"));
  gtk_widget_add_css_class (save, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "message.save");
  gtk_box_append (GTK_BOX (foot), save);
  gtk_widget_set_valign (foot, GTK_ALIGN_END);
  gtk_widget_add_css_class (foot, "osd");
  gtk_widget_add_css_class (foot, "sb-video-foot");

  return foot;
}

static GtkWidget *
make_problem (SbVideoTile *self)
{
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->problem), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), 30);
  gtk_widget_set_margin_start (self->problem, 14);
  gtk_widget_set_margin_end (self->problem, 14);
  gtk_widget_set_margin_top (self->problem, 24);
  gtk_widget_set_valign (self->problem, GTK_ALIGN_START);
  gtk_widget_set_visible (self->problem, FALSE);

  return self->problem;
}

static void
sb_video_tile_init (SbVideoTile *self)
{
  GtkWidget *empty = adw_bin_new ();

  self->cancellable = g_cancellable_new ();
  self->stack = gtk_stack_new ();
  self->overlay = g_object_new (GTK_TYPE_OVERLAY, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  self->play = gtk_button_new_from_icon_name ("media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play, _("Play Video"));
  gtk_widget_set_halign (self->play, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->play, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->play, "circular");
  gtk_widget_add_css_class (self->play, "osd");
  g_signal_connect_swapped (self->play, "clicked", G_CALLBACK (play_cb), self);
  gtk_widget_set_size_request (empty, WIDTH, HEIGHT);
  gtk_widget_add_css_class (empty, "sb-video-empty");
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), empty);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), make_problem (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), make_foot (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->play);
  gtk_widget_set_overflow (self->overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->overlay, "sb-video");
  gtk_stack_add_child (GTK_STACK (self->stack), self->overlay);
  adw_bin_set_child (ADW_BIN (self), self->stack);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-video-tile");
  gtk_widget_set_margin_start (GTK_WIDGET (self), EDGE);
  gtk_widget_set_margin_end (GTK_WIDGET (self), EDGE);
  gtk_widget_set_margin_top (GTK_WIDGET (self), EDGE);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

/* "video/mp4; codecs=..." is "MP4"; other types say nothing to a person. */
static char *
kind_of (const char *mime)
{
  gsize length = mime != NULL && g_str_has_prefix (mime, "video/") ? strcspn (mime + 6, "; ") : 0;

  return length > 0 && length <= 5 && mime[6] != 'x' ? g_ascii_strup (mime + 6, (gssize) length) : NULL;
}

/* @attachment: of a file that is here */
GtkWidget *
sb_video_tile_new (const SbAttachment *attachment)
{
  SbVideoTile *self = g_object_new (SB_TYPE_VIDEO_TILE, NULL);

  self->path = g_strdup (attachment->path);
  self->kind = kind_of (attachment->mime);
  self->size = attachment->size;
  show_facts (self, attachment->duration_ms);

  return GTK_WIDGET (self);
}
