#include "sb-engine-person.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "sb-engine-private.h"
#include "sb-json.h"
#include "sb-person-page.h"
#include "sb-store-scrub.h"
#include "sb-writer-refusals.h"

/* -- export -- */

typedef struct
{
  gint64 contact_id;
  char  *folder;
  char  *shop;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_free (export->folder);
  g_free (export->shop);
  g_free (export);
}

static const char *
ending_of (const char *mime)
{
  static const char *const endings[][2] = {
    { "image/jpeg", ".jpg" }, { "image/png", ".png" }, { "image/webp", ".webp" }, { "audio/ogg", ".ogg" }, { "audio/mpeg", ".mp3" }, { "video/mp4", ".mp4" }, { "application/pdf", ".pdf" }
  };

  for (gsize i = 0; mime != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_prefix (mime, endings[i][0]))
      return endings[i][1];

  return "";
}

/* Names that every computer can open: a number and the ending of the kind. */
static GHashTable *
name_files (GPtrArray  *media,
            JsonObject *tables)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  JsonArray  *attachments = sb_json_array (tables, "attachment");

  for (guint i = 0; i < media->len; i++)
    {
      const char *ending = "";

      for (guint j = 0; j < sb_json_length (attachments); j++)
        if (g_strcmp0 (sb_json_string (sb_json_at (attachments, j), "hash"), media->pdata[i]) == 0)
          ending = ending_of (sb_json_string (sb_json_at (attachments, j), "mime"));
      g_hash_table_insert (files, media->pdata[i], g_strdup_printf ("%03u%s", i + 1, ending));
    }

  return files;
}

static gboolean
copy_files (SbStore    *store,
            const char *folder,
            GHashTable *files,
            GError    **error)
{
  GHashTableIter iter;
  gpointer       hash, name;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &hash, &name))
    {
      g_autofree char  *from = sb_store_media_path (store, hash);
      g_autofree char  *to = g_build_filename (folder, "media", name, NULL);
      g_autoptr (GFile) source = g_file_new_for_path (from);
      g_autoptr (GFile) target = g_file_new_for_path (to);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && !g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* The files of two people are never put together. */
static gboolean
is_free (const char *folder,
         GError    **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  if (dir == NULL || g_dir_read_name (dir) == NULL)
    return TRUE;
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("There are files in this folder already. Choose a new one"));

  return FALSE;
}

static gboolean
write_export (SbEngine *self,
              const Export *export,
              GError **error)
{
  g_autoptr (SbReader)   reader = sb_engine_new_reader (self, error);
  g_autoptr (GPtrArray)  media = NULL;
  g_autoptr (JsonObject) tables = reader != NULL ? sb_reader_export_person (reader, export->contact_id, &media, error) : NULL;
  g_autoptr (JsonObject) data = NULL;
  g_autoptr (GHashTable) files = NULL;
  g_autofree char       *inner = g_build_filename (export->folder, "media", NULL);
  g_autofree char       *page_path = g_build_filename (export->folder, "index.html", NULL);
  g_autofree char       *data_path = g_build_filename (export->folder, "data.json", NULL);
  g_autofree char       *page = NULL;
  g_autofree char       *text = NULL;

  if (tables == NULL || !is_free (export->folder, error))
    return FALSE;
  if (g_mkdir_with_parents (inner, 0700) != 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The folder cannot be made: %s", g_strerror (errno));
      return FALSE;
    }
  files = name_files (media, tables);
  page = sb_person_page (tables, export->shop, files);
  data = sb_json_make ("s:format", "shopbell-person-1", "s:shop", export->shop, "i:exported_at", sb_clock_now (self->clock), "o:tables", json_object_ref (tables), NULL);
  text = sb_json_text (data);

  return copy_files (self->store, export->folder, files, error) && g_file_set_contents (page_path, page, -1, error) && g_file_set_contents (data_path, text, -1, error);
}

static void
export_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_export (source, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sb_engine_export_person_async (SbEngine           *self,
                               gint64              contact_id,
                               const char         *folder,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->contact_id = contact_id;
  export->folder = g_strdup (folder);
  export->shop = sb_engine_dup_shop_name (self);
  g_task_set_source_tag (task, sb_engine_export_person_async);
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_thread);
}

gboolean
sb_engine_export_person_finish (SbEngine     *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- erasure: the rows in the writing thread, then what lies around them in a worker -- */

typedef struct
{
  gint64     contact_id;
  gint64     thread_id;
  gint64     staff_id;
  SbErasure *erasure;
} Erase;

static void
erase_free (gpointer data)
{
  Erase *erase = data;

  g_clear_pointer (&erase->erasure, sb_erasure_free);
  g_free (erase);
}

static gboolean
erase_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Erase *erase = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, erase->staff_id);
  erase->erasure = sb_writer_erase_person (writer, erase->contact_id, error);

  return erase->erasure != NULL;
}

static void
scrub_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  SbEngine             *self = source;
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  GError               *error = NULL;
  char                 *path;

  sb_store_scrub (self->store, task_data, left);
  path = sb_store_certify (self->store, task_data, left, &error);
  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

/* To whatever shows the conversation; the log itself keeps nothing of it. */
static void
tell_gone (SbEngine *self,
           gint64    thread_id)
{
  SbEvent event = { .kind = SB_EVENT_CONTACT_CHANGED, .thread_id = thread_id, .actor = SB_AUTHOR_STAFF };

  if (thread_id == 0)
    return;
  sb_engine_emit_withdraw (self, thread_id);
  g_signal_emit_by_name (self, "event", &event);
}

static void
erased_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SbEngine         *self = g_task_get_source_object (task);
  Erase            *erase = sb_store_get_command_data (result);
  GError           *error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  tell_gone (self, erase->thread_id);
  g_task_set_task_data (task, g_steal_pointer (&erase->erasure), (GDestroyNotify) sb_erasure_free);
  g_task_run_in_thread (task, scrub_thread);
}

void
sb_engine_erase_person_async (SbEngine           *self,
                              gint64              contact_id,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Erase *erase = g_new0 (Erase, 1);

  erase->contact_id = contact_id;
  erase->thread_id = sb_reader_get_thread_of (sb_engine_get_reader (self), contact_id);
  erase->staff_id = self->staff_id;
  g_task_set_source_tag (task, sb_engine_erase_person_async);
  g_task_set_check_cancellable (task, FALSE);
  sb_store_run_async (self->store, erase_command, erase, erase_free, erased_cb, task);
}

char *
sb_engine_erase_person_finish (SbEngine     *self,
                               GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A backup from before an erasure was put back: those people are erased once more before anything else happens. */
gboolean
sb_engine_reapply_erasures (SbEngine *self,
                            GError  **error)
{
  g_autoptr (GPtrArray) erasures = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_erasure_free);
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  SbReapply             reapply = { erasures };

  if (!sb_store_needs_reapply (self->store))
    return TRUE;
  if (!sb_store_run (self->store, sb_writer_reapply_erasures, &reapply, error))
    return FALSE;
  for (guint i = 0; i < erasures->len; i++)
    sb_store_scrub (self->store, erasures->pdata[i], left);

  return TRUE;
}

/* And those who opted out since then are opted out. */
gboolean
sb_engine_reapply_refusals (SbEngine *self,
                            GError  **error)
{
  return !sb_store_needs_refusals (self->store) || sb_store_run (self->store, sb_writer_reapply_refusals, NULL, error);
}
