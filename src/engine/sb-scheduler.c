/* The only timers that matter are rows. It sleeps until the next one is due, and looks again when the clock jumps. */
#include "sb-engine-private.h"

#include <string.h>

struct _SbScheduler
{
  SbEngine *engine; /* not owned */
  guint     timer_id;
  gulong    jumped_id;
  gboolean  busy;
  gboolean  again;
};

typedef struct
{
  gint64   now;
  gint64   next_at;
  gboolean healthy;
  gboolean online;
  guint    n_taken;
  GArray  *resumed; /* line ids */
  GArray  *unknown; /* message ids: the network's list is asked for these */
} Round;

static void
round_free (gpointer data)
{
  Round *round = data;

  g_array_unref (round->resumed);
  g_array_unref (round->unknown);
  g_free (round);
}

/* As long as messages do not arrive it is looked again: only with a way in does silence say something. */
static gboolean
look_again (SbWriter *writer,
            Round    *round,
            gint64    message_id,
            GError  **error)
{
  gboolean is_unknown = FALSE;

  if (!sb_evidence_look_again (writer, message_id, round->healthy, &is_unknown, error))
    return FALSE;
  if (is_unknown && round->online)
    g_array_append_val (round->unknown, message_id);

  return !is_unknown || round->healthy || sb_id_get_time (message_id) + SB_EVIDENCE_END_MS < round->now ||
         sb_writer_add_due (writer, round->now + SB_EVIDENCE_AGAIN_MS, "evidence", message_id, NULL, error) != 0;
}

static gboolean
carry_out (SbWriter       *writer,
           Round          *round,
           const SbDueRow *row,
           GError        **error)
{
  if (g_str_equal (row->kind, "snooze"))
    {
      g_autoptr (SbThread) thread = sb_reader_get_thread (sb_writer_get_reader (writer), row->subject_id);

      return thread == NULL || thread->status != SB_THREAD_SNOOZED ||
             (sb_writer_set_thread_status (writer, row->subject_id, SB_THREAD_OPEN, 0, error) && sb_writer_mark_unread (writer, row->subject_id, 0, error));
    }
  if (g_str_equal (row->kind, "resume"))
    {
      g_array_append_val (round->resumed, row->subject_id);
      return sb_writer_set_line_state (writer, row->subject_id, SB_LINE_ACTIVE, NULL, 0, error);
    }
  if (g_str_equal (row->kind, "evidence"))
    return look_again (writer, round, row->subject_id, error);

  if (sb_desk_is_due (row))
    return sb_desk_carry_out (writer, row, error);

  g_message ("A due row of a kind that is not known: %s", row->kind);

  return TRUE;
}

static gboolean
round_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Round                *round = data;
  g_autoptr (GPtrArray) rows = sb_writer_take_due (writer, round->now, 50, error);

  for (guint i = 0; i < rows->len; i++)
    if (!carry_out (writer, round, rows->pdata[i], error))
      return FALSE;
  round->n_taken = rows->len;
  round->next_at = sb_writer_next_due_at (writer);

  return TRUE;
}

static gboolean
due_cb (gpointer user_data)
{
  SbScheduler *self = user_data;

  self->timer_id = 0;
  sb_scheduler_wake (self);

  return G_SOURCE_REMOVE;
}

static void
round_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Round               *round = sb_store_get_command_data (result);
  SbScheduler         *self = engine->scheduler;
  g_autoptr (GError)   error = NULL;
  gboolean             ok = sb_store_run_finish (SB_STORE (object), result, &error);

  if (self == NULL)
    return;
  self->busy = FALSE;
  if (!ok)
    {
      g_warning ("What is due cannot be done now: %s", error->message);
      round->next_at = sb_clock_now (engine->clock) + 10 * SB_SECOND_MS;
    }
  for (guint i = 0; i < round->resumed->len; i++)
    sb_engine_restart_line (engine, g_array_index (round->resumed, gint64, i));
  if (ok && round->unknown->len > 0)
    sb_history_ask (engine, round->unknown);

  if ((ok && round->n_taken > 0) || self->again)
    sb_scheduler_wake (self);
  else if (round->next_at > 0 && self->timer_id == 0)
    self->timer_id = sb_clock_add_timer (engine->clock, round->next_at, due_cb, self, NULL);
}

static gboolean
sources_are_healthy (SbEngine *engine)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, engine->runs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((SbLineRun *) value)->source_ok)
      return FALSE;

  return engine->online;
}

/* Looks at what is due now, and sleeps until the next. */
void
sb_scheduler_wake (SbScheduler *self)
{
  Round *round;

  if (self == NULL || !self->engine->started)
    return;
  self->again = self->busy;
  if (self->busy)
    return;

  if (self->timer_id != 0)
    sb_clock_remove_timer (self->engine->clock, self->timer_id);
  self->timer_id = 0;
  self->busy = TRUE;
  round = g_new0 (Round, 1);
  round->now = sb_clock_now (self->engine->clock);
  round->healthy = sources_are_healthy (self->engine);
  round->online = self->engine->online;
  round->resumed = g_array_new (FALSE, FALSE, sizeof (gint64));
  round->unknown = g_array_new (FALSE, FALSE, sizeof (gint64));
  sb_store_run_async (self->engine->store, round_command, round, round_free, round_cb, g_object_ref (self->engine));
}

static void
jumped_cb (SbClock *clock,
           gpointer user_data)
{
  sb_scheduler_wake (user_data);
}

SbScheduler *
sb_scheduler_new (SbEngine *engine)
{
  SbScheduler *self = g_new0 (SbScheduler, 1);

  self->engine = engine;
  self->jumped_id = g_signal_connect (engine->clock, "jumped", G_CALLBACK (jumped_cb), self);

  return self;
}

void
sb_scheduler_free (SbScheduler *self)
{
  g_signal_handler_disconnect (self->engine->clock, self->jumped_id);
  if (self->timer_id != 0)
    sb_clock_remove_timer (self->engine->clock, self->timer_id);
  g_free (self);
}
