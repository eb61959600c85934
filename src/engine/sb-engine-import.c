#include "sb-engine-import.h"

#include <glib/gi18n-lib.h>

#include "sb-engine-private.h"
#include "sb-person.h"
#include "sb-phone.h"

#define BATCH 1000 /* rows of one commit: a customer's message never waits for a whole file */

/* -- the plan -- */

typedef struct
{
  char    *path;
  char    *text;
  char    *country;
  char    *sheet;
  char   **choices;
  gboolean keep_other;
  gboolean fill_only;
  gboolean bring_back;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->path);
  g_free (wish->text);
  g_free (wish->country);
  g_free (wish->sheet);
  g_strfreev (wish->choices);
  g_free (wish);
}

static gint64
find_number (const char *digits,
             gpointer    data)
{
  return sb_reader_find_number (data, digits);
}

static SbCard *
get_card (gint64   contact_id,
          gpointer data)
{
  return sb_reader_get_card (data, contact_id);
}

static gboolean
is_erased (const char *digits,
           gpointer    data)
{
  return sb_reader_is_erased (data, digits);
}

static void
plan_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Wish           *wish = data;
  GError               *error = NULL;
  g_autoptr (SbReader)  reader = sb_engine_new_reader (SB_ENGINE (source), &error);
  const SbImportShop    shop = { find_number, get_card, reader, wish->bring_back ? NULL : is_erased };
  const SbImportOptions options = { wish->country, wish->sheet, (const char *const *) wish->choices, wish->keep_other, wish->fill_only, wish->bring_back };
  SbImportPlan         *plan = NULL;

  if (reader != NULL)
    plan = wish->path != NULL ? sb_import_plan_file (wish->path, &options, &shop, cancellable, &error) : sb_import_plan_text (wish->text, &options, &shop, &error);
  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) sb_import_plan_free);
  else
    g_task_return_error (task, error);
}

/* Of the first line that has a number of its own. */
static char *
own_country (SbEngine *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self));

  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine    *line = lines->pdata[i];
      g_autofree char *digits = line->display_number != NULL ? sb_phone_normalize (line->display_number, NULL) : NULL;
      char            *country = digits != NULL ? sb_phone_country (digits) : NULL;

      if (country != NULL)
        return country;
    }

  return NULL;
}

void
sb_engine_plan_import_async (SbEngine              *self,
                             const char            *path,
                             const char            *text,
                             const SbImportOptions *options,
                             GCancellable          *cancellable,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wish             *wish = g_new0 (Wish, 1);

  g_return_if_fail ((path != NULL) != (text != NULL));

  wish->path = g_strdup (path);
  wish->text = g_strdup (text);
  wish->country = options->country != NULL ? g_strdup (options->country) : own_country (self);
  wish->sheet = g_strdup (options->sheet);
  wish->choices = g_strdupv ((char **) options->choices);
  wish->keep_other = options->keep_other;
  wish->fill_only = options->fill_only;
  wish->bring_back = options->bring_back;
  g_task_set_source_tag (task, sb_engine_plan_import_async);
  g_task_set_task_data (task, wish, wish_free);
  g_task_run_in_thread (task, plan_thread);
}

SbImportPlan *
sb_engine_plan_import_finish (SbEngine     *self,
                              GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- writing it -- */

typedef struct
{
  SbEngine        *engine; /* owned by the task */
  SbImportPlan    *plan;
  SbImportProgress progress;
  gpointer         progress_data;
  gint64           staff_id;
  gint64           id;
  guint            next; /* row */
  gboolean         ended;
} Applying;

static gboolean
is_written (const SbPlanRow *row)
{
  return row->fate == SB_FATE_NEW || row->fate == SB_FATE_CHANGED;
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

      if (!is_written (row))
        continue;
      if (!sb_writer_import_card (writer, applying->id, row->number, row->card, applying->plan->fill_only, &row->contact_id, error))
        return FALSE;
      n++;
    }

  return TRUE;
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
  if (applying->id == 0)
    applying->id = sb_writer_begin_import (writer, plan->file_name, plan->about.kind, error);
  if (applying->id == 0 || !apply_rows (writer, applying, error))
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
apply_next (GTask *task)
{
  Applying *applying = g_task_get_task_data (task);

  if (applying->ended)
    {
      g_task_return_int (task, applying->id);
      g_object_unref (task);
    }
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
sb_engine_apply_import_async (SbEngine           *self,
                              SbImportPlan       *plan,
                              SbImportProgress    progress,
                              gpointer            progress_data,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  GTask    *task = g_task_new (self, cancellable, callback, user_data);
  Applying *applying = g_new0 (Applying, 1);

  applying->engine = self;
  applying->plan = plan;
  applying->progress = progress;
  applying->progress_data = progress_data;
  applying->staff_id = self->staff_id;
  applying->ended = plan->counts[SB_FATE_NEW] + plan->counts[SB_FATE_CHANGED] == 0;
  g_task_set_source_tag (task, sb_engine_apply_import_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, applying, g_free);
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

/* -- taking it back -- */

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
