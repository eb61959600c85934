/* After an unclean end: the whole file is read in a worker while the window is already there. */
#include "sb-engine-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (sb_reader_look_over (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  SbEngine          *self = SB_ENGINE (object);
  g_autoptr (GError) error = NULL;
  gboolean           whole = g_task_propagate_boolean (G_TASK (result), &error);

  g_clear_object (&self->looking);
  /* Ended before it was through: the mark stays, and the next start looks again. */
  if (!self->started)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      sb_engine_look_over (self);
      return;
    }

  sb_store_set_file_state (self->store, whole ? SB_FILE_TRUSTED : SB_FILE_DAMAGED);
  if (whole)
    sb_engine_start_lines (self);
  else
    {
      g_warning ("The shop file is damaged: %s", error->message);
      sb_notices_about_line (self->notices, _("The shop’s file is damaged"),
                             _("Nothing is sent or received. Close Shopbell and open it again: the damaged file is then set aside, never deleted."));
    }
  sb_engine_emit_lines_changed (self);
}

void
sb_engine_look_over (SbEngine *self)
{
  g_autoptr (GTask)  task = NULL;
  g_autoptr (GError) error = NULL;

  if (sb_store_get_file_state (self->store) != SB_FILE_UNCHECKED || self->looking != NULL)
    return;

  self->looking = sb_engine_new_reader (self, &error);
  if (self->looking == NULL)
    {
      g_warning ("The shop file cannot be looked over: %s", error->message);
      return;
    }

  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_task_data (task, g_object_ref (self->looking), g_object_unref);
  g_task_run_in_thread (task, look_thread);
}
