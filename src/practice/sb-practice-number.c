#include "sb-practice-account.h"

#include <string.h>

#include "sb-practice-message.h"
#include "sb-practice-persona.h"

#define DAYS_HELD 1

JsonObject *
sb_practice_number_describe (SbPractice *self)
{
  JsonObject      *account = sb_json_object (self->config, "account");
  g_autofree char *display = g_strdup_printf ("+%s", sb_practice_config (self, "phone"));

  return sb_json_make ("s:id", sb_practice_config (self, "phone_number_id"), "s:display_phone_number", display,
                       "s:verified_name", sb_json_string (account, "verified_name"), "s:quality_rating", sb_json_string (account, "quality_rating"),
                       "s:code_verification_status", "VERIFIED", "s:name_status", "APPROVED", "s:status", sb_json_string (account, "status"),
                       "s:platform_type", "CLOUD_API", "o:throughput", sb_json_make ("s:level", sb_json_string (account, "throughput"), NULL),
                       "s:account_mode", sb_json_bool (account, "test_mode", FALSE) ? "SANDBOX" : "LIVE",
                       "s:whatsapp_business_manager_messaging_limit", sb_json_string (account, "limit"),
                       "b:is_official_business_account", FALSE, "s:country_code", "GB", "s:country_dial_code", "44",
                       "o:health_status", sb_json_make ("s:can_send_message", sb_json_bool (account, "banned", FALSE) ? "BLOCKED" : "AVAILABLE", NULL), NULL);
}

static void
answer_node (SbPracticeCall *call)
{
  g_autofree char       *fields = sb_practice_call_param (call, "fields");
  g_autoptr (JsonObject) number = sb_practice_number_describe (call->practice);
  g_auto (GStrv)         names = g_strsplit (fields != NULL && fields[0] != '\0' ? fields : "display_phone_number,verified_name,quality_rating", ",", -1);
  JsonObject            *node = sb_json_make ("s:id", sb_json_string (number, "id"), NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      if (json_object_has_member (number, name))
        json_object_set_member (node, name, json_node_copy (json_object_get_member (number, name)));
    }
  sb_practice_call_answer (call, node);
}

static void
answer_profile (SbPracticeCall *call)
{
  static const char *members[] = { "about", "address", "description", "email", "vertical" };
  static const glong limits[] = { 139, 256, 512, 128, 32 };
  JsonObject        *profile = sb_json_object (call->practice->config, "profile");

  if (sb_practice_call_is (call, "GET"))
    {
      JsonObject *copy = sb_practice_copy (profile);

      json_object_set_string_member (copy, "messaging_product", "whatsapp");
      sb_practice_call_answer (call, sb_json_make ("a:data", sb_json_make_array (copy, NULL), NULL));
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *value = sb_practice_call_param (call, members[i]);

      if (value != NULL && g_utf8_strlen (value, -1) > limits[i])
        {
          sb_practice_call_fail (call, 100, "Param %s must be at most %ld characters long.", members[i], limits[i]);
          return;
        }
      if (value != NULL)
        json_object_set_string_member (profile, members[i], value);
    }
  if (sb_json_length (sb_json_array (call->body, "websites")) > 2)
    {
      sb_practice_call_fail (call, 100, "Param websites must have at most 2 elements.");
      return;
    }
  if (sb_json_array (call->body, "websites") != NULL)
    json_object_set_array_member (profile, "websites", json_array_ref (sb_json_array (call->body, "websites")));
  sb_practice_save_config (call->practice);
  sb_practice_call_success (call);
}

static void
answer_register (SbPracticeCall *call,
                 gboolean        on)
{
  JsonObject      *account = sb_json_object (call->practice->config, "account");
  g_autofree char *pin = sb_practice_call_param (call, "pin");
  const char      *known = sb_json_string (account, "pin");

  if (on && (pin == NULL || strlen (pin) != 6 || strspn (pin, "0123456789") != 6))
    {
      sb_practice_call_fail (call, 100, "Param pin must have 6 digits.");
      return;
    }
  if (on && known != NULL && !g_str_equal (pin, known))
    {
      sb_practice_call_fail (call, 133005, "The PIN is not the one that was set.");
      return;
    }
  if (on)
    json_object_set_string_member (account, "pin", pin);
  json_object_set_boolean_member (account, "registered", on);
  sb_practice_save_config (call->practice);
  sb_practice_call_success (call);
}

/* One user of a block call; the answer entry, failed or done. */
static JsonObject *
block_one (SbPracticeCall *call,
           JsonObject     *user,
           gboolean        block,
           gboolean       *failed)
{
  SbPractice *self = call->practice;
  const char *input = sb_json_string (user, "user") != NULL ? sb_json_string (user, "user") : sb_json_string (user, "user_id");
  JsonObject *persona = sb_practice_persona_find (self, input);
  gint64      last = sb_json_int (persona, "last_in", 0);
  JsonObject *entry = sb_json_make ("s:input", input, NULL);

  *failed = input == NULL || (block && (persona == NULL || last + DAYS_HELD * SB_DAY_MS < sb_practice_now (self)));
  if (*failed)
    {
      json_object_set_array_member (entry, "errors", sb_json_make_array (sb_practice_error_for_webhook (131021, "Only people who wrote within 24 hours can be blocked."), NULL));
      return entry;
    }

  if (persona != NULL)
    {
      const char            *id = sb_json_string (persona, "id");
      g_autoptr (JsonObject) doc = sb_json_make ("s:messaging_product", "whatsapp", "s:wa_id", sb_json_string (persona, "phone"),
                                                 "s:user_id", sb_json_string (persona, "user_id"), NULL);

      if (block)
        sb_practice_store_put (self->store, "block", id, doc);
      else
        sb_practice_store_remove (self->store, "block", id);
      if (sb_json_string (persona, "phone") != NULL)
        json_object_set_string_member (entry, "wa_id", sb_json_string (persona, "phone"));
      json_object_set_string_member (entry, "user_id", sb_json_string (persona, "user_id"));
    }

  return entry;
}

static void
answer_block (SbPracticeCall *call)
{
  gboolean    block = sb_practice_call_is (call, "POST");
  JsonArray  *users = sb_json_array (call->body, "block_users");
  JsonArray  *done = json_array_new ();
  JsonArray  *failed = json_array_new ();
  JsonObject *answer;

  for (guint i = 0; i < sb_json_length (users); i++)
    {
      gboolean    bad = FALSE;
      JsonObject *entry = block_one (call, sb_json_at (users, i), block, &bad);

      json_array_add_object_element (bad ? failed : done, entry);
    }

  answer = sb_json_make ("s:messaging_product", "whatsapp", "o:block_users",
                         sb_json_make (block ? "a:added_users" : "a:removed_users", done, NULL), NULL);
  if (json_array_get_length (failed) > 0)
    {
      json_object_set_array_member (sb_json_object (answer, "block_users"), "failed_users", json_array_ref (failed));
      json_object_set_object_member (answer, "errors",
                                     sb_json_make ("s:message", "(#139100) Failed to block/unblock some users", "s:type", "OAuthException", "i:code", (gint64) 139100,
                                                   "o:error_data", sb_json_make ("s:details", "See failed_users.", NULL), NULL));
    }
  sb_practice_call_fail_raw (call, json_array_get_length (failed) > 0 ? 400 : 200, answer);
  json_array_unref (failed);
}

static void
answer_block_list (SbPracticeCall *call)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (call->practice->store, "block");

  sb_practice_call_page (call, list, NULL);
}

static char *
new_code (SbPractice *self)
{
  static const char    letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  g_autoptr (SbRandom) random = sb_practice_random (self);
  char                *code = g_new0 (char, 15);

  for (guint i = 0; i < 14; i++)
    code[i] = letters[sb_random_below (random, sizeof letters - 1)];

  return code;
}

/* Links that open a chat with words already typed: made, changed, listed, deleted. */
static void
answer_links (SbPracticeCall *call)
{
  SbPractice            *self = call->practice;
  g_autofree char       *code = call->n_parts > 2 ? g_strdup (call->parts[2]) : sb_practice_call_param (call, "code");
  g_autofree char       *words = sb_practice_call_param (call, "prefilled_message");
  JsonObject            *known = sb_practice_store_get (self->store, "qr", code);
  g_autoptr (JsonObject) link = NULL;

  if (sb_practice_call_is (call, "GET"))
    {
      g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "qr");

      if (code != NULL)
        {
          g_ptr_array_set_size (list, 0);
          if (known != NULL)
            g_ptr_array_add (list, json_object_ref (known));
        }
      sb_practice_call_page (call, list, NULL);
    }
  else if (sb_practice_call_is (call, "DELETE") && known != NULL)
    {
      sb_practice_store_remove (self->store, "qr", code);
      sb_practice_call_success (call);
    }
  else if (words == NULL || words[0] == '\0' || g_utf8_strlen (words, -1) > 140 || (code != NULL && known == NULL))
    sb_practice_call_fail (call, 100, "Param prefilled_message must have 1 to 140 characters, and a code must exist.");
  else
    {
      g_autofree char *fresh = code != NULL ? g_strdup (code) : new_code (self);
      g_autofree char *deep = g_strdup_printf ("https://wa.me/message/%s", fresh);
      g_autofree char *image = g_strdup_printf ("https://scontent.example/qr/%s.svg", fresh);

      link = sb_json_make ("s:code", fresh, "s:prefilled_message", words, "s:deep_link_url", deep, "s:qr_image_url", image, NULL);
      sb_practice_store_put (self->store, "qr", fresh, link);
      sb_practice_call_answer (call, json_object_ref (link));
    }
}

static JsonObject *
history_of (JsonObject *message)
{
  JsonArray *events = sb_json_array (message, "events");
  JsonArray *data = json_array_new ();

  for (guint i = 0; i < sb_json_length (events); i++)
    {
      JsonObject      *event = sb_json_at (events, i);
      g_autofree char *status = g_ascii_strup (sb_json_string (event, "status"), -1);

      json_array_add_object_element (data, sb_json_make ("s:id", sb_json_string (event, "id"), "s:delivery_status", status,
                                                         "i:timestamp", sb_json_int (event, "at", 0) / 1000, "s:webhook_update_state", "DELIVERED", NULL));
    }

  return sb_json_make ("s:id", sb_json_string (message, "id"), "s:message_id", sb_json_string (message, "id"), "o:events", sb_json_make ("a:data", data, NULL), NULL);
}

static void
answer_history (SbPracticeCall *call)
{
  SbPractice           *self = call->practice;
  g_autofree char      *wamid = sb_practice_call_param (call, "message_id");
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GPtrArray) list = NULL;

  if (self->options->no_history)
    {
      sb_practice_call_fail (call, 100, "Tried accessing nonexisting field (message_history)");
      return;
    }

  if (wamid != NULL)
    {
      JsonObject *message = sb_practice_message_get (self, wamid);

      if (message != NULL && g_strcmp0 (sb_json_string (message, "direction"), "out") == 0)
        g_ptr_array_add (found, history_of (message));
    }
  else
    {
      list = sb_practice_store_list (self->store, "message");
      for (guint i = list->len; i > 0; i--)
        {
          if (g_strcmp0 (sb_json_string (list->pdata[i - 1], "direction"), "out") == 0)
            g_ptr_array_add (found, history_of (list->pdata[i - 1]));
        }
    }
  sb_practice_call_page (call, found, NULL);
}

static void
answer_commerce (SbPracticeCall *call)
{
  if (sb_practice_call_is (call, "POST"))
    sb_practice_call_success (call);
  else
    sb_practice_call_answer (call, sb_json_make ("a:data", sb_json_make_array (sb_json_make ("s:id", "7277", "b:is_cart_enabled", TRUE, "b:is_catalog_visible", TRUE, NULL), NULL), NULL));
}

static gboolean
answer_edge (SbPracticeCall *call,
             const char     *edge)
{
  gboolean get = sb_practice_call_is (call, "GET");

  if (g_str_equal (edge, "whatsapp_business_profile"))
    answer_profile (call);
  else if (g_str_equal (edge, "register") || g_str_equal (edge, "deregister"))
    answer_register (call, edge[0] == 'r');
  else if (g_str_equal (edge, "request_code") || g_str_equal (edge, "verify_code") || g_str_equal (edge, "conversational_automation"))
    sb_practice_call_success (call);
  else if (g_str_equal (edge, "settings"))
    get ? sb_practice_call_answer (call, sb_json_make ("o:calling", sb_json_make ("s:status", "DISABLED", NULL), NULL)) : sb_practice_call_success (call);
  else if (g_str_equal (edge, "block_users"))
    get ? answer_block_list (call) : answer_block (call);
  else if (g_str_equal (edge, "message_qrdls"))
    answer_links (call);
  else if (g_str_equal (edge, "message_history") && get)
    answer_history (call);
  else if (g_str_equal (edge, "whatsapp_commerce_settings"))
    answer_commerce (call);
  else if (g_str_equal (edge, "groups"))
    sb_practice_call_fail (call, 131215, "This number may not use groups.");
  else
    return FALSE;

  return TRUE;
}

gboolean
sb_practice_number_answer (SbPracticeCall *call)
{
  g_autofree char *pin = NULL;

  if (!g_str_equal (call->parts[0], sb_practice_config (call->practice, "phone_number_id")))
    return FALSE;
  if (call->n_parts > 1)
    return answer_edge (call, call->parts[1]);
  if (sb_practice_call_is (call, "GET"))
    {
      answer_node (call);
      return TRUE;
    }

  pin = sb_practice_call_param (call, "pin");
  if (pin != NULL)
    json_object_set_string_member (sb_json_object (call->practice->config, "account"), "pin", pin);
  sb_practice_save_config (call->practice);
  sb_practice_call_success (call);

  return TRUE;
}
