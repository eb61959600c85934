#include "sb-fake-line.h"

#include <string.h>

/* -- the way out -- */

#define FAKE_TYPE_CHANNEL (fake_channel_get_type ())
G_DECLARE_FINAL_TYPE (FakeChannel, fake_channel, FAKE, CHANNEL, GObject)

struct _FakeChannel
{
  GObject     parent_instance;
  SbFakeLine *line;
  char       *token;
};

static void
request_free (gpointer data)
{
  SbFakeRequest *request = data;

  g_assert (request->task == NULL);
  g_free (request->tag);
  g_free (request->token);
  g_free (request->to);
  g_free (request->text);
  g_free (request->quote_wamid);
  g_free (request);
}

void
sb_fake_line_answer (SbFakeRequest *request,
                     SbSendResult  *result)
{
  g_autoptr (GTask) task = g_steal_pointer (&request->task);

  g_assert (task != NULL);
  g_task_return_pointer (task, result, (GDestroyNotify) sb_send_result_free);
}

static void
send_async (SbChannel          *channel,
            const SbSendJob    *job,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  SbFakeLine    *line = FAKE_CHANNEL (channel)->line;
  SbFakeRequest *request = g_new0 (SbFakeRequest, 1);
  SbSendResult  *result;

  request->tag = g_strdup (job->tag);
  request->token = g_strdup (FAKE_CHANNEL (channel)->token);
  request->to = g_strdup (job->to);
  request->text = g_strdup (job->message->text);
  request->quote_wamid = g_strdup (job->quote_wamid);
  request->kind = job->message->kind;
  request->at = sb_clock_now (line->clock);
  request->task = g_task_new (channel, cancellable, callback, user_data);
  g_ptr_array_add (line->requests, request);
  result = line->judge (request, line->judge_data);
  if (result != NULL)
    sb_fake_line_answer (request, result);
}

static SbSendResult *
send_finish (SbChannel    *channel,
             GAsyncResult *result,
             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fetch_async (SbChannel          *channel,
             const char         *media_id,
             const char         *url,
             const char         *part_path,
             gsize               max_bytes,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);

  g_task_return_new_error (task, SB_ERROR, SB_ERROR_NOT_FOUND, "The fake network has no files");
}

static gboolean
fetch_finish (SbChannel    *channel,
              GAsyncResult *result,
              GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* As the real one: no list is no error. */
static void
history_async (SbChannel          *channel,
               const char         *wamid,
               GCancellable       *cancellable,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);
  SbFakeLine       *line = FAKE_CHANNEL (channel)->line;

  g_assert_null (wamid);
  line->n_history++;
  g_task_return_pointer (task, g_strdup (line->history), g_free);
}

static char *
history_finish (SbChannel    *channel,
                GAsyncResult *result,
                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mark_read_async (SbChannel          *channel,
                 const char         *wamid,
                 gboolean            typing,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);

  g_assert_false (typing);
  g_ptr_array_add (FAKE_CHANNEL (channel)->line->read, g_strdup (wamid));
  g_task_return_boolean (task, TRUE);
}

static gboolean
mark_read_finish (SbChannel    *channel,
                  GAsyncResult *result,
                  GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
channel_iface_init (SbChannelInterface *iface)
{
  iface->send_async = send_async;
  iface->send_finish = send_finish;
  iface->fetch_async = fetch_async;
  iface->fetch_finish = fetch_finish;
  iface->history_async = history_async;
  iface->history_finish = history_finish;
  iface->mark_read_async = mark_read_async;
  iface->mark_read_finish = mark_read_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeChannel, fake_channel, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SB_TYPE_CHANNEL, channel_iface_init))

static void
fake_channel_finalize (GObject *object)
{
  g_free (FAKE_CHANNEL (object)->token);

  G_OBJECT_CLASS (fake_channel_parent_class)->finalize (object);
}

static void
fake_channel_class_init (FakeChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_channel_finalize;
}

static void
fake_channel_init (FakeChannel *self)
{
}

/* -- the way in -- */

#define FAKE_TYPE_SOURCE (fake_source_get_type ())
G_DECLARE_FINAL_TYPE (FakeSource, fake_source, FAKE, SOURCE, GObject)

struct _FakeSource
{
  GObject     parent_instance;
  SbFakeLine *line;
};

static void
start (SbInbound  *source,
       const char *epoch,
       gint64      after_seq)
{
  SbFakeLine *line = FAKE_SOURCE (source)->line;

  line->source = source;
  g_set_str (&line->asked_epoch, epoch);
  line->asked_after = after_seq;
  g_signal_emit_by_name (source, "state", TRUE, "Connected");
}

static void
stop (SbInbound *source)
{
  SbFakeLine *line = FAKE_SOURCE (source)->line;

  if (line->source == source)
    line->source = NULL;
}

static void
stored (SbInbound *source,
        gboolean   ok)
{
  SbFakeLine *line = FAKE_SOURCE (source)->line;

  if (ok)
    line->n_stored++;
  else
    line->n_refused++;
  if (line->stored != NULL)
    line->stored (ok, line->stored_data);
}

static void
source_iface_init (SbInboundInterface *iface)
{
  iface->start = start;
  iface->stop = stop;
  iface->stored = stored;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeSource, fake_source, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SB_TYPE_INBOUND, source_iface_init))

static void
fake_source_class_init (FakeSourceClass *klass)
{
}

static void
fake_source_init (FakeSource *self)
{
}

/* -- the line -- */

SbFakeLine *
sb_fake_line_new (SbClock *clock)
{
  SbFakeLine *self = g_new0 (SbFakeLine, 1);

  self->clock = clock;
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->read = g_ptr_array_new_with_free_func (g_free);
  self->judge = sb_fake_accepted;

  return self;
}

void
sb_fake_line_free (SbFakeLine *self)
{
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->read);
  g_free (self->history);
  g_free (self->asked_epoch);
  g_free (self);
}

void
sb_fake_line_break (SbFakeLine *self)
{
  for (guint i = 0; i < self->requests->len; i++)
    {
      SbFakeRequest *request = self->requests->pdata[i];

      if (request->task != NULL)
        sb_fake_line_answer (request, sb_send_result_new (SB_SEND_UNKNOWN));
    }
}

void
sb_fake_line_give (SbFakeLine *self,
                   GPtrArray  *events)
{
  g_assert (self->source != NULL);
  g_signal_emit_by_name (self->source, "batch", "epoch-1", events);
}

/* Each request its own id, made of the tag: the same request twice would be seen. */
SbSendResult *
sb_fake_accepted (SbFakeRequest *request,
                  gpointer       user_data)
{
  SbSendResult *result = sb_send_result_new (SB_SEND_ACCEPTED);

  result->wamid = g_strdup_printf ("wamid.%s", request->tag);

  return result;
}

SbInboundEvent *
sb_fake_event (gint64      seq,
               gint64      received_at,
               const char *body)
{
  SbInboundEvent  *event = g_new0 (SbInboundEvent, 1);
  g_autofree char *digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guint8 *) SB_FAKE_SECRET, strlen (SB_FAKE_SECRET), body, -1);

  event->seq = seq;
  event->received_at = received_at;
  event->body = g_bytes_new (body, strlen (body));
  event->signature = g_strconcat ("sha256=", digest, NULL);

  return event;
}

static char *
envelope (const char *inner)
{
  return g_strdup_printf ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\",\"changes\":[{\"value\":{"
                          "\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"15550783881\",\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},"
                          "%s},\"field\":\"messages\"}]}]}",
                          inner);
}

char *
sb_fake_text_body (const char *from,
                   const char *wamid,
                   const char *text,
                   gint64      at)
{
  g_autofree char *inner = g_strdup_printf ("\"contacts\":[{\"profile\":{\"name\":\"Customer %s\"},\"wa_id\":\"%s\"}],\"messages\":[{\"from\":\"%s\",\"id\":\"%s\","
                                            "\"timestamp\":\"%" G_GINT64_FORMAT "\",\"text\":{\"body\":\"%s\"},\"type\":\"text\"}]",
                                            from, from, from, wamid, at / 1000, text);

  return envelope (inner);
}

char *
sb_fake_status_body (const char *wamid,
                     const char *status,
                     const char *tag,
                     gint64      at)
{
  g_autofree char *echo = tag != NULL ? g_strdup_printf (",\"biz_opaque_callback_data\":\"%s\"", tag) : g_strdup ("");
  g_autofree char *inner = g_strdup_printf ("\"statuses\":[{\"id\":\"%s\",\"status\":\"%s\",\"timestamp\":\"%" G_GINT64_FORMAT "\",\"recipient_id\":\"16505551234\"%s}]",
                                            wamid, status, at / 1000, echo);

  return envelope (inner);
}

/* -- engines on it -- */

static SbChannel *
make_channel (const SbLine *line,
              const char   *token,
              gpointer      user_data)
{
  FakeChannel *channel = g_object_new (FAKE_TYPE_CHANNEL, NULL);

  channel->line = user_data;
  channel->token = g_strdup (token);

  return SB_CHANNEL (channel);
}

static SbInbound *
make_inbound (const SbLine *line,
              SbSecrets    *secrets,
              gpointer      user_data)
{
  FakeSource *source = g_object_new (FAKE_TYPE_SOURCE, NULL);

  source->line = user_data;

  return SB_INBOUND (source);
}

SbLine *
sb_fake_line_settings (void)
{
  SbLine *line = sb_line_new ();

  line->kind = SB_LINE_CLOUD;
  line->state = SB_LINE_ACTIVE;
  g_set_str (&line->name, "Shop");
  g_set_str (&line->phone_number_id, SB_FAKE_NUMBER);
  g_set_str (&line->waba_id, "102290129340398");
  line->inbound = SB_INBOUND_MAILBOX;
  line->pace_per_second = 100;

  return line;
}

SbEngine *
sb_fake_engine_open (SbFakeLine   *self,
                     const char   *folder,
                     const char   *vfs,
                     SbEngineFlags flags,
                     SbRandom     *random,
                     SbSecrets    *secrets,
                     GError      **error)
{
  SbEngineOptions options = { self->clock, random, secrets, vfs, make_channel, make_inbound, self };
  SbEngine       *engine = sb_engine_open (folder, flags | SB_ENGINE_INLINE_STORE, &options, error);

  if (engine != NULL)
    sb_engine_set_online (engine, TRUE);

  return engine;
}

void
sb_fake_secrets_add (SbSecrets *secrets,
                     gint64     line_id)
{
  g_assert_true (sb_secrets_set (secrets, line_id, "token", "fake token", NULL));
  g_assert_true (sb_secrets_set (secrets, line_id, "app-secret", SB_FAKE_SECRET, NULL));
}

void
sb_fake_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
