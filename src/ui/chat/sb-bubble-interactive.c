/* Buttons, lists, links, products and requests as they were sent, and what of them the customer chose. */
#include "sb-bubble-interactive.h"

#include <glib/gi18n.h>

#include "sb-bubble-cards.h"
#include "sb-bubble-media.h"
#include "sb-json.h"

#define MOST_SHOWN 30

/* -- above and below the words -- */

static GtkWidget *
media_header (JsonObject *header,
              const char *type)
{
  JsonObject *media = sb_json_object (header, type);
  const char *name = sb_json_string (media, "filename");
  const char *link = sb_json_string (media, "link");

  if (g_str_equal (type, "image"))
    return sb_bubble_tile_new ("sb-photo-symbolic", _("Photo"), link);
  if (g_str_equal (type, "video"))
    return sb_bubble_tile_new ("sb-video-symbolic", _("Video"), link);

  return sb_bubble_tile_new ("sb-file-symbolic", name != NULL ? name : _("Document"), link);
}

static GtkWidget *
header_new (JsonObject *header)
{
  const char *type = sb_json_string (header, "type");
  const char *text = sb_json_string (header, "text");

  if (g_strcmp0 (type, "image") == 0 || g_strcmp0 (type, "video") == 0 || g_strcmp0 (type, "document") == 0)
    return media_header (header, type);

  return text != NULL && text[0] != '\0' ? sb_plain_label_new (text, "heading") : NULL;
}

/* (nullable) */
GtkWidget *
sb_bubble_interactive_header_new (const SbMessage *message)
{
  return message->kind == SB_MESSAGE_INTERACTIVE ? header_new (sb_json_object (message->data, "header")) : NULL;
}

/* (nullable): the small print, or what was written below a choice in its list. */
GtkWidget *
sb_bubble_interactive_footer_new (const SbMessage *message)
{
  const char *text = NULL;

  if (message->kind == SB_MESSAGE_INTERACTIVE)
    text = sb_json_string (sb_json_object (message->data, "footer"), "text");
  else if (message->kind == SB_MESSAGE_INTERACTIVE_REPLY)
    text = sb_json_string (sb_json_object (message->data, "list_reply"), "description");

  return text != NULL && text[0] != '\0' ? sb_plain_label_new (text, "sb-meta") : NULL;
}

/* -- what could be pressed -- */

static gboolean
is_chosen (const SbPressed *answer,
           const char      *id,
           const char      *title)
{
  if (answer == NULL)
    return FALSE;

  return answer->id != NULL && id != NULL ? g_str_equal (answer->id, id) : answer->title != NULL && g_strcmp0 (answer->title, title) == 0;
}

/* What the customer chose is bold with a tick; the others step back. */
static void
add_row (GtkWidget       *frame,
         const char      *id,
         const char      *title,
         const char      *sub,
         const SbPressed *answer)
{
  gboolean         chosen = is_chosen (answer, id, title);
  g_autofree char *words = chosen ? g_strdup_printf ("✓ %s", title) : g_strdup (title != NULL ? title : "");
  g_autofree char *text = sub != NULL && sub[0] != '\0' ? g_strdup_printf ("%s\n%s", words, sub) : g_strdup (words);
  GtkWidget       *label = sb_plain_label_new (text, "sb-answer");

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_widget_add_css_class (label, chosen ? "chosen" : "dimmed");
  gtk_box_append (GTK_BOX (frame), label);
}

static void
add_caption (GtkWidget  *frame,
             const char *text)
{
  GtkWidget *label;

  if (text == NULL || text[0] == '\0')
    return;
  label = sb_plain_label_new (text, "sb-meta");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_box_append (GTK_BOX (frame), label);
}

static void
add_buttons (GtkWidget       *frame,
             JsonObject      *action,
             const SbPressed *answer)
{
  JsonArray *buttons = sb_json_array (action, "buttons");

  for (guint i = 0; i < MIN (sb_json_length (buttons), MOST_SHOWN); i++)
    {
      JsonObject *reply = sb_json_object (sb_json_at (buttons, i), "reply");

      if (reply == NULL)
        reply = sb_json_object (sb_json_at (buttons, i), "quick_reply");
      add_row (frame, sb_json_string (reply, "id"), sb_json_string (reply, "title"), NULL, answer);
    }
}

/* The rows of a list, or the products of one, under the name of their section. */
static void
add_sections (GtkWidget       *frame,
              JsonObject      *action,
              const SbPressed *answer)
{
  JsonArray *sections = sb_json_array (action, "sections");

  add_caption (frame, sb_json_string (action, "button"));
  for (guint i = 0; i < MIN (sb_json_length (sections), MOST_SHOWN); i++)
    {
      JsonObject *section = sb_json_at (sections, i);
      JsonArray  *rows = sb_json_array (section, "rows");
      JsonArray  *products = sb_json_array (section, "product_items");

      add_caption (frame, sb_json_string (section, "title"));
      for (guint j = 0; j < MIN (sb_json_length (rows), MOST_SHOWN); j++)
        add_row (frame, sb_json_string (sb_json_at (rows, j), "id"), sb_json_string (sb_json_at (rows, j), "title"), sb_json_string (sb_json_at (rows, j), "description"), answer);
      for (guint j = 0; j < MIN (sb_json_length (products), MOST_SHOWN); j++)
        add_row (frame, NULL, sb_json_string (sb_json_at (products, j), "product_retailer_id"), NULL, NULL);
    }
}

/* The button of an action that has a name of its own; (nullable). */
static const char *
named_button (JsonObject *action,
              const char *type)
{
  static const struct
  {
    const char *type;
    const char *label;
  } known[] = {
    /* Translators: a button in a message to the customer, as WhatsApp shows it */
    { "location_request_message", N_("Send Location") },
    /* Translators: a button in a message to the customer, as WhatsApp shows it */
    { "address_message", N_("Give an Address") },
    /* Translators: a button in a message to the customer, as WhatsApp shows it */
    { "request_contact_info", N_("Share Contact") },
    /* Translators: a button in a message to the customer, as WhatsApp shows it */
    { "catalog_message", N_("View Catalogue") },
    /* Translators: a button in a message to the customer, as WhatsApp shows it */
    { "call_permission_request", N_("Allow Calls") },
    /* Translators: a button in a message to the customer, as WhatsApp shows it */
    { "voice_call", N_("Call") },
  };
  JsonObject *parameters = sb_json_object (action, "parameters");
  const char *label = sb_json_string (parameters, "display_text");

  if (label == NULL)
    label = sb_json_string (parameters, "flow_cta");
  for (gsize i = 0; label == NULL && i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].type, type) == 0)
      label = _(known[i].label);

  return label;
}

static void
add_action (GtkWidget       *frame,
            JsonObject      *action,
            const char      *type,
            const SbPressed *answer)
{
  const char *label = named_button (action, type);
  const char *product = sb_json_string (action, "product_retailer_id");

  add_buttons (frame, action, answer);
  add_sections (frame, action, answer);
  if (label != NULL)
    add_row (frame, NULL, label, sb_json_string (sb_json_object (action, "parameters"), "url"), answer);
  if (product != NULL)
    add_row (frame, NULL, product, NULL, NULL);
}

static void
add_inset (GtkWidget *frame,
           GtkWidget *part)
{
  if (part == NULL)
    return;
  gtk_widget_set_margin_start (part, 12);
  gtk_widget_set_margin_end (part, 12);
  gtk_box_append (GTK_BOX (frame), part);
}

/* A carousel: each card has a picture, words and buttons of its own. */
static void
add_cards (GtkWidget       *frame,
           JsonObject      *action,
           const SbPressed *answer)
{
  JsonArray *cards = sb_json_array (action, "cards");

  for (guint i = 0; i < MIN (sb_json_length (cards), MOST_SHOWN); i++)
    {
      JsonObject *card = sb_json_at (cards, i);
      const char *text = sb_json_string (sb_json_object (card, "body"), "text");

      add_inset (frame, header_new (sb_json_object (card, "header")));
      if (text != NULL)
        add_inset (frame, sb_plain_label_new (text, NULL));
      add_action (frame, sb_json_object (card, "action"), sb_json_string (card, "type"), answer);
    }
}

/* Below the words: what the message offered. @answer: (nullable): what the customer pressed, if it is known */
void
sb_bubble_interactive_add (GtkWidget       *frame,
                           const SbMessage *message,
                           const SbPressed *answer)
{
  JsonObject *action = message->kind == SB_MESSAGE_INTERACTIVE ? sb_json_object (message->data, "action") : NULL;
  JsonArray  *titles = message->kind == SB_MESSAGE_TEMPLATE ? sb_json_array (message->data, "buttons") : NULL;

  for (guint i = 0; i < sb_json_length (titles); i++)
    if (JSON_NODE_HOLDS_VALUE (json_array_get_element (titles, i)))
      add_row (frame, NULL, json_array_get_string_element (titles, i), NULL, answer);
  if (action == NULL)
    return;
  add_action (frame, action, sb_json_string (message->data, "type"), answer);
  add_cards (frame, action, answer);
}
