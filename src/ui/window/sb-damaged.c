/* The shop's file could not be used any more, and an empty one stands in its place: said until somebody has read it. */
#include "sb-damaged.h"

#include <glib/gi18n.h>

#include "sb-alert.h"

static void
answered_cb (AdwAlertDialog *dialog,
             const char     *response,
             gpointer        path)
{
  g_autoptr (GFile)           file = g_file_new_for_path (path);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);
  GtkRoot                    *root = gtk_widget_get_root (GTK_WIDGET (dialog));

  if (g_str_equal (response, "show"))
    gtk_file_launcher_open_containing_folder (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
}

static void
free_path (gpointer  path,
           GClosure *closure)
{
  g_free (path);
}

/* @path: where the old file lies */
void
sb_damaged_present (GtkWidget  *parent,
                    const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  /* Translators: name of a file */
  g_autofree char *body = g_strdup_printf (_("It could not be read any more. It was set aside as “%s” and not changed, and the shop begins with an empty file. "
                                              "Keep the old one: much of it can often be saved."),
                                           name);
  AdwDialog *dialog = sb_alert_new (_("The Shop’s File Was Damaged"), body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "show", _("Show the Old File"), "close", _("Close"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "close");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), g_strdup (path), free_path, 0);
  adw_dialog_present (dialog, parent);
}
