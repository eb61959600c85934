/*
 * A video in its bubble. Nothing is decoded before it is wanted: the press on Play puts the moving picture in the place of the
 * tile. Where no decoder is there, the words say so and Open remains.
 */
#include "sb-video-tile.h"

#include <glib/gi18n.h>

#include "sb-bubble-media.h"

#define WIDTH  262
#define HEIGHT 166

static GtkWidget *
make_tile (const char *sub)
{
  GtkWidget *tile = sb_bubble_tile_new ("sb-video-symbolic", _("Video"), sub);

  sb_bubble_tile_add_button (tile, _("Open"), "message.open");

  return tile;
}

static void
error_cb (GtkMediaStream *stream,
          GParamSpec     *pspec,
          GtkStack       *stack)
{
  GtkWidget *failed;

  if (gtk_media_stream_get_error (stream) == NULL || gtk_stack_get_child_by_name (stack, "failed") != NULL)
    return;
  failed = make_tile (_("Cannot be played here"));
  gtk_stack_add_named (stack, failed, "failed");
  gtk_stack_set_visible_child (stack, failed);
}

static void
play_cb (GtkButton *button,
         GtkStack  *stack)
{
  GtkMediaStream *stream = gtk_media_file_new_for_filename (g_object_get_data (G_OBJECT (stack), "path"));
  GtkWidget      *video = gtk_video_new_for_media_stream (stream);

  gtk_widget_set_size_request (video, WIDTH, HEIGHT);
  gtk_video_set_autoplay (GTK_VIDEO (video), TRUE);
  gtk_stack_add_named (stack, video, "video");
  gtk_stack_set_visible_child (stack, video);
  g_signal_connect_object (stream, "notify::error", G_CALLBACK (error_cb), stack, 0);
  error_cb (stream, NULL, stack);
  g_object_unref (stream);
}

GtkWidget *
sb_video_tile_new (const char *path,
                   gint64      size)
{
  g_autofree char *words = size > 0 ? g_format_size (size) : NULL;
  GtkWidget       *stack = gtk_stack_new ();
  GtkWidget       *tile = make_tile (words);
  GtkWidget       *play = gtk_button_new_from_icon_name ("media-playback-start-symbolic");

  gtk_widget_add_css_class (play, "circular");
  gtk_widget_set_valign (play, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (play, _("Play Video"));
  gtk_box_prepend (GTK_BOX (tile), play);
  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_add_named (GTK_STACK (stack), tile, "tile");
  g_object_set_data_full (G_OBJECT (stack), "path", g_strdup (path), g_free);
  g_signal_connect (play, "clicked", G_CALLBACK (play_cb), stack);

  return stack;
}
