#include "sb-store-private.h"

#include "sb-store-resources.h"

G_DEFINE_FINAL_TYPE (SbStore, sb_store, G_TYPE_OBJECT)

enum
{
  COMMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One command on its way through the writing thread, and its answer. */
typedef struct
{
  SbCommand      command;
  gpointer       data;
  GDestroyNotify destroy;
  GError        *error;
} Job;

#define JOBS_PER_COMMIT 64

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->destroy != NULL)
    job->destroy (job->data);
  g_clear_error (&job->error);
  g_free (job);
}

/* -- running commands; in the writing thread, or inline -- */

static void
reset_actor (SbWriter *writer)
{
  writer->actor = SB_AUTHOR_SHOPBELL;
  writer->staff_id = 0;
  writer->undo_step = 0;
  writer->undo_number = 0;
}

/* One command in a savepoint of its own: when it fails, the others of the commit stand. */
static void
run_job (SbWriter *writer,
         Job      *job)
{
  guint n_events = writer->events->len;

  reset_actor (writer);
  if (!sb_db_exec (writer->db, &job->error, "SAVEPOINT job", ""))
    return;

  if (job->command (writer, job->data, &job->error) && sb_undo_finish (writer, &job->error))
    {
      sb_db_exec (writer->db, &job->error, "RELEASE job", "");
      return;
    }

  if (job->error == NULL)
    g_set_error_literal (&job->error, SB_ERROR, SB_ERROR_STORAGE, "The command failed without a reason");
  g_ptr_array_set_size (writer->events, n_events);
  /* A full disk rolls the whole transaction back by itself; then there is no savepoint left. */
  if (!sqlite3_get_autocommit (sb_db_get_handle (writer->db)))
    {
      sb_db_exec (writer->db, NULL, "ROLLBACK TO job", "");
      sb_db_exec (writer->db, NULL, "RELEASE job", "");
    }
}

static void
fail_all (GPtrArray    *jobs,
          const GError *error)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = jobs->pdata[i];

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

/* Runs all of @jobs in one transaction. After a failed commit nothing of it holds, and every command says so. */
static void
run_jobs (SbWriter  *writer,
          GPtrArray *jobs)
{
  g_autoptr (GError) error = NULL;

  if (!sb_db_exec (writer->db, &error, "BEGIN IMMEDIATE", ""))
    {
      fail_all (jobs, error);
      return;
    }

  for (guint i = 0; i < jobs->len; i++)
    {
      run_job (writer, jobs->pdata[i]);
      if (sqlite3_get_autocommit (sb_db_get_handle (writer->db)))
        {
          g_set_error_literal (&error, SB_ERROR, SB_ERROR_DISK_FULL, "The transaction was rolled back; is the disk full?");
          break;
        }
    }

  if (error == NULL && sb_db_exec (writer->db, &error, "COMMIT", ""))
    return;

  if (!sqlite3_get_autocommit (sb_db_get_handle (writer->db)))
    sb_db_exec (writer->db, NULL, "ROLLBACK", "");
  g_ptr_array_set_size (writer->events, 0);
  fail_all (jobs, error);
}

/* -- answers, in the main context -- */

typedef struct
{
  SbStore   *store;
  GPtrArray *tasks;
  GPtrArray *events;
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_ptr_array_unref (delivery->tasks);
  g_ptr_array_unref (delivery->events);
  g_object_unref (delivery->store);
  g_free (delivery);
}

static gboolean
deliver (gpointer data)
{
  Delivery *delivery = data;

  if (delivery->events->len > 0)
    g_signal_emit (delivery->store, signals[COMMITTED], 0, delivery->events);

  for (guint i = 0; i < delivery->tasks->len; i++)
    {
      GTask *task = delivery->tasks->pdata[i];
      Job   *job = g_task_get_task_data (task);

      if (job->error != NULL)
        g_task_return_error (task, g_steal_pointer (&job->error));
      else
        g_task_return_boolean (task, TRUE);
    }

  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke (): it may run right here when nobody iterates the context. */
static void
hand_back (SbStore   *self, /* (transfer full) */
           GPtrArray *tasks,
           GPtrArray *events)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Delivery           *delivery = g_new0 (Delivery, 1);

  delivery->store = self;
  delivery->tasks = tasks;
  delivery->events = events;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, delivery, delivery_free);
  g_source_attach (source, self->context);
  /* The source owns the delivery now. */
  /* cppcheck-suppress memleak */
}

static GPtrArray *
take_events (SbWriter *writer)
{
  GPtrArray *events = writer->events;

  writer->events = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_event_free);

  return events;
}

/* A task without data ends the thread. */
gpointer
sb_store_thread_main (gpointer data)
{
  SbStore *self = data;

  for (;;)
    {
      GPtrArray            *tasks = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
      GTask                *task = g_async_queue_pop (self->jobs);
      gboolean              ends = FALSE;
      SbStore              *store;

      while (task != NULL)
        {
          Job *job = g_task_get_task_data (task);

          if (job == NULL)
            {
              ends = TRUE;
              g_object_unref (task);
              break;
            }
          g_ptr_array_add (tasks, task);
          g_ptr_array_add (jobs, job);
          task = jobs->len < JOBS_PER_COMMIT ? g_async_queue_try_pop (self->jobs) : NULL;
        }

      if (jobs->len > 0)
        {
          run_jobs (self->writer, jobs);
          /* Each task holds the store; one reference goes with the delivery, so that the thread never drops the last. */
          store = g_object_ref (self);
          hand_back (store, tasks, take_events (self->writer));
        }
      else
        g_ptr_array_unref (tasks);

      if (ends)
        return NULL;
    }
}

/**
 * sb_store_run_async:
 * @data: plain data for @command; freed with @destroy in the main context, after the callback
 *
 * Runs @command in the writing thread. The answer comes after the commit is on the disk.
 */
void
sb_store_run_async (SbStore            *self,
                    SbCommand           command,
                    gpointer            data,
                    GDestroyNotify      destroy,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Job   *job = g_new0 (Job, 1);

  job->command = command;
  job->data = data;
  job->destroy = destroy;
  g_task_set_source_tag (task, sb_store_run_async);
  g_task_set_task_data (task, job, job_free);

  if (self->thread != NULL)
    {
      g_async_queue_push (self->jobs, task);
      return;
    }

  if (self->writer == NULL)
    {
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_READ_ONLY, "The shop is open for reading only");
      g_object_unref (task);
      return;
    }

  {
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    GPtrArray            *tasks = g_ptr_array_new_with_free_func (g_object_unref);

    g_ptr_array_add (jobs, job);
    g_ptr_array_add (tasks, task);
    run_jobs (self->writer, jobs);
    hand_back (g_object_ref (self), tasks, take_events (self->writer));
  }
}

gboolean
sb_store_run_finish (SbStore      *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* (transfer none): the data given to sb_store_run_async (), with what the command left in it. */
gpointer
sb_store_get_command_data (GAsyncResult *result)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  return job->data;
}

typedef struct
{
  GMutex    lock;
  GCond     done;
  gboolean  is_done;
  SbCommand command;
  gpointer  data;
  GError   *error;
} Waiting;

static gboolean
run_and_wake (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Waiting *waiting = data;

  return waiting->command (writer, waiting->data, error);
}

static void
woken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Waiting *waiting = user_data;

  sb_store_run_finish (SB_STORE (object), result, &waiting->error);
  waiting->is_done = TRUE;
}

/**
 * sb_store_run:
 *
 * Runs @command now. Inline it is direct; with a writing thread it iterates a main context of its own until the answer is
 * there, so it is for start and end of the program and for tests, never for the window in use.
 */
gboolean
sb_store_run (SbStore  *self,
              SbCommand command,
              gpointer  data,
              GError  **error)
{
  Waiting waiting = { .command = command, .data = data };

  if (self->thread == NULL)
    {
      Job                   job = { .command = command, .data = data };
      g_autoptr (GPtrArray) jobs = g_ptr_array_new ();

      if (self->writer == NULL)
        {
          g_set_error_literal (error, SB_ERROR, SB_ERROR_READ_ONLY, "The shop is open for reading only");
          return FALSE;
        }
      g_ptr_array_add (jobs, &job);
      run_jobs (self->writer, jobs);
      hand_back (g_object_ref (self), g_ptr_array_new (), take_events (self->writer));
      if (job.error != NULL)
        g_propagate_error (error, job.error);

      return job.error == NULL;
    }

  sb_store_run_async (self, run_and_wake, &waiting, NULL, woken_cb, &waiting);
  while (!waiting.is_done)
    g_main_context_iteration (self->context, TRUE);
  if (waiting.error != NULL)
    g_propagate_error (error, waiting.error);

  return waiting.error == NULL;
}

/* -- the object -- */

static void
sb_store_dispose (GObject *object)
{
  sb_store_close (SB_STORE (object));

  G_OBJECT_CLASS (sb_store_parent_class)->dispose (object);
}

static void
sb_store_finalize (GObject *object)
{
  SbStore *self = SB_STORE (object);

  g_clear_object (&self->clock);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->vfs);
  g_free (self->damaged_copy);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (sb_store_parent_class)->finalize (object);
}

static void
sb_store_class_init (SbStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sb_store_dispose;
  object_class->finalize = sb_store_finalize;

  /* In a static library nothing registers it by itself. */
  sb_store_register_resource ();

  signals[COMMITTED] = g_signal_new ("committed", SB_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
sb_store_init (SbStore *self)
{
  self->lock_fd = -1;
  self->context = g_main_context_ref_thread_default ();
}

const char *
sb_store_get_folder (SbStore *self)
{
  return self->folder;
}

gboolean
sb_store_is_read_only (SbStore *self)
{
  return (self->flags & SB_STORE_READ_ONLY) != 0;
}

/* (nullable): where the damaged file was set aside when this one was opened. */
char *
sb_store_get_damaged_copy (SbStore *self)
{
  return g_strdup (self->damaged_copy);
}

SbReader *
sb_store_get_reader (SbStore *self)
{
  return self->reader;
}

SbClock *
sb_store_get_clock (SbStore *self)
{
  return self->clock;
}

/* A reader of its own, for a worker. */
SbReader *
sb_store_new_reader (SbStore *self,
                     GError **error)
{
  SbDb *db = sb_store_open_db (self->path, SB_DB_READ_ONLY, self->vfs, error);

  return db != NULL ? sb_reader_new_over (db, self->folder, TRUE) : NULL;
}
