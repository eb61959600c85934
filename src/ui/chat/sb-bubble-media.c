/* The file of a message as it stands in its bubble: photo, video, voice, document. Buttons are actions of the message's row. */
#include "sb-bubble-media.h"

#include <glib/gi18n.h>

#include "sb-bubble-cards.h"
#include "sb-json.h"
#include "sb-photo.h"
#include "sb-video-tile.h"
#include "sb-voice-bar.h"

#define PHOTO_SIDE   262
#define STICKER_SIDE 128
#define PHOTO_EDGE   4

/* Icon, name, and below it what is to be said in small. */
GtkWidget *
sb_bubble_tile_new (const char *icon,
                    const char *title,
                    const char *sub)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = sb_plain_label_new (title, NULL);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_wrap (GTK_LABEL (name), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 32);
  gtk_box_append (GTK_BOX (column), name);
  if (sub != NULL && sub[0] != '\0')
    gtk_box_append (GTK_BOX (column), sb_plain_label_new (sub, "sb-meta"));
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), column);

  return row;
}

/* @action: of the row, without a value */
GtkWidget *
sb_bubble_tile_add_button (GtkWidget  *tile,
                           const char *label,
                           const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (tile), button);

  return button;
}

static const char *
state_words (const SbAttachment *attachment)
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
photo (const SbMessage    *message,
       const SbAttachment *attachment,
       int                *widest)
{
  gboolean   sticker = message->kind == SB_MESSAGE_STICKER;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *picture = sb_photo_new (attachment->path, sticker ? STICKER_SIDE : PHOTO_SIDE);

  gtk_button_set_child (GTK_BUTTON (button), picture);
  gtk_widget_add_css_class (button, "sb-photo-button");
  gtk_widget_set_margin_start (button, PHOTO_EDGE);
  gtk_widget_set_margin_end (button, PHOTO_EDGE);
  gtk_widget_set_margin_top (button, PHOTO_EDGE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "message.view");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, sticker ? _("Sticker") : _("Photo"), -1);
  /* Narrow pictures leave room for the words below them all the same. */
  *widest = MAX (sb_photo_get_width (SB_PHOTO (picture)), sticker ? STICKER_SIDE : 180) + 2 * PHOTO_EDGE;

  return button;
}

/* "PDF · 1.2 MB" */
static char *
kind_and_size (const SbAttachment *attachment)
{
  const char      *dot = attachment->filename != NULL ? strrchr (attachment->filename, '.') : NULL;
  g_autofree char *kind = dot != NULL && strlen (dot) <= 5 ? g_utf8_strup (dot + 1, -1) : NULL;
  g_autofree char *size = attachment->size > 0 ? g_format_size (attachment->size) : NULL;

  if (kind != NULL && size != NULL)
    return g_strdup_printf ("%s · %s", kind, size);

  return g_strdup (kind != NULL ? kind : size);
}

static GtkWidget *
document (const SbAttachment *attachment)
{
  g_autofree char *size = kind_and_size (attachment);
  const char      *words = state_words (attachment);
  GtkWidget       *tile = sb_bubble_tile_new ("sb-file-symbolic", attachment->filename != NULL ? attachment->filename : _("Document"), words != NULL ? words : size);

  if (attachment->path != NULL)
    {
      GtkWidget *save;

      sb_bubble_tile_add_button (tile, _("Open"), "message.open");
      save = gtk_button_new_from_icon_name ("document-save-symbolic");
      gtk_widget_set_valign (save, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (save, "flat");
      gtk_widget_set_tooltip_text (save, _("Save File As…"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "message.save");
      gtk_box_append (GTK_BOX (tile), save);
    }

  return tile;
}

static GtkWidget *
sound (const SbMessage    *message,
       const SbAttachment *attachment)
{
  gboolean    voice = sb_json_bool (message->data, "voice", FALSE);
  const char *title = voice ? _("Voice message") : _("Audio");
  const char      *words = state_words (attachment);
  g_autofree char *size = kind_and_size (attachment);

  if (attachment->path == NULL)
    return sb_bubble_tile_new ("sb-voice-symbolic", title, words != NULL ? words : size);

  return sb_voice_bar_new (attachment->path, attachment->duration_ms, title);
}

/* (nullable): the part, and how wide the bubble around it may be, 0 for any width. */
GtkWidget *
sb_bubble_media_new (const SbMessage *message,
                     int             *widest)
{
  const SbAttachment *attachment = message->attachments != NULL && message->attachments->len > 0 ? message->attachments->pdata[0] : NULL;
  gboolean            picture = message->kind == SB_MESSAGE_IMAGE || message->kind == SB_MESSAGE_STICKER || message->kind == SB_MESSAGE_TEMPLATE;

  if (attachment == NULL)
    return NULL;
  if (picture && attachment->path != NULL && (attachment->mime == NULL || g_str_has_prefix (attachment->mime, "image/")))
    return photo (message, attachment, widest);

  switch ((int) message->kind)
    {
    case SB_MESSAGE_AUDIO:
      return sound (message, attachment);
    case SB_MESSAGE_VIDEO:
      if (attachment->path == NULL)
        return sb_bubble_tile_new ("sb-video-symbolic", _("Video"), state_words (attachment));
      *widest = PHOTO_SIDE + 2 * PHOTO_EDGE;
      return sb_video_tile_new (attachment);
    case SB_MESSAGE_IMAGE:
    case SB_MESSAGE_STICKER:
      return sb_bubble_tile_new ("sb-photo-symbolic", message->kind == SB_MESSAGE_STICKER ? _("Sticker") : _("Photo"), state_words (attachment));
    default:
      return document (attachment);
    }
}
