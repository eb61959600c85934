#include "sb-inbound.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "sb-http.h"
#include "sb-json.h"

/**
 * SbMailboxSource:
 *
 * Fetches events from a mailbox by the SBMB/1 wire: one long poll in flight, the next only after the batch before is on the
 * disk, acknowledgements after that. Errors back off from 1 to 60 seconds.
 */
#define SB_TYPE_MAILBOX_SOURCE (sb_mailbox_source_get_type ())

G_DECLARE_FINAL_TYPE (SbMailboxSource, sb_mailbox_source, SB, MAILBOX_SOURCE, GObject)

struct _SbMailboxSource
{
  GObject parent_instance;

  char         *url;
  char         *box;
  char         *token;
  guint8       *seal_key; /* secret key, NULL for open boxes */
  SbHttp       *http;
  GCancellable *cancellable;

  char    *epoch;
  gint64   after;
  gint64   batch_end;
  gboolean running;
  gboolean polling;
  gboolean storing; /* a batch was handed on and is not on the disk yet */
  gboolean ok;
  char    *told; /* the sentence told last */
  gint64   asked_at;
  guint    asked_wait_s;
  guint    failures;
  guint    gaps; /* in a row, without an event between them */
  guint    retry_id;
  guint    ack_id;
};

#define WAIT_S       25
#define LIMIT        100
#define MAX_ANSWER   (16 * 1024 * 1024) /* one event of 3 MB, sealed and in base64, is over 5 MB */
#define ACK_DELAY_MS 1000
#define SLOWEST_MS   60000

static void source_init (SbInboundInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SbMailboxSource, sb_mailbox_source, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SB_TYPE_INBOUND, source_init))

static void poll_now (SbMailboxSource *self);

static char *
address (SbMailboxSource *self,
         const char      *rest)
{
  return g_strdup_printf ("%s/v1/box/%s%s", self->url, self->box, rest);
}

static void
tell (SbMailboxSource *self,
      gboolean         ok,
      const char      *sentence)
{
  if (self->ok == ok && g_strcmp0 (self->told, sentence) == 0)
    return;

  self->ok = ok;
  g_set_str (&self->told, sentence);
  g_signal_emit_by_name (self, "state", ok, sentence);
}

static gboolean
retry_cb (gpointer user_data)
{
  SbMailboxSource *self = user_data;

  self->retry_id = 0;
  poll_now (self);

  return G_SOURCE_REMOVE;
}

/* 1, 2, 4 ... 60 s, the upper half of it by chance; not before @asked_ms. */
static void
retry_later (SbMailboxSource *self,
             gint64           asked_ms)
{
  gint64 wait = MIN ((gint64) 1000 << MIN (self->failures, 6), SLOWEST_MS);

  self->failures++;
  wait = MAX (wait / 2 + g_random_int_range (0, wait / 2 + 1), MIN (asked_ms, 10 * SLOWEST_MS));
  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (self->running)
    self->retry_id = g_timeout_add (wait, retry_cb, self);
}

/* -- acknowledging, batched -- */

static void
acked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbMailboxSource) self = user_data;
  g_autoptr (SbHttpAnswer)    answer = sb_http_send_finish (SB_HTTP (object), result, NULL);

  /* A lost acknowledgement costs nothing: the next one covers it. */
  if (answer != NULL && answer->status == 200)
    g_debug ("the mailbox was told what is kept");
}

static gboolean
ack_cb (gpointer user_data)
{
  SbMailboxSource          *self = user_data;
  g_autofree char          *url = address (self, "/ack");
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("POST", url);
  g_autoptr (JsonObject)    body = sb_json_make ("s:epoch", self->epoch, "i:upto", self->after, NULL);
  g_autofree char          *text = sb_json_text (body);
  g_autoptr (GBytes)        bytes = g_bytes_new (text, strlen (text));

  self->ack_id = 0;
  sb_http_request_set_bearer (request, self->token);
  sb_http_request_set_body (request, "application/json", bytes);
  sb_http_send_async (self->http, request, NULL, acked_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* -- reading a batch -- */

static GBytes *
open_seal (SbMailboxSource *self,
           const guint8    *data,
           gsize            length)
{
  guint8             public_key[crypto_box_PUBLICKEYBYTES];
  g_autofree guint8 *plain = NULL;

  if (self->seal_key == NULL || length < crypto_box_SEALBYTES)
    return NULL;

  plain = g_malloc (length);
  crypto_scalarmult_base (public_key, self->seal_key);
  if (crypto_box_seal_open (plain, data, length, public_key, self->seal_key) != 0)
    return NULL;

  return g_bytes_new (plain, length - crypto_box_SEALBYTES);
}

/* A sealed event holds {"signature", "body" (base64)}; one that cannot be opened is handed on as it is and will not verify. */
static SbInboundEvent *
event_of (SbMailboxSource *self,
          JsonObject      *object)
{
  SbInboundEvent    *event = g_new0 (SbInboundEvent, 1);
  JsonObject        *headers = sb_json_object (object, "headers");
  const char        *body = sb_json_string (object, "body");
  gsize              length = 0;
  g_autofree guchar *raw = body != NULL ? g_base64_decode (body, &length) : NULL;

  event->seq = sb_json_int (object, "seq", 0);
  event->received_at = sb_json_int (object, "received", 0);
  event->test = sb_json_string (headers, "x-sbmb-test") != NULL || sb_json_bool (headers, "x-sbmb-test", FALSE);
  event->signature = g_strdup (sb_json_string (headers, "x-hub-signature-256"));
  if (sb_json_bool (object, "sealed", FALSE))
    {
      g_autoptr (GBytes)   plain = open_seal (self, raw, length);
      g_autoptr (JsonNode) node = plain != NULL ? sb_json_parse_bytes (plain, NULL) : NULL;
      const char          *inner = sb_json_string (sb_json_root (node), "body");
      g_autofree guchar   *opened = inner != NULL ? g_base64_decode (inner, &length) : NULL;

      if (opened != NULL)
        {
          g_free (event->signature);
          event->signature = g_strdup (sb_json_string (sb_json_root (node), "signature"));
          event->body = g_bytes_new (opened, length);
        }
    }
  if (event->body == NULL)
    event->body = g_bytes_new (raw, length);

  return event;
}

static void
take_batch (SbMailboxSource *self,
            JsonObject      *root)
{
  JsonArray            *list = sb_json_array (root, "events");
  const char           *epoch = sb_json_string (root, "epoch");
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);

  if (epoch != NULL && self->epoch == NULL)
    self->epoch = g_strdup (epoch);

  for (guint i = 0; i < sb_json_length (list); i++)
    {
      JsonObject *object = sb_json_at (list, i);

      if (object != NULL && sb_json_int (object, "seq", 0) > self->after)
        g_ptr_array_add (events, event_of (self, object));
    }

  tell (self, TRUE, _("The mailbox answers"));
  if (events->len == 0)
    {
      /* A box that should have held the question and did not would otherwise be asked without a breath. */
      if (self->asked_wait_s > 0 && g_get_monotonic_time () - self->asked_at < G_USEC_PER_SEC)
        {
          retry_later (self, -1);
          return;
        }
      self->failures = 0;
      poll_now (self);
      return;
    }

  self->gaps = 0;
  self->failures = 0;
  self->storing = TRUE;
  self->batch_end = ((SbInboundEvent *) events->pdata[events->len - 1])->seq;
  g_signal_emit_by_name (self, "batch", self->epoch, events);
}

/* 410: the box no longer has what comes next; 409: the box was made anew. */
static void
take_gap (SbMailboxSource    *self,
          const SbHttpAnswer *answer,
          JsonObject         *root)
{
  gint64      oldest = sb_json_int (root, "oldest", 1);
  const char *epoch = sb_json_string (root, "epoch");

  if (answer->status == 410 && oldest - 1 > self->after)
    {
      g_signal_emit_by_name (self, "gap", self->after + 1, oldest - 1, "The mailbox no longer had them");
      self->after = oldest - 1;
    }
  else
    {
      g_signal_emit_by_name (self, "gap", self->after + 1, (gint64) 0, "The mailbox was made anew");
      self->after = 0;
    }
  if (epoch != NULL)
    g_set_str (&self->epoch, epoch);

  /* A box that sees nothing but gaps is out of order. */
  if (++self->gaps > 2)
    retry_later (self, -1);
  else
    poll_now (self);
}

static void
take_failure (SbMailboxSource    *self,
              const SbHttpAnswer *answer)
{
  if (answer != NULL && answer->status == 401)
    tell (self, FALSE, _("The mailbox does not accept its key"));
  else if (answer != NULL && answer->status == 404)
    tell (self, FALSE, _("The mailbox has no such box"));
  else
    tell (self, FALSE, _("The mailbox does not answer"));
  retry_later (self, answer != NULL ? answer->retry_after_ms : -1);
}

/* One question under way, and what breaks it off. */
typedef struct
{
  SbMailboxSource *source;
  GCancellable    *cancellable;
} Poll;

static void
poll_free (Poll *poll)
{
  g_object_unref (poll->source);
  g_object_unref (poll->cancellable);
  g_free (poll);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Poll, poll_free)

static void
polled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Poll)         poll = user_data;
  SbMailboxSource         *self = poll->source;
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  g_autoptr (JsonNode)     node = answer != NULL ? sb_json_parse_large (answer->body, MAX_ANSWER, NULL) : NULL;
  JsonObject              *root = sb_json_root (node);

  /* Broken off by a stop or a poke: what came after it speaks for itself. */
  if (poll->cancellable != self->cancellable)
    return;

  self->polling = FALSE;
  if (!self->running)
    return;

  if (answer != NULL && answer->status == 200 && sb_json_array (root, "events") != NULL)
    take_batch (self, root);
  else if (answer != NULL && (answer->status == 409 || answer->status == 410) && root != NULL)
    take_gap (self, answer, root);
  else
    take_failure (self, answer);
}

static void
poll_now (SbMailboxSource *self)
{
  g_autoptr (SbHttpRequest) request = NULL;
  g_autofree char          *rest = NULL;
  g_autofree char          *url = NULL;
  Poll                     *poll;

  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (!self->running || self->polling || self->storing)
    return;

  /* The first question after a start or a failure is answered at once, so that the state is known soon. */
  self->asked_wait_s = self->ok ? WAIT_S : 0;
  self->asked_at = g_get_monotonic_time ();
  rest = g_strdup_printf ("/events?epoch=%s&after=%" G_GINT64_FORMAT "&limit=%d&wait=%u", self->epoch != NULL ? self->epoch : "", self->after, LIMIT, self->asked_wait_s);
  url = address (self, rest);
  request = sb_http_request_new ("GET", url);
  sb_http_request_set_bearer (request, self->token);
  sb_http_request_set_timeout (request, WAIT_S + 20);
  sb_http_request_set_limit (request, MAX_ANSWER);
  self->polling = TRUE;
  poll = g_new0 (Poll, 1);
  poll->source = g_object_ref (self);
  poll->cancellable = g_object_ref (self->cancellable);
  sb_http_send_async (self->http, request, self->cancellable, polled_cb, poll);
}

static void
break_off (SbMailboxSource *self)
{
  g_autoptr (GCancellable) old = g_steal_pointer (&self->cancellable);

  self->cancellable = g_cancellable_new ();
  self->polling = FALSE;
  g_cancellable_cancel (old);
}

/* -- the interface -- */

static void
source_start (SbInbound  *inbound,
              const char *epoch,
              gint64      after_seq)
{
  SbMailboxSource *self = SB_MAILBOX_SOURCE (inbound);

  g_set_str (&self->epoch, epoch);
  self->after = after_seq;
  self->running = TRUE;
  self->storing = FALSE;
  self->ok = FALSE;
  self->failures = self->gaps = 0;
  g_clear_pointer (&self->told, g_free);
  poll_now (self);
}

static void
source_stop (SbInbound *inbound)
{
  SbMailboxSource *self = SB_MAILBOX_SOURCE (inbound);

  self->running = FALSE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->ack_id, g_source_remove);
  break_off (self);
}

static void
source_stored (SbInbound *inbound,
               gboolean   ok)
{
  SbMailboxSource *self = SB_MAILBOX_SOURCE (inbound);

  if (!self->running || !self->storing)
    return;
  self->storing = FALSE;
  if (!ok)
    {
      /* It could not be written: the same batch is asked for again. */
      retry_later (self, -1);
      return;
    }

  self->after = MAX (self->after, self->batch_end);
  if (self->ack_id == 0)
    self->ack_id = g_timeout_add (ACK_DELAY_MS, ack_cb, self);
  poll_now (self);
}

static void
source_poke (SbInbound *inbound)
{
  SbMailboxSource *self = SB_MAILBOX_SOURCE (inbound);

  /* After a sleep the other side may be gone without a word: the question under way is asked anew. */
  self->failures = 0;
  if (!self->running || self->storing)
    return;
  break_off (self);
  poll_now (self);
}

/* -- self-test: a marked event through the box -- */

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  SbCheck                 *check;

  if (answer != NULL && answer->status == 200)
    check = sb_check_new ("mailbox", SB_CHECK_OK, _("The mailbox answers"), _("It took a test event and will hand it on."));
  else if (answer != NULL && answer->status == 401)
    check = sb_check_new ("mailbox", SB_CHECK_FAILED, _("The mailbox does not accept its key"), _("Copy the box’s key once more."));
  else if (answer != NULL && answer->status == 404)
    check = sb_check_new ("mailbox", SB_CHECK_FAILED, _("The mailbox has no such box"), _("Copy the box’s name once more."));
  else
    check = sb_check_new ("mailbox", SB_CHECK_FAILED, _("The mailbox does not answer"), _("Is the address right, and is the mailbox running?"));
  check->details = answer != NULL ? g_strdup_printf ("HTTP %u", answer->status) : g_strdup (error->message);
  g_task_return_pointer (task, check, (GDestroyNotify) sb_check_free);
}

static void
source_self_test_async (SbInbound          *inbound,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  SbMailboxSource          *self = SB_MAILBOX_SOURCE (inbound);
  g_autofree char          *url = address (self, "/selftest");
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("POST", url);
  g_autoptr (GBytes)        body = g_bytes_new_static ("{}", 2);

  sb_http_request_set_bearer (request, self->token);
  sb_http_request_set_body (request, "application/json", body);
  sb_http_request_set_timeout (request, 20);
  sb_http_send_async (self->http, request, cancellable, tested_cb, g_task_new (self, cancellable, callback, user_data));
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
  iface->poke = source_poke;
  iface->self_test_async = source_self_test_async;
  iface->self_test_finish = source_self_test_finish;
}

static void
sb_mailbox_source_dispose (GObject *object)
{
  SbMailboxSource *self = SB_MAILBOX_SOURCE (object);

  self->running = FALSE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->ack_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->http);

  G_OBJECT_CLASS (sb_mailbox_source_parent_class)->dispose (object);
}

static void
sb_mailbox_source_finalize (GObject *object)
{
  SbMailboxSource *self = SB_MAILBOX_SOURCE (object);

  g_free (self->url);
  g_free (self->box);
  g_free (self->token);
  g_free (self->epoch);
  g_free (self->told);
  if (self->seal_key != NULL)
    sodium_memzero (self->seal_key, crypto_box_SECRETKEYBYTES);
  g_free (self->seal_key);

  G_OBJECT_CLASS (sb_mailbox_source_parent_class)->finalize (object);
}

static void
sb_mailbox_source_class_init (SbMailboxSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_mailbox_source_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_mailbox_source_finalize;
}

static void
sb_mailbox_source_init (SbMailboxSource *self)
{
  self->http = sb_http_new (WAIT_S + 20);
  self->cancellable = g_cancellable_new ();
}

SbInbound *
sb_mailbox_source_new (const char *url,
                       const char *box,
                       const char *token,
                       const char *seal_key)
{
  SbMailboxSource *self = g_object_new (SB_TYPE_MAILBOX_SOURCE, NULL);
  gsize            length = 0;

  self->url = g_strdup (url != NULL ? url : "");
  while (g_str_has_suffix (self->url, "/"))
    self->url[strlen (self->url) - 1] = '\0';
  self->box = g_strdup (box != NULL ? box : "");
  self->token = g_strdup (token != NULL ? token : "");
  if (seal_key != NULL && sodium_init () >= 0)
    {
      self->seal_key = g_base64_decode (seal_key, &length);
      if (length != crypto_box_SECRETKEYBYTES)
        g_clear_pointer (&self->seal_key, g_free);
    }

  return SB_INBOUND (self);
}
