#include "sb-paper-back.h"

#include "sb-engine-private.h"
#include "sb-json.h"

SbPaperBefore *
sb_paper_before_new (GPtrArray         *rows,
                     const SbPaperPage *page)
{
  SbPaperBefore *self = g_new0 (SbPaperBefore, 1);

  self->rows = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (JsonObject) object = sb_ocr_row_to_json (rows->pdata[i]);

      g_ptr_array_add (self->rows, sb_json_text (object));
    }
  self->page = page->number;
  self->hash = g_strdup (page->hash);
  self->verdict = g_strdup (page->verdict);
  self->turn = page->turn;

  return self;
}

void
sb_paper_before_free (SbPaperBefore *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self->hash);
  g_free (self->verdict);
  g_free (self);
}

typedef struct
{
  gint64         paper_id;
  SbPaperBefore *before;
} Restoring;

static void
restoring_free (gpointer data)
{
  Restoring *restoring = data;

  sb_paper_before_free (restoring->before);
  g_free (restoring);
}

static gboolean
restore_command (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  const Restoring     *restoring = data;
  const SbPaperBefore *before = restoring->before;
  const SbPaperPage    page = { .number = before->page, .hash = before->hash, .verdict = before->verdict, .turn = before->turn };

  if (!sb_writer_clear_paper_rows (writer, restoring->paper_id, error) || !sb_writer_save_paper_page (writer, restoring->paper_id, &page, error))
    return FALSE;
  for (guint i = 0; i < before->rows->len; i++)
    if (!sb_writer_save_paper_row (writer, restoring->paper_id, i + 1, before->rows->pdata[i], error))
      return FALSE;

  return TRUE;
}

void
sb_engine_restore_paper_async (SbEngine           *self,
                               gint64              paper_id,
                               SbPaperBefore      *before,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask     *task = g_task_new (self, NULL, callback, user_data);
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->paper_id = paper_id;
  restoring->before = before;
  g_task_set_source_tag (task, sb_engine_restore_paper_async);
  g_task_set_task_data (task, restoring, restoring_free);
  sb_store_run_async (self->store, restore_command, restoring, NULL, sb_engine_commanded_cb, task);
}

gboolean
sb_engine_restore_paper_finish (SbEngine     *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
