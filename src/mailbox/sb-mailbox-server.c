#include "sb-mailbox-server.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sb-mailbox-call.h"
#include "sb-mailbox-egress.h"
#include "sb-mailbox-event.h"
#include "sb-mailbox-ingress.h"

#define MAX_IN_FLIGHT (32 * 1024 * 1024)
#define BACKLOG       512
#define MAX_KNOCKING  2
#define MAX_PIECES    5
#define SWEEP_S       3600

/* What a request body takes of our memory while it comes in. */
typedef struct
{
  SbMailboxServer *server;
  gint64           bytes;
  gint64           received;
} Intake;

/* -- routing -- */

static void
serve_box (SbMailboxCall *call,
           char         **parts,
           guint          n_parts)
{
  const char *method = soup_server_message_get_method (call->message);

  if (!g_str_equal (parts[0], "in"))
    sb_mailbox_egress_answer (call, n_parts == 4 ? parts[3] : "");
  else if (g_str_equal (method, "GET"))
    sb_mailbox_ingress_verify (call);
  else if (g_str_equal (method, "POST"))
    sb_mailbox_ingress_take (call);
  else
    sb_mailbox_call_answer_text (call, 405, "method");
}

static void
answer_health (SbMailboxCall *call)
{
  gboolean ok = !call->server->failing && sb_db_int (call->server->db, -1, "SELECT count(*) FROM (SELECT 1 FROM box LIMIT 1)", "") >= 0;

  sb_mailbox_call_answer_json (call, ok ? 200 : 503, sb_json_make ("b:ok", ok, "s:version", SB_MAILBOX_VERSION, NULL));
}

static void
route (SbMailboxCall *call,
       const char    *path)
{
  g_auto (GStrv)     parts = g_strsplit (path[0] == '/' ? path + 1 : path, "/", MAX_PIECES + 1);
  guint              n_parts = g_strv_length (parts);
  gboolean           in = n_parts == 2 && g_str_equal (parts[0], "in");
  gboolean           out = (n_parts == 3 || n_parts == 4) && g_str_equal (parts[0], "v1") && g_str_equal (parts[1], "box");
  g_autoptr (GError) error = NULL;

  if (n_parts == 1 && g_str_equal (parts[0], "health"))
    {
      answer_health (call);
      return;
    }

  if (in || out)
    call->box = sb_mailbox_box_find (call->server->db, in ? parts[1] : parts[2], &error);
  if (call->box != NULL)
    serve_box (call, parts, n_parts);
  else if (error == NULL || g_error_matches (error, SB_ERROR, SB_ERROR_NOT_FOUND))
    sb_mailbox_call_answer_json (call, 404, sb_json_make ("s:error", out ? "box" : "path", NULL));
  else
    {
      g_warning ("A box could not be looked up: %s", error->message);
      sb_mailbox_call_answer_json (call, 503, sb_json_make ("s:error", "storage", NULL));
    }
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  g_autoptr (SbMailboxCall) call = sb_mailbox_call_new (user_data, message, query);

  route (call, g_uri_get_path (soup_server_message_get_uri (message)));
}

/* -- bodies that are too much -- */

static void
intake_free (gpointer data)
{
  Intake *intake = data;

  intake->server->in_flight -= intake->bytes;
  g_free (intake);
}

static void
turn_away (SoupServerMessage *message,
           guint              status)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
}

/* Reading on without keeping lets an honest client see the answer; one that never ends is cut. */
static void
chunk_cb (SoupServerMessage *message,
          GBytes            *chunk,
          gpointer           user_data)
{
  Intake  *intake = user_data;
  GSocket *socket = soup_server_message_get_socket (message);

  intake->received += (gint64) g_bytes_get_size (chunk);
  if (intake->received > 4 * SB_MAILBOX_MAX_BODY && socket != NULL)
    shutdown (g_socket_get_fd (socket), SHUT_RDWR);
  if (soup_server_message_get_status (message) != 0)
    return;

  intake->bytes += (gint64) g_bytes_get_size (chunk);
  intake->server->in_flight += (gint64) g_bytes_get_size (chunk);
  if (intake->bytes > SB_MAILBOX_MAX_BODY)
    turn_away (message, 413);
  else if (intake->server->in_flight > MAX_IN_FLIGHT)
    turn_away (message, 503);
}

static void
headers_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Intake             *intake;

  if (soup_message_headers_get_content_length (headers) > SB_MAILBOX_MAX_BODY)
    turn_away (message, 413);

  intake = g_new0 (Intake, 1);
  intake->server = user_data;
  g_object_set_data_full (G_OBJECT (message), "sb-intake", intake, intake_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (chunk_cb), intake);
}

/* -- listening -- */

/* ADDR:PORT, or unix:PATH for a socket that only the web server on this machine may use. */
static GSocketAddress *
listen_address (const char *where,
                GError    **error)
{
  g_autoptr (GSocketConnectable) wanted = NULL;
  g_autoptr (GInetAddress)       inet = NULL;
  const char                    *host;

  if (g_str_has_prefix (where, "unix:"))
    return g_unix_socket_address_new (where + strlen ("unix:"));

  wanted = g_network_address_parse (where, 0, error);
  if (wanted == NULL)
    return NULL;

  host = g_network_address_get_hostname (G_NETWORK_ADDRESS (wanted));
  inet = g_inet_address_new_from_string (g_str_equal (host, "localhost") ? "127.0.0.1" : host);
  if (inet == NULL)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "%s is not an address; use one such as 127.0.0.1:8787", host);
      return NULL;
    }
  if (!g_inet_address_get_is_loopback (inet))
    g_message ("Listening for other machines without encryption: put a web server with HTTPS before it");

  return g_inet_socket_address_new (inet, g_network_address_get_port (G_NETWORK_ADDRESS (wanted)));
}

/* Left behind by one that was killed; the lock says that nobody uses it. */
static void
clear_way (const char *path)
{
  struct stat there;

  if (lstat (path, &there) == 0 && S_ISSOCK (there.st_mode))
    unlink (path);
}

static char *
describe (SoupServer *server)
{
  GSList     *uris = soup_server_get_uris (server);
  const char *host = g_uri_get_host (uris->data);
  gboolean    is_six = strchr (host, ':') != NULL;
  char       *url = g_strdup_printf ("http://%s%s%s:%d", is_six ? "[" : "", host, is_six ? "]" : "", g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return url;
}

static gboolean
has_descriptor (void)
{
  int fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  return fd >= 0 && close (fd) == 0;
}

/* When descriptors run out, the library stops listening for good. Who knocks in vain for long tells us to begin again. */
static gboolean
watch_cb (gpointer user_data)
{
  SbMailboxServer   *self = user_data;
  g_autoptr (GError) error = NULL;

  self->knocking = g_socket_condition_check (self->socket, G_IO_IN) != 0 ? self->knocking + 1 : 0;
  if (self->knocking < MAX_KNOCKING || !has_descriptor ())
    return G_SOURCE_CONTINUE;

  self->knocking = 0;
  g_message ("Nobody was let in for a while; listening again");
  if (!soup_server_listen_socket (self->server, self->socket, 0, &error))
    g_warning ("Listening failed: %s", error->message);

  return G_SOURCE_CONTINUE;
}

/* The queue of those who knock is longer than usual: a burst must not have to come again a second later. */
static gboolean
listen_at (SbMailboxServer *self,
           GSocketAddress  *address,
           GError         **error)
{
  const char         *path = G_IS_UNIX_SOCKET_ADDRESS (address) ? g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)) : NULL;
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return FALSE;

  if (path != NULL)
    clear_way (path);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, path == NULL, error) || !g_socket_listen (socket, error) || !soup_server_listen_socket (self->server, socket, 0, error))
    return FALSE;

  if (path != NULL)
    chmod (path, 0660);
  self->socket = g_steal_pointer (&socket);
  self->watch_id = g_timeout_add_seconds (1, watch_cb, self);
  self->socket_path = g_strdup (path);
  self->url = path != NULL ? g_strconcat ("unix:", path, NULL) : describe (self->server);

  return TRUE;
}

gboolean
sb_mailbox_server_listen (SbMailboxServer *self,
                          const char      *where,
                          GError         **error)
{
  g_autoptr (GSocketAddress) address = listen_address (where, error);

  if (address == NULL)
    return FALSE;

  self->server = soup_server_new ("server-header", "shopbell-mailbox", "raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->server, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);

  return listen_at (self, address, error);
}

/* -- life -- */

static void
swept_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (sb_mailbox_store_finish (result, &error) == NULL)
    g_warning ("Old events could not be removed: %s", error->message);
}

static gboolean
sweep_cb (gpointer user_data)
{
  SbMailboxServer *self = user_data;
  gint64           now = sb_clock_now (self->clock);

  sb_mailbox_store_write_async (self->store, sb_mailbox_event_sweep, g_memdup2 (&now, sizeof now), g_free, swept_cb, NULL);

  return G_SOURCE_CONTINUE;
}

/* Long polls are woken inside one process: a second server on the folder would leave them asleep. */
static gboolean
lock_folder (SbMailboxServer *self,
             const char      *dir,
             GError         **error)
{
  g_autofree char *path = g_build_filename (dir, "serve.lock", NULL);

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd >= 0 && flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  if (self->lock_fd >= 0 && errno == EWOULDBLOCK)
    g_set_error (error, SB_ERROR, SB_ERROR_BUSY, "Another shopbell-mailbox serves %s", dir);
  else
    g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));

  return FALSE;
}

SbMailboxServer *
sb_mailbox_server_new (const char *dir,
                       GError    **error)
{
  g_autoptr (SbMailboxServer) self = g_new0 (SbMailboxServer, 1);

  self->lock_fd = -1;
  self->clock = sb_clock_new_system ();
  self->buckets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->stored = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_mailbox_call_unref);
  self->db = sb_mailbox_db_open (dir, TRUE, error);
  if (self->db == NULL || !lock_folder (self, dir, error))
    return NULL;

  self->store = sb_mailbox_store_open (dir, error);
  if (self->store == NULL)
    return NULL;

  sweep_cb (self);
  self->sweep_id = g_timeout_add_seconds (SWEEP_S, sweep_cb, self);

  return g_steal_pointer (&self);
}

/* What waits for the disk is still written. Who got no answer sends it again, and it is recognised. */
void
sb_mailbox_server_free (SbMailboxServer *self)
{
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_handle_id (&self->watch_id, g_source_remove);
  g_clear_pointer (&self->store, sb_mailbox_store_close);
  g_ptr_array_set_size (self->waiters, 0);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->db, sb_db_close);
  g_clear_pointer (&self->buckets, g_hash_table_unref);
  g_clear_pointer (&self->stored, g_hash_table_unref);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  g_clear_object (&self->clock);
  if (self->socket_path != NULL)
    unlink (self->socket_path);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->socket_path);
  g_free (self->url);
  g_free (self);
}
