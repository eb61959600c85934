#include "sb-attach-tile.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "sb-picture-shrink.h"

/**
 * SbAttachTile:
 *
 * A file that goes with the next message, until it is sent or taken off again. What the network would refuse is marked
 * here, before anything is sent; a picture that is too large can be made smaller on the spot.
 */
struct _SbAttachTile
{
  AdwBin parent_instance;

  char         *path;
  char         *key; /* of the message it becomes: pressing twice is one message */
  gint64        thread_id;
  SbReason      reason;
  gboolean      is_voice;
  GtkWidget    *picture;
  GtkWidget    *name;
  GtkWidget    *size;
  GtkWidget    *problem;
  GtkWidget    *shrink;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SbAttachTile, sb_attach_tile, ADW_TYPE_BIN)

enum
{
  CHANGED,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define PREVIEW_PX 112
/* Of a photo, as the gate has it; a little less, so that no rounding stands in the way. */
#define LARGEST_PHOTO (5 * 1000 * 1000)

/* As what the network takes a file: it shows JPEG and PNG as photos, MP4 and 3GP as videos. */
static SbMessageKind
kind_of (const char *path)
{
  g_autofree char *type = g_content_type_guess (path, NULL, 0, NULL);

  if (g_content_type_is_a (type, "image/jpeg") || g_content_type_is_a (type, "image/png"))
    return SB_MESSAGE_IMAGE;
  if (g_content_type_is_a (type, "video/mp4") || g_content_type_is_a (type, "video/3gpp"))
    return SB_MESSAGE_VIDEO;
  if (g_content_type_is_a (type, "audio/*"))
    return SB_MESSAGE_AUDIO;

  return SB_MESSAGE_DOCUMENT;
}

const char *
sb_attach_tile_get_path (SbAttachTile *self)
{
  return self->path;
}

const char *
sb_attach_tile_get_key (SbAttachTile *self)
{
  return self->key;
}

/* Of before a restart. */
void
sb_attach_tile_set_key (SbAttachTile *self,
                        const char   *key)
{
  g_set_str (&self->key, key);
}

SbMessageKind
sb_attach_tile_get_kind (SbAttachTile *self)
{
  return kind_of (self->path);
}

gint64
sb_attach_tile_get_thread (SbAttachTile *self)
{
  return self->thread_id;
}

gboolean
sb_attach_tile_is_voice (SbAttachTile *self)
{
  return self->is_voice;
}

gboolean
sb_attach_tile_is_wrong (SbAttachTile *self)
{
  return self->reason != SB_REASON_ALLOWED;
}

/* -- the picture -- */

static void
preview_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbAttachTile) self = user_data;
  g_autoptr (GdkPixbuf)    small = gdk_pixbuf_new_from_stream_finish (result, NULL);
  g_autoptr (GdkTexture)   texture = small != NULL ? gdk_texture_new_for_pixbuf (small) : NULL;

  if (texture != NULL)
    gtk_image_set_from_paintable (GTK_IMAGE (self->picture), GDK_PAINTABLE (texture));
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbAttachTile)     self = user_data;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (object), result, NULL);

  if (stream != NULL)
    gdk_pixbuf_new_from_stream_at_scale_async (G_INPUT_STREAM (stream), PREVIEW_PX, PREVIEW_PX, TRUE, self->cancellable, preview_cb, g_object_ref (self));
}

static void
show_file (SbAttachTile *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autofree char  *name = g_filename_display_basename (self->path);
  g_autofree char  *size = NULL;
  SbMessageKind     kind = kind_of (self->path);
  const char       *icon = kind == SB_MESSAGE_IMAGE ? "sb-photo-symbolic" : kind == SB_MESSAGE_VIDEO ? "sb-video-symbolic"
                                                                        : kind == SB_MESSAGE_AUDIO   ? "sb-voice-symbolic"
                                                                                                     : "sb-file-symbolic";
  GStatBuf          info;

  if (g_stat (self->path, &info) == 0)
    size = g_format_size (info.st_size);
  if (sb_outgoing_is_ours (self->path))
    g_set_str (&name, self->is_voice ? _("Voice Message") : _("Picture"));
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_label_set_text (GTK_LABEL (self->size), size != NULL ? size : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->picture), icon);
  /* Of a pipe the end may never come. */
  if (kind == SB_MESSAGE_IMAGE && g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    g_file_read_async (file, G_PRIORITY_DEFAULT, self->cancellable, opened_cb, g_object_ref (self));
}

/* -- what is wrong with it -- */

/* Of a file without a byte the gate knows no more than that. */
static const char *
sentence_of (SbAttachTile *self,
             SbReason      reason)
{
  if (reason == SB_REASON_ALLOWED)
    return "";
  if (reason != SB_REASON_EMPTY)
    return sb_reason_to_sentence (reason);
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    return _("This file is not there any more. Take it off here, and add it again.");

  return g_file_test (self->path, G_FILE_TEST_IS_REGULAR) ? _("This file is empty.") : _("This is not a file that can be sent.");
}

/* @reason: what the gate says of the file; SB_REASON_ALLOWED when nothing is wrong with it */
void
sb_attach_tile_set_reason (SbAttachTile *self,
                           SbReason      reason)
{
  self->reason = reason;
  gtk_label_set_text (GTK_LABEL (self->problem), sentence_of (self, reason));
  gtk_widget_set_visible (self->problem, reason != SB_REASON_ALLOWED);
  gtk_widget_set_visible (self->shrink, reason == SB_REASON_FILE_TOO_LARGE && kind_of (self->path) == SB_MESSAGE_IMAGE);
}

static void
shrunk_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbAttachTile) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *path = sb_picture_shrink_finish (result, &error);

  gtk_widget_set_sensitive (self->shrink, TRUE);
  if (path == NULL)
    {
      g_message ("%s could not be made smaller: %s", self->path, error->message);
      gtk_label_set_text (GTK_LABEL (self->problem), _("This picture could not be made smaller."));
      return;
    }
  sb_outgoing_drop (self->path);
  g_set_str (&self->path, path);
  show_file (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
shrink_cb (GtkButton *button,
           gpointer   user_data)
{
  SbAttachTile *self = user_data;

  gtk_widget_set_sensitive (self->shrink, FALSE);
  sb_picture_shrink_async (self->path, LARGEST_PHOTO, self->cancellable, shrunk_cb, g_object_ref (self));
}

static void
remove_cb (GtkButton *button,
           gpointer   user_data)
{
  g_signal_emit (user_data, signals[REMOVE], 0);
}

static void
sb_attach_tile_dispose (GObject *object)
{
  SbAttachTile *self = SB_ATTACH_TILE (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (sb_attach_tile_parent_class)->dispose (object);
}

static void
sb_attach_tile_finalize (GObject *object)
{
  SbAttachTile *self = SB_ATTACH_TILE (object);

  g_free (self->path);
  g_free (self->key);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (sb_attach_tile_parent_class)->finalize (object);
}

static void
sb_attach_tile_class_init (SbAttachTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_attach_tile_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_attach_tile_finalize;

  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_ATTACH_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", SB_TYPE_ATTACH_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_words (SbAttachTile *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->name = gtk_label_new (NULL);
  self->size = gtk_label_new (NULL);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_label_set_xalign (GTK_LABEL (self->size), 0);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->size, "dimmed");
  gtk_widget_add_css_class (self->size, "caption");
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_add_css_class (self->problem, "caption");
  gtk_box_append (GTK_BOX (words), self->name);
  gtk_box_append (GTK_BOX (words), self->size);
  gtk_box_append (GTK_BOX (words), self->problem);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);

  return words;
}

static void
sb_attach_tile_init (SbAttachTile *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->cancellable = g_cancellable_new ();
  self->key = g_uuid_string_random ();
  self->picture = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->picture), 56);
  gtk_widget_set_size_request (self->picture, 56, 56);
  gtk_widget_add_css_class (self->picture, "sb-attach-picture");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->shrink = gtk_button_new_with_label (_("Shrink"));
  gtk_widget_set_valign (self->shrink, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, _("Remove the File"));
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect (self->shrink, "clicked", G_CALLBACK (shrink_cb), self);
  gtk_box_append (GTK_BOX (row), self->picture);
  gtk_box_append (GTK_BOX (row), make_words (self));
  gtk_box_append (GTK_BOX (row), self->shrink);
  gtk_box_append (GTK_BOX (row), remove);
  gtk_widget_add_css_class (row, "sb-attach-tile");
  adw_bin_set_child (ADW_BIN (self), row);
}

/* @thread_id: the conversation it belongs to, whichever is shown */
GtkWidget *
sb_attach_tile_new (const char *path,
                    gint64      thread_id,
                    gboolean    is_voice)
{
  SbAttachTile *self = g_object_new (SB_TYPE_ATTACH_TILE, NULL);

  self->path = g_strdup (path);
  self->thread_id = thread_id;
  self->is_voice = is_voice;
  show_file (self);
  sb_attach_tile_set_reason (self, SB_REASON_ALLOWED);

  return GTK_WIDGET (self);
}
