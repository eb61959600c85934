/* Words in one conversation. */
#include "sb-engine-find.h"

#include <gio/gio.h>

#include "sb-find.h"

typedef struct
{
  gint64 thread_id;
  char  *words;
} Find;

static void
find_free (gpointer data)
{
  Find *find = data;

  g_free (find->words);
  g_free (find);
}

static void
interrupt_cb (GCancellable *cancellable,
              gpointer      reader)
{
  sb_reader_interrupt (reader);
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Find                *find = task_data;
  GError              *error = NULL;
  g_autoptr (SbReader) reader = sb_engine_new_reader (source, &error);
  GArray              *ids;
  gulong               handler;

  if (reader == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  handler = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), reader, NULL) : 0;
  ids = sb_reader_find_in_thread (reader, find->thread_id, find->words);
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  g_task_return_pointer (task, ids, (GDestroyNotify) g_array_unref);
}

void
sb_engine_find_async (SbEngine           *self,
                      gint64              thread_id,
                      const char         *words,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Find             *find = g_new0 (Find, 1);

  find->thread_id = thread_id;
  find->words = g_strdup (words);
  g_task_set_source_tag (task, sb_engine_find_async);
  g_task_set_task_data (task, find, find_free);
  g_task_run_in_thread (task, find_thread);
}

GArray *
sb_engine_find_finish (SbEngine     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
