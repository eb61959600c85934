/* Quick replies and the files they bring. */
#include "sb-engine-quick-reply.h"

#include <string.h>

#include "sb-engine-private.h"
#include "sb-json.h"
#include "sb-quick-files.h"

SbQuickFile *
sb_quick_file_new (const char *name,
                   const char *path)
{
  SbQuickFile *self = g_new0 (SbQuickFile, 1);

  self->name = g_strdup (name);
  self->path = g_strdup (path);

  return self;
}

void
sb_quick_file_free (SbQuickFile *self)
{
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

/* A hash is a name in the media folder, and nothing else is. */
static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* Returns: (transfer full): empty when it brings none */
GPtrArray *
sb_engine_list_quick_files (SbEngine *self,
                            gint64    quick_reply_id)
{
  g_autofree char       *text = sb_reader_get_quick_files (sb_engine_get_reader (self), quick_reply_id);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode              *root = text != NULL && json_parser_load_from_data (parser, text, -1, NULL) ? json_parser_get_root (parser) : NULL;
  JsonArray             *list = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  GPtrArray             *files = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_quick_file_free);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode   *node = json_array_get_element (list, i);
      JsonObject *file = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *hash = sb_json_string (file, "hash");
      const char *name = sb_json_string (file, "name");

      if (is_hash (hash) && name != NULL)
        {
          g_autofree char *path = sb_store_media_path (self->store, hash);

          g_ptr_array_add (files, sb_quick_file_new (name, path));
        }
    }

  return files;
}

/* -- saving -- */

typedef struct
{
  SbStore   *store;
  SbNamed   *reply;
  GPtrArray *files;
  char      *json; /* (nullable) */
  gint64     id;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->store);
  sb_named_free (saving->reply);
  g_ptr_array_unref (saving->files);
  g_free (saving->json);
  g_free (saving);
}

/* (transfer full): the hash under which it lies in the media folder, and was put there if need be. */
static char *
keep_file (Saving            *saving,
           const SbQuickFile *file,
           GError           **error)
{
  g_autofree char *base = g_path_get_basename (file->path);
  g_autofree char *kept = is_hash (base) ? sb_store_media_path (saving->store, base) : NULL;

  if (g_strcmp0 (kept, file->path) == 0)
    return g_steal_pointer (&base);

  return sb_store_import_media (saving->store, file->path, NULL, error);
}

static void
keep_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Saving                 *saving = task_data;
  GError                 *error = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < saving->files->len; i++)
    {
      const SbQuickFile *file = saving->files->pdata[i];
      g_autofree char   *hash = keep_file (saving, file, &error);

      if (hash == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, file->name);
      json_builder_set_member_name (builder, "hash");
      json_builder_add_string_value (builder, hash);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  saving->json = saving->files->len > 0 ? json_to_string (root, FALSE) : NULL;
  g_task_return_boolean (task, TRUE);
}

static gboolean
save_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Saving *saving = data;

  saving->id = sb_writer_save_named (writer, "quick-reply", saving->reply, error);

  return saving->id != 0 && sb_writer_set_quick_files (writer, saving->id, saving->json, error);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving           *saving = g_task_get_task_data (task);
  GError           *error = NULL;

  if (sb_store_run_finish (SB_STORE (object), result, &error))
    g_task_return_int (task, saving->id);
  else
    g_task_return_error (task, error);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving           *saving = g_task_get_task_data (task);
  GError           *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    sb_store_run_async (saving->store, save_command, saving, NULL, saved_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

void
sb_engine_save_quick_reply_async (SbEngine           *self,
                                  const SbNamed      *reply,
                                  GPtrArray          *files,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) keep = g_task_new (self, NULL, kept_cb, g_object_ref (task));
  Saving           *saving = g_new0 (Saving, 1);

  saving->store = g_object_ref (self->store);
  saving->reply = sb_named_new ();
  *saving->reply = *reply;
  saving->reply->name = g_strdup (reply->name);
  saving->reply->query = g_strdup (reply->query);
  saving->files = g_ptr_array_ref (files);
  g_task_set_source_tag (task, sb_engine_save_quick_reply_async);
  g_task_set_task_data (task, saving, saving_free);
  g_task_set_task_data (keep, saving, NULL);
  g_task_run_in_thread (keep, keep_thread);
}

/* 0 with @error */
gint64
sb_engine_save_quick_reply_finish (SbEngine     *self,
                                   GAsyncResult *result,
                                   GError      **error)
{
  gssize id = g_task_propagate_int (G_TASK (result), error);

  return MAX (id, 0);
}
