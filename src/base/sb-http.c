#include "sb-http.h"

#include <errno.h>
#include <fcntl.h>
#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

#include "sb-config.h"

/**
 * SbHttp:
 *
 * One session: HTTP/1.1, at most eight connections, a time-out on every request, one explicit trust database. It keeps
 * apart the two ways in which an answer can be missing, because they are worlds apart for a message: nothing left this
 * computer (%SB_ERROR_NETWORK), or it may have arrived (%SB_ERROR_UNKNOWN).
 *
 * Nothing is queued here: keep the number of requests in flight small (16) and let completions pull the next.
 */
struct _SbHttp
{
  GObject parent_instance;

  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (SbHttp, sb_http, G_TYPE_OBJECT)

struct _SbHttpRequest
{
  SoupMessage   *message;
  SoupMultipart *multipart;
  gsize          max_bytes;
  guint          timeout_s;
  char         **trusted_hosts;
  char          *file;
};

typedef struct
{
  SoupMessage  *message;
  GInputStream *stream;
  GByteArray   *body;
  GCancellable *inner;
  GCancellable *outer;
  gulong        outer_id;
  gsize         max_bytes;
  guint         timeout_id;
  gboolean      started;
  gboolean      timed_out;
  char        **trusted_hosts;
  char         *file;
  int           fd; /* -1: the answer is kept in memory */
  gsize         n_bytes;
  GChecksum    *checksum;
} Exchange;

#define DEFAULT_LIMIT (8 * 1024 * 1024)
#define CHUNK         (64 * 1024)

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_clear_handle_id (&exchange->timeout_id, g_source_remove);
  if (exchange->outer != NULL)
    g_cancellable_disconnect (exchange->outer, exchange->outer_id);
  g_clear_object (&exchange->outer);
  g_clear_object (&exchange->inner);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->message);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_strfreev (exchange->trusted_hosts);
  g_clear_pointer (&exchange->checksum, g_checksum_free);
  g_free (exchange->file);
  if (exchange->fd >= 0)
    close (exchange->fd);
  g_free (exchange);
}

SbHttpRequest *
sb_http_request_new (const char *method,
                     const char *url)
{
  SbHttpRequest *self = g_new0 (SbHttpRequest, 1);

  self->message = soup_message_new (method, url);
  self->max_bytes = DEFAULT_LIMIT;
  if (self->message != NULL)
    soup_message_set_force_http1 (self->message, TRUE);

  return self;
}

void
sb_http_request_free (SbHttpRequest *self)
{
  g_clear_object (&self->message);
  g_clear_pointer (&self->multipart, soup_multipart_free);
  g_strfreev (self->trusted_hosts);
  g_free (self->file);
  g_free (self);
}

void
sb_http_request_set_header (SbHttpRequest *self,
                            const char    *name,
                            const char    *value)
{
  if (self->message != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (self->message), name, value);
}

void
sb_http_request_set_bearer (SbHttpRequest *self,
                            const char    *token)
{
  g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

  sb_http_request_set_header (self, "Authorization", value);
}

void
sb_http_request_set_body (SbHttpRequest *self,
                          const char    *content_type,
                          GBytes        *body)
{
  if (self->message != NULL)
    soup_message_set_request_body_from_bytes (self->message, content_type, body);
}

static SoupMultipart *
ensure_multipart (SbHttpRequest *self)
{
  if (self->multipart == NULL)
    self->multipart = soup_multipart_new ("multipart/form-data");

  return self->multipart;
}

void
sb_http_request_add_field (SbHttpRequest *self,
                           const char    *name,
                           const char    *value)
{
  soup_multipart_append_form_string (ensure_multipart (self), name, value);
}

void
sb_http_request_add_file (SbHttpRequest *self,
                          const char    *name,
                          const char    *filename,
                          const char    *content_type,
                          GBytes        *bytes)
{
  soup_multipart_append_form_file (ensure_multipart (self), name, filename, content_type, bytes);
}

/* The longest answer that is read; a longer one is %SB_ERROR_TOO_LARGE. 8 MiB when not set. */
void
sb_http_request_set_limit (SbHttpRequest *self,
                           gsize          max_bytes)
{
  self->max_bytes = max_bytes;
}

/* A limit on the whole exchange, on top of the session's limit on silence. */
void
sb_http_request_set_timeout (SbHttpRequest *self,
                             guint          seconds)
{
  self->timeout_s = seconds;
}

/**
 * sb_http_request_set_trusted_hosts:
 * @suffixes: hosts, or the ends of hosts, that may see the key
 *
 * Without this call no redirect is followed and the 3xx itself is the answer: a message must never be repeated at another
 * address. With it redirects are followed, and the key is left at home where the host ends in none of @suffixes or the
 * way there is not encrypted (loopback excepted).
 */
void
sb_http_request_set_trusted_hosts (SbHttpRequest     *self,
                                   const char *const *suffixes)
{
  g_strfreev (self->trusted_hosts);
  self->trusted_hosts = g_strdupv ((char **) suffixes);
}

/* A good answer (200) goes to this file, 0600, instead of memory; only its length and hash are then in the answer. */
void
sb_http_request_set_file (SbHttpRequest *self,
                          const char    *path)
{
  g_set_str (&self->file, path);
}

void
sb_http_answer_free (SbHttpAnswer *self)
{
  g_free (self->sha256);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->usage);
  g_free (self);
}

static gint64
retry_after_of (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64     seconds;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, 86400, &seconds, NULL))
    return -1;

  return seconds * 1000;
}

static gint64
date_of (SoupMessageHeaders *headers)
{
  const char           *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * 1000 : 0;
}

static SbHttpAnswer *
make_answer (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  SbHttpAnswer       *answer = g_new0 (SbHttpAnswer, 1);

  answer->status = soup_message_get_status (exchange->message);
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  answer->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->usage = g_strdup (soup_message_headers_get_one (headers, "x-business-use-case-usage"));
  answer->sha256 = exchange->checksum != NULL ? g_strdup (g_checksum_get_string (exchange->checksum)) : NULL;
  answer->n_bytes = exchange->n_bytes;
  answer->retry_after_ms = retry_after_of (headers);
  answer->date_ms = date_of (headers);

  return answer;
}

/* Takes @error over and says which of the two kinds of silence it was. */
static void
fail (GTask  *task,
      GError *error)
{
  g_autoptr (GError) cause = error;
  Exchange          *exchange = g_task_get_task_data (task);

  if (cause->domain == SB_ERROR)
    g_task_return_error (task, g_steal_pointer (&cause));
  else if (exchange->started)
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_UNKNOWN, "No answer after the request had left: %s",
                             exchange->timed_out ? "time-out" : cause->message);
  else if (exchange->outer != NULL && g_cancellable_is_cancelled (exchange->outer))
    g_task_return_error (task, g_steal_pointer (&cause));
  else
    g_task_return_new_error (task, SB_ERROR, SB_ERROR_NETWORK, "Not sent: %s", exchange->timed_out ? "time-out" : cause->message);

  g_object_unref (task);
}

static gboolean
write_all (int      fd,
           GBytes  *chunk,
           GError **error)
{
  gsize       size, done = 0;
  const char *data = g_bytes_get_data (chunk, &size);

  while (done < size)
    {
      gssize wrote = write (fd, data + done, size - done);

      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote < 0)
        {
          g_set_error (error, SB_ERROR, errno == ENOSPC || errno == EDQUOT ? SB_ERROR_DISK_FULL : SB_ERROR_STORAGE,
                       "The file cannot be kept: %s", g_strerror (errno));
          return FALSE;
        }
      done += wrote;
    }

  return TRUE;
}

static gboolean
keep (Exchange *exchange,
      GBytes   *chunk,
      GError  **error)
{
  gsize       size;
  const void *data = g_bytes_get_data (chunk, &size);

  if (exchange->n_bytes + size > exchange->max_bytes)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_TOO_LARGE, "The answer is over the limit of %" G_GSIZE_FORMAT " bytes", exchange->max_bytes);
      return FALSE;
    }

  exchange->n_bytes += size;
  if (exchange->fd < 0)
    {
      g_byte_array_append (exchange->body, data, size);
      return TRUE;
    }

  g_checksum_update (exchange->checksum, data, size);

  return write_all (exchange->fd, chunk, error);
}

static void read_next (GTask *task);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask             *task = user_data;
  Exchange          *exchange = g_task_get_task_data (task);
  GError            *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (chunk == NULL)
    {
      fail (task, error);
      return;
    }

  if (g_bytes_get_size (chunk) == 0)
    {
      g_task_return_pointer (task, make_answer (exchange), (GDestroyNotify) sb_http_answer_free);
      g_object_unref (task);
      return;
    }

  if (keep (exchange, chunk, &error))
    read_next (task);
  else
    fail (task, error);
}

static void
read_next (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, CHUNK, g_task_get_priority (task), exchange->inner, read_cb, task);
}

/* Only a good answer becomes the file; the words of a bad one are kept in memory. */
static gboolean
open_file (Exchange *exchange,
           GError  **error)
{
  if (exchange->file == NULL || soup_message_get_status (exchange->message) != 200)
    return TRUE;

  exchange->fd = open (exchange->file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  exchange->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (exchange->fd < 0)
    g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The file cannot be made: %s", g_strerror (errno));

  return exchange->fd >= 0;
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask    *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GError   *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (exchange->stream == NULL || !open_file (exchange, &error))
    fail (task, error);
  else
    read_next (task);
}

/* Emitted when the first byte is about to be written: from here on the other side may have got it. */
static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  Exchange *exchange = user_data;

  exchange->started = TRUE;
}

static gboolean
address_is_trusted (GUri        *uri,
                    char *const *suffixes)
{
  g_autofree char *host = g_uri_get_host (uri) != NULL ? g_ascii_strdown (g_uri_get_host (uri), -1) : NULL;
  gboolean         is_private = g_str_equal (g_uri_get_scheme (uri), "https") || g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0;

  for (; host != NULL && is_private && suffixes != NULL && *suffixes != NULL; suffixes++)
    if (g_ascii_strcasecmp (host, *suffixes) == 0 ||
        (g_str_has_suffix (host, *suffixes) && host[strlen (host) - strlen (*suffixes) - 1] == '.'))
      return TRUE;

  return FALSE;
}

/* May the key go to @url? The same rule as for redirects. */
gboolean
sb_http_may_see_key (const char        *url,
                     const char *const *suffixes)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && address_is_trusted (uri, (char *const *) suffixes);
}

static void
restarted_cb (SoupMessage *message,
              gpointer     user_data)
{
  Exchange *exchange = user_data;

  if (!address_is_trusted (soup_message_get_uri (message), exchange->trusted_hosts))
    soup_message_headers_remove (soup_message_get_request_headers (message), "Authorization");
}

static gboolean
timed_out_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->timeout_id = 0;
  exchange->timed_out = TRUE;
  g_cancellable_cancel (exchange->inner);

  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      inner)
{
  g_cancellable_cancel (inner);
}

static Exchange *
exchange_new (SbHttpRequest *request,
              GCancellable  *cancellable)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->message = g_object_ref (request->message);
  exchange->body = g_byte_array_new ();
  exchange->inner = g_cancellable_new ();
  exchange->max_bytes = request->max_bytes;
  exchange->trusted_hosts = g_strdupv (request->trusted_hosts);
  exchange->file = g_strdup (request->file);
  exchange->fd = -1;
  if (cancellable != NULL)
    {
      exchange->outer = g_object_ref (cancellable);
      exchange->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb), exchange->inner, NULL);
    }
  if (request->timeout_s > 0)
    exchange->timeout_id = g_timeout_add_seconds (request->timeout_s, timed_out_cb, exchange);

  return exchange;
}

/**
 * sb_http_send_async:
 * @request: (transfer none): may be freed as soon as this returns
 *
 * Sends once; nothing is repeated. Fails with %SB_ERROR_NETWORK when surely nothing was sent, with %SB_ERROR_UNKNOWN when
 * that cannot be known (a cancellation under way included), with %SB_ERROR_TOO_LARGE when the answer is over the limit.
 */
void
sb_http_send_async (SbHttp             *self,
                    SbHttpRequest      *request,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  GTask    *task = g_task_new (self, cancellable, callback, user_data);
  Exchange *exchange;

  g_task_set_source_tag (task, sb_http_send_async);
  g_task_set_check_cancellable (task, FALSE);

  if (request->message == NULL)
    {
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_NETWORK, "Not an address");
      g_object_unref (task);
      return;
    }

  if (request->multipart != NULL)
    {
      g_autoptr (GBytes) body = NULL;

      soup_multipart_to_message (request->multipart, soup_message_get_request_headers (request->message), &body);
      soup_message_set_request_body_from_bytes (request->message, NULL, body);
    }

  if (request->trusted_hosts == NULL)
    soup_message_add_flags (request->message, SOUP_MESSAGE_NO_REDIRECT);
  exchange = exchange_new (request, cancellable);
  g_task_set_task_data (task, exchange, exchange_free);
  g_signal_connect (exchange->message, "starting", G_CALLBACK (starting_cb), exchange);
  g_signal_connect (exchange->message, "restarted", G_CALLBACK (restarted_cb), exchange);
  soup_session_send_async (self->session, exchange->message, g_task_get_priority (task), exchange->inner, sent_cb, task);
}

SbHttpAnswer *
sb_http_send_finish (SbHttp       *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Breaks off everything in flight, as after a resume from sleep: each ends with its own error. */
void
sb_http_abort (SbHttp *self)
{
  soup_session_abort (self->session);
}

static void
sb_http_dispose (GObject *object)
{
  SbHttp *self = SB_HTTP (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (sb_http_parent_class)->dispose (object);
}

static void
sb_http_class_init (SbHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_http_dispose;
}

static void
sb_http_init (SbHttp *self)
{
  g_autoptr (GTlsDatabase) trust = g_tls_backend_get_default_database (g_tls_backend_get_default ());

  self->session = soup_session_new_with_options ("max-conns", 8, "max-conns-per-host", 8,
                                                 "user-agent", "Shopbell/" SB_VERSION, "idle-timeout", 30, NULL);
  if (trust != NULL)
    soup_session_set_tls_database (self->session, trust);
}

/* @timeout_s: how long the other side may be silent. */
SbHttp *
sb_http_new (guint timeout_s)
{
  SbHttp *self = g_object_new (SB_TYPE_HTTP, NULL);

  soup_session_set_timeout (self->session, timeout_s);

  return self;
}
