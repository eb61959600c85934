/* What comes with the words from elsewhere: files of a quick reply, words and files that are dropped, notes that are pasted. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>

#include "sb-alert.h"
#include "sb-engine-quick-reply.h"
#include "sb-picture-shrink.h"

/* -- files of a quick reply -- */

typedef struct
{
  SbComposer *self;
  char       *path;
  gint64      thread_id;
} Copy;

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Copy              *copy = user_data;
  g_autoptr (GError) error = NULL;

  if (copy->self->engine == NULL)
    sb_outgoing_drop (copy->path);
  else if (g_file_copy_finish (G_FILE (object), result, &error))
    sb_attach_tray_add (SB_ATTACH_TRAY (copy->self->tray), copy->path, copy->thread_id, FALSE);
  else
    {
      g_message ("A file of a quick reply: %s", error->message);
      sb_composer_show_problem (copy->self, _("A file of this quick reply could not be read. Attach it again in the preferences."));
    }
  g_object_unref (copy->self);
  g_free (copy->path);
  g_free (copy);
}

/* A kept file has its content for a name; it goes out under its own. */
void
sb_composer_add_quick_files (SbComposer *self,
                             gint64      quick_reply_id)
{
  g_autoptr (GPtrArray) files = sb_engine_list_quick_files (self->engine, quick_reply_id);

  for (guint i = 0; i < files->len; i++)
    {
      const SbQuickFile *file = files->pdata[i];
      Copy              *copy = g_new0 (Copy, 1);
      g_autoptr (GFile)  from = g_file_new_for_path (file->path);
      g_autoptr (GFile)  to = NULL;

      copy->self = g_object_ref (self);
      copy->path = sb_outgoing_named_path (file->name);
      copy->thread_id = self->thread_id;
      to = g_file_new_for_path (copy->path);
      g_file_copy_async (from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT, NULL, NULL, NULL, copied_cb, copy);
    }
}

/* -- words and files that are dropped -- */

void
sb_composer_add_words (SbComposer *self,
                       const char *words)
{
  if (self->thread_id == 0 || g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->faces)), "write") != 0)
    return;
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), words, -1);
  gtk_widget_grab_focus (self->text);
}

/* @sentence: (nullable): what was left out */
void
sb_composer_add_files (SbComposer *self,
                       GStrv       paths,
                       const char *sentence)
{
  if (self->thread_id == 0)
    return;
  for (char **path = paths; *path != NULL; path++)
    sb_composer_attach (self, *path);
  if (sentence != NULL)
    sb_composer_show_problem (self, sentence);
}

/* The same, as what takes files wants it. */
void
sb_composer_take_files (GStrv       paths,
                        const char *sentence,
                        gpointer    self)
{
  sb_composer_add_files (self, paths, sentence);
}

/* -- notes that are pasted -- */

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbComposer) self = user_data;
  g_autofree char       *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
  GtkTextBuffer         *buffer;

  if (text == NULL || self->engine == NULL)
    return;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
answered_cb (AdwAlertDialog *dialog,
             const char     *response,
             gpointer        user_data)
{
  SbComposer *self = user_data;

  if (g_str_equal (response, "paste"))
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (self->text), NULL, text_cb, g_object_ref (self));
  gtk_widget_grab_focus (self->text);
}

/* TRUE when the clipboard holds a note that is on its way to a customer: then the person is asked. */
gboolean
sb_composer_ask_about_note (SbComposer *self)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (self->text));
  AdwDialog         *dialog;

  if (sb_composer_is_note (self) || !gdk_content_formats_contain_mime_type (formats, "application/x-shopbell-note"))
    return FALSE;

  dialog = sb_alert_new (_("Paste a Note into a Message?"), _("This was copied from a note for the team. The customer would read it."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("Cancel"), "paste", _("Paste for the Customer"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));

  return TRUE;
}
