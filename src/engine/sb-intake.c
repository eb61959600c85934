/*
 * Events in: verify over the raw bytes, keep, acknowledge - and only then read. A crash at any point means that the source
 * gives the event again, and the hash of its bytes makes the second time a no-op.
 */
#include "sb-engine-private.h"

#define BATCH_TO_READ 50
#define MOST_TRIES    3

typedef struct
{
  GBytes  *body;
  gint64   seq;
  gint64   received_at;
  gboolean forged;
  gboolean test;
} Arrived;

typedef struct
{
  SbLineRun  *run;
  gint64      line_id;
  const char *source;
  char       *epoch;
  gint64      now;
  GPtrArray  *events; /* Arrived */
  gint64      last_seq;
  gint64      gap_from;
  gint64      gap_to;
  char       *gap_why;
} Batch;

static void
arrived_free (gpointer data)
{
  Arrived *arrived = data;

  g_bytes_unref (arrived->body);
  g_free (arrived);
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  sb_line_run_unref (batch->run);
  g_free (batch->epoch);
  g_free (batch->gap_why);
  g_clear_pointer (&batch->events, g_ptr_array_unref);
  g_free (batch);
}

/* -- keeping -- */

static gboolean
keep_batch (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Batch *batch = data;

  if (batch->gap_why != NULL && !sb_writer_add_gap (writer, batch->line_id, batch->gap_from, batch->gap_to, batch->gap_why, error))
    return FALSE;

  for (guint i = 0; batch->events != NULL && i < batch->events->len; i++)
    {
      const Arrived     *arrived = batch->events->pdata[i];
      SbRawEvent         raw = { batch->line_id, batch->source, batch->epoch, arrived->seq, arrived->received_at != 0 ? arrived->received_at : batch->now, arrived->body };
      g_autoptr (GError) failure = NULL;

      if (arrived->test)
        continue;
      if (arrived->forged ? !sb_writer_add_forged (writer, batch->line_id, "signature", arrived->body, &failure) : sb_writer_add_raw (writer, &raw, &failure) == 0 && failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  if (batch->last_seq > 0 && !sb_writer_set_source_cursor (writer, batch->line_id, batch->epoch, batch->last_seq, error))
    return FALSE;

  return sb_writer_touch_line (writer, batch->line_id, batch->events != NULL ? batch->now : 0, batch->now, error);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Batch               *batch = sb_store_get_command_data (result);
  SbLineRun           *run = batch->run;
  g_autoptr (GError)   error = NULL;
  gboolean             ok = sb_store_run_finish (SB_STORE (object), result, &error);

  if (!ok && engine->started)
    g_warning ("Events could not be kept, they are asked for again: %s", error->message);
  engine->disk_full = !ok && g_error_matches (error, SB_ERROR, SB_ERROR_DISK_FULL);
  /* The source that gave them is gone; what took its place is given them again. */
  if (run->inbound == NULL)
    return;

  if (batch->events != NULL)
    sb_inbound_stored (run->inbound, ok);
  if (ok)
    sb_intake_interpret (run);
}

static Batch *
batch_new (SbLineRun  *run,
           const char *epoch)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->run = sb_line_run_ref (run);
  batch->line_id = run->line->id;
  batch->source = run->line->inbound == SB_INBOUND_LISTENER ? "listener" : run->line->inbound == SB_INBOUND_PRACTICE ? "practice"
                                                                                                                     : "mailbox";
  batch->epoch = g_strdup (epoch);
  batch->now = sb_clock_now (run->engine->clock);

  return batch;
}

static void
batch_cb (SbInbound  *inbound,
          const char *epoch,
          GPtrArray  *events,
          gpointer    user_data)
{
  SbLineRun  *run = user_data;
  Batch      *batch = batch_new (run, epoch);
  const char *secret = sb_secrets_get (run->engine->secrets, run->line->id, "app-secret");
  const char *previous = sb_secrets_get (run->engine->secrets, run->line->id, "app-secret-previous");

  batch->events = g_ptr_array_new_with_free_func (arrived_free);
  for (guint i = 0; i < events->len; i++)
    {
      const SbInboundEvent *event = events->pdata[i];
      Arrived              *arrived = g_new0 (Arrived, 1);

      arrived->body = g_bytes_ref (event->body);
      arrived->seq = event->seq;
      arrived->received_at = event->received_at;
      arrived->test = event->test;
      arrived->forged = !event->test && !sb_signature_is_valid (event->signature, event->body, secret, previous);
      batch->last_seq = MAX (batch->last_seq, event->seq);
      g_ptr_array_add (batch->events, arrived);
    }

  sb_store_run_async (run->engine->store, keep_batch, batch, batch_free, kept_cb, g_object_ref (run->engine));
}

static void
gap_cb (SbInbound  *inbound,
        gint64      from_seq,
        gint64      to_seq,
        const char *why,
        gpointer    user_data)
{
  SbLineRun *run = user_data;
  Batch     *batch = batch_new (run, NULL);

  batch->gap_from = from_seq;
  batch->gap_to = to_seq;
  batch->gap_why = g_strdup (why);
  sb_store_run_async (run->engine->store, keep_batch, batch, batch_free, kept_cb, g_object_ref (run->engine));
}

static void
state_cb (SbInbound  *inbound,
          gboolean    ok,
          const char *sentence,
          gpointer    user_data)
{
  SbLineRun *run = user_data;

  run->source_known = TRUE;
  run->source_ok = ok;
  g_set_str (&run->source_sentence, sentence);
  sb_engine_emit_lines_changed (run->engine);
}

/* -- reading -- */

typedef struct
{
  SbLine *line;
  guint   n_read;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  sb_line_free (reading->line);
  g_free (reading);
}

typedef struct
{
  const SbLine   *line;
  const SbRawRow *raw;
} One;

static gboolean
read_one (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  One *one = data;

  sb_writer_set_actor (writer, SB_AUTHOR_CUSTOMER, 0);

  return sb_interpret (writer, one->line, one->raw, error) && sb_writer_finish_raw (writer, one->raw->id, NULL, error);
}

/* One event that cannot be understood harms no other: each has a savepoint, and after three tries it is set aside, kept. */
static gboolean
read_batch (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Reading              *reading = data;
  g_autoptr (GPtrArray) rows = sb_writer_list_raw (writer, BATCH_TO_READ);

  for (guint i = 0; i < rows->len; i++)
    {
      const SbRawRow    *raw = rows->pdata[i];
      g_autoptr (SbLine) line = raw->line_id != reading->line->id ? sb_reader_get_line (sb_writer_get_reader (writer), raw->line_id) : sb_line_copy (reading->line);
      One                one = { line, raw };
      g_autoptr (GError) failure = NULL;

      if (line == NULL || sb_writer_attempt (writer, read_one, &one, &failure))
        continue;
      if (g_error_matches (failure, SB_ERROR, SB_ERROR_DISK_FULL))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_message ("An event could not be read (try %d): %s", raw->tries + 1, failure->message);
      if (raw->tries + 1 >= MOST_TRIES ? !sb_writer_finish_raw (writer, raw->id, failure->message, error) : !sb_writer_try_raw (writer, raw->id, error))
        return FALSE;
    }
  reading->n_read = rows->len;

  return TRUE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Reading             *reading = sb_store_get_command_data (result);
  SbLineRun           *run = sb_line_run_get (engine, reading->line->id);
  g_autoptr (GError)   error = NULL;
  gboolean             ok = sb_store_run_finish (SB_STORE (object), result, &error);

  if (run == NULL)
    return;
  run->interpreting = FALSE;
  if (!ok)
    g_warning ("Events could not be read now: %s", error->message);
  else if (reading->n_read > 0 || run->interpret_again)
    sb_intake_interpret (run);
}

/* Reads what is kept and not read yet, until nothing is left. */
void
sb_intake_interpret (SbLineRun *run)
{
  Reading *reading;

  run->interpret_again = run->interpreting;
  if (run->interpreting)
    return;

  run->interpreting = TRUE;
  reading = g_new0 (Reading, 1);
  reading->line = sb_line_copy (run->line);
  sb_store_run_async (run->engine->store, read_batch, reading, reading_free, read_cb, g_object_ref (run->engine));
}

/* -- starting -- */

static gboolean
get_cursor (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Batch *batch = data;

  sb_writer_get_source_cursor (writer, batch->line_id, &batch->epoch, &batch->last_seq);

  return TRUE;
}

static void
cursor_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Batch               *batch = sb_store_get_command_data (result);
  SbLineRun           *run = batch->run;

  if (!sb_store_run_finish (SB_STORE (object), result, NULL) || run->inbound == NULL || !engine->started)
    return;

  sb_inbound_start (run->inbound, batch->epoch, batch->last_seq);
  sb_intake_interpret (run);
}

void
sb_intake_start (SbLineRun *run)
{
  if (run->inbound == NULL)
    {
      sb_intake_interpret (run);
      return;
    }

  g_signal_connect (run->inbound, "batch", G_CALLBACK (batch_cb), run);
  g_signal_connect (run->inbound, "gap", G_CALLBACK (gap_cb), run);
  g_signal_connect (run->inbound, "state", G_CALLBACK (state_cb), run);
  sb_store_run_async (run->engine->store, get_cursor, batch_new (run, NULL), batch_free, cursor_cb, g_object_ref (run->engine));
}

void
sb_intake_stop (SbLineRun *run)
{
  if (run->inbound == NULL)
    return;

  g_signal_handlers_disconnect_by_data (run->inbound, run);
  sb_inbound_stop (run->inbound);
}
