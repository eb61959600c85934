/* Files from outside: dropped on a widget or pasted into a text. What cannot be sent is refused in words. */
#include "sb-file-drop.h"

#include <glib/gi18n.h>

typedef struct
{
  SbFilesTaken files_taken;
  SbWordsTaken words_taken;
  gpointer     user_data;
} Taker;

static Taker *
taker_new (SbFilesTaken files_taken,
           SbWordsTaken words_taken,
           gpointer     user_data)
{
  Taker *taker = g_new0 (Taker, 1);

  taker->files_taken = files_taken;
  taker->words_taken = words_taken;
  taker->user_data = user_data;

  return taker;
}

static void
taker_free (gpointer  data,
            GClosure *closure)
{
  g_free (data);
}

/* @files: GFile. A place that is not on this computer has no path. */
static void
take (const Taker *taker,
      GSList      *files)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv)           list = NULL;
  guint                    n_folders = 0, n_away = 0;
  g_autofree char         *sentence = NULL;

  for (; files != NULL; files = files->next)
    {
      const char *path = g_file_peek_path (files->data);

      if (path == NULL)
        n_away++;
      else if (g_file_test (path, G_FILE_TEST_IS_DIR))
        n_folders++;
      else
        g_strv_builder_add (paths, path);
    }
  if (n_folders > 0)
    sentence = g_strdup_printf (ngettext ("%u folder was left out: a folder cannot be sent. Open it and take the files you want.",
                                          "%u folders were left out: a folder cannot be sent. Open them and take the files you want.", n_folders),
                                n_folders);
  else if (n_away > 0)
    sentence = g_strdup_printf (ngettext ("%u file was left out because it is not on this computer. Save it here first.",
                                          "%u files were left out because they are not on this computer. Save them here first.", n_away),
                                n_away);
  list = g_strv_builder_end (paths);
  taker->files_taken (list, sentence, taker->user_data);
}

/* @files: GFile */
void
sb_file_drop_take (GSList      *files,
                   SbFilesTaken files_taken,
                   gpointer     user_data)
{
  Taker taker = { files_taken, NULL, user_data };

  take (&taker, files);
}

/* -- dropped -- */

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  const Taker *taker = user_data;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    take (taker, g_value_get_boxed (value));
  else if (taker->words_taken != NULL && G_VALUE_HOLDS_STRING (value))
    taker->words_taken (g_value_get_string (value), taker->user_data);
  else
    return FALSE;

  return TRUE;
}

/* @words_taken: (nullable): for text that is dropped; @user_data lives as long as @widget */
void
sb_file_drop_add (GtkWidget   *widget,
                  SbFilesTaken files_taken,
                  SbWordsTaken words_taken,
                  gpointer     user_data)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType          types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };

  gtk_drop_target_set_gtypes (target, types, words_taken != NULL ? 2 : 1);
  /* Before the text itself, which would take the names of the files as words. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_data (target, "drop", G_CALLBACK (drop_cb), taker_new (files_taken, words_taken, user_data), taker_free, 0);
  gtk_widget_add_css_class (widget, "sb-drop");
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

/* -- pasted -- */

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GtkWidget) view = user_data;
  const GValue         *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);

  if (value != NULL && gtk_widget_get_root (view) != NULL)
    take (g_object_get_data (G_OBJECT (view), "sb-file-paste"), g_value_get_boxed (value));
}

static void
paste_cb (GtkTextView *view,
          gpointer     user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));

  if (!gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST))
    return;
  g_signal_stop_emission_by_name (view, "paste-clipboard");
  gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, read_cb, g_object_ref (view));
}

void
sb_file_paste_add (GtkTextView *view,
                   SbFilesTaken files_taken,
                   gpointer     user_data)
{
  g_object_set_data_full (G_OBJECT (view), "sb-file-paste", taker_new (files_taken, NULL, user_data), g_free);
  g_signal_connect (view, "paste-clipboard", G_CALLBACK (paste_cb), NULL);
}
