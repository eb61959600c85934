#include "sb-engine-import.h"

#include "sb-engine-private.h"
#include "sb-import-marks-ask.h"
#include "sb-import-memory.h"
#include "sb-reader-declared.h"

#define BATCH 1000 /* rows of one commit: a customer's message never waits for a whole file */

typedef struct
{
  SbEngine        *engine; /* owned by the task */
  SbImportPlan    *plan;
  SbImportProgress progress;
  gpointer         progress_data;
  char            *about;
  char            *memory_key; /* (nullable) */
  char            *memory;
  char            *declared; /* (nullable): how the shop says it got their permission */
  char            *wording;  /* (nullable) */
  gint64           staff_id;
  SbImportMarks    marks;
  gint64           id;
  guint            next; /* row */
  gboolean         ended;
} Applying;

static void
applying_free (gpointer data)
{
  Applying *applying = data;

  g_free (applying->about);
  g_free (applying->memory_key);
  g_free (applying->memory);
  g_free (applying->declared);
  g_free (applying->wording);
  g_free (applying);
}

static gboolean
is_written (const SbPlanRow *row)
{
  return row->fate == SB_FATE_NEW || row->fate == SB_FATE_CHANGED;
}

/* Somebody of whom nothing is new but what the shop says of the list. */
static gboolean
is_declared (SbReader        *reader,
             const Applying  *applying,
             const SbPlanRow *row)
{
  return applying->declared != NULL && row->fate == SB_FATE_SAME && !sb_reader_has_declaration (reader, row->contact_id, applying->declared, applying->wording);
}

/* The same file once more, with the same said of it, is nothing to write down. */
static gboolean
has_work (SbReader       *reader,
          const Applying *applying)
{
  const SbImportPlan *plan = applying->plan;

  if (plan->counts[SB_FATE_NEW] + plan->counts[SB_FATE_CHANGED] > 0)
    return TRUE;
  for (guint i = 0; i < plan->rows->len; i++)
    if (is_declared (reader, applying, plan->rows->pdata[i]))
      return TRUE;

  return FALSE;
}

static gboolean
apply_rows (SbWriter *writer,
            Applying *applying,
            GError  **error)
{
  guint n = 0;

  for (; applying->next < applying->plan->rows->len && n < BATCH; applying->next++)
    {
      SbPlanRow *row = applying->plan->rows->pdata[applying->next];

      if (row->fate == SB_FATE_REJECTED && !sb_writer_add_rejected (writer, applying->id, row->number, row->cells, row->reason, error))
        return FALSE;
      if (is_declared (sb_writer_get_reader (writer), applying, row))
        {
          if (!sb_writer_import_same (writer, applying->id, row->number, row->contact_id, error))
            return FALSE;
          n++;
        }
      if (!is_written (row))
        continue;
      if (!sb_writer_import_card (writer, applying->id, row->number, row->card, applying->plan->fill_only, &applying->marks, &row->contact_id, error))
        return FALSE;
      n++;
    }

  return TRUE;
}

static gboolean
begin (SbWriter *writer,
       Applying *applying,
       GError  **error)
{
  const SbImportPlan *plan = applying->plan;

  applying->id = sb_writer_begin_import (writer, plan->file_name, plan->about.kind, error);

  if (applying->id == 0 || !sb_writer_set_import_about (writer, applying->id, applying->about, error))
    return FALSE;
  if (plan->tag != NULL && (applying->marks.tag_id = sb_writer_want_import_tag (writer, applying->id, plan->tag, error)) == 0)
    return FALSE;
  if (plan->stage != NULL && (applying->marks.stage_id = sb_import_stage (sb_writer_get_reader (writer), plan->stage, error)) == 0)
    return FALSE;

  return applying->memory_key == NULL || sb_writer_set_meta (writer, applying->memory_key, applying->memory, error);
}

static gboolean
apply_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Applying           *applying = data;
  const SbImportPlan *plan = applying->plan;
  SbImport            import = { 0 };

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, applying->staff_id);
  if (applying->id == 0 && !has_work (sb_writer_get_reader (writer), applying))
    {
      applying->ended = TRUE;
      return TRUE;
    }
  if (applying->id == 0 && !begin (writer, applying, error))
    return FALSE;
  if (!apply_rows (writer, applying, error))
    return FALSE;
  if (applying->next < plan->rows->len)
    return TRUE;

  applying->ended = TRUE;
  import.id = applying->id;
  import.n_new = plan->counts[SB_FATE_NEW];
  import.n_changed = plan->counts[SB_FATE_CHANGED];
  import.n_same = plan->counts[SB_FATE_SAME];
  import.n_merged = plan->counts[SB_FATE_MERGED];
  import.n_rejected = plan->counts[SB_FATE_REJECTED];

  return sb_writer_end_import (writer, &import, error);
}

static void applied_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
given_up_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;

  if (!sb_engine_undo_import_finish (SB_ENGINE (object), result, NULL, &error))
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The import was given up and taken back");
}

static void
apply_next (GTask *task)
{
  Applying *applying = g_task_get_task_data (task);

  if (applying->ended)
    {
      g_task_return_int (task, applying->id);
      g_object_unref (task);
    }
  else if (g_cancellable_is_cancelled (g_task_get_cancellable (task)) && applying->id != 0)
    sb_engine_undo_import_async (applying->engine, applying->id, given_up_cb, task);
  else if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    sb_store_run_async (applying->engine->store, apply_command, applying, NULL, applied_cb, task);
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying         *applying = g_task_get_task_data (task);
  GError           *error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (applying->progress != NULL)
    applying->progress (applying->next, applying->plan->rows->len, applying->progress_data);
  apply_next (g_steal_pointer (&task));
}

void
sb_engine_apply_import_async (SbEngine            *self,
                              SbImportPlan        *plan,
                              const SbImportWords *words,
                              SbImportProgress     progress,
                              gpointer             progress_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask    *task = g_task_new (self, cancellable, callback, user_data);
  Applying *applying = g_new0 (Applying, 1);

  applying->engine = self;
  applying->plan = plan;
  applying->progress = progress;
  applying->progress_data = progress_data;
  applying->staff_id = self->staff_id;
  applying->about = sb_import_memory_about (plan, words);
  if (words != NULL && words->table != NULL)
    {
      applying->memory_key = sb_import_memory_key (words->table);
      applying->memory = sb_import_memory_text (words->memory);
    }
  applying->declared = words != NULL ? g_strdup (words->consent_method) : NULL;
  applying->wording = words != NULL ? g_strdup (words->consent_wording) : NULL;
  applying->ended = plan->counts[SB_FATE_NEW] + plan->counts[SB_FATE_CHANGED] == 0 && applying->declared == NULL;
  g_task_set_source_tag (task, sb_engine_apply_import_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, applying, applying_free);
  apply_next (task);
}

gint64
sb_engine_apply_import_finish (SbEngine     *self,
                               GAsyncResult *result,
                               GError      **error)
{
  gssize id;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  id = g_task_propagate_int (G_TASK (result), error);

  return MAX (id, 0);
}
