#include "sb-engine-draft-note.h"

#include "sb-engine-private.h"

typedef struct
{
  gint64 thread_id;
  gint64 staff_id;
  char  *text;
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_free (keeping->text);
  g_free (keeping);
}

static gboolean
keep_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  const Keeping *keeping = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, keeping->staff_id);

  return sb_writer_save_draft_note (writer, keeping->thread_id, keeping->text, error);
}

void
sb_engine_keep_draft_note_async (SbEngine           *self,
                                 gint64              thread_id,
                                 const char         *text,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->thread_id = thread_id;
  keeping->staff_id = self->staff_id;
  keeping->text = g_strdup (text);
  sb_store_run_async (self->store, keep_command, keeping, keeping_free, sb_engine_commanded_cb, g_task_new (self, NULL, callback, user_data));
}

gboolean
sb_engine_keep_draft_note_finish (SbEngine     *self,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
