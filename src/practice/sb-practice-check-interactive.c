#include "sb-practice-check.h"

#include <string.h>

/* What each kind allows: which headers, whether a body must be there and how long it may be, and its own rule. */
typedef struct
{
  const char *type;
  const char *headers; /* none, text, any */
  gboolean    needs_header;
  gboolean    needs_body;
  glong       max_body;
  const char *action_name;
  gboolean (*check) (SbPracticeCall *call,
                     JsonObject     *action);
} Kind;

static gboolean
check_reply_buttons (SbPracticeCall *call,
                     JsonObject     *action)
{
  JsonArray *buttons = sb_json_array (action, "buttons");
  guint      n = sb_json_length (buttons);

  if (n < 1 || n > 3)
    return sb_practice_call_fail (call, 131009, "Param interactive['action']['buttons'] must have 1 to 3 elements - got %u.", n);

  for (guint i = 0; i < n; i++)
    {
      JsonObject      *reply = sb_json_object (sb_json_at (buttons, i), "reply");
      g_autofree char *id_path = g_strdup_printf ("interactive['action']['buttons'][%u]['reply']['id']", i);
      g_autofree char *title_path = g_strdup_printf ("interactive['action']['buttons'][%u]['reply']['title']", i);
      const char      *id = sb_json_string (reply, "id");
      const char      *title = sb_json_string (reply, "title");

      if (!sb_practice_check_text (call, reply, "id", id_path, 256, TRUE) ||
          !sb_practice_check_text (call, reply, "title", title_path, 20, TRUE))
        return FALSE;
      if (id != NULL && (g_ascii_isspace (id[0]) || g_ascii_isspace (id[strlen (id) - 1])))
        return sb_practice_call_fail (call, 131009, "Param %s must not begin or end with a blank.", id_path);

      for (guint j = 0; j < i; j++)
        {
          JsonObject *other = sb_json_object (sb_json_at (buttons, j), "reply");

          if (g_strcmp0 (sb_json_string (other, "id"), id) == 0 || g_strcmp0 (sb_json_string (other, "title"), title) == 0)
            return sb_practice_call_fail (call, 131009, "Reply buttons %u and %u are not unique in id and title.", j, i);
        }
    }

  return TRUE;
}

static gboolean
check_rows (SbPracticeCall *call,
            JsonObject     *section,
            guint           at,
            GHashTable     *seen)
{
  JsonArray *rows = sb_json_array (section, "rows");

  if (sb_json_length (rows) == 0)
    return sb_practice_call_fail (call, 131009, "Param interactive['action']['sections'][%u]['rows'] must not be empty.", at);

  for (guint i = 0; i < sb_json_length (rows); i++)
    {
      JsonObject      *row = sb_json_at (rows, i);
      g_autofree char *path = g_strdup_printf ("interactive['action']['sections'][%u]['rows'][%u]", at, i);
      g_autofree char *id = g_strconcat (path, "['id']", NULL);
      g_autofree char *title = g_strconcat (path, "['title']", NULL);
      g_autofree char *description = g_strconcat (path, "['description']", NULL);

      if (!sb_practice_check_text (call, row, "id", id, 200, TRUE) || !sb_practice_check_text (call, row, "title", title, 24, TRUE) ||
          !sb_practice_check_text (call, row, "description", description, 72, FALSE))
        return FALSE;
      if (!g_hash_table_add (seen, sb_json_dup_id (row, "id")))
        return sb_practice_call_fail (call, 131009, "Param %s is not unique.", id);
    }

  return TRUE;
}

static gboolean
check_list (SbPracticeCall *call,
            JsonObject     *action)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray             *sections = sb_json_array (action, "sections");
  guint                  n = sb_json_length (sections);

  if (!sb_practice_check_text (call, action, "button", "interactive['action']['button']", 20, TRUE))
    return FALSE;
  if (n < 1 || n > 10)
    return sb_practice_call_fail (call, 131009, "Param interactive['action']['sections'] must have 1 to 10 elements - got %u.", n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("interactive['action']['sections'][%u]['title']", i);

      if (!sb_practice_check_text (call, sb_json_at (sections, i), "title", path, 24, n > 1) ||
          !check_rows (call, sb_json_at (sections, i), i, seen))
        return FALSE;
    }
  if (g_hash_table_size (seen) > 10)
    return sb_practice_call_fail (call, 131009, "Total row count in interactive['action']['sections'] must be at most 10.");

  return TRUE;
}

static gboolean
check_cta (SbPracticeCall *call,
           JsonObject     *action)
{
  JsonObject *parameters = sb_json_object (action, "parameters");

  return sb_practice_check_text (call, parameters, "display_text", "interactive['action']['parameters']['display_text']", 20, TRUE) &&
         sb_practice_check_url (call, parameters, "url", "interactive['action']['parameters']['url']");
}

static gboolean
check_flow (SbPracticeCall *call,
            JsonObject     *action)
{
  JsonObject *parameters = sb_json_object (action, "parameters");
  JsonObject *payload = sb_json_object (parameters, "flow_action_payload");
  JsonObject *data = sb_json_object (payload, "data");
  const char *flow_action = sb_json_string (parameters, "flow_action");

  if (!sb_practice_check_text (call, parameters, "flow_cta", "interactive['action']['parameters']['flow_cta']", 20, TRUE))
    return FALSE;
  if (json_object_has_member (parameters, "flow_id") == json_object_has_member (parameters, "flow_name"))
    return sb_practice_call_fail (call, 131009, "interactive['action']['parameters'] must have exactly one of flow_id and flow_name.");
  if (g_strcmp0 (flow_action, "data_exchange") == 0 && payload != NULL)
    return sb_practice_call_fail (call, 131009, "flow_action_payload is only allowed with the flow_action navigate.");
  if (data != NULL && json_object_get_size (data) == 0)
    return sb_practice_call_fail (call, 131009, "flow_action_payload['data'] must not be empty.");

  return TRUE;
}

static gboolean
check_product (SbPracticeCall *call,
               JsonObject     *action)
{
  return sb_practice_check_text (call, action, "catalog_id", "interactive['action']['catalog_id']", 256, TRUE) &&
         sb_practice_check_text (call, action, "product_retailer_id", "interactive['action']['product_retailer_id']", 256, TRUE);
}

static gboolean
check_product_list (SbPracticeCall *call,
                    JsonObject     *action)
{
  JsonArray *sections = sb_json_array (action, "sections");
  guint      n = sb_json_length (sections);
  guint      n_items = 0;

  if (n < 1 || n > 10)
    return sb_practice_call_fail (call, 131009, "Param interactive['action']['sections'] must have 1 to 10 elements - got %u.", n);

  for (guint i = 0; i < n; i++)
    n_items += sb_json_length (sb_json_array (sb_json_at (sections, i), "product_items"));
  if (n_items < 1 || n_items > 30)
    return sb_practice_call_fail (call, 131009, "interactive['action']['sections'] must have 1 to 30 products in all - got %u.", n_items);

  return sb_practice_check_text (call, action, "catalog_id", "interactive['action']['catalog_id']", 256, TRUE);
}

static gboolean
check_address (SbPracticeCall *call,
               JsonObject     *action)
{
  JsonObject *parameters = sb_json_object (action, "parameters");

  return sb_practice_check_text (call, parameters, "country", "interactive['action']['parameters']['country']", 2, TRUE);
}

static gboolean
check_call (SbPracticeCall *call,
            JsonObject     *action)
{
  JsonObject *parameters = sb_json_object (action, "parameters");

  if (sb_json_int (parameters, "ttl_minutes", 10080) > 43200)
    return sb_practice_call_fail (call, 131009, "Param interactive['action']['parameters']['ttl_minutes'] must be at most 43200.");

  return sb_practice_check_text (call, parameters, "display_text", "interactive['action']['parameters']['display_text']", 20, FALSE);
}

static gboolean
check_carousel (SbPracticeCall *call,
                JsonObject     *action)
{
  JsonArray *cards = sb_json_array (action, "cards");
  guint      n = sb_json_length (cards);
  guint      first_buttons = sb_json_length (sb_json_array (sb_json_object (sb_json_at (cards, 0), "action"), "buttons"));

  if (n < 2 || n > 10)
    return sb_practice_call_fail (call, 131009, "Param interactive['action']['cards'] must have 2 to 10 elements - got %u.", n);

  for (guint i = 0; i < n; i++)
    {
      JsonObject      *card = sb_json_at (cards, i);
      g_autofree char *path = g_strdup_printf ("interactive['action']['cards'][%u]['body']['text']", i);

      if (!sb_practice_check_text (call, sb_json_object (card, "body"), "text", path, 160, FALSE))
        return FALSE;
      if (sb_json_length (sb_json_array (sb_json_object (card, "action"), "buttons")) != first_buttons)
        return sb_practice_call_fail (call, 131009, "All cards must have the same kind and number of buttons.");
    }

  return TRUE;
}

static const Kind kinds[] = {
  { "button", "any", FALSE, TRUE, 1024, NULL, check_reply_buttons },
  { "list", "text", FALSE, TRUE, 4096, NULL, check_list },
  { "cta_url", "any", FALSE, TRUE, 1024, "cta_url", check_cta },
  { "flow", "any", FALSE, TRUE, 1024, "flow", check_flow },
  { "product", "none", FALSE, FALSE, 1024, NULL, check_product },
  { "product_list", "text", TRUE, TRUE, 1024, NULL, check_product_list },
  { "catalog_message", "none", FALSE, TRUE, 1024, "catalog_message", NULL },
  { "location_request_message", "none", FALSE, TRUE, 1024, "send_location", NULL },
  { "address_message", "any", FALSE, TRUE, 1024, "address_message", check_address },
  { "request_contact_info", "any", FALSE, TRUE, 1024, "request_contact_info", NULL },
  { "carousel", "none", FALSE, TRUE, 1024, NULL, check_carousel },
  { "voice_call", "any", FALSE, TRUE, 1024, "voice_call", check_call },
  { "call_permission_request", "any", FALSE, FALSE, 1024, "call_permission_request", NULL },
};

static gboolean
check_header (SbPracticeCall *call,
              JsonObject     *interactive,
              const Kind     *kind)
{
  static const char *const media[] = { "image", "video", "document", NULL };
  JsonObject              *header = sb_json_object (interactive, "header");
  const char              *type = sb_json_string (header, "type");

  if (header == NULL && kind->needs_header)
    return sb_practice_call_fail (call, 131008, "The parameter interactive['header'] is required for %s.", kind->type);
  if (header == NULL)
    return TRUE;
  if (g_str_equal (kind->headers, "none"))
    return sb_practice_call_fail (call, 131009, "Param interactive['header'] is not allowed for %s.", kind->type);
  if (g_strcmp0 (type, "text") == 0)
    return sb_practice_check_text (call, header, "text", "interactive['header']['text']", 60, TRUE);
  if (type == NULL || !g_strv_contains (media, type) || g_str_equal (kind->headers, "text"))
    return sb_practice_call_fail (call, 131009, "Param interactive['header']['type'] is not allowed for %s.", kind->type);
  if (sb_json_string (sb_json_object (header, type), "caption") != NULL)
    return sb_practice_call_fail (call, 131009, "interactive['header']['%s'] cannot have a caption.", type);

  return sb_practice_check_media (call, sb_json_object (header, type), type, "interactive['header']");
}

gboolean
sb_practice_check_interactive (SbPracticeCall *call,
                               JsonObject     *interactive)
{
  const char *type = sb_json_string (interactive, "type");
  JsonObject *action = sb_json_object (interactive, "action");
  const Kind *kind = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (type, kinds[i].type) == 0)
        kind = &kinds[i];
    }

  if (kind == NULL)
    return sb_practice_call_fail (call, 131009, "Param interactive['type'] is not a known kind - got \"%s\".", type != NULL ? type : "");
  if (action == NULL)
    return sb_practice_call_fail (call, 131008, "The parameter interactive['action'] is required.");
  if (!check_header (call, interactive, kind) ||
      !sb_practice_check_text (call, sb_json_object (interactive, "body"), "text", "interactive['body']['text']", kind->max_body, kind->needs_body) ||
      !sb_practice_check_text (call, sb_json_object (interactive, "footer"), "text", "interactive['footer']['text']", 60, FALSE))
    return FALSE;
  if (kind->action_name != NULL && g_strcmp0 (sb_json_string (action, "name"), kind->action_name) != 0)
    return sb_practice_call_fail (call, 131009, "Param interactive['action']['name'] must be \"%s\".", kind->action_name);

  return kind->check == NULL || kind->check (call, action);
}
