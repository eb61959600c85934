#include "sb-engine-ocr.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "sb-child.h"
#include "sb-engine-private.h"
#include "sb-json.h"
#include "sb-paper-merge.h"

#define FILE_SIZE (G_GUINT64_CONSTANT (64) * 1024 * 1024) /* of one page's picture */

static const char *const ocr_arguments[] = { "ocr", NULL };

/* -- reading -- */

typedef struct
{
  SbEngine       *engine; /* owned by the task */
  SbPaper         paper;
  SbOcrAs         as;
  GPtrArray      *pages; /* SbOcrPage */
  GPtrArray      *rows;  /* SbOcrRow */
  GPtrArray      *hashes;
  gboolean        again; /* @page of a list that is there, turned by @turn */
  int             page;
  int             turn;
  char           *folder; /* where the helper puts the pages */
  SbPaperProgress progress;
  gpointer        progress_data;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  for (guint i = 0; i < reading->pages->len; i++)
    {
      const SbOcrPage *page = reading->pages->pdata[i];

      if (page->picture != NULL)
        g_unlink (page->picture);
    }
  if (reading->folder != NULL)
    g_rmdir (reading->folder);
  g_free (reading->folder);
  g_free (reading->paper.file_name);
  g_free (reading->paper.country);
  g_ptr_array_unref (reading->pages);
  g_ptr_array_unref (reading->rows);
  g_ptr_array_unref (reading->hashes);
  g_free (reading);
}

static gboolean
save_pages (SbWriter *writer,
            Reading  *reading,
            GError  **error)
{
  for (guint i = 0; i < reading->pages->len; i++)
    {
      const SbOcrPage  *read = reading->pages->pdata[i];
      const SbPaperPage page = { .number = reading->again ? reading->page : read->number, .hash = reading->hashes->pdata[i], .verdict = read->verdict, .turn = read->turn };

      if (!sb_writer_save_paper_page (writer, reading->paper.id, &page, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_rows (SbWriter  *writer,
           gint64     paper_id,
           GPtrArray *rows,
           GError   **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const SbOcrRow        *row = rows->pdata[i];
      g_autoptr (JsonObject) object = sb_ocr_row_to_json (row);
      g_autofree char       *text = sb_json_text (object);

      if (!sb_writer_save_paper_row (writer, paper_id, row->number, text, error))
        return FALSE;
    }

  return TRUE;
}

/* What is in the shop already, and what was read now. */
static gboolean
save_again (SbWriter *writer,
            Reading  *reading,
            GError  **error)
{
  g_autoptr (GPtrArray) rows = sb_paper_rows_of (sb_writer_get_reader (writer), reading->paper.id);
  const SbOcrPage      *page = reading->pages->len > 0 ? reading->pages->pdata[0] : NULL;

  if (!reading->again)
    {
      for (guint i = 0; i < reading->rows->len; i++)
        ((SbOcrRow *) reading->rows->pdata[i])->number += rows->len;
      return save_rows (writer, reading->paper.id, reading->rows, error);
    }
  if (page == NULL)
    return TRUE;
  sb_paper_merge_again (rows, reading->rows, reading->page, (reading->turn + page->turn) % 360, page->width, page->height);

  return sb_writer_clear_paper_rows (writer, reading->paper.id, error) && save_rows (writer, reading->paper.id, rows, error);
}

static gboolean
save_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Reading *reading = data;
  gboolean fresh = reading->paper.id == 0;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, reading->engine->staff_id);
  reading->paper.id = sb_writer_save_paper (writer, &reading->paper, error);
  if (reading->paper.id == 0 || !save_pages (writer, reading, error))
    return FALSE;

  return fresh ? save_rows (writer, reading->paper.id, reading->rows, error) : save_again (writer, reading, error);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading          *reading = g_task_get_task_data (task);
  GError           *error = NULL;

  if (sb_store_run_finish (SB_STORE (object), result, &error))
    g_task_return_int (task, reading->paper.id);
  else
    g_task_return_error (task, error);
}

/* In a worker: the pages go to the media folder, where they stay as the proof of the import. */
static void
keep_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Reading *reading = data;
  GError  *error = NULL;

  for (guint i = 0; i < reading->pages->len; i++)
    {
      const SbOcrPage *page = reading->pages->pdata[i];
      gint64           size = 0;
      char            *hash = page->picture != NULL ? sb_store_import_media (reading->engine->store, page->picture, &size, &error) : NULL;

      if (error != NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (reading->hashes, hash);
      sb_ocr_understand (page, reading->as, reading->paper.country, reading->rows);
    }
  g_task_return_boolean (task, TRUE);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading          *reading = g_task_get_task_data (task);
  GError           *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    sb_store_run_async (reading->engine->store, save_command, reading, NULL, saved_cb, g_steal_pointer (&task));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) keeping = NULL;
  Reading          *reading = g_task_get_task_data (task);
  GError           *error = NULL;

  if (!sb_child_run_finish (result, &error) && !(g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && reading->pages->len > 0))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  keeping = g_task_new (reading->engine, NULL, kept_cb, g_object_ref (task));
  g_task_set_task_data (keeping, reading, NULL);
  g_task_run_in_thread (keeping, keep_thread);
}

static void
answer_cb (JsonObject *object,
           gpointer    data)
{
  Reading   *reading = data;
  SbOcrPage *page = sb_ocr_page_from_json (object);

  if (page != NULL)
    g_ptr_array_add (reading->pages, page);
  else if (reading->progress != NULL && json_object_has_member (object, "reading"))
    reading->progress ((int) sb_json_int (object, "reading", 0), (int) sb_json_int (object, "pages", 1), reading->progress_data);
}

/* Of the person's own settings, as "GB" of "en_GB.UTF-8"; not of the languages they read, which may have no country. */
static char *
country_of_locale (void)
{
  const char *locale = setlocale (LC_TELEPHONE, NULL);
  const char *place = locale != NULL ? strchr (locale, '_') : NULL;

  return place != NULL && g_ascii_isupper (place[1]) && g_ascii_isupper (place[2]) ? g_strndup (place + 1, 2) : NULL;
}

static Reading *
reading_new (SbEngine          *self,
             const SbPaperWish *wish)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->engine = self;
  reading->as = wish->as;
  reading->again = wish->paper_id != 0 && !wish->more;
  reading->page = wish->page;
  reading->turn = wish->turn;
  reading->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_page_free);
  reading->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_row_free);
  reading->hashes = g_ptr_array_new_with_free_func (g_free);
  reading->paper.id = wish->paper_id;
  reading->paper.state = SB_PAPER_OPEN;
  reading->paper.country = wish->country != NULL ? g_strdup (wish->country) : sb_engine_dup_own_country (self);
  if (reading->paper.country == NULL)
    reading->paper.country = country_of_locale ();
  reading->paper.file_name = wish->file_name != NULL ? g_strdup (wish->file_name) : g_path_get_basename (wish->path);

  return reading;
}

void
sb_engine_read_paper_async (SbEngine           *self,
                            const SbPaperWish  *wish,
                            SbPaperProgress     progress,
                            gpointer            progress_data,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  const SbChildSpec      spec = { .program = "shopbell-reader", .arguments = ocr_arguments, .cpu_s = 3600, .timeout_ms = 2 * 3600 * 1000, .file_size = FILE_SIZE };
  GTask                 *task = g_task_new (self, NULL, callback, user_data);
  Reading               *reading = reading_new (self, wish);
  GError                *error = NULL;
  g_autofree char       *prefix = NULL;
  g_autoptr (JsonObject) request = NULL;

  g_task_set_source_tag (task, sb_engine_read_paper_async);
  g_task_set_task_data (task, reading, reading_free);
  reading->progress = progress;
  reading->progress_data = progress_data;
  reading->folder = g_dir_make_tmp ("shopbell-paper-XXXXXX", &error);
  if (reading->folder == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  prefix = g_build_filename (reading->folder, "page", NULL);
  request = sb_json_make ("s:path", wish->path, "s:languages", wish->languages, "i:turn", (gint64) wish->turn, "b:auto_turn", wish->auto_turn, "s:picture", prefix, "i:first", (gint64) wish->first, "i:last",
                          wish->last < 0 ? (gint64) wish->first + SB_PAPER_PAGES - 1 : MIN ((gint64) wish->last, (gint64) wish->first + SB_PAPER_PAGES - 1), NULL);
  sb_child_run_async (&spec, request, answer_cb, reading, cancellable, read_cb, task);
}

gint64
sb_engine_read_paper_finish (SbEngine     *self,
                             GAsyncResult *result,
                             GError      **error)
{
  gssize id;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  id = g_task_propagate_int (G_TASK (result), error);

  return MAX (id, 0);
}

/* -- how many pages -- */

static void
count_answer_cb (JsonObject *object,
                 gpointer    data)
{
  int *n = data;

  *n = (int) sb_json_int (object, "pages", 1);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;

  if (sb_child_run_finish (result, &error))
    g_task_return_int (task, MAX (1, *(int *) g_task_get_task_data (task)));
  else
    g_task_return_error (task, error);
}

void
sb_engine_count_pages_async (SbEngine           *self,
                             const char         *path,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  const SbChildSpec      spec = { .program = "shopbell-reader", .arguments = ocr_arguments, .timeout_ms = 30000 };
  g_autoptr (JsonObject) request = sb_json_make ("s:path", path, "b:count", TRUE, NULL);
  GTask                 *task = g_task_new (self, NULL, callback, user_data);
  int                   *n = g_new0 (int, 1);

  g_task_set_source_tag (task, sb_engine_count_pages_async);
  g_task_set_task_data (task, n, g_free);
  sb_child_run_async (&spec, request, count_answer_cb, n, cancellable, counted_cb, task);
}

int
sb_engine_count_pages_finish (SbEngine     *self,
                              GAsyncResult *result,
                              GError      **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  n = g_task_propagate_int (G_TASK (result), error);

  return (int) MAX (n, 0);
}
