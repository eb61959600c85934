#include "sb-practice-server.h"

#include <sys/socket.h>

#include "sb-practice-account.h"
#include "sb-practice-box.h"
#include "sb-practice-control.h"
#include "sb-practice-fault.h"
#include "sb-practice-media.h"
#include "sb-practice-send.h"
#include "sb-practice-template.h"

/* Ends the connection at once, as a cable pulled out does; nothing more is written. */
void
sb_practice_server_cut (SoupServerMessage *message)
{
  GSocket      *socket = soup_server_message_get_socket (message);
  struct linger hard = { 1, 0 };

  soup_server_message_set_status (message, 503, NULL);
  if (socket == NULL)
    return;

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  shutdown (g_socket_get_fd (socket), SHUT_RDWR);
}

/* The log that tests and the tour read: what was asked, for whom, and what we said. */
static void
note (SbPracticeCall *call)
{
  GPtrArray       *log = call->practice->requests;
  g_autofree char *path = g_strjoinv ("/", call->parts);
  g_autofree char *to = sb_json_dup_id (call->body, "to");
  GUri            *uri = soup_server_message_get_uri (call->message);
  JsonObject      *entry = sb_json_make ("i:at", sb_clock_now (call->practice->clock), "s:method", call->method, "s:path", path,
                                         "s:raw_path", g_uri_get_path (uri), "i:status", (gint64) call->status,
                                         "s:to", to != NULL ? to : sb_json_string (call->body, "recipient"),
                                         "s:type", sb_json_string (call->body, "type"),
                                         "s:biz_opaque_callback_data", sb_json_string (call->body, "biz_opaque_callback_data"),
                                         "s:wamid", call->wamid, "s:user_agent", sb_practice_call_header (call, "User-Agent"), NULL);

  if (call->body != NULL)
    json_object_set_object_member (entry, "body", json_object_ref (call->body));
  g_ptr_array_add (log, entry);
  if (log->len > 10000)
    g_ptr_array_remove_range (log, 0, 1000);
}

static char *
token_of (SbPracticeCall *call)
{
  const char *header = sb_practice_call_header (call, "Authorization");
  const char *param = g_hash_table_lookup (call->params, "access_token");

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    return g_strstrip (g_strdup (header + 7));
  if (header != NULL && g_ascii_strncasecmp (header, "OAuth ", 6) == 0)
    return g_strstrip (g_strdup (header + 6));

  return g_strdup (param);
}

static gboolean
may_enter (SbPracticeCall *call)
{
  JsonObject      *account = sb_json_object (call->practice->config, "account");
  const char      *state = sb_json_string (account, "token_state");
  g_autofree char *token = token_of (call);
  g_autofree char *app_token = g_strdup_printf ("%s|%s", sb_practice_config (call->practice, "app_id"),
                                                sb_practice_config (call->practice, "app_secret"));

  if (token == NULL || token[0] == '\0')
    return sb_practice_call_fail (call, 104, NULL);
  if (g_str_equal (token, app_token))
    return TRUE;
  if (!g_str_equal (token, sb_practice_config (call->practice, "token")) || g_strcmp0 (state, "revoked") == 0)
    return sb_practice_call_fail (call, 190, NULL);
  if (g_strcmp0 (state, "expired") == 0)
    return sb_practice_call_fail_sub (call, 190, 463, "Session expired", "The session has expired. Get a new access token.");
  if (g_strcmp0 (state, "no-permission") == 0)
    return sb_practice_call_fail (call, 10, "The token lacks the permission whatsapp_business_messaging.");

  return TRUE;
}

/* An object nobody knows is told as Graph does it. */
static void
unknown (SbPracticeCall *call)
{
  g_autofree char *text = g_strdup_printf ("Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to "
                                           "missing permissions, or does not support this operation.",
                                           call->method, call->n_parts > 0 ? call->parts[0] : "");

  sb_practice_call_fail_sub (call, 100, 33, "Object not found", text);
}

static void
route (SbPracticeCall *call)
{
  if (call->n_parts == 0)
    {
      unknown (call);
      return;
    }
  if (g_str_equal (call->parts[0], "oauth") || g_str_equal (call->parts[0], "attachments"))
    {
      if (!sb_practice_account_answer_open (call) && !sb_practice_media_answer_download (call))
        unknown (call);
      return;
    }
  if (!may_enter (call) || sb_practice_fault_strike (call))
    return;

  if (!sb_practice_send_answer (call) && !sb_practice_media_answer (call) && !sb_practice_template_answer (call) &&
      !sb_practice_account_answer (call))
    unknown (call);
}

static void
add_usage (SbPracticeCall *call)
{
  const char      *waba = sb_practice_config (call->practice, "waba_id");
  g_autofree char *usage = NULL;

  if (call->n_parts == 0 || !g_str_equal (call->parts[0], waba))
    return;

  usage = g_strdup_printf ("{\"%s\":[{\"type\":\"whatsapp_business_management\",\"call_count\":1,\"total_cputime\":1,"
                           "\"total_time\":1,\"estimated_time_to_regain_access\":0}]}",
                           waba);
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "x-business-use-case-usage", usage);
}

static void
serve (SbPractice     *self,
       SbPracticeCall *call)
{
  const char *first = call->n_parts > 0 ? call->parts[0] : "";

  if (g_str_equal (first, "_practice") && sb_practice_call_header (call, "Origin") != NULL)
    sb_practice_call_fail_raw (call, 403, sb_json_make ("s:error", "Web pages may not play here.", NULL));
  else if (g_str_equal (first, "_practice"))
    sb_practice_control_answer (call);
  else if (!sb_json_bool (self->config, "online", TRUE))
    sb_practice_server_cut (call->message);
  else if (g_str_equal (first, "v1"))
    sb_practice_box_answer (call);
  else
    {
      route (call);
      add_usage (call);
      note (call);
    }
}

/* What was answered is on the disk before the answer leaves. */
static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SbPractice                *self = user_data;
  g_autoptr (SbPracticeCall) call = sb_practice_call_new (self, message, g_uri_get_path (soup_server_message_get_uri (message)), query);

  serve (self, call);
  sb_practice_store_flush (self->store);
  sb_practice_call_finish (call);
  sb_practice_fault_settle (call);
}

/* ADDR:PORT, on loopback alone: this is a practice world with keys that are no secret. */
static GSocketAddress *
listen_address (const char *text,
                GError    **error)
{
  g_autoptr (GSocketConnectable) wanted = g_network_address_parse (text, 0, error);
  g_autoptr (GInetAddress)       inet = NULL;
  const char                    *host;

  if (wanted == NULL)
    return NULL;

  host = g_network_address_get_hostname (G_NETWORK_ADDRESS (wanted));
  inet = g_inet_address_new_from_string (g_str_equal (host, "localhost") ? "127.0.0.1" : host);
  if (inet == NULL || !g_inet_address_get_is_loopback (inet))
    {
      g_set_error (error, SB_ERROR, SB_ERROR_REFUSED, "%s is not an address of this computer alone; use 127.0.0.1", host);
      return NULL;
    }

  return g_inet_socket_address_new (inet, g_network_address_get_port (G_NETWORK_ADDRESS (wanted)));
}

gboolean
sb_practice_server_start (SbPractice *self,
                          GError    **error)
{
  g_autoptr (GSocketAddress) address = listen_address (self->options->listen, error);
  GSList                    *uris;

  if (address == NULL)
    return FALSE;

  self->server = soup_server_new ("server-header", "shopbell-practice", "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (!soup_server_listen (self->server, address, 0, error))
    return FALSE;

  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://%s%s%s:%d", strchr (g_uri_get_host (uris->data), ':') != NULL ? "[" : "",
                               g_uri_get_host (uris->data), strchr (g_uri_get_host (uris->data), ':') != NULL ? "]" : "",
                               g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}
