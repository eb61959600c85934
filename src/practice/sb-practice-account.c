#include "sb-practice-account.h"

#include <string.h>

static void
answer_waba (SbPracticeCall *call)
{
  SbPractice *self = call->practice;
  JsonObject *account = sb_json_object (self->config, "account");

  sb_practice_call_answer (call, sb_json_make ("s:id", sb_practice_config (self, "waba_id"), "s:name", sb_json_string (account, "verified_name"),
                                               "s:currency", "GBP", "s:timezone_id", "46", "s:message_template_namespace", "practice_namespace",
                                               "s:account_review_status", "APPROVED", "s:business_verification_status", "verified",
                                               "s:country", "GB", "s:ownership_type", "SELF",
                                               "o:health_status", sb_json_make ("s:can_send_message", sb_json_bool (account, "banned", FALSE) ? "BLOCKED" : "AVAILABLE", NULL), NULL));
}

/* The number in a field such as analytics.start(1).end(2). */
static gint64
argument (const char *field,
          const char *name)
{
  g_autofree char *open = g_strdup_printf (".%s(", name);
  const char      *at = strstr (field, open);

  return at != NULL ? g_ascii_strtoll (at + strlen (open), NULL, 10) : 0;
}

static gint64
count_out (SbPractice *self,
           gint64      start,
           gint64      end,
           gboolean    delivered)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "message");
  gint64                n = 0;

  for (guint i = 0; i < list->len; i++)
    {
      JsonObject *message = list->pdata[i];
      gint64      at = sb_json_int (message, "at", 0) / 1000;
      const char *status = sb_json_string (message, "status");

      if (g_strcmp0 (sb_json_string (message, "direction"), "out") != 0 || at < start || at >= end)
        continue;
      n += !delivered || g_strcmp0 (status, "delivered") == 0 || g_strcmp0 (status, "read") == 0;
    }

  return n;
}

static gboolean
answer_analytics (SbPracticeCall *call)
{
  SbPractice           *self = call->practice;
  g_autofree char      *fields = sb_practice_call_param (call, "fields");
  gint64                start, end;
  JsonObject           *point;
  g_autoptr (JsonArray) phones = NULL;

  if (fields == NULL || (!g_str_has_prefix (fields, "analytics.") && !g_str_has_prefix (fields, "pricing_analytics.")))
    return FALSE;

  start = argument (fields, "start");
  end = argument (fields, "end");
  if (start <= 0 || end <= start)
    {
      sb_practice_call_fail (call, 100, "start and end must be given, in seconds.");
      return TRUE;
    }

  if (fields[0] == 'p')
    {
      point = sb_json_make ("i:start", start, "i:end", end, "s:country", "GB", "s:pricing_type", "FREE_CUSTOMER_SERVICE",
                            "s:pricing_category", "SERVICE", "i:volume", count_out (self, start, end, TRUE), "d:cost", 0.0, NULL);
      sb_practice_call_answer (call, sb_json_make ("o:pricing_analytics",
                                                   sb_json_make ("a:data", sb_json_make_array (sb_json_make ("a:data_points", sb_json_make_array (point, NULL), NULL), NULL), NULL),
                                                   "s:id", sb_practice_config (self, "waba_id"), NULL));
      return TRUE;
    }

  phones = json_array_new ();
  json_array_add_string_element (phones, sb_practice_config (self, "phone"));
  point = sb_json_make ("i:start", start, "i:end", end, "i:sent", count_out (self, start, end, FALSE),
                        "i:delivered", count_out (self, start, end, TRUE), NULL);
  sb_practice_call_answer (call, sb_json_make ("o:analytics",
                                               sb_json_make ("a:phone_numbers", json_array_ref (phones), "s:granularity", "DAY",
                                                             "a:data_points", sb_json_make_array (point, NULL), NULL),
                                               "s:id", sb_practice_config (self, "waba_id"), NULL));

  return TRUE;
}

static void
answer_empty_page (SbPracticeCall *call)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  sb_practice_call_page (call, none, NULL);
}

static gboolean
answer_waba_edge (SbPracticeCall *call,
                  const char     *edge)
{
  if (g_str_equal (edge, "phone_numbers") && sb_practice_call_is (call, "GET"))
    {
      g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

      g_ptr_array_add (numbers, sb_practice_number_describe (call->practice));
      sb_practice_call_page (call, numbers, NULL);
      return TRUE;
    }
  if (g_str_equal (edge, "template_analytics") || g_str_equal (edge, "signups") || g_str_equal (edge, "flows") ||
      g_str_equal (edge, "product_catalogs"))
    {
      answer_empty_page (call);
      return TRUE;
    }

  return FALSE;
}

/* GET /oauth/access_token: the app's own token. */
gboolean
sb_practice_account_answer_open (SbPracticeCall *call)
{
  SbPractice      *self = call->practice;
  g_autofree char *id = sb_practice_call_param (call, "client_id");
  g_autofree char *secret = sb_practice_call_param (call, "client_secret");
  g_autofree char *token = NULL;

  if (call->n_parts != 2 || !g_str_equal (call->parts[0], "oauth") || !g_str_equal (call->parts[1], "access_token"))
    return FALSE;

  if (g_strcmp0 (id, sb_practice_config (self, "app_id")) != 0 || g_strcmp0 (secret, sb_practice_config (self, "app_secret")) != 0)
    {
      sb_practice_call_fail_sub (call, 1, 0, "Error validating client secret", "The client id or the secret is wrong.");
      return TRUE;
    }

  token = g_strdup_printf ("%s|%s", id, secret);
  sb_practice_call_answer (call, sb_json_make ("s:access_token", token, "s:token_type", "bearer", NULL));

  return TRUE;
}

static gboolean
answer_waba_node (SbPracticeCall *call)
{
  if (call->n_parts == 2)
    return answer_waba_edge (call, call->parts[1]);
  if (sb_practice_call_is (call, "POST"))
    sb_practice_call_success (call);
  else if (!answer_analytics (call))
    answer_waba (call);

  return TRUE;
}

gboolean
sb_practice_account_answer (SbPracticeCall *call)
{
  SbPractice *self = call->practice;

  if (sb_practice_subscription_answer (call) || sb_practice_number_answer (call))
    return TRUE;
  if (g_str_equal (call->parts[0], sb_practice_config (self, "waba_id")))
    return answer_waba_node (call);
  if (g_str_equal (call->parts[0], sb_practice_config (self, "app_id")) && call->n_parts == 1)
    {
      sb_practice_call_answer (call, sb_json_make ("s:id", call->parts[0], "s:name", "Shopbell Practice", NULL));
      return TRUE;
    }
  if (g_str_equal (call->parts[0], "debug_token"))
    {
      sb_practice_call_answer (call, sb_json_make ("o:data", sb_json_make ("s:app_id", sb_practice_config (self, "app_id"), "b:is_valid", TRUE, "i:expires_at", (gint64) 0, "s:type", "SYSTEM_USER", NULL), NULL));
      return TRUE;
    }
  if (g_str_equal (call->parts[0], "message_template_library"))
    {
      answer_empty_page (call);
      return TRUE;
    }

  return FALSE;
}
