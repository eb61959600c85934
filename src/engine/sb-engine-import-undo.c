/* Taking an import back: told first, then done; and the rows nobody could use, as a file. */
#include "sb-engine-import.h"

#include <glib/gi18n-lib.h>

#include "sb-contacts-out.h"
#include "sb-engine-private.h"
#include "sb-json.h"

#define BATCH       1000 /* rows of one commit */
#define STAYING_MAX 1000 /* who stays, by name */
#define PAGE        500

typedef struct
{
  SbEngine *engine; /* owned by the task */
  gint64    id;
  gint64    staff_id;
  gint64    last;
  guint     n_rows;
  guint     n_total;
} Undoing;

static gboolean
undo_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Undoing             *undoing = data;
  g_autoptr (SbImport) import = sb_reader_get_import (sb_writer_get_reader (writer), undoing->id);

  if (import == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("There is no such import"));
      return FALSE;
    }
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, undoing->staff_id);

  return sb_writer_undo_import (writer, undoing->id, undoing->last, BATCH, &undoing->n_rows, &undoing->last, error);
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Undoing          *undoing = g_task_get_task_data (task);
  GError           *error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  undoing->n_total += undoing->n_rows;
  if (undoing->n_rows == 0)
    g_task_return_int (task, undoing->n_total);
  else
    sb_store_run_async (undoing->engine->store, undo_command, undoing, NULL, undone_cb, g_steal_pointer (&task));
}

void
sb_engine_undo_import_async (SbEngine           *self,
                             gint64              import_id,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask   *task = g_task_new (self, NULL, callback, user_data);
  Undoing *undoing = g_new0 (Undoing, 1);

  undoing->engine = self;
  undoing->id = import_id;
  undoing->staff_id = self->staff_id;
  undoing->last = -1;
  g_task_set_source_tag (task, sb_engine_undo_import_async);
  g_task_set_task_data (task, undoing, g_free);
  sb_store_run_async (self->store, undo_command, undoing, NULL, undone_cb, task);
}

/* @n_undone: rows that were looked at; those that were kept are in sb_reader_list_kept () */
gboolean
sb_engine_undo_import_finish (SbEngine     *self,
                              GAsyncResult *result,
                              guint        *n_undone,
                              GError      **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n >= 0 && n_undone != NULL)
    *n_undone = (guint) n;

  return n >= 0;
}

/* -- before it is done -- */

static void
preview_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError              *error = NULL;
  g_autoptr (SbReader) reader = sb_engine_new_reader (SB_ENGINE (source), &error);
  SbUndoPreview       *preview = reader != NULL ? sb_reader_preview_undo (reader, *(gint64 *) data, STAYING_MAX, cancellable, &error) : NULL;

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) sb_undo_preview_free);
  else
    g_task_return_error (task, error);
}

void
sb_engine_preview_undo_async (SbEngine           *self,
                              gint64              import_id,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sb_engine_preview_undo_async);
  g_task_set_task_data (task, g_memdup2 (&import_id, sizeof import_id), g_free);
  g_task_run_in_thread (task, preview_thread);
}

SbUndoPreview *
sb_engine_preview_undo_finish (SbEngine     *self,
                               GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- the rows nobody could use -- */

static GPtrArray *
titles_of (SbReader *reader,
           gint64    import_id)
{
  GPtrArray           *titles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char     *about = sb_reader_get_import_about (reader, import_id);
  g_autoptr (JsonNode) node = about != NULL ? sb_json_parse (about, -1, NULL) : NULL;
  JsonArray           *array = sb_json_array (sb_json_root (node), "titles");

  for (guint i = 0; i < sb_json_length (array); i++)
    g_ptr_array_add (titles, g_strdup (json_array_get_string_element (array, i)));

  return titles;
}

gboolean
sb_engine_save_rejected (SbEngine   *self,
                         gint64      import_id,
                         const char *path,
                         guint      *n_rows,
                         GError    **error)
{
  SbReader             *reader = sb_engine_get_reader (self);
  g_autoptr (GPtrArray) titles = titles_of (reader, import_id);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  guint                 after = 0, n;

  do
    {
      g_autoptr (GPtrArray) page = sb_reader_list_rejected (reader, import_id, after, PAGE);

      for (guint i = 0; i < page->len; i++)
        {
          SbRejectedRow *row = page->pdata[i];

          g_ptr_array_add (rows, g_ptr_array_ref (row->cells));
          g_ptr_array_add (reasons, g_strdup (row->reason));
          after = row->number;
        }
      n = page->len;
    }
  while (n == PAGE);
  *n_rows = rows->len;

  /* Translators: title of the column that says why a row of a list could not be used */
  return sb_rows_write_csv (path, _("Reason"), titles, rows, reasons, error);
}
