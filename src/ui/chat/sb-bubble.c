/*
 * One message as it is shown: a frame in the colour of what it is, the words in one layout, and the parts its kind brings. It
 * is made anew when the message changes.
 */
#include "sb-bubble.h"

#include <glib/gi18n.h>

#include "sb-bubble-cards.h"
#include "sb-bubble-interactive.h"
#include "sb-bubble-media.h"
#include "sb-bubble-parts.h"
#include "sb-json.h"
#include "sb-system-words.h"
#include "sb-text-block.h"
#include "sb-thread-row.h"
#include "sb-voice-bar.h"

#define LONGEST_SHOWN 4200

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

static gboolean
is_a_remark (const SbMessage *message)
{
  return message->revoked || message->damaged || message->kind == SB_MESSAGE_UNSUPPORTED || message->kind == SB_MESSAGE_WELCOME;
}

/* (nullable): what stands in it, of a message that cannot be shown a sentence about it */
char *
sb_bubble_dup_words (const SbMessage *message)
{
  if (message->revoked && message->direction == SB_DIRECTION_IN)
    return g_strdup (_("This message was deleted by the customer"));
  if (message->revoked)
    return g_strdup (_("This message was deleted"));
  if (message->damaged && message->text != NULL && message->text[0] != '\0')
    /* Translators: what is left of the message follows; signs that are lost are shown as question marks in a box */
    return g_strdup_printf (_("This message is damaged. What is left of it: %s"), message->text);
  if (message->damaged)
    return g_strdup (_("This message is damaged and cannot be shown"));
  if (message->kind == SB_MESSAGE_UNSUPPORTED && sb_json_bool (message->data, "withheld", FALSE))
    return g_strdup (_("WhatsApp does not pass this message on to shops: it may be a poll, an event or a photo to be seen once. Ask the customer to send it in another way."));
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
text_part (const SbMessage *message)
{
  g_autofree char *words = sb_bubble_dup_words (message);
  g_autofree char *clock = sb_time_clock (message->sent_at);
  /* Translators: stands before the time of a message that was changed later */
  g_autofree char *time = message->edited && !message->revoked ? g_strdup_printf (_("edited %s"), clock) : g_strdup (clock);
  GtkWidget       *block = sb_text_block_new (words != NULL ? words : "", !is_a_remark (message));
  const char      *icon = message->direction == SB_DIRECTION_OUT ? sb_status_icon (message->status) : NULL;

  sb_text_block_set_meta (SB_TEXT_BLOCK (block), time, icon, message->status == SB_STATUS_READ || message->status == SB_STATUS_PLAYED);
  if (is_a_remark (message))
    sb_text_block_set_italic (SB_TEXT_BLOCK (block));
  gtk_widget_set_margin_start (block, 12);
  gtk_widget_set_margin_end (block, 12);

  return block;
}

static void
add_part (GtkWidget *frame,
          GtkWidget *part)
{
  gboolean first = gtk_widget_get_first_child (frame) == NULL;

  if (part == NULL)
    return;
  /* A picture brings its own, narrow edge. */
  if (!gtk_widget_has_css_class (part, "sb-photo-button") && !gtk_widget_has_css_class (part, "sb-video-tile"))
    {
      gtk_widget_set_margin_start (part, 12);
      gtk_widget_set_margin_end (part, 12);
      gtk_widget_set_margin_top (part, first ? 8 : 0);
    }
  gtk_box_append (GTK_BOX (frame), part);
}

/* The words with time and tick; a voice message without words takes these into its own last line. */
static void
add_text (GtkWidget       *frame,
          const SbMessage *message)
{
  GtkWidget *text = text_part (message);
  GtkWidget *last = gtk_widget_get_last_child (frame);

  if (SB_IS_VOICE_BAR (last) && (message->text == NULL || message->text[0] == '\0'))
    {
      gtk_widget_set_margin_bottom (last, 6);
      gtk_widget_set_margin_start (text, 0);
      gtk_widget_set_margin_end (text, 0);
      sb_voice_bar_set_meta (SB_VOICE_BAR (last), text);
      return;
    }
  gtk_widget_set_margin_top (text, last == NULL ? 8 : 0);
  gtk_widget_set_margin_bottom (text, 8);
  gtk_box_append (GTK_BOX (frame), text);
}

static void
add_template_line (GtkWidget       *frame,
                   const SbMessage *message,
                   const char      *member,
                   const char      *css)
{
  const char *text = message->kind == SB_MESSAGE_TEMPLATE ? sb_json_string (message->data, member) : NULL;

  if (text != NULL && text[0] != '\0')
    add_part (frame, sb_plain_label_new (text, css));
}

static void
add_foot (GtkWidget *frame,
          GtkWidget *foot)
{
  if (foot == NULL)
    return;
  gtk_widget_set_margin_bottom (foot, 8);
  add_part (frame, foot);
}

static GtkWidget *
raw_button (void)
{
  GtkWidget *button = gtk_button_new_with_label (_("Show Raw Text"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "message.info");

  return button;
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
 * @answer: the button of this message that the customer pressed, as far as it is known
 * @widest: (out): how wide it may be around its picture, 0 for any width
 */
GtkWidget *
sb_bubble_new (SbEngine        *engine,
               const SbMessage *message,
               const char      *customer,
               const SbPressed *answer,
               int             *widest)
{
  GtkWidget *frame;

  *widest = 0;
  if (message->direction == SB_DIRECTION_SYSTEM || message->kind == SB_MESSAGE_SYSTEM)
    {
      g_autofree char *words = sb_system_words (message);

      return sb_plain_label_new (words != NULL ? words : system_words (message), "sb-system");
    }

  frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (frame, "sb-bubble");
  gtk_widget_add_css_class (frame, class_of (message));
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  add_part (frame, sb_bubble_head_new (message));
  add_part (frame, message->quote_id != 0 ? sb_bubble_quote_new (engine, message, customer) : NULL);
  if (!message->revoked)
    {
      add_part (frame, sb_bubble_media_new (message, widest));
      add_part (frame, sb_bubble_card_new (message));
    }
  add_template_line (frame, message, "header", "heading");
  add_part (frame, sb_bubble_interactive_header_new (message));
  add_text (frame, message);
  add_template_line (frame, message, "footer", "sb-meta");
  add_foot (frame, sb_bubble_interactive_footer_new (message));
  if (message->kind == SB_MESSAGE_UNSUPPORTED)
    add_part (frame, raw_button ());
  sb_bubble_interactive_add (frame, message, answer);

  return frame;
}
