/* Files to and from the network. */
#include "sb-cloud-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sb-json.h"

/* The code by which the network itself would refuse a file. */
#define BAD_FILE 131053

#define MB (1024 * 1024)

/* What the network takes. Source: WhatsApp Cloud API, supported media types. */
typedef struct
{
  SbMessageKind     kind;
  goffset           max_bytes;
  const char *const types[6];
} FileRule;

static const FileRule file_rules[] = {
  { SB_MESSAGE_IMAGE, 5 * MB, { "image/jpeg", "image/png", NULL } },
  { SB_MESSAGE_VIDEO, 16 * MB, { "video/mp4", "video/3gp", "video/3gpp", NULL } },
  { SB_MESSAGE_AUDIO, 16 * MB, { "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", NULL } },
  { SB_MESSAGE_STICKER, 500 * 1024, { "image/webp", NULL } },
  { SB_MESSAGE_DOCUMENT, 100 * MB, { NULL } }, /* any: others than the listed ones are taken, too */
};

/* The type without its parameters: "audio/ogg; codecs=opus" is audio/ogg. */
static gboolean
is_type (const char *mime,
         const char *type)
{
  gsize length = strcspn (mime, "; ");

  return strlen (type) == length && g_ascii_strncasecmp (mime, type, length) == 0;
}

/* A header of a template says its format only in the template; there the type tells what it is. */
static SbMessageKind
kind_of_file (SbMessageKind kind,
              const char   *mime)
{
  if (kind != SB_MESSAGE_TEMPLATE)
    return kind;

  return g_str_has_prefix (mime, "image/") ? SB_MESSAGE_IMAGE : g_str_has_prefix (mime, "video/") ? SB_MESSAGE_VIDEO
                                                                                                  : SB_MESSAGE_DOCUMENT;
}

/**
 * sb_cloud_file_problem:
 * @mime: (nullable): as the file says
 *
 * Returns: (nullable): why the network would not take it, for the log; asked before anything leaves
 */
char *
sb_cloud_file_problem (SbMessageKind kind,
                       const char   *mime,
                       goffset       size)
{
  const char *type = mime != NULL ? mime : "application/octet-stream";

  if (size <= 0)
    return g_strdup ("The file is empty");

  for (gsize i = 0; i < G_N_ELEMENTS (file_rules); i++)
    {
      const FileRule *rule = &file_rules[i];
      gboolean        fits = rule->types[0] == NULL;

      if (rule->kind != kind_of_file (kind, type))
        continue;
      for (guint k = 0; !fits && rule->types[k] != NULL; k++)
        fits = is_type (type, rule->types[k]);
      if (!fits)
        return g_strdup_printf ("Files of type %s are not taken here", type);
      if (size > rule->max_bytes)
        return g_strdup_printf ("The file has %" G_GOFFSET_FORMAT " bytes; %" G_GOFFSET_FORMAT " are taken", size, rule->max_bytes);
      return NULL;
    }

  return g_strdup ("This kind of message has no file");
}

/* -- uploading -- */

typedef struct
{
  SbSendResult *refusal;
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_clear_pointer (&upload->refusal, sb_send_result_free);
  g_free (upload);
}

static void
upload_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  GError                  *error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  g_autoptr (JsonNode)     node = answer != NULL ? sb_json_parse_bytes (answer->body, NULL) : NULL;
  char                    *id = sb_json_dup_id (sb_json_root (node), "id");
  Upload                  *upload = g_task_get_task_data (task);

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (id != NULL && answer->status == 200)
    g_task_return_pointer (task, g_steal_pointer (&id), g_free);
  else
    {
      upload->refusal = sb_cloud_classify (answer);
      if (upload->refusal->outcome == SB_SEND_UNKNOWN)
        upload->refusal->outcome = SB_SEND_NOT_SENT;
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_REMOTE, "The file was not taken");
    }
  g_free (id);
}

/* Voice notes must say their codec; plain audio/ogg is refused. Of texts the plain ones are known alone: a CSV is one. */
static const char *
wire_type (const char *mime)
{
  if (mime == NULL)
    return "application/octet-stream";

  if (g_str_has_prefix (mime, "text/"))
    return "text/plain";

  return is_type (mime, "audio/ogg") ? "audio/ogg; codecs=opus" : mime;
}

/* Refused before asking: repeating it would change nothing. */
static void
refuse (GTask      *task,
        const char *why)
{
  Upload *upload = g_task_get_task_data (task);

  upload->refusal = sb_send_result_new (SB_SEND_REFUSED);
  upload->refusal->code = BAD_FILE;
  upload->refusal->error = g_strdup (why);
  g_task_return_new_error (task, SB_ERROR, SB_ERROR_INVALID, "%s", why);
}

void
sb_cloud_upload_async (SbCloudChannel     *self,
                       SbMessageKind       kind,
                       const SbAttachment *attachment,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask)         task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char          *url = sb_cloud_url (self, "%s/media", self->line->phone_number_id);
  g_autoptr (SbHttpRequest) request = NULL;
  g_autoptr (GMappedFile)   file = NULL;
  g_autoptr (GBytes)        bytes = NULL;
  g_autoptr (GError)        error = NULL;
  g_autofree char          *problem = NULL;
  const char               *type = wire_type (attachment->mime);

  g_task_set_source_tag (task, sb_cloud_upload_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_new0 (Upload, 1), upload_free);
  file = g_mapped_file_new (attachment->path, FALSE, &error);
  problem = file != NULL ? sb_cloud_file_problem (kind, attachment->mime, g_mapped_file_get_length (file))
                         : g_strdup_printf ("The file to send is not there any more: %s", error->message);
  if (problem != NULL)
    {
      refuse (task, problem);
      return;
    }

  bytes = g_mapped_file_get_bytes (file);
  request = sb_http_request_new ("POST", url);
  sb_http_request_set_bearer (request, self->token);
  sb_http_request_add_field (request, "messaging_product", "whatsapp");
  sb_http_request_add_field (request, "type", type);
  sb_http_request_add_file (request, "file", attachment->filename != NULL ? attachment->filename : "file", type, bytes);
  sb_http_send_async (self->media_http, request, cancellable, upload_cb, g_steal_pointer (&task));
}

/* (nullable): the media id; without one either @refusal says what the network answered, or @error what broke. */
char *
sb_cloud_upload_finish (SbCloudChannel *self,
                        GAsyncResult   *result,
                        SbSendResult  **refusal,
                        GError        **error)
{
  Upload *upload = g_task_get_task_data (G_TASK (result));

  *refusal = g_steal_pointer (&upload->refusal);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- fetching -- */

typedef struct
{
  char *part_path;
  char *sha256;
  gsize max_bytes;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->part_path);
  g_free (fetch->sha256);
  g_free (fetch);
}

/* The network gives the hash in hexadecimal or, in events, in base64. @hex: of what arrived. */
static gboolean
hash_fits (const char *wanted,
           const char *hex)
{
  g_autofree guchar  *raw = NULL;
  g_autoptr (GString) text = NULL;
  gsize               length = 0;

  if (wanted == NULL || wanted[0] == '\0')
    return TRUE;
  if (strlen (wanted) == 64)
    return g_ascii_strcasecmp (wanted, hex) == 0;

  raw = g_base64_decode (wanted, &length);
  if (length != 32)
    return FALSE;
  text = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", raw[i]);

  return g_str_equal (text->str, hex);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  Fetch                   *fetch = g_task_get_task_data (task);
  GError                  *error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  gboolean                 whole = answer != NULL && answer->status == 200 && answer->sha256 != NULL && hash_fits (fetch->sha256, answer->sha256);

  /* What is only part of the file, or another, is not left lying about. */
  if (!whole)
    g_unlink (fetch->part_path);

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (answer->status == 404 || answer->status == 410)
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_NOT_FOUND, "The file is no longer there");
  else if (answer->status != 200)
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_REMOTE, "The file was not given (%u)", answer->status);
  else if (!whole)
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_REMOTE, "The file did not arrive whole");
  else
    g_task_return_boolean (task, TRUE);
}

/* The key goes to the network's own hosts and to the one the owner entered; any other gets the question without it. */
static void
fetch_url (GTask      *task,
           const char *url)
{
  SbCloudChannel           *self = g_task_get_source_object (task);
  Fetch                    *fetch = g_task_get_task_data (task);
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", url);
  g_autofree char          *base = sb_cloud_url (self, "%s", "");
  g_autoptr (GUri)          uri = g_uri_parse (base, G_URI_FLAGS_NONE, NULL);
  const char *const         hosts[] = { "fbsbx.com", "facebook.com", "whatsapp.net", "fbcdn.net", uri != NULL ? g_uri_get_host (uri) : NULL, NULL };

  if (sb_http_may_see_key (url, hosts))
    sb_http_request_set_bearer (request, self->token);
  sb_http_request_set_trusted_hosts (request, hosts);
  sb_http_request_set_limit (request, fetch->max_bytes);
  sb_http_request_set_file (request, fetch->part_path);
  sb_http_send_async (self->media_http, request, g_task_get_cancellable (task), fetched_cb, task);
}

static void
located_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  Fetch                   *fetch = g_task_get_task_data (task);
  GError                  *error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  g_autoptr (JsonNode)     node = answer != NULL ? sb_json_parse_bytes (answer->body, NULL) : NULL;
  JsonObject              *media = sb_json_root (node);
  const char              *url = sb_json_string (media, "url");

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (answer->status == 200 && url != NULL && sb_json_int (media, "file_size", 0) > (gint64) fetch->max_bytes)
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_TOO_LARGE, "The file is larger than is fetched");
  else if (answer->status == 200 && url != NULL)
    {
      fetch->sha256 = g_strdup (sb_json_string (media, "sha256"));
      fetch_url (g_steal_pointer (&task), url);
    }
  else if (answer->status == 404 || answer->status == 400)
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_NOT_FOUND, "The file is no longer there");
  else
    g_task_return_new_error (task, SB_ERROR, answer->status == 401 ? SB_ERROR_AUTH : SB_ERROR_REMOTE, "The file was not given (%u)", answer->status);
}

/* Always asks for a fresh address: those in events live for five minutes only. */
void
sb_cloud_fetch_async (SbChannel          *channel,
                      const char         *media_id,
                      const char         *url,
                      const char         *part_path,
                      gsize               max_bytes,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  SbCloudChannel           *self = SB_CLOUD_CHANNEL (channel);
  GTask                    *task = g_task_new (self, cancellable, callback, user_data);
  Fetch                    *fetch = g_new0 (Fetch, 1);
  g_autofree char          *escaped = g_uri_escape_string (media_id != NULL ? media_id : "", NULL, FALSE);
  g_autofree char          *address = sb_cloud_url (self, "%s", escaped);
  g_autoptr (SbHttpRequest) request = sb_cloud_request (self, "GET", address);

  fetch->part_path = g_strdup (part_path);
  fetch->max_bytes = max_bytes;
  g_task_set_task_data (task, fetch, fetch_free);
  sb_http_send_async (self->media_http, request, cancellable, located_cb, task);
}

gboolean
sb_cloud_fetch_finish (SbChannel    *channel,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
