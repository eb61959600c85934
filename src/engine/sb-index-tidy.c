/*
 * Puts the search indexes in order while nobody wants anything: after some quiet, one short step at a time, each a command of its
 * own, so that whatever comes meanwhile waits for one step at most. Anything that happens makes it wait for quiet again.
 */
#include "sb-index-tidy.h"

#include "sb-engine-private.h"
#include "sb-writer-index.h"

#define QUIET_MS (3 * SB_SECOND_MS)
#define PAUSE_MS 50

struct _SbIndexTidy
{
  SbEngine *engine; /* not owned */
  guint     timer_id;
  gint64    quiet_at; /* nothing has happened for long enough from then on */
  gboolean  busy;
  gboolean  wanted;
  guint     n_steps;
};

typedef struct
{
  gboolean more;
} Step;

static void look (SbIndexTidy *self);

static gboolean
step_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Step *step = data;

  return sb_writer_merge_index (writer, &step->more, error);
}

static gboolean
is_sending (SbEngine *engine)
{
  GHashTableIter iter;
  gpointer       run;

  g_hash_table_iter_init (&iter, engine->runs);
  while (g_hash_table_iter_next (&iter, NULL, &run))
    if (((SbLineRun *) run)->claiming || sb_dispatcher_n_under_way (run) > 0)
      return TRUE;

  return FALSE;
}

static gboolean
timer_cb (gpointer user_data)
{
  SbIndexTidy *self = user_data;

  self->timer_id = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

static void
look_at (SbIndexTidy *self,
         gint64       at)
{
  if (self->timer_id == 0)
    self->timer_id = sb_clock_add_timer (self->engine->clock, at, timer_cb, self, NULL);
}

/* What failed is tried again after the next change: nothing but speed hangs on it. */
static void
stepped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  const Step          *step = sb_store_get_command_data (result);
  SbIndexTidy         *self = engine->tidy;
  g_autoptr (GError)   error = NULL;
  gboolean             ok = sb_store_run_finish (SB_STORE (object), result, &error);

  if (self == NULL)
    return;
  self->busy = FALSE;
  if (!ok)
    g_debug ("The search index stays as it is for now: %s", error->message);
  self->wanted = (ok && step->more) || self->quiet_at > sb_clock_now (engine->clock);
  if (self->wanted)
    look_at (self, sb_clock_now (engine->clock) + PAUSE_MS);
}

static void
take_step (SbIndexTidy *self)
{
  self->busy = TRUE;
  self->n_steps++;
  sb_store_run_async (self->engine->store, step_command, g_new0 (Step, 1), g_free, stepped_cb, g_object_ref (self->engine));
}

/* A file that is not yet known to be whole is left alone. */
static void
look (SbIndexTidy *self)
{
  SbEngine *engine = self->engine;
  gint64    now = sb_clock_now (engine->clock);

  self->wanted = self->wanted && sb_store_get_file_state (engine->store) != SB_FILE_DAMAGED;
  if (!self->wanted || self->busy || !engine->started)
    return;
  if (is_sending (engine) || sb_store_get_file_state (engine->store) != SB_FILE_TRUSTED)
    self->quiet_at = now + QUIET_MS;
  if (now < self->quiet_at)
    look_at (self, self->quiet_at);
  else
    take_step (self);
}

/* Something happened: quiet begins anew. The timer is left as it is and sees that by itself. */
void
sb_index_tidy_wake (SbIndexTidy *self)
{
  if (self == NULL || !self->engine->started)
    return;

  self->wanted = TRUE;
  self->quiet_at = sb_clock_now (self->engine->clock) + QUIET_MS;
  if (!self->busy)
    look_at (self, self->quiet_at);
}

/* For tests: how many steps were asked for. */
guint
sb_index_tidy_get_n_steps (SbIndexTidy *self)
{
  return self->n_steps;
}

SbIndexTidy *
sb_index_tidy_new (SbEngine *engine)
{
  SbIndexTidy *self = g_new0 (SbIndexTidy, 1);

  self->engine = engine;

  return self;
}

void
sb_index_tidy_free (SbIndexTidy *self)
{
  if (self->timer_id != 0)
    sb_clock_remove_timer (self->engine->clock, self->timer_id);
  g_free (self);
}
