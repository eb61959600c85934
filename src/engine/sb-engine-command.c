/* Most of what a person does is one command that answers with one number: the step of Undo, or what it made. */
#include "sb-engine-private.h"

static void
commanded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const gint64     *answer = g_task_get_task_data (task);
  GError           *error = NULL;

  if (sb_store_run_finish (SB_STORE (object), result, &error))
    g_task_return_int (task, *answer);
  else
    g_task_return_error (task, error);
}

/**
 * sb_engine_command:
 * @data: (transfer full): of @command
 * @answer: in @data: what the task of @callback returns as its integer, once @command has run
 */
void
sb_engine_command (SbEngine           *self,
                   SbCommand           command,
                   gpointer            data,
                   GDestroyNotify      free_data,
                   const gint64       *answer,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, (gpointer) answer, NULL);
  sb_store_run_async (self->store, command, data, free_data, commanded_cb, task);
}

/* For a command that answers with nothing but that it was done: returns TRUE from the task in @user_data. */
void
sb_engine_commanded_cb (GObject      *store,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;

  if (sb_store_run_finish (SB_STORE (store), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}
