/*
 * One line's way out. A closed loop: claim a few rows (committed as "sending"), ask the network for each, write down what
 * became of it, claim the next. At most sixteen are under way, one for each customer. What may or may not have arrived is
 * "unknown" and never sent again by itself.
 */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sb-json.h"
#include "sb-wa-error.h"

#define MOST_IN_FLIGHT 8 /* as many as the session has connections: a request that waits for one would be unknown after a crash */
#define CLAIM_AT_ONCE  8

/* A claimed row with all it needs on the wire. */
typedef struct
{
  gint64     outbox_id;
  gint64     message_id;
  gint64     thread_id;
  int        attempts;
  SbMessage *message;
  char      *to;
  gboolean   to_is_user_id;
  char      *quote_wamid;
} Item;

typedef struct
{
  SbLineRun *run;
  gint64     line_id;
  guint      limit;
  GArray    *held;  /* SbHeldThread: not to be claimed */
  GPtrArray *items; /* Item */
  gint64     next_at;
} Claim;

typedef struct
{
  gint64      line_id;
  gint64      outbox_id;
  gint64      message_id;
  SbSettle    settle;
  char       *wamid;
  char       *wa_id;
  char       *to;
  char       *error;
  char       *evidence;
  SbLineState line_state; /* 0: as it is */
  char       *line_reason;
} Settlement;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->message, sb_message_free);
  g_free (item->to);
  g_free (item->quote_wamid);
  g_free (item);
}

static void
claim_free (gpointer data)
{
  Claim *claim = data;

  sb_line_run_unref (claim->run);
  g_array_unref (claim->held);
  g_ptr_array_unref (claim->items);
  g_free (claim);
}

static void
settlement_free (gpointer data)
{
  Settlement *settlement = data;

  g_free (settlement->wamid);
  g_free (settlement->wa_id);
  g_free (settlement->to);
  g_free (settlement->error);
  g_free (settlement->evidence);
  g_free (settlement->line_reason);
  g_free (settlement);
}

/* -- waking -- */

static gboolean
timer_cb (gpointer user_data)
{
  SbLineRun *run = user_data;

  run->timer_id = 0;
  sb_dispatcher_pump (run);

  return G_SOURCE_REMOVE;
}

static void
wake_at (SbLineRun *run,
         gint64     at)
{
  if (run->timer_id != 0)
    sb_clock_remove_timer (run->engine->clock, run->timer_id);
  run->timer_id = sb_clock_add_timer (run->engine->clock, at, timer_cb, run, NULL);
}

/* The pace of the line: so many a second, one second's worth may be saved up. */
static guint
take_tokens (SbLineRun *run,
             guint      wanted)
{
  gint64 now = sb_clock_now (run->engine->clock);
  double pace = CLAMP (run->line->pace_per_second, 1, 1000);
  guint  got;

  if (run->tokens_at == 0 || now < run->tokens_at)
    run->tokens = pace;
  else
    run->tokens = MIN (pace, run->tokens + (now - run->tokens_at) * pace / 1000.0);
  run->tokens_at = now;
  got = MIN (wanted, (guint) floor (run->tokens));
  run->tokens -= got;
  if (got == 0)
    wake_at (run, now + (gint64) ceil ((1 - run->tokens) * 1000 / pace));

  return got;
}

/* -- settling -- */

/* What would wait for a line that is gone would wait for ever. */
static void
fail_without_line (SbWriter   *writer,
                   Settlement *settlement)
{
  g_autoptr (SbLine) line = sb_reader_get_line (sb_writer_get_reader (writer), settlement->line_id);

  if (line != NULL && line->state != SB_LINE_REMOVED)
    return;

  settlement->settle.kind = SB_SETTLE_FAILED;
  settlement->settle.error = sb_reason_to_sentence (SB_REASON_LINE_REMOVED);
}

static gboolean
settle_command (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Settlement *settlement = data;

  settlement->settle.wamid = settlement->wamid;
  settlement->settle.wa_id = settlement->wa_id;
  settlement->settle.to = settlement->to;
  settlement->settle.error = settlement->error;
  settlement->settle.evidence = settlement->evidence;
  if (settlement->settle.kind == SB_SETTLE_RELEASED || settlement->settle.kind == SB_SETTLE_LATER)
    fail_without_line (writer, settlement);
  if (!sb_writer_settle (writer, settlement->outbox_id, &settlement->settle, error))
    return FALSE;
  if (settlement->settle.kind == SB_SETTLE_UNKNOWN &&
      sb_writer_add_due (writer, sb_writer_now (writer) + SB_EVIDENCE_AGAIN_MS, "evidence", settlement->message_id, NULL, error) == 0)
    return FALSE;

  return settlement->line_state == 0 || sb_writer_set_line_state (writer, settlement->line_id, settlement->line_state, settlement->line_reason, 0, error);
}

static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Settlement          *settlement = sb_store_get_command_data (result);
  SbLineRun           *run = sb_line_run_get (engine, settlement->line_id);
  g_autoptr (GError)   error = NULL;

  /* The row stays "sending"; at the next start it becomes unknown, and nothing is sent twice. */
  if (!sb_store_run_finish (SB_STORE (object), result, &error) && engine->started)
    {
      g_warning ("What became of a message could not be written down: %s", error->message);
      engine->disk_full = g_error_matches (error, SB_ERROR, SB_ERROR_DISK_FULL);
    }
  if (settlement->settle.kind == SB_SETTLE_UNKNOWN)
    sb_scheduler_wake (engine->scheduler);
  if (run == NULL)
    return;

  /* Reloading may put another run in the place of this one, and pumps it. */
  if (settlement->line_state != 0)
    sb_engine_restart_line (engine, settlement->line_id);
  else
    sb_dispatcher_pump (run);
}

static void
settle (SbLineRun  *run,
        Settlement *settlement)
{
  sb_store_run_async (run->engine->store, settle_command, settlement, settlement_free, settled_cb, g_object_ref (run->engine));
}

static Settlement *
settlement_new (SbLineRun   *run,
                const Item  *item,
                SbSettleKind kind)
{
  Settlement *settlement = g_new0 (Settlement, 1);

  settlement->line_id = run->line->id;
  settlement->outbox_id = item->outbox_id;
  settlement->message_id = item->message_id;
  settlement->settle.kind = kind;
  settlement->settle.to_is_user_id = item->to_is_user_id;
  settlement->to = g_strdup (item->to);

  return settlement;
}

/* Nothing left this computer: the whole line waits a little, and no attempt is burned. */
static Settlement *
not_sent (SbLineRun          *run,
          const Item         *item,
          const SbSendResult *result)
{
  Settlement *settlement = settlement_new (run, item, SB_SETTLE_RELEASED);
  gint64      delay = sb_wa_error_delay (2, ++run->n_not_sent, -1, sb_random_unit (run->engine->random));

  run->hold_until = sb_clock_now (run->engine->clock) + MIN (delay, SB_MINUTE_MS);
  run->send_trouble = TRUE;
  settlement->settle.retry_at = run->hold_until;
  settlement->error = g_strdup (result->error);
  sb_engine_emit_lines_changed (run->engine);

  return settlement;
}

static char *
words_of (int         code,
          const char *network)
{
  const char *remedy = sb_wa_error_remedy (code);
  const char *sentence = sb_wa_error_sentence (code);

  if (remedy != NULL)
    return g_strdup_printf ("%s %s", sentence, remedy);

  return code == 0 && network != NULL ? g_strdup (network) : g_strdup (sentence);
}

static Settlement *
refused (SbLineRun          *run,
         const Item         *item,
         const SbSendResult *result)
{
  SbWaClass   action = sb_wa_error_class (result->code, result->http_status);
  gint64      delay = sb_wa_error_delay (result->code, item->attempts, result->retry_after_ms, sb_random_unit (run->engine->random));
  gint64      now = sb_clock_now (run->engine->clock);
  Settlement *settlement;

  if (action == SB_WA_STOP && run->retired)
    /* The old key was refused, or the old address; what is in its place now has not been asked. */
    settlement = settlement_new (run, item, SB_SETTLE_RELEASED);
  else if (action == SB_WA_STOP)
    {
      settlement = settlement_new (run, item, SB_SETTLE_RELEASED);
      settlement->line_state = sb_wa_error_stop (result->code) == SB_WA_STOP_KEY ? SB_LINE_NEEDS_KEY : SB_LINE_BLOCKED;
      settlement->line_reason = words_of (result->code, result->error);
      run->line->state = settlement->line_state; /* nothing more is claimed meanwhile */
      sb_notices_about_line (run->engine->notices, _("The shop cannot send"), settlement->line_reason);
    }
  else if (action == SB_WA_RETRY && sb_wa_error_is_line_wide (result->code))
    {
      settlement = settlement_new (run, item, SB_SETTLE_RELEASED);
      run->hold_until = MAX (run->hold_until, now + delay);
      settlement->settle.retry_at = run->hold_until;
    }
  else if (action == SB_WA_RETRY && item->attempts < (int) sb_wa_error_max_attempts (result->code))
    {
      settlement = settlement_new (run, item, SB_SETTLE_LATER);
      settlement->settle.retry_at = now + delay;
    }
  else
    settlement = settlement_new (run, item, SB_SETTLE_FAILED);

  settlement->settle.error_code = result->code;
  settlement->error = words_of (result->code, result->error);

  return settlement;
}

static Settlement *
unknown (SbLineRun          *run,
         const Item         *item,
         const SbSendResult *result)
{
  Settlement           *settlement = settlement_new (run, item, SB_SETTLE_UNKNOWN);
  gint64                now = sb_clock_now (run->engine->clock);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now / 1000);
  g_autofree char      *clock = g_date_time_format (time, "%H:%M");
  /* Translators: a time of day */
  g_autofree char *sentence = g_strdup_printf (_("The connection broke at %s, after the message had left this computer and before an answer came back."), clock);

  settlement->evidence = sb_evidence_new (now, sentence);
  settlement->error = g_strdup (result->error);

  return settlement;
}

static Settlement *
judge (SbLineRun          *run,
       const Item         *item,
       const SbSendResult *result)
{
  Settlement *settlement;

  switch (result->outcome)
    {
    case SB_SEND_ACCEPTED:
      settlement = settlement_new (run, item, SB_SETTLE_ACCEPTED);
      settlement->wamid = g_strdup (result->wamid);
      settlement->wa_id = g_strdup (result->wa_id);
      settlement->settle.held = result->held;
      break;
    case SB_SEND_NOT_SENT:
      return not_sent (run, item, result);
    case SB_SEND_REFUSED:
      settlement = refused (run, item, result);
      break;
    case SB_SEND_UNKNOWN:
    default:
      return unknown (run, item, result);
    }

  if (run->send_trouble)
    {
      run->send_trouble = FALSE;
      sb_engine_emit_lines_changed (run->engine);
    }
  run->n_not_sent = 0;

  return settlement;
}

/* -- asking -- */

typedef struct
{
  SbEngine  *engine;
  SbLineRun *run;
  Item      *item;
} Asking;

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Asking            *asking = user_data;
  SbLineRun         *run = asking->run;
  SbLineRun         *current = sb_line_run_get (asking->engine, run->line->id);
  g_autoptr (GError) error = NULL;
  SbSendResult      *sent = sb_channel_send_finish (SB_CHANNEL (object), result, &error);

  if (sent == NULL)
    {
      sent = sb_send_result_new (SB_SEND_UNKNOWN);
      sent->error = g_strdup (error != NULL ? error->message : "");
    }
  run->in_flight--;
  sb_engine_note_clock (asking->engine, sent->server_date_ms);
  settle (run, judge (run, asking->item, sent));
  if (current != NULL)
    sb_dispatcher_pump (current);
  sb_send_result_free (sent);
  item_free (asking->item);
  sb_line_run_unref (run);
  g_object_unref (asking->engine);
  g_free (asking);
}

static void
ask (SbLineRun *run,
     Item      *item)
{
  g_autofree char *tag = g_strdup_printf ("outbox:%" G_GINT64_FORMAT, item->outbox_id);
  SbSendJob        job = { item->message, item->to, item->to_is_user_id, item->quote_wamid, tag };
  Asking          *asking = g_new0 (Asking, 1);

  asking->engine = g_object_ref (run->engine);
  asking->run = sb_line_run_ref (run);
  asking->item = item;
  run->in_flight++;
  sb_channel_send_async (run->channel, &job, NULL, asked_cb, asking);
}

/* -- claiming -- */

/* What the gate refuses at the last moment leaves the same trace as what it refused at once. */
static void
note_refusal (SbWriter          *writer,
              const SbOutboxRow *row,
              SbReason           reason,
              GError           **error)
{
  g_autofree char *data = g_strdup_printf ("{\"reason\":\"%s\"}", sb_reason_to_name (reason));
  SbEvent          event = { .kind = SB_EVENT_REFUSED, .thread_id = row->thread_id, .message_id = row->message_id, .line_id = row->line_id, .actor = row->author, .data = data };

  sb_writer_append_event (writer, &event, error);
}

static Item *
item_of (SbWriter          *writer,
         const SbOutboxRow *row,
         GError           **error)
{
  SbReader             *reader = sb_writer_get_reader (writer);
  g_autoptr (SbThread)  thread = sb_reader_get_thread (reader, row->thread_id);
  g_autoptr (SbMessage) quoted = NULL;
  Item                 *item = g_new0 (Item, 1);
  SbReason              reason;

  item->outbox_id = row->id;
  item->message_id = row->message_id;
  item->thread_id = row->thread_id;
  item->attempts = row->attempts;
  item->message = sb_reader_get_message (reader, row->message_id);
  item->to = thread != NULL ? sb_writer_get_address (writer, thread->contact_id, &item->to_is_user_id) : NULL;
  quoted = item->message->quote_id != 0 ? sb_reader_get_message (reader, item->message->quote_id) : NULL;
  item->quote_wamid = quoted != NULL ? g_strdup (quoted->wamid) : NULL;

  reason = sb_gate_recheck (reader, sb_writer_now (writer), item->message, row->line_id, item->to != NULL);
  if (reason != SB_REASON_ALLOWED)
    {
      SbSettle settle = { .kind = SB_SETTLE_FAILED, .error_code = reason == SB_REASON_WINDOW_CLOSED ? SB_WA_ERROR_WINDOW_CLOSED : 0, .error = sb_reason_to_sentence (reason) };

      sb_writer_settle (writer, row->id, &settle, error);
      note_refusal (writer, row, reason, error);
      g_clear_pointer (&item, item_free);
    }

  return item;
}

static gboolean
claim_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Claim                *claim = data;
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < claim->held->len; i++)
    {
      const SbHeldThread *held = &g_array_index (claim->held, SbHeldThread, i);

      if (!sb_writer_hold_thread (writer, held->thread_id, held->until, error))
        return FALSE;
    }

  rows = sb_writer_claim (writer, claim->line_id, claim->limit, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      Item *item = item_of (writer, rows->pdata[i], error);

      if (item != NULL)
        g_ptr_array_add (claim->items, item);
    }
  claim->next_at = sb_writer_next_due (writer, claim->line_id);

  return rows != NULL;
}

/* Claimed for a run that is no more, or for a customer who must wait: nothing has left yet, so it goes back in the queue. */
static void
send_or_release (SbLineRun *run,
                 Item      *item)
{
  gint64      later = run->retired ? 0 : sb_pair_rate_take (run->pairs, sb_clock_now (run->engine->clock), item->thread_id);
  Settlement *settlement;

  if (later == 0 && !run->retired && run->channel != NULL)
    {
      ask (run, item);
      return;
    }

  settlement = settlement_new (run, item, SB_SETTLE_RELEASED);
  settlement->settle.retry_at = later;
  settle (run, settlement);
  item_free (item);
}

static void
claimed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Claim               *claim = sb_store_get_command_data (result);
  SbLineRun           *run = claim->run;
  g_autoptr (GError)   error = NULL;
  gboolean             ok = sb_store_run_finish (SB_STORE (object), result, &error);
  gint64               now = sb_clock_now (engine->clock);

  run->claiming = FALSE;
  if (!ok)
    {
      if (run->retired)
        return;
      engine->disk_full = g_error_matches (error, SB_ERROR, SB_ERROR_DISK_FULL);
      g_warning ("Nothing can be sent now: %s", error->message);
      wake_at (run, now + 5000);
      return;
    }

  engine->disk_full = FALSE;
  run->tokens += claim->limit - MIN (claim->limit, claim->items->len);
  while (claim->items->len > 0)
    send_or_release (run, g_ptr_array_steal_index (claim->items, 0));

  if (run->retired)
    return;
  if (run->claim_again)
    sb_dispatcher_pump (run);
  else if (claim->next_at > now)
    wake_at (run, claim->next_at);
}

static gboolean
may_send (SbLineRun *run)
{
  SbEngine *engine = run->engine;
  gint64    now = sb_clock_now (engine->clock);

  if (!engine->started || run->channel == NULL || run->line->state != SB_LINE_ACTIVE || !engine->online)
    return FALSE;
  if (now < run->hold_until)
    {
      wake_at (run, run->hold_until);
      return FALSE;
    }

  return TRUE;
}

/* Requests without an answer, those of the runs before this one included. */
guint
sb_dispatcher_n_under_way (const SbLineRun *run)
{
  return run->in_flight + (run->elder != NULL ? sb_dispatcher_n_under_way (run->elder) : 0);
}

/* Sends as much as may go now. Called whenever something changed; costs nothing when nothing did. */
void
sb_dispatcher_pump (SbLineRun *run)
{
  Claim *claim;
  guint  limit, under_way;

  run->claim_again = run->claiming;
  under_way = sb_dispatcher_n_under_way (run);
  if (run->claiming || under_way >= MOST_IN_FLIGHT || !may_send (run))
    return;

  limit = take_tokens (run, MIN (CLAIM_AT_ONCE, MOST_IN_FLIGHT - under_way));
  if (limit == 0)
    return;

  run->claiming = TRUE;
  claim = g_new0 (Claim, 1);
  claim->run = sb_line_run_ref (run);
  claim->line_id = run->line->id;
  claim->limit = limit;
  claim->held = sb_pair_rate_held (run->pairs, sb_clock_now (run->engine->clock));
  claim->items = g_ptr_array_new_with_free_func (item_free);
  sb_store_run_async (run->engine->store, claim_command, claim, claim_free, claimed_cb, g_object_ref (run->engine));
}

void
sb_dispatcher_stop (SbLineRun *run)
{
  if (run->timer_id != 0)
    sb_clock_remove_timer (run->engine->clock, run->timer_id);
  run->timer_id = 0;
}
