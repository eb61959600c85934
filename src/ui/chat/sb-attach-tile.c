#include "sb-attach-tile.h"

#include <glib/gi18n.h>

/**
 * SbAttachTile:
 *
 * The file that goes with the next message, until it is sent or taken off again.
 */
struct _SbAttachTile
{
  AdwBin parent_instance;

  char      *path;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (SbAttachTile, sb_attach_tile, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* As what the network takes a file: it shows JPEG and PNG as photos, MP4 and 3GP as videos. */
SbMessageKind
sb_attach_kind (const char *path)
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

/* @path: (nullable): NULL takes it off */
void
sb_attach_tile_set_path (SbAttachTile *self,
                         const char   *path)
{
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;

  if (!g_set_str (&self->path, path))
    return;
  gtk_label_set_text (GTK_LABEL (self->label), name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self), path != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* (nullable) */
const char *
sb_attach_tile_get_path (SbAttachTile *self)
{
  return self->path;
}

static void
remove_cb (GtkButton *button,
           gpointer   user_data)
{
  sb_attach_tile_set_path (user_data, NULL);
}

static void
sb_attach_tile_finalize (GObject *object)
{
  g_free (SB_ATTACH_TILE (object)->path);

  G_OBJECT_CLASS (sb_attach_tile_parent_class)->finalize (object);
}

static void
sb_attach_tile_class_init (SbAttachTileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_attach_tile_finalize;

  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_ATTACH_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_attach_tile_init (SbAttachTile *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (remove, _("Remove the File"));
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("sb-file-symbolic"));
  gtk_box_append (GTK_BOX (row), self->label);
  gtk_box_append (GTK_BOX (row), remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), row);
}

GtkWidget *
sb_attach_tile_new (void)
{
  return g_object_new (SB_TYPE_ATTACH_TILE, NULL);
}
