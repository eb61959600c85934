#include "sb-cloud-private.h"

#include <stdarg.h>
#include <string.h>

#include "sb-cloud-payload.h"
#include "sb-json.h"

#define GRAPH_VERSION  "v25.0"
#define SEND_TIMEOUT_S 30

static void channel_init (SbChannelInterface *iface);

/**
 * SbCloudChannel:
 *
 * A line at Meta's Cloud API, or at the practice server, which speaks the same. It asks once and reports what is known; the
 * classes of that are in sb_cloud_classify ().
 */
G_DEFINE_FINAL_TYPE_WITH_CODE (SbCloudChannel, sb_cloud_channel, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SB_TYPE_CHANNEL, channel_init))

static void
sb_cloud_channel_finalize (GObject *object)
{
  SbCloudChannel *self = SB_CLOUD_CHANNEL (object);

  g_clear_pointer (&self->line, sb_line_free);
  g_free (self->token);
  g_clear_object (&self->http);
  g_clear_object (&self->media_http);

  G_OBJECT_CLASS (sb_cloud_channel_parent_class)->finalize (object);
}

static void
sb_cloud_channel_class_init (SbCloudChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_cloud_channel_finalize;
}

static void
sb_cloud_channel_init (SbCloudChannel *self)
{
  self->http = sb_http_new (SEND_TIMEOUT_S);
  self->media_http = sb_http_new (60);
}

SbChannel *
sb_cloud_channel_new (const SbLine *line,
                      const char   *token)
{
  SbCloudChannel *self = g_object_new (SB_TYPE_CLOUD_CHANNEL, NULL);

  self->line = sb_line_copy (line);
  self->token = g_strdup (token != NULL ? token : "");

  return SB_CHANNEL (self);
}

/* base URL, version, and the path. */
char *
sb_cloud_url (SbCloudChannel *self,
              const char     *format,
              ...)
{
  const char      *base = self->line->base_url != NULL ? self->line->base_url : "https://graph.facebook.com";
  gsize            length = strlen (base);
  g_autofree char *path = NULL;
  va_list          args;

  va_start (args, format);
  path = g_strdup_vprintf (format, args);
  va_end (args);
  while (length > 0 && base[length - 1] == '/')
    length--;

  return g_strdup_printf ("%.*s/" GRAPH_VERSION "/%s", (int) length, base, path);
}

SbHttpRequest *
sb_cloud_request (SbCloudChannel *self,
                  const char     *method,
                  const char     *url)
{
  SbHttpRequest *request = sb_http_request_new (method, url);

  sb_http_request_set_bearer (request, self->token);
  sb_http_request_set_timeout (request, SEND_TIMEOUT_S);

  return request;
}

/* -- answers -- */

void
sb_graph_error_clear (SbGraphError *self)
{
  g_clear_pointer (&self->message, g_free);
}

/* "error_data" is an object with details on messages, and can be plain text on templates. */
static const char *
details_of (JsonObject *error)
{
  const char *details = sb_json_string (sb_json_object (error, "error_data"), "details");

  if (details == NULL)
    details = sb_json_string (error, "error_data");
  if (details == NULL)
    details = sb_json_string (error, "error_user_msg");

  return details != NULL ? details : sb_json_string (error, "message");
}

/* FALSE when the answer is no error of the network's kind, such as a page of a proxy. */
gboolean
sb_graph_error_read (SbGraphError       *self,
                     const SbHttpAnswer *answer)
{
  g_autoptr (JsonNode) node = sb_json_parse_bytes (answer->body, NULL);
  JsonObject          *error = sb_json_object (sb_json_root (node), "error");

  if (error == NULL || !json_object_has_member (error, "code"))
    return FALSE;

  self->code = sb_json_int (error, "code", 0);
  self->subcode = sb_json_int (error, "error_subcode", 0);
  self->message = g_strdup (details_of (error));

  return TRUE;
}

/**
 * sb_cloud_classify:
 *
 * 200 with an id is accepted; an error of the network's own kind is refused; a redirect or a page that is not the network's
 * with a 4xx never reached it; everything else - 5xx, 200 with rubbish - may or may not have been sent.
 */
SbSendResult *
sb_cloud_classify (const SbHttpAnswer *answer)
{
  SbSendResult         *result = sb_send_result_new (SB_SEND_UNKNOWN);
  g_auto (SbGraphError) error = { 0 };
  g_autoptr (JsonNode)  node = NULL;
  JsonObject           *message;

  result->http_status = answer->status;
  result->retry_after_ms = answer->retry_after_ms;
  result->server_date_ms = answer->date_ms;
  if (answer->status == 200)
    {
      node = sb_json_parse_bytes (answer->body, NULL);
      message = sb_json_at (sb_json_array (sb_json_root (node), "messages"), 0);
      result->wamid = g_strdup (sb_json_string (message, "id"));
      if (result->wamid != NULL && result->wamid[0] != '\0')
        {
          result->outcome = SB_SEND_ACCEPTED;
          result->held = g_strcmp0 (sb_json_string (message, "message_status"), "held_for_quality_assessment") == 0;
          result->wa_id = sb_json_dup_id (sb_json_at (sb_json_array (sb_json_root (node), "contacts"), 0), "wa_id");
          return result;
        }
      result->error = g_strdup ("The answer could not be read");
    }
  else if (sb_graph_error_read (&error, answer))
    {
      result->outcome = answer->status < 500 || error.code == 131056 || error.code == 130429 ? SB_SEND_REFUSED : SB_SEND_UNKNOWN;
      result->code = error.code;
      result->subcode = error.subcode;
      result->error = g_steal_pointer (&error.message);
    }
  else if (answer->status >= 300 && answer->status < 500)
    {
      result->outcome = SB_SEND_NOT_SENT;
      result->error = g_strdup_printf ("Something between here and the network answered with %u", answer->status);
    }
  else
    result->error = g_strdup_printf ("The network answered with %u", answer->status);

  return result;
}

SbSendResult *
sb_cloud_classify_error (const GError *error)
{
  gboolean surely_not = g_error_matches (error, SB_ERROR, SB_ERROR_NETWORK) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                        g_error_matches (error, SB_ERROR, SB_ERROR_NOT_FOUND) || g_error_matches (error, SB_ERROR, SB_ERROR_STORAGE);
  SbSendResult *result = sb_send_result_new (surely_not ? SB_SEND_NOT_SENT : SB_SEND_UNKNOWN);

  result->error = g_strdup (error->message);

  return result;
}

/* -- sending -- */

typedef struct
{
  SbMessage *message;
  char      *to;
  gboolean   to_is_user_id;
  char      *quote_wamid;
  char      *tag;
} Send;

static void
send_free (gpointer data)
{
  Send *send = data;

  sb_message_free (send->message);
  g_free (send->to);
  g_free (send->quote_wamid);
  g_free (send->tag);
  g_free (send);
}

static void
posted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);

  g_task_return_pointer (task, answer != NULL ? sb_cloud_classify (answer) : sb_cloud_classify_error (error), (GDestroyNotify) sb_send_result_free);
}

static void
post (GTask      *task,
      const char *media_id)
{
  SbCloudChannel           *self = g_task_get_source_object (task);
  Send                     *send = g_task_get_task_data (task);
  SbSendJob                 job = { send->message, send->to, send->to_is_user_id, send->quote_wamid, send->tag };
  g_autoptr (JsonObject)    payload = sb_cloud_payload (&job, media_id);
  g_autofree char          *text = sb_json_text (payload);
  g_autofree char          *url = sb_cloud_url (self, "%s/messages", self->line->phone_number_id);
  g_autoptr (SbHttpRequest) request = sb_cloud_request (self, "POST", url);
  g_autoptr (GBytes)        body = g_bytes_new (text, strlen (text));

  sb_http_request_set_body (request, "application/json", body);
  sb_http_send_async (self->http, request, g_task_get_cancellable (task), posted_cb, task);
}

/* The media of a template's header is named by the file's path until it is uploaded. */
static void
put_header_media (JsonObject *template,
                  const char *media_id)
{
  JsonArray *components = sb_json_array (template, "components");

  for (guint i = 0; i < sb_json_length (components); i++)
    {
      JsonObject *parameter = sb_json_at (sb_json_array (sb_json_at (components, i), "parameters"), 0);
      const char *type = sb_json_string (parameter, "type");
      JsonObject *media = type != NULL ? sb_json_object (parameter, type) : NULL;

      if (media != NULL && json_object_has_member (media, "id"))
        json_object_set_string_member (media, "id", media_id);
    }
}

static void
uploaded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;
  SbSendResult      *refusal = NULL;
  Send              *send = g_task_get_task_data (task);
  g_autofree char   *media_id = sb_cloud_upload_finish (SB_CLOUD_CHANNEL (object), result, &refusal, &error);

  if (media_id != NULL)
    {
      if (send->message->kind == SB_MESSAGE_TEMPLATE)
        put_header_media (sb_json_object (send->message->data, "template"), media_id);
      post (g_steal_pointer (&task), media_id);
    }
  else if (refusal != NULL)
    g_task_return_pointer (task, refusal, (GDestroyNotify) sb_send_result_free);
  else
    {
      /* An upload that may have arrived sends nothing to anybody: it can always be repeated. */
      SbSendResult *failed = sb_send_result_new (SB_SEND_NOT_SENT);

      failed->error = g_strdup (error->message);
      g_task_return_pointer (task, failed, (GDestroyNotify) sb_send_result_free);
    }
}

static void
cloud_send_async (SbChannel          *channel,
                  const SbSendJob    *job,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  SbCloudChannel     *self = SB_CLOUD_CHANNEL (channel);
  GTask              *task = g_task_new (self, cancellable, callback, user_data);
  Send               *send = g_new0 (Send, 1);
  const SbAttachment *attachment = job->message->attachments != NULL && job->message->attachments->len > 0 ? job->message->attachments->pdata[0] : NULL;

  send->message = sb_message_copy (job->message);
  send->to = g_strdup (job->to);
  send->to_is_user_id = job->to_is_user_id;
  send->quote_wamid = g_strdup (job->quote_wamid);
  send->tag = g_strdup (job->tag);
  g_task_set_source_tag (task, cloud_send_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, send, send_free);

  if (attachment != NULL && attachment->path != NULL)
    sb_cloud_upload_async (self, job->message->kind, attachment, cancellable, uploaded_cb, task);
  else
    post (task, attachment != NULL ? attachment->media_id : NULL);
}

static SbSendResult *
cloud_send_finish (SbChannel    *channel,
                   GAsyncResult *result,
                   GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- reading and history -- */

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  GError                  *error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (answer->status == 200)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_REMOTE, "The network answered with %u", answer->status);
}

static void
cloud_mark_read_async (SbChannel          *channel,
                       const char         *wamid,
                       gboolean            typing,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  SbCloudChannel           *self = SB_CLOUD_CHANNEL (channel);
  g_autoptr (JsonObject)    payload = sb_json_make ("s:messaging_product", "whatsapp", "s:status", "read", "s:message_id", wamid,
                                                    "o:typing_indicator", typing ? sb_json_make ("s:type", "text", NULL) : NULL, NULL);
  g_autofree char          *text = sb_json_text (payload);
  g_autofree char          *url = sb_cloud_url (self, "%s/messages", self->line->phone_number_id);
  g_autoptr (SbHttpRequest) request = sb_cloud_request (self, "POST", url);
  g_autoptr (GBytes)        body = g_bytes_new (text, strlen (text));

  sb_http_request_set_body (request, "application/json", body);
  sb_http_send_async (self->http, request, cancellable, done_cb, g_task_new (self, cancellable, callback, user_data));
}

static gboolean
cloud_mark_read_finish (SbChannel    *channel,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
history_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, NULL);
  gsize                    size;
  const char              *text = answer != NULL && answer->status == 200 ? g_bytes_get_data (answer->body, &size) : NULL;

  g_task_return_pointer (task, text != NULL ? g_strndup (text, size) : NULL, g_free);
}

static void
cloud_history_async (SbChannel          *channel,
                     const char         *wamid,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  SbCloudChannel           *self = SB_CLOUD_CHANNEL (channel);
  g_autofree char          *escaped = wamid != NULL ? g_uri_escape_string (wamid, NULL, FALSE) : NULL;
  g_autofree char          *filter = escaped != NULL ? g_strconcat ("&message_id=", escaped, NULL) : g_strdup ("");
  g_autofree char          *url = sb_cloud_url (self, "%s/message_history?limit=100&fields=id,message_id,events%%7Bdelivery_status,timestamp%%7D%s", self->line->phone_number_id, filter);
  g_autoptr (SbHttpRequest) request = sb_cloud_request (self, "GET", url);

  sb_http_send_async (self->http, request, cancellable, history_cb, g_task_new (self, cancellable, callback, user_data));
}

static char *
cloud_history_finish (SbChannel    *channel,
                      GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cloud_abort (SbChannel *channel)
{
  sb_http_abort (SB_CLOUD_CHANNEL (channel)->http);
  sb_http_abort (SB_CLOUD_CHANNEL (channel)->media_http);
}

static void
channel_init (SbChannelInterface *iface)
{
  iface->send_async = cloud_send_async;
  iface->send_finish = cloud_send_finish;
  iface->fetch_async = sb_cloud_fetch_async;
  iface->fetch_finish = sb_cloud_fetch_finish;
  iface->mark_read_async = cloud_mark_read_async;
  iface->mark_read_finish = cloud_mark_read_finish;
  iface->list_templates_async = sb_cloud_list_templates_async;
  iface->list_templates_finish = sb_cloud_list_templates_finish;
  iface->check_async = sb_cloud_check_async;
  iface->check_finish = sb_cloud_check_finish;
  iface->fix_async = sb_cloud_fix_async;
  iface->fix_finish = sb_cloud_fix_finish;
  iface->history_async = cloud_history_async;
  iface->history_finish = cloud_history_finish;
  iface->abort = cloud_abort;
}
