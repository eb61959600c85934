/* What a bubble holds beside words and files: quote, contact, place, order, head line, buttons. */
#include "sb-bubble-parts.h"

#include <glib/gi18n.h>

#include "sb-bubble-cards.h"
#include "sb-bubble-media.h"
#include "sb-json.h"
#include "sb-message-contact.h"
#include "sb-system-words.h"
#include "sb-photo.h"

#define MOST_SHOWN 10

/* -- what it answers -- */

static GtkWidget *
quote_picture (SbEngine        *engine,
               const SbMessage *message)
{
  g_autoptr (SbMessage) quoted = message->quote_kind == SB_MESSAGE_IMAGE ? sb_reader_get_message (sb_engine_get_reader (engine), message->quote_id) : NULL;
  const SbAttachment   *attachment = quoted != NULL && quoted->attachments != NULL && quoted->attachments->len > 0 ? quoted->attachments->pdata[0] : NULL;

  return attachment != NULL && attachment->path != NULL ? sb_photo_new_square (attachment->path, 38) : NULL;
}

static GtkWidget *
one_line_new (const char *text,
              const char *css_class)
{
  GtkWidget *label = sb_plain_label_new (text, css_class);

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);

  return label;
}

/* A press goes to the message that is quoted. */
GtkWidget *
sb_bubble_quote_new (SbEngine        *engine,
                     const SbMessage *message,
                     const char      *customer)
{
  GtkWidget  *button = gtk_button_new ();
  GtkWidget  *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *who = message->quote_direction == SB_DIRECTION_OUT ? _("You") : customer != NULL ? customer
                                                                                            : _("Customer");
  SbMessage        quoted = { .kind = message->quote_kind, .text = message->quote_text, .revoked = message->quote_revoked };
  g_autofree char *preview = sb_message_preview (&quoted);
  /* Translators: for the screen reader, a button: who wrote the quoted message, and its words */
  g_autofree char *spoken = g_strdup_printf (_("Answers %s: %s"), who, preview);
  GtkWidget       *picture = message->quote_revoked ? NULL : quote_picture (engine, message);

  gtk_box_append (GTK_BOX (box), one_line_new (who, "title"));
  gtk_box_append (GTK_BOX (box), one_line_new (preview, NULL));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (row), box);
  if (picture != NULL)
    gtk_box_append (GTK_BOX (row), picture);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "sb-quote");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "timeline.jump");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", message->quote_id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return button;
}

/* -- cards -- */

/* Below the card, where a narrow window leaves the name its room. */
static GtkWidget *
with_save_button (GtkWidget *tile,
                  guint      index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = gtk_button_new_with_label (_("Save Contact"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "message.save-contact");
  gtk_box_append (GTK_BOX (box), tile);
  gtk_box_append (GTK_BOX (box), button);

  return box;
}

static GtkWidget *
contact_part (JsonObject *contact,
              guint       index)
{
  const char *name = sb_json_string (sb_json_object (contact, "name"), "formatted_name");
  const char *company = sb_json_string (sb_json_object (contact, "org"), "company");
  JsonArray  *phones = sb_json_array (contact, "phones");
  JsonArray  *emails = sb_json_array (contact, "emails");
  GString    *lines = g_string_new (company);
  GtkWidget  *tile;

  for (guint i = 0; i < MIN (sb_json_length (phones), MOST_SHOWN); i++)
    {
      const char *phone = sb_json_string (sb_json_at (phones, i), "phone");

      /* Numbers run left to right in every script. */
      if (phone != NULL)
        g_string_append_printf (lines, "%s\342\201\246%s\342\201\251", lines->len > 0 ? "\n" : "", phone);
    }
  for (guint i = 0; i < MIN (sb_json_length (emails), MOST_SHOWN); i++)
    {
      const char *email = sb_json_string (sb_json_at (emails, i), "email");

      if (email != NULL)
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", email);
    }
  tile = sb_bubble_tile_new ("sb-contact-card-symbolic", name != NULL ? name : _("Contact"), lines->str);
  g_string_free (lines, TRUE);
  if (sb_message_contact_has_number (contact))
    return with_save_button (tile, index);

  return tile;
}

static GtkWidget *
contacts_part (const SbMessage *message)
{
  JsonArray *contacts = sb_json_array (message->data, "contacts");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  for (guint i = 0; i < MIN (sb_json_length (contacts), MOST_SHOWN); i++)
    gtk_box_append (GTK_BOX (box), contact_part (sb_json_at (contacts, i), i));

  return box;
}

static GtkWidget *
location_part (const SbMessage *message)
{
  const char      *name = sb_json_string (message->data, "name");
  const char      *address = sb_json_string (message->data, "address");
  g_autofree char *place = g_strdup_printf ("\342\201\246%.5f, %.5f\342\201\251", sb_json_double (message->data, "latitude", 0), sb_json_double (message->data, "longitude", 0));
  g_autofree char *sub = name != NULL && address != NULL ? g_strdup_printf ("%s\n%s", address, place) : g_strdup (place);
  GtkWidget       *tile = sb_bubble_tile_new ("sb-location-symbolic", name != NULL ? name : address != NULL ? address
                                                                                                            : _("Location"),
                                        sub);

  sb_bubble_tile_add_button (tile, _("Open Map"), "message.map");

  return tile;
}

/* "2 × cake-12 · 38.00 GBP" for each product, as far as it fits. */
static GtkWidget *
order_part (const SbMessage *message)
{
  JsonArray       *items = sb_json_array (message->data, "product_items");
  guint            n_items = sb_json_length (items);
  g_autofree char *count = g_strdup_printf (ngettext ("%u product", "%u products", n_items), n_items);
  GString         *lines = g_string_new (count);
  GtkWidget       *tile;

  for (guint i = 0; i < MIN (n_items, MOST_SHOWN); i++)
    {
      JsonObject      *item = sb_json_at (items, i);
      g_autofree char *product = sb_json_dup_id (item, "product_retailer_id");
      g_autofree char *quantity = sb_json_dup_id (item, "quantity");
      const char      *currency = sb_json_string (item, "currency");

      g_string_append_printf (lines, "\n%s × %s", quantity != NULL ? quantity : "1", product != NULL ? product : "");
      if (currency != NULL)
        g_string_append_printf (lines, " · %.2f %s", sb_json_double (item, "item_price", 0), currency);
    }
  tile = sb_bubble_tile_new ("sb-orders-symbolic", _("Order"), lines->str);
  g_string_free (lines, TRUE);

  return tile;
}

/* (nullable) */
GtkWidget *
sb_bubble_card_new (const SbMessage *message)
{
  if (message->kind == SB_MESSAGE_CONTACTS)
    return contacts_part (message);
  if (message->kind == SB_MESSAGE_LOCATION)
    return location_part (message);
  if (message->kind == SB_MESSAGE_ORDER)
    return order_part (message);

  return NULL;
}

/* -- head line -- */

static char *
automatic_title (const SbMessage *message)
{
  const char *name = message->author_name;

  switch (message->author)
    {
    case SB_AUTHOR_FLOW:
      /* Translators: name of a flow */
      return name != NULL ? g_strdup_printf (_("Flow “%s”"), name) : g_strdup (_("Flow"));
    case SB_AUTHOR_RULE:
      /* Translators: name of a rule */
      return name != NULL ? g_strdup_printf (_("Rule “%s”"), name) : g_strdup (_("Rule"));
    case SB_AUTHOR_CAMPAIGN:
      /* Translators: name of a campaign */
      return name != NULL ? g_strdup_printf (_("Campaign “%s”"), name) : g_strdup (_("Campaign"));
    case SB_AUTHOR_ASSISTANT:
      return g_strdup (_("Assistant"));
    case SB_AUTHOR_API:
      return g_strdup (_("Another program"));
    case SB_AUTHOR_PHONE:
      return g_strdup (_("Written on the phone"));
    case SB_AUTHOR_CUSTOMER:
    case SB_AUTHOR_STAFF:
      return NULL;
    case SB_AUTHOR_SHOPBELL:
      return sb_desk_head (message);
    default:
      return NULL;
    }
}

static char *
head_title (const SbMessage *message,
            const char     **icon)
{
  if (message->direction == SB_DIRECTION_NOTE)
    {
      *icon = "sb-note-symbolic";
      /* Translators: who wrote an internal note */
      return message->author_name != NULL ? g_strdup_printf (_("Note from %s"), message->author_name) : g_strdup (_("Note"));
    }
  if (message->kind == SB_MESSAGE_TEMPLATE)
    {
      const char *name = sb_json_string (message->data, "name");

      *icon = "sb-templates-symbolic";
      /* Translators: name of a template */
      return g_strdup_printf (_("Template “%s”"), name != NULL ? name : "");
    }
  if (sb_json_bool (message->data, "forwarded", FALSE))
    {
      *icon = "mail-forward-symbolic";
      return g_strdup (_("Forwarded"));
    }
  if (message->kind == SB_MESSAGE_INTERACTIVE_REPLY && sb_json_object (message->data, "nfm_reply") != NULL)
    {
      *icon = "sb-templates-symbolic";
      return g_strdup (_("Form filled in"));
    }
  *icon = message->author == SB_AUTHOR_PHONE ? "sb-phone-line-symbolic" : "sb-bolt-symbolic";

  return message->direction == SB_DIRECTION_OUT ? automatic_title (message) : NULL;
}

/* (nullable): who wrote it, where that is not plain from the side it stands on. */
GtkWidget *
sb_bubble_head_new (const SbMessage *message)
{
  const char      *icon = NULL;
  g_autofree char *title = head_title (message, &icon);
  GtkWidget       *row, *image;

  if (title == NULL)
    return NULL;

  row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  image = gtk_image_new_from_icon_name (icon);
  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  gtk_widget_add_css_class (image, "sb-bubble-title");
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), sb_plain_label_new (title, "sb-bubble-title"));

  return row;
}
