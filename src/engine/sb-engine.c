#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (SbEngine, sb_engine, G_TYPE_OBJECT)

enum
{
  EVENT,
  COUNTS_CHANGED,
  LINES_CHANGED,
  NOTICE,
  WITHDRAW,
  PROFILE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- signals -- */

void
sb_engine_emit_lines_changed (SbEngine *self)
{
  g_signal_emit (self, signals[LINES_CHANGED], 0);
}

/* All numbers are now those of somebody else. */
void
sb_engine_emit_profile_changed (SbEngine *self)
{
  g_signal_emit (self, signals[PROFILE_CHANGED], 0);
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
}

void
sb_engine_emit_notice (SbEngine *self,
                       SbNotice *notice)
{
  g_signal_emit (self, signals[NOTICE], 0, notice);
}

void
sb_engine_emit_withdraw (SbEngine *self,
                         gint64    thread_id)
{
  g_signal_emit (self, signals[WITHDRAW], 0, thread_id);
}

static void
pump_all (SbEngine *self)
{
  GHashTableIter iter;
  gpointer       run;

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &run))
    sb_dispatcher_pump (run);
}

/* The network stopped a line or let it go again, or raised its limit: the run goes by what the file says now. */
static void
refresh_run (SbEngine *self,
             gint64    line_id)
{
  SbLineRun *run = sb_line_run_get (self, line_id);
  SbLine    *line = run != NULL ? sb_reader_get_line (sb_store_get_reader (self->store), line_id) : NULL;

  if (line == NULL)
    return;

  sb_line_free (run->line);
  run->line = line;
}

/* The engine's own readers of the log: each looks at what concerns it. */
static void
committed_cb (SbStore   *store,
              GPtrArray *events,
              gpointer   user_data)
{
  SbEngine *self = user_data;
  gboolean  outgoing = FALSE, lines = FALSE, media = FALSE, due = FALSE;

  /* The last commits of a shop that is being closed reach nobody. */
  if (sb_store_get_reader (store) == NULL)
    return;
  for (guint i = 0; i < events->len; i++)
    {
      SbEvent *event = events->pdata[i];

      outgoing = outgoing || event->kind == SB_EVENT_MESSAGE_OUT || event->kind == SB_EVENT_MESSAGE_STATUS;
      media = media || event->kind == SB_EVENT_MESSAGE_IN || event->kind == SB_EVENT_MESSAGE_OUT;
      lines = lines || event->kind == SB_EVENT_LINE_CHANGED || outgoing;
      due = due || event->kind == SB_EVENT_THREAD_SNOOZED || event->kind == SB_EVENT_THREAD_STATUS || event->kind == SB_EVENT_LINE_CHANGED;
      if (event->kind == SB_EVENT_LINE_CHANGED)
        refresh_run (self, event->line_id);
      sb_profile_take (self, event);
      sb_notices_take (self->notices, event);
      sb_read_receipts_take (self, event);
      sb_desk_run_take (self->desk, event);
      g_signal_emit (self, signals[EVENT], 0, event);
    }

  sb_index_tidy_wake (self->tidy);
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
  if ((outgoing || lines) && self->started)
    pump_all (self);
  if (media)
    sb_media_fetcher_wake (self->fetcher);
  if (due)
    sb_scheduler_wake (self->scheduler);
  if (lines)
    sb_engine_emit_lines_changed (self);
}

/* -- lines at work -- */

SbLineRun *
sb_line_run_get (SbEngine *engine,
                 gint64    line_id)
{
  return engine->runs != NULL ? g_hash_table_lookup (engine->runs, &line_id) : NULL;
}

SbLineRun *
sb_line_run_ref (SbLineRun *run)
{
  run->n_refs++;

  return run;
}

void
sb_line_run_unref (SbLineRun *run)
{
  if (--run->n_refs > 0)
    return;

  g_clear_pointer (&run->elder, sb_line_run_unref);
  g_object_unref (run->cancellable);
  g_clear_object (&run->channel);
  g_clear_pointer (&run->line, sb_line_free);
  g_hash_table_unref (run->pairs);
  g_free (run->source_sentence);
  g_free (run);
}

/* Takes in and sends nothing more; requests that are under way still bring their answers home. */
static void
retire (gpointer data)
{
  SbLineRun *run = data;

  run->retired = TRUE;
  sb_intake_stop (run);
  sb_dispatcher_stop (run);
  g_cancellable_cancel (run->cancellable);
  g_clear_object (&run->inbound);
  sb_line_run_unref (run);
}

static SbChannel *
make_channel (const SbLine *line,
              const char   *token,
              gpointer      user_data)
{
  return sb_cloud_channel_new (line, token);
}

static SbInbound *
make_inbound (const SbLine *line,
              SbSecrets    *secrets,
              gpointer      user_data)
{
  switch (line->inbound)
    {
    case SB_INBOUND_MAILBOX:
    case SB_INBOUND_PRACTICE:
      return sb_mailbox_source_new (line->inbound_url, line->inbound_box, sb_secrets_get (secrets, line->id, "mailbox-token"), sb_secrets_get (secrets, line->id, "seal-key"));
    case SB_INBOUND_LISTENER:
      return sb_listener_source_new (g_ascii_strtoull (line->inbound_url != NULL ? line->inbound_url : "0", NULL, 10), sb_secrets_get (secrets, line->id, "verify-token"));
    case SB_INBOUND_NONE:
    default:
      return NULL;
    }
}

/* @elder: (nullable): the run whose place this one takes: the customers' pace and the requests under way go on counting */
static void
start_run (SbEngine     *self,
           const SbLine *line,
           SbLineRun    *elder)
{
  SbLineRun  *run = g_new0 (SbLineRun, 1);
  const char *token = sb_secrets_get (self->secrets, line->id, "token");

  run->n_refs = 1;
  run->engine = self;
  run->line = sb_line_copy (line);
  run->cancellable = g_cancellable_new ();
  run->pairs = elder != NULL ? g_hash_table_ref (elder->pairs) : sb_pair_rate_new ();
  run->elder = elder != NULL && sb_dispatcher_n_under_way (elder) > 0 ? sb_line_run_ref (elder) : NULL;
  run->channel = token != NULL ? self->channel_factory (line, token, self->factory_data) : NULL;
  run->inbound = self->inbound_factory (line, self->secrets, self->factory_data);
  g_hash_table_insert (self->runs, g_memdup2 (&line->id, sizeof line->id), run);
  sb_intake_start (run);
  sb_dispatcher_pump (run);
}

/* Once the keys are there and the file is known to be whole: what came in before might be lost with the file. */
static gboolean
may_run (SbEngine *self)
{
  return self->started && self->keys_loaded && sb_store_get_file_state (self->store) == SB_FILE_TRUSTED;
}

void
sb_engine_start_lines (SbEngine *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_store_get_reader (self->store));

  if (!may_run (self))
    return;

  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine *line = lines->pdata[i];

      if (sb_line_run_get (self, line->id) == NULL)
        start_run (self, line, NULL);
    }
}

/* After its settings, its state or its keys changed. */
void
sb_engine_restart_line (SbEngine *self,
                        gint64    line_id)
{
  g_autoptr (SbLine) line = NULL;
  SbLineRun         *run = sb_line_run_get (self, line_id);

  if (!self->started)
    return;
  line = sb_reader_get_line (sb_store_get_reader (self->store), line_id);
  if (run != NULL)
    sb_line_run_ref (run);
  g_hash_table_remove (self->runs, &line_id);
  if (line != NULL && line->state != SB_LINE_REMOVED && may_run (self))
    start_run (self, line, run);
  g_clear_pointer (&run, sb_line_run_unref);
  sb_engine_emit_lines_changed (self);
}

/* -- the network of this computer -- */

static void
set_online (SbEngine *self,
            gboolean  online)
{
  GHashTableIter iter;
  gpointer       value;

  if (self->online == online)
    return;

  self->online = online;
  self->offline_since = online ? 0 : sb_clock_now (self->clock);
  g_hash_table_iter_init (&iter, self->runs);
  while (online && g_hash_table_iter_next (&iter, NULL, &value))
    {
      SbLineRun *run = value;

      run->hold_until = 0;
      if (run->inbound != NULL)
        sb_inbound_poke (run->inbound);
    }
  if (online)
    {
      pump_all (self);
      sb_media_fetcher_wake (self->fetcher);
    }
  sb_engine_emit_lines_changed (self);
}

/* Lines on this very computer need no network. */
static gboolean
is_loopback (const char *url)
{
  return url != NULL && (strstr (url, "//127.") != NULL || strstr (url, "//localhost") != NULL || strstr (url, "//[::1]") != NULL);
}

static gboolean
needs_network (SbEngine *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_store_get_reader (self->store));

  for (guint i = 0; i < lines->len; i++)
    if (!is_loopback (((SbLine *) lines->pdata[i])->base_url))
      return TRUE;

  return FALSE;
}

static void
network_cb (GNetworkMonitor *monitor,
            gboolean         available,
            gpointer         user_data)
{
  SbEngine *self = user_data;

  if (!self->online_forced)
    set_online (self, available || !needs_network (self));
}

/* @online: what to believe from now on, in place of the network monitor */
void
sb_engine_set_online (SbEngine *self,
                      gboolean  online)
{
  self->online_forced = TRUE;
  set_online (self, online);
}

gboolean
sb_engine_is_online (SbEngine *self)
{
  return self->online;
}

gint64
sb_engine_get_offline_since (SbEngine *self)
{
  return self->offline_since;
}

/* -- opening -- */

static gboolean
settle_orphans (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  g_autofree char *evidence = sb_evidence_new (sb_writer_now (writer), _("Shopbell ended after the message had left this computer and before an answer came back."));
  int              n = sb_writer_orphans_to_unknown (writer, evidence, sb_writer_now (writer) + SB_EVIDENCE_AGAIN_MS, error);

  if (n > 0)
    g_message ("%d messages were under way when Shopbell ended; whether they arrived is not known yet", n);

  return n >= 0;
}

static SbEngine *
open_shop (const char            *folder,
           SbEngineFlags          flags,
           const SbEngineOptions *options,
           GError               **error)
{
  g_autoptr (SbEngine) self = g_object_new (SB_TYPE_ENGINE, NULL);
  SbStoreFlags         store_flags = 0;
  g_autofree char     *shop_id = NULL;

  store_flags |= flags & SB_ENGINE_CREATE ? SB_STORE_CREATE : 0;
  store_flags |= flags & SB_ENGINE_READ_ONLY ? SB_STORE_READ_ONLY : 0;
  store_flags |= flags & SB_ENGINE_INLINE_STORE ? SB_STORE_INLINE : 0;
  self->clock = options->clock != NULL ? g_object_ref (options->clock) : sb_clock_new_system ();
  self->own_random = options->random == NULL ? sb_random_new_system () : NULL;
  self->random = options->random != NULL ? options->random : self->own_random;
  self->store = sb_store_open (folder, store_flags, self->clock, self->random, options->vfs, error);
  if (self->store == NULL)
    return NULL;

  self->channel_factory = options->channel_factory != NULL ? options->channel_factory : make_channel;
  self->inbound_factory = options->inbound_factory != NULL ? options->inbound_factory : make_inbound;
  self->factory_data = options->factory_data;
  shop_id = sb_reader_get_meta (sb_store_get_reader (self->store), "shop-id");
  self->secrets = options->secrets != NULL ? g_object_ref (options->secrets) : sb_secrets_new_keyring (shop_id);
  self->runs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, retire);
  self->notices = sb_notices_new (self);
  self->fetcher = sb_media_fetcher_new (self);
  self->scheduler = sb_scheduler_new (self);
  self->desk = sb_desk_run_new (self);
  self->tidy = sb_index_tidy_new (self);
  self->online = TRUE;
  g_signal_connect (self->store, "committed", G_CALLBACK (committed_cb), self);
  if (!(flags & SB_ENGINE_READ_ONLY) && (!sb_store_run (self->store, settle_orphans, NULL, error) || !sb_engine_reapply_erasures (self, error) || !sb_engine_reapply_refusals (self, error)))
    {
      if (error != NULL && g_error_matches (*error, SB_ERROR, SB_ERROR_DAMAGED))
        sb_store_set_file_state (self->store, SB_FILE_DAMAGED);
      return NULL;
    }
  sb_profile_restore (self);

  return g_steal_pointer (&self);
}

/**
 * sb_engine_open:
 * @options: (nullable)
 *
 * Opens the shop in @folder. What was under way when the program last ended becomes unknown here, before anything can be sent.
 */
SbEngine *
sb_engine_open (const char            *folder,
                SbEngineFlags          flags,
                const SbEngineOptions *options,
                GError               **error)
{
  static const SbEngineOptions none = { 0 };
  g_autoptr (GError)           failure = NULL;
  SbEngine                    *self;

  options = options != NULL ? options : &none;
  self = open_shop (folder, flags, options, &failure);
  /* Found damaged by the first command, and marked so: the second time it is set aside. */
  if (self == NULL && g_error_matches (failure, SB_ERROR, SB_ERROR_DAMAGED))
    return open_shop (folder, flags, options, error);
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return self;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbEngine) self = user_data;

  sb_secrets_load_finish (SB_SECRETS (object), result, NULL);
  if (!self->started)
    return;

  self->keys_loaded = TRUE;
  sb_engine_start_lines (self);
  sb_desk_run_wake (self->desk);
  sb_index_tidy_wake (self->tidy);
  sb_scheduler_wake (self->scheduler);
  sb_media_fetcher_wake (self->fetcher);
  sb_engine_emit_lines_changed (self);
}

void
sb_engine_start (SbEngine *self)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  if (self->started || sb_store_is_read_only (self->store))
    return;

  self->started = TRUE;
  if (!self->online_forced)
    set_online (self, g_network_monitor_get_network_available (monitor) || !needs_network (self));
  self->network_id = g_signal_connect (monitor, "network-changed", G_CALLBACK (network_cb), self);
  sb_engine_look_over (self);
  sb_secrets_load_async (self->secrets, NULL, loaded_cb, g_object_ref (self));
}

void
sb_engine_stop (SbEngine *self)
{
  if (!self->started)
    return;

  self->started = FALSE;
  if (self->looking != NULL)
    sb_reader_interrupt (self->looking);
  g_clear_signal_handler (&self->network_id, g_network_monitor_get_default ());
  g_hash_table_remove_all (self->runs);
}

void
sb_engine_close (SbEngine *self)
{
  sb_engine_stop (self);
  g_clear_pointer (&self->desk, sb_desk_run_free);
  g_clear_pointer (&self->tidy, sb_index_tidy_free);
  g_clear_pointer (&self->scheduler, sb_scheduler_free);
  g_clear_pointer (&self->fetcher, sb_media_fetcher_free);
  /* What is under way may hold the engine for a while; its notices would look into a file that is closed. */
  if (self->notices != NULL)
    sb_notices_hush (self->notices);
  g_atomic_int_set (&self->closed, TRUE);
  sb_engine_forget_searcher (self);
  if (self->store != NULL)
    sb_store_close (self->store);
}

static void
sb_engine_dispose (GObject *object)
{
  SbEngine *self = SB_ENGINE (object);

  sb_engine_close (self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_pointer (&self->notices, sb_notices_free);
  g_clear_pointer (&self->runs, g_hash_table_unref);
  g_clear_pointer (&self->told_read, g_hash_table_unref);
  g_clear_object (&self->store);
  g_clear_pointer (&self->own_random, sb_random_free);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (sb_engine_parent_class)->dispose (object);
}

static void
sb_engine_class_init (SbEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_engine_dispose;

  signals[EVENT] = g_signal_new ("event", SB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[COUNTS_CHANGED] = g_signal_new ("counts-changed", SB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LINES_CHANGED] = g_signal_new ("lines-changed", SB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NOTICE] = g_signal_new ("notice", SB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PROFILE_CHANGED] = g_signal_new ("profile-changed", SB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WITHDRAW] = g_signal_new ("withdraw", SB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
sb_engine_init (SbEngine *self)
{
}
