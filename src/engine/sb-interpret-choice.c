/* What a customer chose or filled in, as words. What nobody knows yet is shown as such, with its raw text. */
#include "sb-interpreter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-json.h"

#define MOST_ANSWERS 60
#define DEEPEST      4

static void add_value (GString  *text,
                       JsonNode *value,
                       int       depth);

/* "screen_0_Pickup_date_1" and "pickup_date" are "Pickup date": the first is how WhatsApp's own editor names a field. */
static char *
field_title (const char *name)
{
  g_autoptr (GRegex) regex = g_regex_new ("^screen_\\d+_(.+?)(_\\d+)?$", 0, 0, NULL);
  g_autofree char   *plain = g_regex_replace (regex, name, -1, 0, "\\1", 0, NULL);
  g_autofree char   *first = NULL;

  g_strdelimit (plain, "_", ' ');
  g_strstrip (plain);
  first = g_utf8_strup (plain, (gssize) (g_utf8_next_char (plain) - plain));

  return plain[0] != '\0' ? g_strconcat (first, g_utf8_next_char (plain), NULL) : g_strdup (name);
}

static void
add_array (GString   *text,
           JsonArray *array,
           int        depth)
{
  for (guint i = 0; i < MIN (json_array_get_length (array), MOST_ANSWERS); i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      add_value (text, json_array_get_element (array, i), depth);
    }
}

static void
add_object (GString    *text,
            JsonObject *object,
            int         depth)
{
  g_autoptr (GList) members = json_object_get_members (object);
  guint             n = 0;

  for (GList *l = members; l != NULL && n < MOST_ANSWERS; l = l->next)
    {
      g_autofree char *title = field_title (l->data);

      g_string_append_printf (text, "%s%s: ", n++ > 0 ? ", " : "", title);
      add_value (text, json_object_get_member (object, l->data), depth);
    }
}

/* A choice that was made in that editor is "0_Nuts". */
static void
add_string (GString    *text,
            const char *string)
{
  gsize digits = strspn (string, "0123456789");

  g_string_append (text, digits > 0 && digits < 4 && string[digits] == '_' && string[digits + 1] != '\0' ? string + digits + 1 : string);
}

static void
add_value (GString  *text,
           JsonNode *value,
           int       depth)
{
  if (depth > DEEPEST)
    g_string_append (text, "…");
  else if (JSON_NODE_HOLDS_ARRAY (value))
    add_array (text, json_node_get_array (value), depth + 1);
  else if (JSON_NODE_HOLDS_OBJECT (value))
    add_object (text, json_node_get_object (value), depth + 1);
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (value) ? _("yes") : _("no"));
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    add_string (text, json_node_get_string (value));
  else if (JSON_NODE_HOLDS_VALUE (value))
    {
      g_autofree char *number = json_to_string (value, FALSE);

      g_string_append (text, number);
    }
}

/* A line for each answer; (nullable): there is none. */
static char *
text_of_answers (JsonObject *answers)
{
  g_autoptr (GList)   members = answers != NULL ? json_object_get_members (answers) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint               n = 0;

  for (GList *l = members; l != NULL && n < MOST_ANSWERS; l = l->next)
    {
      g_autofree char *title = NULL;

      if (g_str_equal (l->data, "flow_token"))
        continue;
      title = field_title (l->data);
      g_string_append_printf (text, "%s%s: ", n++ > 0 ? "\n" : "", title);
      add_value (text, json_object_get_member (answers, l->data), 0);
    }

  return n > 0 ? g_strdup (text->str) : NULL;
}

static char *
text_of_form (JsonObject *form)
{
  const char          *answers = sb_json_string (form, "response_json");
  g_autoptr (JsonNode) node = answers != NULL ? sb_json_parse (answers, -1, NULL) : NULL;
  char                *text = text_of_answers (sb_json_root (node));
  const char          *body = sb_json_string (form, "body");

  if (text != NULL)
    return text;

  return g_strdup (body != NULL ? body : answers != NULL ? answers
                                                         : _("Form filled in"));
}

/* (nullable) */
static char *
text_of_choice (JsonObject *interactive)
{
  JsonObject *button = sb_json_object (interactive, "button_reply");
  JsonObject *row = sb_json_object (interactive, "list_reply");
  JsonObject *form = sb_json_object (interactive, "nfm_reply");
  JsonObject *calls = sb_json_object (interactive, "call_permission_reply");

  if (button != NULL)
    return g_strdup (sb_json_string (button, "title"));
  if (row != NULL)
    return g_strdup (sb_json_string (row, "title"));
  if (form != NULL)
    return text_of_form (form);
  if (g_strcmp0 (sb_json_string (calls, "response"), "accept") == 0)
    return g_strdup (_("Allows the shop to call"));
  if (g_strcmp0 (sb_json_string (calls, "response"), "reject") == 0)
    return g_strdup (_("Does not want to be called"));

  return NULL;
}

/* Of the shop's own telephone it is what was sent, of a customer what was chosen. */
void
sb_interpret_choice (SbMessage  *message,
                     JsonObject *interactive)
{
  if (message->direction == SB_DIRECTION_OUT)
    {
      message->kind = SB_MESSAGE_INTERACTIVE;
      message->text = g_strdup (sb_json_string (sb_json_object (interactive, "body"), "text"));
      return;
    }
  message->text = text_of_choice (interactive);
  if (message->text == NULL || message->text[0] == '\0')
    {
      g_clear_pointer (&message->text, g_free);
      message->kind = SB_MESSAGE_UNSUPPORTED;
    }
}
