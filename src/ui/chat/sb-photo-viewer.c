/* One picture, as large as the window, with its caption. */
#include "sb-photo-viewer.h"

#include <glib/gi18n.h>

#include "sb-photo.h"

#define LARGEST 2400

static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      path,
               GCancellable *cancellable)
{
  GError     *error = NULL;
  GdkTexture *texture = sb_photo_decode (path, LARGEST, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (texture != NULL)
    gtk_picture_set_paintable (GTK_PICTURE (object), GDK_PAINTABLE (texture));
}

static void
save_cb (GtkButton *button,
         gpointer   user_data)
{
  gtk_widget_activate_action (user_data, "message.save", NULL);
}

/* @row: the message's row, which knows how to save */
void
sb_photo_viewer_present (const char *path,
                         const char *caption,
                         GtkWidget  *row)
{
  AdwDialog        *dialog = adw_dialog_new ();
  GtkWidget        *view = adw_toolbar_view_new ();
  GtkWidget        *header = adw_header_bar_new ();
  GtkWidget        *picture = gtk_picture_new ();
  GtkWidget        *save = gtk_button_new_from_icon_name ("document-save-symbolic");
  g_autoptr (GTask) task = g_task_new (picture, NULL, decoded_cb, NULL);

  gtk_widget_set_tooltip_text (save, _("Save File As…"));
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_cb), row, 0);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), save);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), caption != NULL && caption[0] != '\0' ? caption : _("Photo"));
  gtk_widget_set_vexpand (picture, TRUE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), picture);
  if (caption != NULL && caption[0] != '\0')
    {
      GtkWidget *label = gtk_label_new (caption);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_lines (GTK_LABEL (label), 3);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_margin_top (label, 9);
      gtk_widget_set_margin_bottom (label, 12);
      gtk_widget_set_margin_start (label, 18);
      gtk_widget_set_margin_end (label, 18);
      adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), label);
    }
  adw_dialog_set_title (dialog, _("Photo"));
  adw_dialog_set_content_width (dialog, 900);
  adw_dialog_set_content_height (dialog, 700);
  adw_dialog_set_child (dialog, view);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, decode_thread);
  adw_dialog_present (dialog, row);
}
