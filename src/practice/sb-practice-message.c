#include "sb-practice-message.h"

JsonObject *
sb_practice_message_get (SbPractice *self,
                         const char *wamid)
{
  return sb_practice_store_get (self->store, "message", wamid);
}

void
sb_practice_message_save (SbPractice *self,
                          JsonObject *message)
{
  sb_practice_store_put (self->store, "message", sb_json_string (message, "id"), message);
}

int
sb_practice_message_rank (const char *status)
{
  static const char *ranks[] = { "accepted", "sent", "delivered", "read", "played" };

  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    {
      if (g_strcmp0 (status, ranks[i]) == 0)
        return i;
    }

  return -1;
}

static char *
interactive_text (JsonObject *interactive)
{
  JsonObject *reply = sb_json_object (interactive, "button_reply");
  const char *body = sb_json_string (sb_json_object (interactive, "body"), "text");

  if (reply == NULL)
    reply = sb_json_object (interactive, "list_reply");
  if (reply != NULL)
    return g_strdup (sb_json_string (reply, "title"));
  if (body != NULL)
    return g_strdup (body);

  return g_strdup (sb_json_string (interactive, "type"));
}

static char *
named_text (JsonObject *part,
            const char *first,
            const char *second)
{
  const char *text = sb_json_string (part, first);

  return g_strdup (text != NULL ? text : sb_json_string (part, second));
}

/* The words of a message as a phone shows them; a template's are filled in beforehand under "words". */
char *
sb_practice_message_text (JsonObject *body)
{
  const char *type = sb_json_string (body, "type");
  JsonObject *part = type != NULL ? sb_json_object (body, type) : NULL;
  char       *text = NULL;

  if (sb_json_string (body, "words") != NULL)
    return g_strdup (sb_json_string (body, "words"));
  if (g_strcmp0 (type, "text") == 0)
    text = named_text (part, "body", "text");
  else if (g_strcmp0 (type, "interactive") == 0)
    text = interactive_text (part);
  else if (g_strcmp0 (type, "reaction") == 0)
    text = named_text (part, "emoji", "emoji");
  else if (g_strcmp0 (type, "location") == 0)
    text = named_text (part, "name", "address");
  else if (g_strcmp0 (type, "button") == 0)
    text = named_text (part, "text", "payload");
  else if (g_strcmp0 (type, "template") == 0)
    text = named_text (part, "name", "name");
  else if (g_strcmp0 (type, "contacts") == 0)
    text = named_text (sb_json_object (sb_json_at (sb_json_array (body, "contacts"), 0), "name"), "formatted_name", "first_name");
  else if (part != NULL)
    text = named_text (part, "caption", "filename");

  return text != NULL ? text : g_strdup ("");
}

static void
add_button (JsonArray  *buttons,
            const char *kind,
            const char *id,
            const char *title)
{
  json_array_add_object_element (buttons, sb_json_make ("s:kind", kind, "s:id", id != NULL ? id : title, "s:title", title, NULL));
}

static void
add_rows (JsonArray  *buttons,
          JsonObject *action)
{
  JsonArray *sections = sb_json_array (action, "sections");

  for (guint i = 0; i < sb_json_length (sections); i++)
    {
      JsonArray *rows = sb_json_array (sb_json_at (sections, i), "rows");

      for (guint j = 0; j < sb_json_length (rows); j++)
        add_button (buttons, "list", sb_json_string (sb_json_at (rows, j), "id"), sb_json_string (sb_json_at (rows, j), "title"));
    }
}

/* What the customer can tap under a message: reply buttons, list rows, a template's quick replies, an address to open. */
JsonArray *
sb_practice_message_buttons (JsonObject *body)
{
  JsonObject *action = sb_json_object (sb_json_object (body, "interactive"), "action");
  JsonArray  *given = sb_json_array (action, "buttons");
  JsonArray  *stored = sb_json_array (body, "quick_replies");
  JsonObject *parameters = sb_json_object (action, "parameters");
  JsonArray  *buttons = json_array_new ();

  for (guint i = 0; i < sb_json_length (given); i++)
    {
      JsonObject *reply = sb_json_object (sb_json_at (given, i), "reply");

      if (reply != NULL)
        add_button (buttons, "reply", sb_json_string (reply, "id"), sb_json_string (reply, "title"));
    }
  add_rows (buttons, action);
  for (guint i = 0; i < sb_json_length (stored); i++)
    add_button (buttons, sb_json_string (sb_json_at (stored, i), "kind"), sb_json_string (sb_json_at (stored, i), "id"),
                sb_json_string (sb_json_at (stored, i), "title"));
  if (sb_json_string (parameters, "display_text") != NULL)
    add_button (buttons, "url", sb_json_string (parameters, "url"), sb_json_string (parameters, "display_text"));

  return buttons;
}

static JsonObject *
find_button (JsonArray  *buttons,
             const char *id)
{
  for (guint i = 0; i < sb_json_length (buttons); i++)
    {
      if (id == NULL || g_strcmp0 (sb_json_string (sb_json_at (buttons, i), "id"), id) == 0)
        return sb_json_at (buttons, i);
    }

  return NULL;
}

/**
 * sb_practice_message_tap:
 * @message: one of the shop's
 * @button: (nullable): the id of one of its buttons, %NULL for the first
 *
 * Returns: (nullable): the message a phone sends when that button is tapped; %NULL when there is none, or it opens an address
 */
JsonObject *
sb_practice_message_tap (SbPractice *self,
                         JsonObject *message,
                         const char *button)
{
  g_autoptr (JsonArray)  buttons = sb_practice_message_buttons (sb_json_object (message, "body"));
  JsonObject            *found = find_button (buttons, button);
  const char            *kind = sb_json_string (found, "kind");
  const char            *title = sb_json_string (found, "title");
  g_autoptr (JsonObject) context = sb_json_make ("s:from", sb_practice_config (self, "phone"), "s:id", sb_json_string (message, "id"), NULL);
  JsonObject            *reply;

  if (g_strcmp0 (kind, "template") == 0)
    return sb_json_make ("s:type", "button", "o:context", json_object_ref (context),
                         "o:button", sb_json_make ("s:payload", sb_json_string (found, "id"), "s:text", title, NULL), NULL);
  if (g_strcmp0 (kind, "reply") != 0 && g_strcmp0 (kind, "list") != 0)
    return NULL;

  reply = sb_json_make ("s:id", sb_json_string (found, "id"), "s:title", title, NULL);
  if (g_str_equal (kind, "list"))
    reply = sb_json_make ("s:type", "list_reply", "o:list_reply", reply, NULL);
  else
    reply = sb_json_make ("s:type", "button_reply", "o:button_reply", reply, NULL);

  return sb_json_make ("s:type", "interactive", "o:context", json_object_ref (context), "o:interactive", reply, NULL);
}

static JsonObject *
bubble (JsonObject *message)
{
  JsonObject      *body = sb_json_object (message, "body");
  const char      *type = sb_json_string (message, "type");
  JsonObject      *part = type != NULL ? sb_json_object (body, type) : NULL;
  g_autofree char *text = sb_practice_message_text (body);

  return sb_json_make ("s:id", sb_json_string (message, "id"), "s:direction", sb_json_string (message, "direction"), "s:type", type,
                       "s:text", text, "i:at", sb_json_int (message, "at", 0), "s:status", sb_json_string (message, "status"),
                       "a:buttons", sb_practice_message_buttons (body), "s:media", sb_json_string (part, "id"),
                       "s:emoji", sb_json_string (part, "emoji"), "b:revoked", sb_json_bool (message, "revoked", FALSE),
                       "b:edited", sb_json_bool (message, "edited", FALSE),
                       "s:quoted", sb_json_string (sb_json_object (body, "context"), "id"),
                       "s:header", sb_json_string (body, "header_words"), "s:footer", sb_json_string (body, "footer_words"), NULL);
}

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  gint64 x = sb_json_int (*(JsonObject *const *) a, "at", 0), y = sb_json_int (*(JsonObject *const *) b, "at", 0);

  return x < y ? -1 : x > y;
}

/* The conversation as this customer's phone shows it. A message that never arrived is not on the phone. */
JsonArray *
sb_practice_message_thread (SbPractice *self,
                            JsonObject *persona)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "message");
  const char           *id = sb_json_string (persona, "id");
  JsonArray            *thread = json_array_new ();

  g_ptr_array_sort (list, by_time);
  for (guint i = 0; i < list->len; i++)
    {
      JsonObject *message = list->pdata[i];
      const char *status = sb_json_string (message, "status");

      if (g_strcmp0 (sb_json_string (message, "peer"), id) != 0)
        continue;
      if (g_strcmp0 (sb_json_string (message, "direction"), "out") == 0 && sb_practice_message_rank (status) < 2)
        continue;
      json_array_add_object_element (thread, bubble (message));
    }

  return thread;
}
