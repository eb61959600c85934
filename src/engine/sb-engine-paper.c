/* Paper under review: its rows are kept as somebody goes through them, and at the end they go the way of every import. */
#include "sb-engine-ocr.h"

#include <glib/gi18n-lib.h>

#include "sb-engine-private.h"
#include "sb-json.h"

GPtrArray *
sb_paper_rows_of (SbReader *reader,
                  gint64    paper_id)
{
  GPtrArray            *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_row_free);
  g_autoptr (GPtrArray) texts = sb_reader_list_paper_rows (reader, paper_id);

  for (guint i = 0; i < texts->len; i++)
    {
      g_autoptr (JsonNode) node = sb_json_parse (texts->pdata[i], -1, NULL);

      if (sb_json_root (node) != NULL)
        g_ptr_array_add (rows, sb_ocr_row_from_json (sb_json_root (node)));
    }

  return rows;
}

GPtrArray *
sb_engine_list_paper_rows (SbEngine *self,
                           gint64    paper_id)
{
  return sb_paper_rows_of (sb_engine_get_reader (self), paper_id);
}

char *
sb_engine_dup_paper_picture (SbEngine          *self,
                             const SbPaperPage *page)
{
  return page->hash != NULL ? sb_store_media_path (self->store, page->hash) : NULL;
}

typedef struct
{
  gint64 paper_id;
  guint  number;
  char  *data; /* NULL: the paper is left */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->data);
  g_free (change);
}

static gboolean
change_command (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  const Change       *change = data;
  g_autoptr (SbPaper) paper = NULL;

  if (change->data != NULL)
    return sb_writer_save_paper_row (writer, change->paper_id, change->number, change->data, error);

  paper = sb_reader_get_paper (sb_writer_get_reader (writer), change->paper_id);
  if (paper == NULL)
    return TRUE;
  paper->state = SB_PAPER_LEFT;

  return sb_writer_save_paper (writer, paper, error) != 0;
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    g_warning ("A row under review was not kept: %s", error->message);
}

void
sb_engine_save_paper_row (SbEngine       *self,
                          gint64          paper_id,
                          const SbOcrRow *row)
{
  Change                *change = g_new0 (Change, 1);
  g_autoptr (JsonObject) object = sb_ocr_row_to_json (row);

  change->paper_id = paper_id;
  change->number = row->number;
  change->data = sb_json_text (object);
  sb_store_run_async (self->store, change_command, change, change_free, changed_cb, NULL);
}

void
sb_engine_leave_paper (SbEngine *self,
                       gint64    paper_id)
{
  Change *change = g_new0 (Change, 1);

  change->paper_id = paper_id;
  sb_store_run_async (self->store, change_command, change, change_free, changed_cb, NULL);
}

gboolean
sb_ocr_rows_are_reviewed (GPtrArray *rows)
{
  guint n_accepted = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const SbOcrRow *row = rows->pdata[i];

      if (row->state == SB_OCR_OPEN && sb_ocr_row_has_number (row))
        return FALSE;
      n_accepted += row->state == SB_OCR_ACCEPTED && sb_ocr_row_has_number (row);
    }

  return n_accepted > 0;
}

/* -- the end of it -- */

typedef struct
{
  SbEngine     *engine; /* owned by the task */
  SbPaper      *paper;
  SbImportPlan *plan;
  char         *country;
  guint         n_people;
  guint         n_refused;
} Finishing;

static void
finishing_free (gpointer data)
{
  Finishing *finishing = data;

  g_clear_pointer (&finishing->paper, sb_paper_free);
  g_clear_pointer (&finishing->plan, sb_import_plan_free);
  g_free (finishing->country);
  g_free (finishing);
}

static gboolean
finish_command (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Finishing *finishing = data;

  return sb_writer_save_paper (writer, finishing->paper, error) != 0;
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Finishing        *finishing = g_task_get_task_data (task);
  GError           *error = NULL;

  if (sb_store_run_finish (SB_STORE (object), result, &error))
    g_task_return_int (task, finishing->paper->import_id);
  else
    g_task_return_error (task, error);
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Finishing        *finishing = g_task_get_task_data (task);
  GError           *error = NULL;
  gint64            id = sb_engine_apply_import_finish (SB_ENGINE (object), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  finishing->paper->import_id = id;
  finishing->paper->state = SB_PAPER_FINISHED;
  sb_store_run_async (finishing->engine->store, finish_command, finishing, NULL, finished_cb, g_steal_pointer (&task));
}

static void
planned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Finishing        *finishing = g_task_get_task_data (task);
  GError           *error = NULL;
  SbImportPlan     *plan = sb_engine_plan_import_finish (SB_ENGINE (object), result, &error);

  if (plan == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  finishing->plan = plan;
  finishing->n_people = plan->counts[SB_FATE_NEW] + plan->counts[SB_FATE_CHANGED];
  finishing->n_refused = plan->counts[SB_FATE_REJECTED];
  g_set_str (&plan->file_name, finishing->paper->file_name);
  g_set_str (&plan->about.kind, "paper");
  sb_engine_apply_import_async (finishing->engine, plan, NULL, NULL, NULL, NULL, applied_cb, g_steal_pointer (&task));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask)         task = user_data;
  g_autoptr (SbImportTable) table = NULL;
  Finishing                *finishing = g_task_get_task_data (task);
  SbImportOptions           options = { .country = finishing->country, .header = SB_HEADER_ONE };
  GError                   *error = NULL;

  table = sb_engine_read_import_finish (SB_ENGINE (object), result, &error);
  if (table == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  sb_engine_plan_import_async (SB_ENGINE (object), table, &options, NULL, planned_cb, g_steal_pointer (&task));
}

void
sb_engine_finish_paper_async (SbEngine           *self,
                              gint64              paper_id,
                              const char         *country,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask)     task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GPtrArray) rows = sb_engine_list_paper_rows (self, paper_id);
  Finishing            *finishing = g_new0 (Finishing, 1);
  g_autofree char      *text = NULL;

  g_task_set_source_tag (task, sb_engine_finish_paper_async);
  g_task_set_task_data (task, finishing, finishing_free);
  finishing->engine = self;
  finishing->paper = sb_reader_get_paper (sb_engine_get_reader (self), paper_id);
  if (finishing->paper == NULL || finishing->paper->state != SB_PAPER_OPEN)
    {
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_NOT_FOUND, _("This list was finished already"));
      return;
    }
  if (!sb_ocr_rows_are_reviewed (rows))
    {
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_REFUSED, _("There are numbers nobody has looked at yet"));
      return;
    }

  text = sb_ocr_rows_to_text (rows);
  g_set_str (&finishing->country, country);
  sb_engine_read_import_async (self, NULL, text, NULL, NULL, read_cb, g_steal_pointer (&task));
}

gint64
sb_engine_finish_paper_finish (SbEngine     *self,
                               GAsyncResult *result,
                               guint        *n_people,
                               guint        *n_refused,
                               GError      **error)
{
  const Finishing *finishing;
  gssize           id;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  finishing = g_task_get_task_data (G_TASK (result));
  *n_people = finishing->n_people;
  *n_refused = finishing->n_refused;
  id = g_task_propagate_int (G_TASK (result), error);

  return MAX (id, 0);
}
