#include "sb-engine-tray.h"

#include "sb-engine-private.h"

typedef struct
{
  gint64     thread_id;
  gint64     staff_id;
  GPtrArray *files;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_ptr_array_unref (saving->files);
  g_free (saving);
}

static gboolean
save_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  const Saving *saving = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, saving->staff_id);

  return sb_writer_save_tray (writer, saving->thread_id, saving->files, error);
}

void
sb_engine_save_tray_async (SbEngine           *self,
                           gint64              thread_id,
                           GPtrArray          *files,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->thread_id = thread_id;
  saving->staff_id = self->staff_id;
  saving->files = files;
  sb_store_run_async (self->store, save_command, saving, saving_free, sb_engine_commanded_cb, g_task_new (self, NULL, callback, user_data));
}

gboolean
sb_engine_save_tray_finish (SbEngine     *self,
                            GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
