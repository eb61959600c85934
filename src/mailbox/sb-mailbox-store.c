#include "sb-mailbox-store.h"

#define MAX_GROUP 256

/* A thread with a handle and a queue of tasks; a task without data ends it. */
typedef struct
{
  SbDb        *db;
  GAsyncQueue *tasks;
  GThread     *thread;
  const char  *begin;
  guint        max_group;
} Lane;

struct _SbMailboxStore
{
  Lane writer;
  Lane reader;
};

/* One question for a thread, and its answer. */
typedef struct
{
  SbMailboxFunc  func;
  gpointer       data;
  GDestroyNotify free_data;
  GError        *error;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_clear_error (&job->error);
  g_free (job);
}

/* Back in the main context. The data stays with the task, which lives until the callback returns. */
static gboolean
answer (gpointer data)
{
  g_autoptr (GTask) task = data;
  Job              *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, job->data, NULL);

  return G_SOURCE_REMOVE;
}

static void
hand_back (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, answer, task, NULL);
  g_source_attach (source, g_task_get_context (task));
}

/* One job's failure does not touch its neighbours, unless SQLite gave up the whole transaction. */
static void
run_one (Lane *lane,
         Job  *job)
{
  if (!sb_db_in_transaction (lane->db))
    g_set_error_literal (&job->error, SB_ERROR, SB_ERROR_STORAGE, "The transaction was given up");
  else if (sb_db_script (lane->db, "SAVEPOINT job", &job->error) && !job->func (lane->db, job->data, &job->error))
    sb_db_script (lane->db, "ROLLBACK TO job", NULL);
  if (sb_db_in_transaction (lane->db))
    sb_db_script (lane->db, "RELEASE job", NULL);
}

static void
fail_all (GPtrArray    *group,
          const GError *error)
{
  for (guint i = 0; i < group->len; i++)
    {
      Job *job = g_task_get_task_data (group->pdata[i]);

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

/* Nothing is answered before the commit has reached the disk. */
static void
run_group (Lane      *lane,
           GPtrArray *group)
{
  g_autoptr (GError) error = NULL;

  if (sb_db_script (lane->db, lane->begin, &error))
    {
      for (guint i = 0; i < group->len; i++)
        run_one (lane, g_task_get_task_data (group->pdata[i]));
      if (!sb_db_in_transaction (lane->db))
        g_set_error_literal (&error, SB_ERROR, SB_ERROR_STORAGE, "The transaction was given up");
      else if (!sb_db_script (lane->db, "COMMIT", &error) && sb_db_in_transaction (lane->db))
        sb_db_script (lane->db, "ROLLBACK", NULL);
    }
  if (error != NULL)
    {
      g_warning ("%s", error->message);
      fail_all (group, error);
    }

  for (guint i = 0; i < group->len; i++)
    hand_back (group->pdata[i]);
}

static gpointer
work (gpointer data)
{
  Lane                 *lane = data;
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  gboolean              running = TRUE;

  while (running)
    {
      GTask *task = g_async_queue_pop (lane->tasks);

      while (task != NULL && g_task_get_task_data (task) != NULL)
        {
          g_ptr_array_add (group, task);
          task = group->len < lane->max_group ? g_async_queue_try_pop (lane->tasks) : NULL;
        }
      if (group->len > 0)
        {
          run_group (lane, group);
          sb_db_tidy (lane->db);
        }
      g_ptr_array_set_size (group, 0);
      if (task != NULL)
        running = FALSE;
    }

  return NULL;
}

static gboolean
lane_open (Lane       *lane,
           const char *dir,
           gboolean    read_only,
           GError    **error)
{
  lane->db = sb_mailbox_db_open (dir, read_only, error);
  if (lane->db == NULL)
    return FALSE;

  lane->begin = read_only ? "BEGIN" : "BEGIN IMMEDIATE";
  lane->max_group = read_only ? 1 : MAX_GROUP;
  lane->tasks = g_async_queue_new ();
  lane->thread = g_thread_new (read_only ? "reader" : "writer", work, lane);

  return TRUE;
}

/* What waits is finished first. */
static void
lane_close (Lane *lane)
{
  if (lane->thread != NULL)
    {
      g_autoptr (GTask) end = g_task_new (NULL, NULL, NULL, NULL);

      g_async_queue_push (lane->tasks, end);
      g_thread_join (lane->thread);
      g_task_return_boolean (end, TRUE);
    }
  g_clear_pointer (&lane->tasks, g_async_queue_unref);
  g_clear_pointer (&lane->db, sb_db_close);
}

SbMailboxStore *
sb_mailbox_store_open (const char *dir,
                       GError    **error)
{
  g_autoptr (SbMailboxStore) self = g_new0 (SbMailboxStore, 1);

  if (!lane_open (&self->writer, dir, FALSE, error) || !lane_open (&self->reader, dir, TRUE, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
sb_mailbox_store_close (SbMailboxStore *self)
{
  lane_close (&self->writer);
  lane_close (&self->reader);
  g_free (self);
}

static void
ask (Lane               *lane,
     SbMailboxFunc       func,
     gpointer            data,
     GDestroyNotify      free_data,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Job   *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->free_data = free_data;
  g_task_set_source_tag (task, ask);
  g_task_set_task_data (task, job, job_free);
  g_async_queue_push (lane->tasks, task);
}

/**
 * sb_mailbox_store_write_async:
 * @data: (transfer full): arguments and answer of @func, freed with @free_data after @callback
 *
 * @callback is called when what @func did is on the disk.
 */
void
sb_mailbox_store_write_async (SbMailboxStore     *self,
                              SbMailboxFunc       func,
                              gpointer            data,
                              GDestroyNotify      free_data,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  ask (&self->writer, func, data, free_data, callback, user_data);
}

void
sb_mailbox_store_read_async (SbMailboxStore     *self,
                             SbMailboxFunc       func,
                             gpointer            data,
                             GDestroyNotify      free_data,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  ask (&self->reader, func, data, free_data, callback, user_data);
}

/* (transfer none): the data given, valid in the callback. */
gpointer
sb_mailbox_store_finish (GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
