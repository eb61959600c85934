/* What goes with the words: files that are chosen, dropped or pasted, and voice notes. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>

#include "sb-file-drop.h"
#include "sb-picture-shrink.h"
#include "sb-record-bar.h"
#include "sb-tell.h"

/* One more file for this customer; what is wrong with it stands on its tile. */
void
sb_composer_attach (SbComposer *self,
                    const char *path)
{
  sb_composer_show_problem (self, NULL);
  sb_attach_tray_add (SB_ATTACH_TRAY (self->tray), path, self->thread_id, FALSE);
}

/* Returns: (transfer none) (nullable): shown already; a button may still be put on it */
AdwToast *
sb_composer_toast (SbComposer *self,
                   const char *words)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast  *toast;

  if (overlay == NULL)
    return NULL;
  toast = sb_toast_new (words);
  sb_tell_toast (GTK_WIDGET (self), toast);

  return toast;
}

/* -- choosing -- */

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbComposer) self = user_data;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char  *path = g_file_get_path (file);

      if (path != NULL)
        sb_composer_attach (self, path);
    }
}

void
sb_composer_choose_file (SbComposer *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Attach Files"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, chosen_cb, g_object_ref (self));
}

/* -- pasting -- */

typedef struct
{
  SbComposer *self;
  gint64      thread_id;
  GdkTexture *texture;
} Paste;

static void
paste_free (gpointer data)
{
  Paste *paste = data;

  g_object_unref (paste->self);
  g_clear_object (&paste->texture);
  g_free (paste);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autofree char *path = sb_outgoing_path (".png");

  if (gdk_texture_save_to_png (task_data, path))
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The picture could not be written to %s", path);
}

static void
pasted_saved_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Paste             *paste = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = g_task_propagate_pointer (G_TASK (result), &error);

  if (path == NULL)
    {
      g_message ("%s", error->message);
      sb_composer_show_problem (paste->self, _("The picture could not be pasted. Is the disk full?"));
    }
  else if (paste->self->engine != NULL)
    sb_attach_tray_add (SB_ATTACH_TRAY (paste->self->tray), path, paste->thread_id, FALSE);
  paste_free (paste);
}

static void
texture_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Paste             *paste = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask)  task = NULL;

  paste->texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (object), result, &error);
  if (paste->texture == NULL)
    {
      g_message ("Nothing was pasted: %s", error->message);
      sb_composer_show_problem (paste->self, _("The picture could not be pasted."));
      paste_free (paste);
      return;
    }
  task = g_task_new (NULL, NULL, pasted_saved_cb, paste);
  g_task_set_task_data (task, g_object_ref (paste->texture), g_object_unref);
  g_task_run_in_thread (task, save_thread);
}

static void
files_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Paste        *paste = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);

  if (value != NULL && paste->self->engine != NULL && paste->thread_id == paste->self->thread_id)
    sb_file_drop_take (g_value_get_boxed (value), sb_composer_take_files, paste->self);
  paste_free (paste);
}

/* A picture or files become tiles; whatever has words as well, such as cells of a table, is pasted as words. */
void
sb_composer_paste_cb (GtkTextView *view,
                      gpointer     user_data)
{
  SbComposer        *self = user_data;
  GdkClipboard      *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean           has_files = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST);
  gboolean           has_words = gdk_content_formats_contain_gtype (formats, G_TYPE_STRING);
  gboolean           has_picture = gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE);
  Paste             *paste;

  if (sb_composer_ask_about_note (self))
    {
      g_signal_stop_emission_by_name (view, "paste-clipboard");
      return;
    }
  if (sb_composer_is_note (self) || self->editing_id != 0 || (!has_files && (!has_picture || has_words)))
    return;

  g_signal_stop_emission_by_name (view, "paste-clipboard");
  paste = g_new0 (Paste, 1);
  paste->self = g_object_ref (self);
  paste->thread_id = self->thread_id;
  if (has_files)
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, files_cb, paste);
  else
    gdk_clipboard_read_texture_async (clipboard, NULL, texture_cb, paste);
}

/* -- speaking -- */

static void
show_bar (SbComposer *self,
          gboolean    recording)
{
  gtk_widget_set_visible (self->voice, recording);
  gtk_widget_set_visible (self->row, !recording);
  if (self->voice_thread == self->thread_id)
    gtk_widget_grab_focus (recording ? self->voice : self->text);
}

void
sb_composer_start_recording (SbComposer *self)
{
  if (sb_record_bar_is_recording (SB_RECORD_BAR (self->voice)) || sb_composer_is_note (self) || self->editing_id != 0)
    return;
  sb_composer_show_problem (self, NULL);
  self->voice_thread = self->thread_id;
  if (sb_record_bar_start (SB_RECORD_BAR (self->voice)))
    show_bar (self, TRUE);
}

/* A take that was cancelled, until its toast is gone. */
typedef struct
{
  SbComposer *self;
  char       *path;
  gint64      thread_id;
  gboolean    wanted;
} Take;

static void
take_free (gpointer  data,
           GClosure *closure)
{
  Take *take = data;

  if (!take->wanted)
    sb_outgoing_drop (take->path);
  g_object_unref (take->self);
  g_free (take->path);
  g_free (take);
}

static void
take_back_cb (AdwToast *toast,
              gpointer  user_data)
{
  Take *take = user_data;

  take->wanted = TRUE;
  if (take->self->engine != NULL)
    sb_attach_tray_add (SB_ATTACH_TRAY (take->self->tray), take->path, take->thread_id, TRUE);
}

void
sb_composer_taken_cb (SbComposer *self,
                      const char *path,
                      gboolean    send)
{
  AdwToast *toast;
  Take     *take;

  show_bar (self, FALSE);
  if (send || self->voice_thread != self->thread_id)
    {
      SbAttachTile *tile = sb_attach_tray_add (SB_ATTACH_TRAY (self->tray), path, self->voice_thread, TRUE);

      if (send && self->voice_thread == self->thread_id)
        sb_composer_send_tile (self, tile);
      return;
    }

  toast = sb_composer_toast (self, _("Recording cancelled"));
  if (toast == NULL)
    return;
  take = g_new0 (Take, 1);
  take->self = g_object_ref (self);
  take->path = g_strdup (path);
  take->thread_id = self->voice_thread;
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (take_back_cb), take, take_free, 0);
}

/* The window goes, or the shop: what was said so far waits with the files of that customer. */
void
sb_composer_keep_take (SbComposer *self)
{
  g_autofree char *path = sb_record_bar_end (SB_RECORD_BAR (self->voice));

  if (path == NULL)
    return;
  sb_attach_tray_add (SB_ATTACH_TRAY (self->tray), path, self->voice_thread, TRUE);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    show_bar (self, FALSE);
}

void
sb_composer_unrecorded_cb (SbComposer *self,
                           const char *sentence)
{
  show_bar (self, FALSE);
  sb_composer_show_problem (self, sentence);
}
