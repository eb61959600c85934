/* Is the line right? Each thing is really asked; the answer is a sentence for the owner. */
#include "sb-cloud-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-json.h"
#include "sb-wa-error.h"

typedef enum
{
  STEP_NUMBER,
  STEP_ACCOUNT,
  STEP_SUBSCRIPTION,
  STEP_TEMPLATES,
  N_STEPS
} Step;

typedef struct
{
  Step       step;
  GPtrArray *checks;
  gboolean   stopped;
  gint64     server_ms;
} Checking;

static void
checking_free (gpointer data)
{
  Checking *checking = data;

  g_clear_pointer (&checking->checks, g_ptr_array_unref);
  g_free (checking);
}

static SbCheck *
add (Checking    *checking,
     const char  *id,
     SbCheckState state,
     const char  *title,
     const char  *sentence)
{
  SbCheck *check = sb_check_new (id, state, title, sentence);

  g_ptr_array_add (checking->checks, check);

  return check;
}

static gboolean
is_about_the_key (int code)
{
  return sb_wa_error_class (code, 400) == SB_WA_STOP && sb_wa_error_stop (code) == SB_WA_STOP_KEY;
}

/* What came back, for support. The network likes to quote a key that it does not accept; that must not stay in it. */
static char *
details (SbCloudChannel     *self,
         const SbHttpAnswer *answer)
{
  g_auto (SbGraphError) error = { 0 };
  g_autoptr (GString)   text = g_string_new (NULL);

  if (sb_graph_error_read (&error, answer))
    g_string_printf (text, "HTTP %u, code %d, subcode %d: %s", answer->status, error.code, error.subcode, error.message != NULL ? error.message : "");
  else
    g_string_printf (text, "HTTP %u", answer->status);
  if (self->token[0] != '\0')
    g_string_replace (text, self->token, "…", 0);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
key_refused (Checking           *checking,
             SbCloudChannel     *self,
             const SbHttpAnswer *answer,
             const SbGraphError *error)
{
  gboolean    lacks_right = error->code == 10 || error->code == 3 || (error->code >= 200 && error->code <= 299);
  const char *sentence;
  SbCheck    *check;

  if (lacks_right)
    sentence = _("It may not send messages. Give it the right to in your business account, or make a new one.");
  else if (error->subcode == 463)
    sentence = _("It has run out. Make a new one in your business account.");
  else
    sentence = _("Copy it once more from your business account; no sign may be missing.");

  check = add (checking, "key", SB_CHECK_FAILED, _("The access key is not accepted"), sentence);
  check->code = SB_ERROR_AUTH;
  check->details = details (self, answer);
  checking->stopped = TRUE;
}

/* A page of a hotel's network, a proxy, or a server in trouble: it tells nothing about the key. */
static void
not_the_network (Checking           *checking,
                 SbCloudChannel     *self,
                 const SbHttpAnswer *answer)
{
  SbCheck *check = add (checking, "key", SB_CHECK_FAILED, _("The network does not answer as it should"), answer->status >= 500 ? _("It has a problem of its own. Try again in some minutes.") : _("Something else answered in its place. On a guest network, open any web page and sign in first."));

  check->code = SB_ERROR_REMOTE;
  check->details = details (self, answer);
  checking->stopped = TRUE;
}

static void
check_number (Checking           *checking,
              SbCloudChannel     *self,
              const SbHttpAnswer *answer,
              JsonObject         *root)
{
  g_auto (SbGraphError) error = { 0 };
  gboolean              is_error = sb_graph_error_read (&error, answer);
  gboolean              is_number = answer->status == 200 && root != NULL && json_object_has_member (root, "id");
  SbCheck              *check;

  if (is_error && (answer->status == 401 || answer->status == 403 || is_about_the_key (error.code)))
    {
      key_refused (checking, self, answer, &error);
      return;
    }
  if (!is_number && (!is_error || answer->status >= 500))
    {
      not_the_network (checking, self, answer);
      return;
    }

  add (checking, "key", SB_CHECK_OK, _("Access key works"), _("The network accepts it."));
  if (is_number)
    {
      const char      *number = sb_json_string (root, "display_phone_number");
      const char      *name = sb_json_string (root, "verified_name");
      g_autofree char *own_way = g_strdup_printf ("\u2066%s\u2069", number != NULL ? number : "");
      /* Translators: phone number, then the name customers see */
      g_autofree char *sentence = g_strdup_printf (_("%s, shown to customers as “%s”"), own_way, name != NULL ? name : "");

      check = add (checking, "number", SB_CHECK_OK, _("The number is there"), sentence);
    }
  else
    check = add (checking, "number", SB_CHECK_FAILED, _("The number’s id is not known"), _("Compare the phone number id with the one in your business account."));
  check->details = details (self, answer);
}

static void
check_account (Checking           *checking,
               SbCloudChannel     *self,
               const SbHttpAnswer *answer,
               JsonObject         *root)
{
  JsonArray *numbers = sb_json_array (root, "data");
  SbCheck   *check;

  for (guint i = 0; i < sb_json_length (numbers); i++)
    {
      g_autofree char *id = sb_json_dup_id (sb_json_at (numbers, i), "id");

      if (g_strcmp0 (id, self->line->phone_number_id) == 0)
        {
          add (checking, "account", SB_CHECK_OK, _("The number belongs to the account"), NULL);
          return;
        }
    }

  check = add (checking, "account", SB_CHECK_FAILED, answer->status == 200 ? _("The number belongs to another account") : _("The business account’s id is not known"), _("Compare the business account id with the one in your business account."));
  check->details = details (self, answer);
}

static void
check_subscription (Checking           *checking,
                    SbCloudChannel     *self,
                    const SbHttpAnswer *answer,
                    JsonObject         *root)
{
  SbCheck *check;

  if (answer->status == 200 && sb_json_length (sb_json_array (root, "data")) > 0)
    {
      add (checking, "subscription", SB_CHECK_OK, _("Your account passes on messages"), NULL);
      return;
    }

  if (answer->status != 200 || sb_json_array (root, "data") == NULL)
    {
      check = add (checking, "subscription", SB_CHECK_WARNING, _("It could not be seen whether your account passes on messages"), _("The key lacks the right to manage the account, or the business account’s id is wrong."));
      check->details = details (self, answer);
      return;
    }

  check = add (checking, "subscription", SB_CHECK_FAILED, _("Your account does not pass on messages yet"), _("The account has never been told to hand customers’ messages on. Customers can write, but nothing would arrive here. Nothing is lost: they wait for up to 7 days."));
  check->fix = g_strdup ("subscribe");
  check->details = details (self, answer);
}

static void
check_templates (Checking           *checking,
                 SbCloudChannel     *self,
                 const SbHttpAnswer *answer)
{
  SbCheck *check;

  if (answer->status == 200)
    check = add (checking, "templates", SB_CHECK_OK, _("Templates can be read"), NULL);
  else
    check = add (checking, "templates", SB_CHECK_WARNING, _("Templates cannot be read"), _("The key lacks the right to manage the account. Without templates you cannot write first."));
  check->details = details (self, answer);
}

static void
unreachable (Checking     *checking,
             const GError *error)
{
  SbCheck *check = add (checking, "key", SB_CHECK_FAILED, _("The network does not answer"), _("Is this computer online? Nothing could be checked."));

  check->code = SB_ERROR_NETWORK;
  check->details = g_strdup (error->message);
  checking->stopped = TRUE;
}

static void ask_step (GTask *task);

static void
step_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  Checking                *checking = g_task_get_task_data (task);
  SbCloudChannel          *self = g_task_get_source_object (task);
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  g_autoptr (JsonNode)     node = answer != NULL ? sb_json_parse_bytes (answer->body, NULL) : NULL;

  if (answer == NULL)
    unreachable (checking, error);
  else
    {
      checking->server_ms = answer->date_ms != 0 ? answer->date_ms : checking->server_ms;
      switch (checking->step)
        {
        case STEP_NUMBER:
          check_number (checking, self, answer, sb_json_root (node));
          break;
        case STEP_ACCOUNT:
          check_account (checking, self, answer, sb_json_root (node));
          break;
        case STEP_SUBSCRIPTION:
          check_subscription (checking, self, answer, sb_json_root (node));
          break;
        case STEP_TEMPLATES:
          check_templates (checking, self, answer);
          break;
        case N_STEPS:
        default:
          break;
        }
    }

  checking->step++;
  if (!checking->stopped && checking->step < N_STEPS)
    {
      ask_step (g_steal_pointer (&task));
      return;
    }

  if (checking->server_ms != 0)
    g_ptr_array_add (checking->checks, sb_check_clock (checking->server_ms, g_get_real_time () / 1000));
  g_task_return_pointer (task, g_steal_pointer (&checking->checks), (GDestroyNotify) g_ptr_array_unref);
}

static void
ask_step (GTask *task)
{
  SbCloudChannel           *self = g_task_get_source_object (task);
  Checking                 *checking = g_task_get_task_data (task);
  const char               *waba = self->line->waba_id != NULL ? self->line->waba_id : "0";
  g_autoptr (SbHttpRequest) request = NULL;
  g_autofree char          *url = NULL;

  switch (checking->step)
    {
    case STEP_ACCOUNT:
      url = sb_cloud_url (self, "%s/phone_numbers?limit=100", waba);
      break;
    case STEP_SUBSCRIPTION:
      url = sb_cloud_url (self, "%s/subscribed_apps", waba);
      break;
    case STEP_TEMPLATES:
      url = sb_cloud_url (self, "%s/message_templates?limit=1", waba);
      break;
    case STEP_NUMBER:
    case N_STEPS:
    default:
      url = sb_cloud_url (self, "%s?fields=id,display_phone_number,verified_name,quality_rating", self->line->phone_number_id);
      break;
    }

  request = sb_cloud_request (self, "GET", url);
  sb_http_send_async (self->http, request, g_task_get_cancellable (task), step_cb, task);
}

void
sb_cloud_check_async (SbChannel          *channel,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GTask    *task = g_task_new (channel, cancellable, callback, user_data);
  Checking *checking = g_new0 (Checking, 1);

  checking->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_check_free);
  g_task_set_task_data (task, checking, checking_free);
  ask_step (task);
}

GPtrArray *
sb_cloud_check_finish (SbChannel    *channel,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- putting right -- */

static void
fixed_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  GError                  *error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  g_auto (SbGraphError)    graph = { 0 };

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (answer->status == 200)
    g_task_return_boolean (task, TRUE);
  else
    {
      sb_graph_error_read (&graph, answer);
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_REMOTE, "%s", graph.message != NULL ? graph.message : "The network did not do it");
    }
}

/* @callback_url: (nullable): where events shall go; the account's own setting when %NULL */
void
sb_cloud_fix_async (SbChannel          *channel,
                    const char         *fix,
                    const char         *callback_url,
                    const char         *verify_token,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  SbCloudChannel           *self = SB_CLOUD_CHANNEL (channel);
  GTask                    *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char          *url = sb_cloud_url (self, "%s/subscribed_apps", self->line->waba_id != NULL ? self->line->waba_id : "0");
  g_autoptr (SbHttpRequest) request = sb_cloud_request (self, "POST", url);
  g_autoptr (JsonObject)    body = sb_json_make ("s:override_callback_uri", callback_url, "s:verify_token", callback_url != NULL ? verify_token : NULL, NULL);
  g_autofree char          *text = sb_json_text (body);
  g_autoptr (GBytes)        bytes = g_bytes_new (text, strlen (text));

  sb_http_request_set_body (request, "application/json", bytes);
  sb_http_send_async (self->http, request, cancellable, fixed_cb, task);
}

gboolean
sb_cloud_fix_finish (SbChannel    *channel,
                     GAsyncResult *result,
                     GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
