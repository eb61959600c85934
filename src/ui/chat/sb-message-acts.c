/* What may be done with one message, as actions of its row: the menu, the keys and the buttons in the bubble share them. */
#include "sb-message-acts.h"

#include <glib/gi18n.h>

#include "sb-alert.h"
#include "sb-json.h"
#include "sb-message-contact.h"
#include "sb-message-info.h"
#include "sb-photo-viewer.h"
#include "sb-tell.h"

#define LARGEST_COPIED (24 * 1024 * 1024)

static const SbAttachment *
attachment_of (const SbMessage *message)
{
  return message->attachments != NULL && message->attachments->len > 0 && !message->revoked ? message->attachments->pdata[0] : NULL;
}

static const char *
path_of (const SbMessage *message)
{
  const SbAttachment *attachment = attachment_of (message);

  return attachment != NULL ? attachment->path : NULL;
}

static gboolean
is_waiting (const SbMessage *message)
{
  return message->direction == SB_DIRECTION_OUT && message->status == SB_STATUS_QUEUED;
}

static gboolean
is_picture (const SbMessage *message)
{
  return message->kind == SB_MESSAGE_IMAGE || message->kind == SB_MESSAGE_STICKER;
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* -- copy -- */

static void
copied_picture_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     bytes = g_file_load_bytes_finish (G_FILE (object), result, NULL, &error);
  GdkClipboard          *clipboard = user_data;
  g_autoptr (GdkTexture) texture = bytes != NULL && g_bytes_get_size (bytes) <= LARGEST_COPIED ? gdk_texture_new_from_bytes (bytes, &error) : NULL;

  if (texture != NULL)
    gdk_clipboard_set_texture (clipboard, texture);
  g_object_unref (clipboard);
}

/* A note carries a mark, so that pasting it into a message to the customer can be asked about first. */
static void
copy_note (GdkClipboard *clipboard,
           const char   *text)
{
  g_autoptr (GBytes)             mark = g_bytes_new_static ("1", 1);
  GdkContentProvider            *parts[] = { gdk_content_provider_new_typed (G_TYPE_STRING, text), gdk_content_provider_new_for_bytes ("application/x-shopbell-note", mark) };
  g_autoptr (GdkContentProvider) whole = gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));

  gdk_clipboard_set_content (clipboard, whole);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const SbMessage *message = sb_message_row_get_message (SB_MESSAGE_ROW (widget));
  GdkClipboard    *clipboard = gtk_widget_get_clipboard (widget);

  if (message->text == NULL || message->text[0] == '\0')
    {
      g_autoptr (GFile) file = is_picture (message) && path_of (message) != NULL ? g_file_new_for_path (path_of (message)) : NULL;

      if (file != NULL)
        g_file_load_bytes_async (file, NULL, copied_picture_cb, g_object_ref (clipboard));
    }
  else if (message->direction == SB_DIRECTION_NOTE)
    copy_note (clipboard, message->text);
  else
    gdk_clipboard_set_text (clipboard, message->text);
}

/* -- files -- */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError)    error = NULL;

  if (!g_file_copy_finish (G_FILE (object), result, &error))
    sb_tell (widget, error->message);
  else
    sb_tell (widget, C_("toast", "Saved"));
}

static void
place_chosen_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GFile)     place = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  const SbMessage      *message = sb_message_row_get_message (SB_MESSAGE_ROW (widget));
  g_autoptr (GFile)     file = path_of (message) != NULL ? g_file_new_for_path (path_of (message)) : NULL;

  if (place != NULL && file != NULL)
    g_file_copy_async (file, place, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT, NULL, NULL, NULL, saved_cb, g_steal_pointer (&widget));
}

/* The name a customer gave is a proposal, never a path. */
static char *
proposed_name (const SbMessage *message)
{
  const SbAttachment *attachment = attachment_of (message);
  const char         *slash = attachment->mime != NULL ? strchr (attachment->mime, '/') : NULL;
  g_autofree char    *kind = slash != NULL ? g_strndup (slash + 1, strcspn (slash + 1, ";+ ")) : g_strdup ("bin");
  char               *name;

  if (attachment->filename != NULL && attachment->filename[0] != '\0')
    name = g_strdup (attachment->filename);
  else
    {
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (message->sent_at / 1000);
      g_autofree char      *time = g_date_time_format (at, "%Y-%m-%d %H-%M");

      name = g_strdup_printf ("WhatsApp %s.%s", time, g_str_equal (kind, "jpeg") ? "jpg" : kind);
    }
  g_strdelimit (name, "/\\\n\r\t", '_');
  if (name[0] == '.')
    name[0] = '_';

  return name;
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  const SbMessage          *message = sb_message_row_get_message (SB_MESSAGE_ROW (widget));
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char          *name = NULL;

  if (path_of (message) == NULL)
    return;
  name = proposed_name (message);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, window_of (widget), NULL, place_chosen_cb, g_object_ref (widget));
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError)    error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (object), result, &error) && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    sb_tell (widget, _("No program on this computer opens this file. Save it instead."));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const SbMessage            *message = sb_message_row_get_message (SB_MESSAGE_ROW (widget));
  g_autoptr (GFile)           file = path_of (message) != NULL ? g_file_new_for_path (path_of (message)) : NULL;
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  if (file != NULL)
    gtk_file_launcher_launch (launcher, window_of (widget), NULL, opened_cb, g_object_ref (widget));
}

/* Enter, or a press on the picture. */
static void
view_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const SbMessage *message = sb_message_row_get_message (SB_MESSAGE_ROW (widget));

  if (path_of (message) == NULL)
    return;
  if (is_picture (message) || message->kind == SB_MESSAGE_TEMPLATE)
    sb_photo_viewer_present (path_of (message), message->text, widget);
  else
    open_action (widget, name, parameter);
}

static void
map_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  const SbMessage           *message = sb_message_row_get_message (SB_MESSAGE_ROW (widget));
  char                       latitude[G_ASCII_DTOSTR_BUF_SIZE], longitude[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char           *uri = NULL;
  g_autoptr (GtkUriLauncher) launcher = NULL;

  g_ascii_formatd (latitude, sizeof latitude, "%.6f", sb_json_double (message->data, "latitude", 0));
  g_ascii_formatd (longitude, sizeof longitude, "%.6f", sb_json_double (message->data, "longitude", 0));
  uri = g_strdup_printf ("https://www.openstreetmap.org/?mlat=%s&mlon=%s#map=16/%s/%s", latitude, longitude, latitude, longitude);
  launcher = gtk_uri_launcher_new (uri);
  gtk_uri_launcher_launch (launcher, window_of (widget), NULL, NULL, NULL);
}

/* -- reply, info -- */

static void
reply_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  const SbMessage *message = sb_message_row_get_message (SB_MESSAGE_ROW (widget));

  gtk_widget_activate_action (widget, "compose.quote", "x", message->id);
}

static void
info_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sb_message_info_present (sb_message_row_get_engine (SB_MESSAGE_ROW (widget)), sb_message_row_get_message (SB_MESSAGE_ROW (widget)), widget);
}

/* -- unread from here -- */

static void
unread_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError)    error = NULL;
  gint64                undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  sb_tell_undo (widget, undo_id < 0 ? error->message : _("Marked as unread from here"), SB_ENGINE (object), undo_id);
}

static void
unread_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SbMessageRow    *row = SB_MESSAGE_ROW (widget);
  const SbMessage *message = sb_message_row_get_message (row);
  SbAct            act = { .kind = SB_ACT_UNREAD, .thread_ids = &message->thread_id, .n_threads = 1, .value = message->id };

  sb_engine_act_async (sb_message_row_get_engine (row), &act, unread_cb, g_object_ref (widget));
}

/* -- a message that still waits -- */

static void
cancelled_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError)    error = NULL;
  gint64                undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  sb_tell_undo (widget, undo_id < 0 ? error->message : _("Cancelled"), SB_ENGINE (object), undo_id);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SbMessageRow *row = SB_MESSAGE_ROW (widget);
  SbAct         act = { .kind = SB_ACT_CANCEL, .message_id = sb_message_row_get_message (row)->id };

  sb_engine_act_async (sb_message_row_get_engine (row), &act, cancelled_cb, g_object_ref (widget));
}

/* Where one writes: what is changed there is lost by no key and no other conversation. */
static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "compose.edit", "x", sb_message_row_get_message (SB_MESSAGE_ROW (widget))->id);
}

/* -- all of them -- */

void
sb_message_acts_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "message.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "message.reply", NULL, reply_action);
  gtk_widget_class_install_action (widget_class, "message.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "message.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "message.view", NULL, view_action);
  gtk_widget_class_install_action (widget_class, "message.map", NULL, map_action);
  gtk_widget_class_install_action (widget_class, "message.save-contact", "u", sb_message_save_contact);
  gtk_widget_class_install_action (widget_class, "message.info", NULL, info_action);
  gtk_widget_class_install_action (widget_class, "message.unread", NULL, unread_action);
  gtk_widget_class_install_action (widget_class, "message.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "message.edit", NULL, edit_action);
}

static gboolean
can_reply (const SbMessage *message)
{
  return message->wamid != NULL && !message->revoked && (message->direction == SB_DIRECTION_IN || message->direction == SB_DIRECTION_OUT);
}

/* System messages are nobody's words. */
static gboolean
can_unread (const SbMessage *message)
{
  return message->direction == SB_DIRECTION_IN && message->kind != SB_MESSAGE_SYSTEM && message->kind != SB_MESSAGE_WELCOME;
}

static gboolean
can_copy (const SbMessage *message)
{
  return !message->revoked && ((message->text != NULL && message->text[0] != '\0') || (is_picture (message) && path_of (message) != NULL));
}

void
sb_message_acts_enable (SbMessageRow *row)
{
  const SbMessage *message = sb_message_row_get_message (row);
  GtkWidget       *widget = GTK_WIDGET (row);
  gboolean         here = path_of (message) != NULL;

  gtk_widget_action_set_enabled (widget, "message.copy", can_copy (message));
  gtk_widget_action_set_enabled (widget, "message.reply", can_reply (message));
  gtk_widget_action_set_enabled (widget, "message.unread", can_unread (message));
  gtk_widget_action_set_enabled (widget, "message.save", here);
  gtk_widget_action_set_enabled (widget, "message.open", here);
  gtk_widget_action_set_enabled (widget, "message.view", here);
  gtk_widget_action_set_enabled (widget, "message.cancel", is_waiting (message));
  gtk_widget_action_set_enabled (widget, "message.edit", is_waiting (message) && message->kind == SB_MESSAGE_TEXT);
}

/* Only what can be done with this message stands in its menu. */
GMenuModel *
sb_message_acts_menu (SbMessageRow *row)
{
  const SbMessage  *message = sb_message_row_get_message (row);
  GMenu            *menu = g_menu_new ();
  g_autoptr (GMenu) words = g_menu_new ();
  g_autoptr (GMenu) file = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  if (can_reply (message))
    g_menu_append (words, _("Reply"), "message.reply");
  if (can_copy (message))
    g_menu_append (words, _("Copy"), "message.copy");
  if (is_waiting (message) && message->kind == SB_MESSAGE_TEXT)
    g_menu_append (words, _("Edit…"), "message.edit");
  if (is_waiting (message))
    g_menu_append (words, _("Cancel Sending"), "message.cancel");
  if (path_of (message) != NULL)
    {
      g_menu_append (file, _("Open"), "message.open");
      g_menu_append (file, _("Save File As…"), "message.save");
    }
  if (message->kind == SB_MESSAGE_LOCATION)
    g_menu_append (file, _("Open Map"), "message.map");
  if (can_unread (message))
    g_menu_append (more, _("Mark as Unread from Here"), "message.unread");
  g_menu_append (more, _("Info"), "message.info");
  g_menu_append (more, _("Print Conversation…"), "thread.print");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (words));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));

  return G_MENU_MODEL (menu);
}
