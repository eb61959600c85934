#include "sb-practice-account.h"

#include "sb-practice-hook.h"

/* A subscription waits for the handshake with the callback it names. */
typedef struct
{
  SbPractice        *practice;
  SoupServerMessage *message;
  const char        *member;
  char              *url;
} Pending;

static void
write_answer (SoupServerMessage *message,
              guint              status,
              JsonObject        *answer)
{
  g_autofree char *text = sb_json_text (answer);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=UTF-8", SOUP_MEMORY_COPY, text, strlen (text));
  json_object_unref (answer);
}

static void
checked_cb (gboolean ok,
            gpointer user_data)
{
  Pending *pending = user_data;

  if (ok)
    {
      json_object_set_string_member (pending->practice->config, pending->member, pending->url);
      sb_practice_save_config (pending->practice);
      write_answer (pending->message, 200, sb_json_make ("b:success", TRUE, NULL));
    }
  else
    {
      JsonObject *error = sb_json_make ("s:message", "(#2200) Callback verification failed: the callback did not give the challenge back.",
                                        "s:type", "OAuthException", "i:code", (gint64) 2200, "s:fbtrace_id", "APractice", NULL);

      write_answer (pending->message, 400, sb_json_make ("o:error", error, NULL));
    }
  soup_server_message_unpause (pending->message);
  g_object_unref (pending->message);
  g_free (pending->url);
  g_free (pending);
}

static void
subscribe (SbPracticeCall *call,
           const char     *member,
           const char     *url,
           const char     *verify_token)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->practice = call->practice;
  pending->message = g_object_ref (call->message);
  pending->member = member;
  pending->url = g_strdup (url);
  call->answered = TRUE;
  soup_server_message_pause (call->message);
  sb_practice_hook_check (call->practice, url, verify_token, checked_cb, pending);
}

static void
unsubscribe (SbPracticeCall *call,
             const char     *member)
{
  json_object_remove_member (call->practice->config, member);
  if (g_str_equal (member, "waba_webhook"))
    json_object_set_boolean_member (call->practice->config, "subscribed", FALSE);
  sb_practice_save_config (call->practice);
  sb_practice_call_success (call);
}

static void
list_apps (SbPracticeCall *call)
{
  SbPractice           *self = call->practice;
  g_autoptr (GPtrArray) apps = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  if (sb_json_bool (self->config, "subscribed", FALSE))
    g_ptr_array_add (apps, sb_json_make ("o:whatsapp_business_api_data",
                                         sb_json_make ("s:id", sb_practice_config (self, "app_id"), "s:link", "https://www.facebook.com/games/?app_id=0", "s:name", "Shopbell Practice", NULL),
                                         "s:override_callback_uri", sb_practice_config (self, "waba_webhook"), NULL));
  sb_practice_call_page (call, apps, NULL);
}

static void
answer_waba (SbPracticeCall *call)
{
  g_autofree char *url = sb_practice_call_param (call, "override_callback_uri");
  g_autofree char *token = sb_practice_call_param (call, "verify_token");

  if (sb_practice_call_is (call, "GET"))
    list_apps (call);
  else if (sb_practice_call_is (call, "DELETE"))
    unsubscribe (call, "waba_webhook");
  else
    {
      json_object_set_boolean_member (call->practice->config, "subscribed", TRUE);
      sb_practice_save_config (call->practice);
      if (url != NULL && url[0] != '\0')
        subscribe (call, "waba_webhook", url, token);
      else
        sb_practice_call_success (call);
    }
}

static void
answer_app (SbPracticeCall *call)
{
  g_autofree char *url = sb_practice_call_param (call, "callback_url");
  g_autofree char *token = sb_practice_call_param (call, "verify_token");
  const char      *current = sb_practice_config (call->practice, "app_webhook");

  if (sb_practice_call_is (call, "GET"))
    {
      JsonArray *data = json_array_new ();

      if (current != NULL)
        json_array_add_object_element (data, sb_json_make ("s:object", "whatsapp_business_account", "s:callback_url", current, "b:active", TRUE, NULL));
      sb_practice_call_answer (call, sb_json_make ("a:data", data, NULL));
    }
  else if (sb_practice_call_is (call, "DELETE"))
    unsubscribe (call, "app_webhook");
  else if (url == NULL)
    sb_practice_call_fail (call, 100, "The parameter callback_url is required.");
  else
    subscribe (call, "app_webhook", url, token);
}

static void
answer_number (SbPracticeCall *call,
               JsonObject     *configuration)
{
  const char *url = sb_json_string (configuration, "override_callback_uri");

  if (url == NULL || url[0] == '\0')
    unsubscribe (call, "phone_webhook");
  else
    subscribe (call, "phone_webhook", url, sb_json_string (configuration, "verify_token"));
}

/* The three places a callback can be set; the nearest to the number wins. */
gboolean
sb_practice_subscription_answer (SbPracticeCall *call)
{
  SbPractice *self = call->practice;
  JsonObject *configuration = sb_json_object (call->body, "webhook_configuration");
  const char *edge = call->n_parts == 2 ? call->parts[1] : "";

  if (g_str_equal (call->parts[0], sb_practice_config (self, "waba_id")) && g_str_equal (edge, "subscribed_apps"))
    answer_waba (call);
  else if (g_str_equal (call->parts[0], sb_practice_config (self, "app_id")) && g_str_equal (edge, "subscriptions"))
    answer_app (call);
  else if (g_str_equal (call->parts[0], sb_practice_config (self, "phone_number_id")) && call->n_parts == 1 && configuration != NULL &&
           sb_practice_call_is (call, "POST"))
    answer_number (call, configuration);
  else
    return FALSE;

  return TRUE;
}
