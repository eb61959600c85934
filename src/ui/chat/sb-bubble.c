/*
 * One message as it is shown: a frame in the colour of what it is, the words in one layout, and the parts its kind brings. It
 * is made anew when the message changes.
 */
#include "sb-bubble.h"

#include <glib/gi18n.h>

#include "sb-bubble-cards.h"
#include "sb-json.h"
#include "sb-text-block.h"
#include "sb-thread-row.h"
#include "sb-wa-error.h"

#define LONGEST_SHOWN  4200
#define PHOTO_SIDE     262
#define LARGEST_PIXELS (50 * 1000 * 1000)

/* -- photos -- */

static gboolean
size_is_sane (const char *path)
{
  int width = 0, height = 0;

  return gdk_pixbuf_get_file_info (path, &width, &height) != NULL && width > 0 && height > 0 && (gint64) width * height <= LARGEST_PIXELS;
}

static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      path,
               GCancellable *cancellable)
{
  GError               *error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = size_is_sane (path) ? gdk_pixbuf_new_from_file_at_scale (path, PHOTO_SIDE * 2, PHOTO_SIDE * 2, TRUE, &error) : NULL;
  g_autoptr (GBytes)    bytes = NULL;

  if (pixbuf == NULL)
    {
      g_task_return_error (task, error != NULL ? error : g_error_new_literal (SB_ERROR, SB_ERROR_TOO_LARGE, "too many pixels"));
      return;
    }

  bytes = gdk_pixbuf_read_pixel_bytes (pixbuf);
  g_task_return_pointer (task, gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf), gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, bytes, gdk_pixbuf_get_rowstride (pixbuf)), g_object_unref);
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (texture != NULL)
    {
      int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
      int side = MAX (width, height);

      gtk_picture_set_paintable (GTK_PICTURE (object), GDK_PAINTABLE (texture));
      gtk_widget_set_size_request (GTK_WIDGET (object), PHOTO_SIDE * width / side, PHOTO_SIDE * height / side);
    }
}

static GtkWidget *
photo_new (const SbAttachment *attachment,
           int                 side)
{
  GtkWidget        *clamp = adw_clamp_new ();
  GtkWidget        *picture = gtk_picture_new ();
  g_autoptr (GTask) task = g_task_new (picture, NULL, decoded_cb, NULL);

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_size_request (picture, side, side * 2 / 3);
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (picture, "sb-photo");
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), _("Photo"));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  g_task_set_task_data (task, g_strdup (attachment->path), g_free);
  g_task_run_in_thread (task, decode_thread);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), side);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), side);
  adw_clamp_set_child (ADW_CLAMP (clamp), picture);

  return clamp;
}

/* -- other parts -- */

static void
open_cb (GtkButton *button,
         gpointer   user_data)
{
  g_autoptr (GFile)           file = g_file_new_for_path (user_data);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))), NULL, NULL, NULL);
}

/* Icon, name and size, and a button where there is something to open. */
static GtkWidget *
tile_new (const char         *icon,
          const char         *title,
          const char         *sub,
          const SbAttachment *attachment)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = sb_plain_label_new (title, NULL);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 32);
  gtk_box_append (GTK_BOX (column), name);
  if (sub != NULL)
    gtk_box_append (GTK_BOX (column), sb_plain_label_new (sub, "sb-meta"));
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), column);
  if (attachment != NULL && attachment->path != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Open"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_signal_connect_data (button, "clicked", G_CALLBACK (open_cb), g_strdup (attachment->path), (GClosureNotify) (void (*) (void)) g_free, 0);
      gtk_box_append (GTK_BOX (row), button);
    }

  return row;
}

static const char *
attachment_words (const SbAttachment *attachment)
{
  switch (attachment->state)
    {
    case SB_ATTACHMENT_WANTED:
      return _("Being fetched…");
    case SB_ATTACHMENT_GONE:
      return _("No longer available. Ask the customer to send it again");
    case SB_ATTACHMENT_TOO_LARGE:
      return _("Too large to fetch");
    case SB_ATTACHMENT_HERE:
    default:
      return NULL;
    }
}

static GtkWidget *
attachment_part (const SbMessage *message)
{
  const SbAttachment *attachment = message->attachments != NULL && message->attachments->len > 0 ? message->attachments->pdata[0] : NULL;
  g_autofree char    *size = attachment != NULL && attachment->size > 0 ? g_format_size (attachment->size) : NULL;
  const char         *words = attachment != NULL ? attachment_words (attachment) : NULL;

  if (attachment == NULL)
    return NULL;
  if ((message->kind == SB_MESSAGE_IMAGE || message->kind == SB_MESSAGE_STICKER || message->kind == SB_MESSAGE_TEMPLATE) && attachment->path != NULL)
    return photo_new (attachment, message->kind == SB_MESSAGE_STICKER ? 128 : PHOTO_SIDE);

  switch ((int) message->kind)
    {
    case SB_MESSAGE_AUDIO:
      return tile_new ("sb-voice-symbolic", sb_json_bool (message->data, "voice", FALSE) ? _("Voice message") : _("Audio"), words != NULL ? words : size, attachment);
    case SB_MESSAGE_VIDEO:
      return tile_new ("sb-video-symbolic", _("Video"), words != NULL ? words : size, attachment);
    case SB_MESSAGE_IMAGE:
    case SB_MESSAGE_STICKER:
      return tile_new ("sb-photo-symbolic", _("Photo"), words, NULL);
    default:
      return tile_new ("sb-file-symbolic", attachment->filename != NULL ? attachment->filename : _("Document"), words != NULL ? words : size, attachment);
    }
}

static GtkWidget *
contact_part (const SbMessage *message)
{
  JsonObject *contact = sb_json_at (sb_json_array (message->data, "contacts"), 0);
  const char *phone = sb_json_string (sb_json_at (sb_json_array (contact, "phones"), 0), "phone");

  return tile_new ("sb-contact-card-symbolic", message->text != NULL ? message->text : _("Contact"), phone, NULL);
}

static GtkWidget *
location_part (const SbMessage *message)
{
  g_autofree char *place = g_strdup_printf ("%.5f, %.5f", sb_json_double (message->data, "latitude", 0), sb_json_double (message->data, "longitude", 0));

  return tile_new ("sb-location-symbolic", message->text != NULL ? message->text : _("Location"), place, NULL);
}

static GtkWidget *
order_part (const SbMessage *message)
{
  JsonArray       *items = sb_json_array (message->data, "product_items");
  g_autofree char *count = g_strdup_printf (ngettext ("%u product", "%u products", sb_json_length (items)), sb_json_length (items));

  return tile_new ("sb-orders-symbolic", _("Order"), count, NULL);
}

static GtkWidget *
quote_part (const SbMessage *message,
            const char      *customer)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *title = sb_plain_label_new (message->quote_direction == SB_DIRECTION_OUT ? _("You") : customer, "title");
  SbMessage        quoted = { .kind = message->quote_kind, .text = message->quote_text };
  g_autofree char *preview = sb_message_preview (&quoted);
  GtkWidget       *text = sb_plain_label_new (preview, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 40);
  gtk_label_set_wrap (GTK_LABEL (text), FALSE);
  gtk_widget_add_css_class (box, "sb-quote");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);

  return box;
}

/* Buttons as they were sent, of a template or an interactive message. */
static void
add_buttons (GtkWidget       *box,
             const SbMessage *message)
{
  JsonArray *titles = message->kind == SB_MESSAGE_TEMPLATE ? sb_json_array (message->data, "buttons") : NULL;
  JsonArray *buttons = message->kind == SB_MESSAGE_INTERACTIVE ? sb_json_array (sb_json_object (message->data, "action"), "buttons") : NULL;

  for (guint i = 0; i < sb_json_length (titles); i++)
    gtk_box_append (GTK_BOX (box), sb_plain_label_new (json_array_get_string_element (titles, i), "sb-answer"));
  for (guint i = 0; i < sb_json_length (buttons); i++)
    {
      const char *title = sb_json_string (sb_json_object (sb_json_at (buttons, i), "reply"), "title");

      gtk_box_append (GTK_BOX (box), sb_plain_label_new (title != NULL ? title : "", "sb-answer"));
    }
}

/* -- the frame -- */

static const char *
class_of (const SbMessage *message)
{
  if (message->direction == SB_DIRECTION_NOTE)
    return "note";
  if (message->direction == SB_DIRECTION_IN)
    return "in";
  if (message->status == SB_STATUS_QUEUED || message->status == SB_STATUS_SENDING)
    return "waiting";
  if (message->status == SB_STATUS_UNKNOWN)
    return "unknown";
  if (message->status == SB_STATUS_FAILED)
    return "failed";

  return message->author == SB_AUTHOR_STAFF || message->author == SB_AUTHOR_PHONE ? "out" : "auto";
}

static char *
words_of (const SbMessage *message)
{
  if (message->revoked)
    return g_strdup (_("This message was deleted by the customer"));
  if (message->kind == SB_MESSAGE_UNSUPPORTED)
    return g_strdup (_("This kind of message is not shown yet"));
  if (message->kind == SB_MESSAGE_CONTACTS || message->kind == SB_MESSAGE_LOCATION)
    return NULL;
  if (message->kind == SB_MESSAGE_WELCOME)
    return g_strdup (_("Opened the chat for the first time"));
  if (message->text != NULL && g_utf8_strlen (message->text, -1) > LONGEST_SHOWN)
    {
      g_autofree char *cut = g_utf8_substring (message->text, 0, LONGEST_SHOWN);

      return g_strconcat (cut, "…", NULL);
    }

  return g_strdup (message->text);
}

static GtkWidget *
head_row (const SbMessage *message)
{
  g_autofree char *title = NULL;
  GtkWidget       *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *icon;

  if (message->direction == SB_DIRECTION_NOTE)
    /* Translators: who wrote an internal note */
    title = message->author_name != NULL ? g_strdup_printf (_("Note from %s"), message->author_name) : g_strdup (_("Note"));
  else if (message->kind == SB_MESSAGE_TEMPLATE)
    /* Translators: name of a template */
    title = g_strdup_printf (_("Template “%s”"), sb_json_string (message->data, "name") != NULL ? sb_json_string (message->data, "name") : "");
  else if (message->author == SB_AUTHOR_PHONE)
    title = g_strdup (_("Written on the phone"));
  else
    return NULL;

  icon = gtk_image_new_from_icon_name (message->direction == SB_DIRECTION_NOTE ? "sb-note-symbolic" : message->kind == SB_MESSAGE_TEMPLATE ? "sb-templates-symbolic"
                                                                                                                                           : "sb-phone-line-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  gtk_widget_add_css_class (icon, "sb-bubble-title");
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), sb_plain_label_new (title, "sb-bubble-title"));

  return row;
}

/* "Sent 14:29 · Delivered 14:29 · Read 14:31" */
static char *
times_text (const SbMessage *message)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; message->facts != NULL && i < message->facts->len; i++)
    {
      const SbStatusFact *fact = &g_array_index (message->facts, SbStatusFact, i);
      g_autofree char    *time = sb_time_clock (fact->at);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", sb_status_words (fact->status), time);
    }
  if (text->len == 0 && message->status != SB_STATUS_NONE)
    g_string_append (text, sb_status_words (message->status));

  return g_string_free (text, FALSE);
}

static char *
spoken (const SbMessage *message,
        const char      *time)
{
  g_autofree char *preview = sb_message_preview (message);

  if (message->direction == SB_DIRECTION_NOTE)
    /* Translators: for the screen reader: time, words of a note */
    return g_strdup_printf (_("Note %s: %s"), time, preview);
  if (message->direction == SB_DIRECTION_IN)
    /* Translators: for the screen reader: time, words of the customer */
    return g_strdup_printf (_("Customer %s: %s"), time, preview);

  {
    g_autofree char *status = g_utf8_strdown (sb_status_words (message->status), -1);

    /* Translators: for the screen reader: time, status such as "read", words of the shop */
    return g_strdup_printf (_("You %s, %s: %s"), time, status, preview);
  }
}

static GtkWidget *
text_part (const SbMessage *message,
           const char      *time)
{
  g_autofree char *words = words_of (message);
  GtkWidget       *block = sb_text_block_new (words != NULL ? words : "", message->kind != SB_MESSAGE_UNSUPPORTED);
  const char      *icon = message->direction == SB_DIRECTION_OUT ? sb_status_icon (message->status) : NULL;

  sb_text_block_set_meta (SB_TEXT_BLOCK (block), time, icon, message->status == SB_STATUS_READ || message->status == SB_STATUS_PLAYED);
  gtk_widget_set_margin_start (block, 12);
  gtk_widget_set_margin_end (block, 12);

  return block;
}

static void
add_parts (GtkWidget       *frame,
           const SbMessage *message,
           const char      *customer)
{
  GtkWidget *parts[] = {
    head_row (message),
    message->quote_id != 0 && message->quote_text != NULL ? quote_part (message, customer) : NULL,
    message->revoked ? NULL : attachment_part (message),
    message->kind == SB_MESSAGE_CONTACTS ? contact_part (message) : message->kind == SB_MESSAGE_LOCATION ? location_part (message)
                                                                : message->kind == SB_MESSAGE_ORDER      ? order_part (message)
                                                                                                         : NULL,
    message->kind == SB_MESSAGE_TEMPLATE && sb_json_string (message->data, "header") != NULL ? sb_plain_label_new (sb_json_string (message->data, "header"), "heading") : NULL,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      {
        gboolean photo = ADW_IS_CLAMP (parts[i]);

        gtk_widget_set_margin_start (parts[i], photo ? 4 : 12);
        gtk_widget_set_margin_end (parts[i], photo ? 4 : 12);
        gtk_widget_set_margin_top (parts[i], photo ? 4 : i == 0 ? 2
                                                                : 0);
        gtk_box_append (GTK_BOX (frame), parts[i]);
      }
}

static void
add_foot (GtkWidget       *row,
          const SbMessage *message,
          gboolean         newest_own)
{
  GString *reactions = g_string_new (NULL);

  for (guint i = 0; message->reactions != NULL && i < message->reactions->len; i++)
    g_string_append (reactions, ((SbReaction *) message->reactions->pdata[i])->emoji);
  if (reactions->len > 0)
    {
      GtkWidget *pill = sb_plain_label_new (reactions->str, "sb-reactions");

      gtk_widget_set_halign (pill, message->direction == SB_DIRECTION_IN ? GTK_ALIGN_START : GTK_ALIGN_END);
      gtk_widget_set_margin_start (pill, 12);
      gtk_widget_set_margin_end (pill, 12);
      gtk_box_append (GTK_BOX (row), pill);
    }
  g_string_free (reactions, TRUE);

  if (message->direction == SB_DIRECTION_OUT && message->status != SB_STATUS_FAILED && newest_own)
    {
      g_autofree char *time = message->facts != NULL && message->facts->len > 0 ? sb_time_clock (g_array_index (message->facts, SbStatusFact, message->facts->len - 1).at) : g_strdup ("");
      g_autofree char *text = g_strdup_printf ("%s %s", sb_status_words (message->status), message->status >= SB_STATUS_SENT && message->status <= SB_STATUS_READ ? time : "");
      GtkWidget       *word = sb_plain_label_new (g_strstrip (text), "sb-status-word");

      gtk_widget_set_halign (word, GTK_ALIGN_END);
      gtk_widget_set_margin_end (word, 4);
      gtk_box_append (GTK_BOX (row), word);
    }
}

/* -- system lines -- */

static const char *
system_words (const SbMessage *message)
{
  const char *what = sb_json_string (message->data, "what");

  if (g_strcmp0 (what, "offers-stopped") == 0)
    return _("The customer stopped offers");
  if (g_strcmp0 (what, "offers-resumed") == 0)
    return _("The customer allows offers again");

  return message->text != NULL ? message->text : "";
}

/**
 * sb_bubble_new:
 * @newest_own: its status is written out under it
 */
GtkWidget *
sb_bubble_new (SbEngine        *engine,
               const SbMessage *message,
               const char      *customer,
               gboolean         newest_own)
{
  GtkWidget       *row = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 2, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget       *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *time = sb_time_clock (message->sent_at);
  g_autofree char *name = spoken (message, time);
  g_autofree char *tooltip = message->direction == SB_DIRECTION_OUT ? times_text (message) : NULL;
  gboolean         inbound = message->direction == SB_DIRECTION_IN;

  if (message->direction == SB_DIRECTION_SYSTEM || message->kind == SB_MESSAGE_SYSTEM)
    {
      gtk_box_append (GTK_BOX (row), sb_plain_label_new (system_words (message), "sb-system"));
      gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
      return row;
    }

  gtk_widget_add_css_class (frame, "sb-bubble");
  gtk_widget_add_css_class (frame, class_of (message));
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  add_parts (frame, message, customer);
  {
    GtkWidget *text = text_part (message, time);

    gtk_widget_set_margin_top (text, gtk_widget_get_first_child (frame) == NULL ? 8 : 0);
    gtk_widget_set_margin_bottom (text, 8);
    gtk_box_append (GTK_BOX (frame), text);
  }
  if (message->kind == SB_MESSAGE_TEMPLATE && sb_json_string (message->data, "footer") != NULL)
    {
      GtkWidget *footer = sb_plain_label_new (sb_json_string (message->data, "footer"), "sb-meta");

      gtk_widget_set_margin_start (footer, 12);
      gtk_widget_set_margin_bottom (footer, 8);
      gtk_box_append (GTK_BOX (frame), footer);
    }
  add_buttons (frame, message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (tooltip != NULL)
    gtk_widget_set_tooltip_text (frame, tooltip);
  gtk_widget_set_halign (frame, inbound ? GTK_ALIGN_START : GTK_ALIGN_END);
  gtk_widget_set_halign (row, inbound ? GTK_ALIGN_START : GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (row), frame);
  add_foot (row, message, newest_own);
  if (message->status == SB_STATUS_UNKNOWN)
    gtk_box_append (GTK_BOX (row), sb_evidence_card_new (engine, message));
  if (message->status == SB_STATUS_FAILED)
    gtk_box_append (GTK_BOX (row), sb_failure_card_new (engine, message));

  return row;
}
