/* Files to and from the network. */
#include "sb-cloud-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "sb-json.h"

/* Where the access key may follow a redirect to. */
static const char *const trusted_hosts[] = { "fbsbx.com", "facebook.com", "whatsapp.net", "fbcdn.net", "127.0.0.1", "localhost", NULL };

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

/* Voice notes must say their codec; plain audio/ogg is refused. */
static const char *
wire_type (const char *mime)
{
  if (mime == NULL)
    return "application/octet-stream";

  return g_str_has_prefix (mime, "audio/ogg") ? "audio/ogg; codecs=opus" : mime;
}

void
sb_cloud_upload_async (SbCloudChannel     *self,
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
  GError                   *error = NULL;
  const char               *type = wire_type (attachment->mime);

  g_task_set_task_data (task, g_new0 (Upload, 1), upload_free);
  file = g_mapped_file_new (attachment->path, FALSE, &error);
  if (file == NULL)
    {
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_NOT_FOUND, "The file to send is not there any more: %s", error->message);
      g_error_free (error);
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

/* The network gives the hash in hexadecimal or, in events, in base64. */
static gboolean
hash_fits (const char *wanted,
           GBytes     *body)
{
  g_autofree char  *hex = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  g_autofree guchar *raw = NULL;
  gsize             length = 0;
  GString          *text;
  gboolean          fits;

  if (wanted == NULL || g_ascii_strcasecmp (wanted, hex) == 0)
    return TRUE;
  if (strlen (wanted) == 64)
    return FALSE;

  raw = g_base64_decode (wanted, &length);
  if (length != 32)
    return TRUE; /* not a hash we know how to compare */
  text = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", raw[i]);
  fits = g_str_equal (text->str, hex);
  g_string_free (text, TRUE);

  return fits;
}

static gboolean
write_part (const char *path,
            GBytes     *body,
            GError    **error)
{
  gsize       size, done = 0;
  const char *data = g_bytes_get_data (body, &size);
  int         fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  while (fd >= 0 && done < size)
    {
      gssize wrote = write (fd, data + done, size - done);

      if (wrote < 0)
        break;
      done += wrote;
    }
  if (fd < 0 || done < size)
    g_set_error (error, SB_ERROR, errno == ENOSPC ? SB_ERROR_DISK_FULL : SB_ERROR_STORAGE, "The file cannot be kept: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return fd >= 0 && done == size;
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

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (answer->status == 404 || answer->status == 410)
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_NOT_FOUND, "The file is no longer there");
  else if (answer->status != 200)
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_REMOTE, "The file was not given (%u)", answer->status);
  else if (!hash_fits (fetch->sha256, answer->body))
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_REMOTE, "The file did not arrive whole");
  else if (!write_part (fetch->part_path, answer->body, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
fetch_url (GTask      *task,
           const char *url)
{
  SbCloudChannel           *self = g_task_get_source_object (task);
  Fetch                    *fetch = g_task_get_task_data (task);
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", url);

  sb_http_request_set_bearer (request, self->token);
  sb_http_request_set_trusted_hosts (request, trusted_hosts);
  sb_http_request_set_limit (request, fetch->max_bytes);
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
