/* Questions about the whole shop: search, looking the file over, and how everything is. */
#include "sb-engine-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <sys/statvfs.h>

#include "sb-reader-reading.h"

/* -- search and looking the file over, in a worker with a reader of its own -- */

typedef struct
{
  char    *query;
  guint    limit;
  gboolean full;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->query);
  g_free (work);
}

/* -- one reader waits between two searches: opening one takes longer than most searches -- */

/* (transfer full): the one that waits, else a new one */
static SbReader *
borrow_searcher (SbEngine *self,
                 GError  **error)
{
  SbReader *reader = g_atomic_pointer_exchange (&self->searcher, NULL);

  if (reader == NULL)
    return sb_engine_new_reader (self, error);

  sb_reader_set_staff (reader, self->staff_id);

  return reader;
}

/* @reader: (transfer full) */
static void
return_searcher (SbEngine *self,
                 SbReader *reader)
{
  if (g_atomic_int_get (&self->closed) || !g_atomic_pointer_compare_and_exchange (&self->searcher, NULL, reader))
    g_object_unref (reader);
  else if (g_atomic_int_get (&self->closed))
    sb_engine_forget_searcher (self);
}

void
sb_engine_forget_searcher (SbEngine *self)
{
  SbReader *reader = g_atomic_pointer_exchange (&self->searcher, NULL);

  g_clear_object (&reader);
}

static void
interrupt_cb (GCancellable *cancellable,
              gpointer      reader)
{
  sb_reader_interrupt (reader);
}

/* The next key makes this search worthless: it ends where it is. */
static void
search_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Work      *work = task_data;
  GError    *error = NULL;
  SbReader  *reader = borrow_searcher (source, &error);
  GPtrArray *hits = NULL;

  if (reader != NULL)
    {
      gulong handler = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), reader, NULL) : 0;

      if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
        hits = sb_reader_search (reader, work->query, work->limit, &error);
      if (cancellable != NULL)
        g_cancellable_disconnect (cancellable, handler);
      return_searcher (source, reader);
    }

  if (hits != NULL)
    g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
sb_engine_search_async (SbEngine           *self,
                        const char         *query,
                        guint               limit,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Work             *work = g_new0 (Work, 1);

  work->query = g_strdup (query);
  work->limit = limit;
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, search_thread);
}

GPtrArray *
sb_engine_search_finish (SbEngine     *self,
                         GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Work                 *work = task_data;
  GError               *error = NULL;
  g_autoptr (SbReader)  reader = sb_engine_new_reader (source, &error);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (reader != NULL && sb_reader_check (reader, work->full, problems, &error))
    g_task_return_pointer (task, g_steal_pointer (&problems), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
sb_engine_check_file_async (SbEngine           *self,
                            gboolean            full,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Work             *work = g_new0 (Work, 1);

  work->full = full;
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, check_thread);
}

GPtrArray *
sb_engine_check_file_finish (SbEngine     *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- health -- */

static void
add (GPtrArray   *rows,
     const char  *id,
     SbCheckState state,
     const char  *title,
     char        *sentence)
{
  SbCheck *check = sb_check_new (id, state, title, NULL);

  check->sentence = sentence;
  g_ptr_array_add (rows, check);
}

static void
add_counts (SbEngine  *self,
            GPtrArray *rows)
{
  SbCounts counts;

  sb_engine_get_counts (self, &counts);
  add (rows, "out:waiting", counts.outbox_waiting > 0 ? SB_CHECK_WARNING : SB_CHECK_OK, _("Waiting to go out"), g_strdup_printf (ngettext ("%d message", "%d messages", counts.outbox_waiting), counts.outbox_waiting));
  add (rows, "out:unknown", counts.outbox_unknown > 0 ? SB_CHECK_WARNING : SB_CHECK_OK, _("Sent or not, nobody can tell"), g_strdup_printf (ngettext ("%d message", "%d messages", counts.outbox_unknown), counts.outbox_unknown));
  add (rows, "out:failed", counts.outbox_failed > 0 ? SB_CHECK_WARNING : SB_CHECK_OK, _("Not sent"), g_strdup_printf (ngettext ("%d message", "%d messages", counts.outbox_failed), counts.outbox_failed));
  add (rows, "in:forged", counts.forged > 0 ? SB_CHECK_WARNING : SB_CHECK_OK, _("Refused as forged"), g_strdup_printf (ngettext ("%d event had a wrong signature and was not read", "%d events had a wrong signature and were not read", counts.forged), counts.forged));
  add (rows, "in:gaps", counts.gaps > 0 ? SB_CHECK_WARNING : SB_CHECK_OK, _("Times when messages may be missing"), g_strdup_printf (ngettext ("%d time", "%d times", counts.gaps), counts.gaps));
}

/* Only when there is something to say: the page that shows this reads the file through by itself. */
static void
add_file (SbEngine  *self,
          GPtrArray *rows)
{
  SbFileState state = sb_store_get_file_state (self->store);

  if (state == SB_FILE_UNCHECKED)
    add (rows, "computer:file", SB_CHECK_WARNING, _("Shop file"), g_strdup (_("Shopbell did not end as it should. The file is being looked over; nothing is sent until that is done")));
  else if (state == SB_FILE_DAMAGED)
    add (rows, "computer:file", SB_CHECK_FAILED, _("Shop file"), g_strdup (_("Damaged. Nothing is sent or received. Close Shopbell and open it again: the damaged file is then set aside, never deleted")));
}

/* SbCheck rows; the id's beginning ("line:", "in:", "out:", "computer:") is the group. */
GPtrArray *
sb_engine_list_health (SbEngine *self)
{
  GPtrArray            *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_check_free);
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_store_get_reader (self->store));
  struct statvfs        disk;

  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine    *line = lines->pdata[i];
      char            *sentence = NULL;
      SbLink           link = sb_engine_get_link (self, line->id, &sentence);
      g_autofree char *id = g_strdup_printf ("line:%" G_GINT64_FORMAT, line->id);

      add (rows, id, link == SB_LINK_OK ? SB_CHECK_OK : link == SB_LINK_TROUBLE ? SB_CHECK_FAILED
                                                                                : SB_CHECK_WARNING,
           line->name, sentence);
    }
  add_counts (self, rows);
  add_file (self, rows);
  if (statvfs (sb_engine_get_folder (self), &disk) == 0)
    {
      guint64 free_bytes = (guint64) disk.f_bavail * disk.f_frsize;

      add (rows, "computer:disk", self->disk_full || free_bytes < 64 * 1024 * 1024 ? SB_CHECK_FAILED : SB_CHECK_OK, _("Room on the disk"), g_format_size (free_bytes));
    }
  add (rows, "computer:keys", sb_secrets_is_lasting (self->secrets) || sb_engine_is_practice (self) ? SB_CHECK_OK : SB_CHECK_WARNING, _("Password store"), g_strdup (sb_secrets_is_lasting (self->secrets) ? _("Keys are kept in this computer’s password store") : _("Keys are kept only until you close Shopbell")));

  return rows;
}
