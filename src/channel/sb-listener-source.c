#include "sb-inbound.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/**
 * SbListenerSource:
 *
 * A port on loopback where a tunnel of the owner's own ends. An event is answered with 200 only after it is on the disk;
 * until then its sender waits, and gets 503 when it could not be written, so that it comes again.
 */
#define SB_TYPE_LISTENER_SOURCE (sb_listener_source_get_type ())

G_DECLARE_FINAL_TYPE (SbListenerSource, sb_listener_source, SB, LISTENER_SOURCE, GObject)

struct _SbListenerSource
{
  GObject parent_instance;

  guint16     port;
  char       *verify_token;
  SoupServer *server;
  GQueue      waiting; /* SoupServerMessage, paused; the first is being stored */
  gboolean    storing;
};

#define LARGEST       (4 * 1024 * 1024)
#define LONGEST_QUEUE 64

static void source_init (SbInboundInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SbListenerSource, sb_listener_source, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SB_TYPE_INBOUND, source_init))

static void
hand_on_next (SbListenerSource *self)
{
  SoupServerMessage    *message = g_queue_peek_head (&self->waiting);
  g_autoptr (GPtrArray) events = NULL;
  SbInboundEvent       *event;

  if (message == NULL || self->storing)
    return;

  events = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);
  event = g_new0 (SbInboundEvent, 1);
  event->received_at = g_get_real_time () / 1000;
  event->signature = g_strdup (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "X-Hub-Signature-256"));
  event->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_ptr_array_add (events, event);
  self->storing = TRUE;
  g_signal_emit_by_name (self, "batch", "listener", events);
}

static void
answer_get (SbListenerSource  *self,
            SoupServerMessage *message,
            GHashTable        *query)
{
  const char *mode = query != NULL ? g_hash_table_lookup (query, "hub.mode") : NULL;
  const char *token = query != NULL ? g_hash_table_lookup (query, "hub.verify_token") : NULL;
  const char *challenge = query != NULL ? g_hash_table_lookup (query, "hub.challenge") : NULL;

  if (g_strcmp0 (mode, "subscribe") == 0 && challenge != NULL && self->verify_token != NULL && g_strcmp0 (token, self->verify_token) == 0 &&
      strspn (challenge, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-") == strlen (challenge) && strlen (challenge) <= 64)
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, challenge, strlen (challenge));
    }
  else
    soup_server_message_set_status (message, 403, NULL);
}

/* What still comes of its body is read and dropped. */
static void
refuse (SoupServerMessage *message,
        guint              status)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
}

/* A body that does not say its length is counted as it comes; what is over the limit is not kept. */
static void
chunk_cb (SoupServerMessage *message,
          GBytes            *chunk,
          gpointer           user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length > LARGEST)
    {
      soup_message_body_truncate (body);
      refuse (message, 413);
    }
}

/* Asked before the body is read. */
static void
headers_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *method = soup_server_message_get_method (message);

  if (method != SOUP_METHOD_GET && method != SOUP_METHOD_POST)
    refuse (message, 405);
  else if (soup_message_headers_get_one (headers, "Origin") != NULL)
    refuse (message, 403); /* a web page of this machine, not the network */
  else if (soup_message_headers_get_content_length (headers) > LARGEST)
    refuse (message, 413);
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (chunk_cb), NULL);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SbListenerSource *self = user_data;

  if (soup_server_message_get_status (message) != 0)
    return; /* refused already */

  if (soup_server_message_get_method (message) == SOUP_METHOD_GET)
    answer_get (self, message, query);
  else if (g_queue_get_length (&self->waiting) >= LONGEST_QUEUE)
    soup_server_message_set_status (message, 503, NULL);
  else
    {
      soup_server_message_pause (message);
      g_queue_push_tail (&self->waiting, g_object_ref (message));
      hand_on_next (self);
    }
}

static void
source_start (SbInbound  *inbound,
              const char *epoch,
              gint64      after_seq)
{
  SbListenerSource  *self = SB_LISTENER_SOURCE (inbound);
  g_autoptr (GError) error = NULL;

  if (self->server != NULL)
    return;
  self->server = soup_server_new ("server-header", "Shopbell", NULL);
  soup_server_add_early_handler (self->server, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_signal_emit_by_name (self, "state", TRUE, _("Listening for the tunnel"));
  else
    {
      g_clear_object (&self->server);
      g_signal_emit_by_name (self, "state", FALSE, _("The port is taken by another program"));
    }
}

static void
source_stop (SbInbound *inbound)
{
  SbListenerSource  *self = SB_LISTENER_SOURCE (inbound);
  SoupServerMessage *message;

  while ((message = g_queue_pop_head (&self->waiting)) != NULL)
    {
      soup_server_message_set_status (message, 503, NULL);
      soup_server_message_unpause (message);
      g_object_unref (message);
    }
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  self->storing = FALSE;
}

static void
source_stored (SbInbound *inbound,
               gboolean   ok)
{
  SbListenerSource             *self = SB_LISTENER_SOURCE (inbound);
  g_autoptr (SoupServerMessage) message = g_queue_pop_head (&self->waiting);

  self->storing = FALSE;
  if (message == NULL)
    return;
  soup_server_message_set_status (message, ok ? 200 : 503, NULL);
  soup_server_message_unpause (message);
  hand_on_next (self);
}

static void
source_self_test_async (SbInbound          *inbound,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  SbListenerSource *self = SB_LISTENER_SOURCE (inbound);
  GTask            *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char  *sentence = g_strdup_printf (_("This computer listens at port %u. The tunnel has to lead there."), self->port);

  g_task_return_pointer (task, sb_check_new ("mailbox", self->server != NULL ? SB_CHECK_OK : SB_CHECK_WARNING, _("Listening for the tunnel"), sentence), (GDestroyNotify) sb_check_free);
  g_object_unref (task);
}

static SbCheck *
source_self_test_finish (SbInbound    *inbound,
                         GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
source_init (SbInboundInterface *iface)
{
  iface->start = source_start;
  iface->stop = source_stop;
  iface->stored = source_stored;
  iface->self_test_async = source_self_test_async;
  iface->self_test_finish = source_self_test_finish;
}

static void
sb_listener_source_finalize (GObject *object)
{
  SbListenerSource *self = SB_LISTENER_SOURCE (object);

  source_stop (SB_INBOUND (self));
  g_free (self->verify_token);

  G_OBJECT_CLASS (sb_listener_source_parent_class)->finalize (object);
}

static void
sb_listener_source_class_init (SbListenerSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_listener_source_finalize;
}

static void
sb_listener_source_init (SbListenerSource *self)
{
  g_queue_init (&self->waiting);
}

SbInbound *
sb_listener_source_new (guint16     port,
                        const char *verify_token)
{
  SbListenerSource *self = g_object_new (SB_TYPE_LISTENER_SOURCE, NULL);

  self->port = port;
  self->verify_token = g_strdup (verify_token);

  return SB_INBOUND (self);
}
