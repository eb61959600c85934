#include "sb-paper-languages.h"

#include "sb-child.h"
#include "sb-json.h"

static void
answer_cb (JsonObject *object,
           gpointer    data)
{
  char ***names = data;

  g_strfreev (*names);
  *names = g_strsplit (sb_json_string (object, "languages") != NULL ? sb_json_string (object, "languages") : "", "+", -1);
}

static void
names_free (gpointer data)
{
  char ***names = data;

  g_strfreev (*names);
  g_free (names);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  char           ***names = g_task_get_task_data (task);
  GError           *error = NULL;

  if (sb_child_run_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (names), (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

void
sb_engine_list_paper_languages_async (SbEngine           *self,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  const SbChildSpec      spec = { .program = "shopbell-reader", .arguments = (const char *const[]) { "ocr", NULL }, .timeout_ms = 30000 };
  g_autoptr (JsonObject) request = sb_json_make ("b:list", TRUE, NULL);
  GTask                 *task = g_task_new (self, NULL, callback, user_data);
  char                ***names = g_new0 (char **, 1);

  g_task_set_source_tag (task, sb_engine_list_paper_languages_async);
  g_task_set_task_data (task, names, names_free);
  sb_child_run_async (&spec, request, answer_cb, names, NULL, listed_cb, task);
}

char **
sb_engine_list_paper_languages_finish (SbEngine     *self,
                                       GAsyncResult *result,
                                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
