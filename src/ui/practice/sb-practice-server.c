#include "sb-practice-server.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-config.h"
#include "sb-http.h"
#include "sb-json.h"

struct _SbPracticeServer
{
  GObject parent_instance;

  GSubprocess *process;
  JsonNode    *ready;
  SbHttp      *http;
};

G_DEFINE_FINAL_TYPE (SbPracticeServer, sb_practice_server, G_TYPE_OBJECT)

static void
sb_practice_server_dispose (GObject *object)
{
  SbPracticeServer *self = SB_PRACTICE_SERVER (object);

  if (self->process != NULL)
    g_subprocess_send_signal (self->process, 15);
  g_clear_object (&self->process);
  g_clear_object (&self->http);
  g_clear_pointer (&self->ready, json_node_unref);

  G_OBJECT_CLASS (sb_practice_server_parent_class)->dispose (object);
}

static void
sb_practice_server_class_init (SbPracticeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_practice_server_dispose;
}

static void
sb_practice_server_init (SbPracticeServer *self)
{
  self->http = sb_http_new (15);
}

/* Beside this program, where it is installed, or on the path. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  char            *beside = g_build_filename (folder, "shopbell-practice", NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return beside;
  g_free (beside);

  return g_find_program_in_path ("shopbell-practice");
}

static void
ready_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SbPracticeServer *self = g_task_get_task_data (task);
  GError           *error = NULL;
  g_autofree char  *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, &error);
  g_autofree char  *path = NULL;

  if (line != NULL)
    self->ready = sb_json_parse (line, -1, &error);
  if (self->ready == NULL)
    {
      g_task_return_error (task, error != NULL ? error : g_error_new_literal (SB_ERROR, SB_ERROR_NOT_FOUND, _("The practice shop could not be started")));
      return;
    }

  /* For whoever plays the customers from outside, such as the tour. */
  path = g_build_filename (g_object_get_data (G_OBJECT (task), "folder"), "practice.json", NULL);
  g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/* @folder: where it keeps its state */
void
sb_practice_server_start_async (const char         *folder,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  SbPracticeServer            *self = g_object_new (SB_TYPE_PRACTICE_SERVER, NULL);
  g_autoptr (GTask)            task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char             *program = find_program ();
  g_autoptr (GDataInputStream) lines = NULL;
  GError                      *error = NULL;

  g_task_set_task_data (task, self, g_object_unref);
  g_object_set_data_full (G_OBJECT (task), "folder", g_strdup (folder), g_free);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_STORAGE, "%s", _("The shop’s file cannot be written to. Is its folder write-protected?"));
      return;
    }
  if (program == NULL)
    {
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_NOT_FOUND, "%s", _("The practice shop is not installed"));
      return;
    }

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--listen", "127.0.0.1:0", "--state", folder, "--cake-shop",
                                    "--exit-with-stdin", NULL);
  if (self->process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, ready_cb, g_steal_pointer (&task));
}

SbPracticeServer *
sb_practice_server_start_finish (GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* (nullable): "url", "token", "app_secret", "phone_number_id", "box", ... */
const char *
sb_practice_server_get (SbPracticeServer *self,
                        const char       *what)
{
  return sb_json_string (sb_json_root (self->ready), what);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  GError                  *error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  JsonNode                *node = answer != NULL ? sb_json_parse_bytes (answer->body, &error) : NULL;

  if (node == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
}

/* @body: (nullable) (transfer full) */
void
sb_practice_server_ask_async (SbPracticeServer   *self,
                              const char         *method,
                              const char         *path,
                              JsonObject         *body,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autofree char          *url = g_strdup_printf ("%s/_practice/%s", sb_practice_server_get (self, "url"), path);
  g_autoptr (SbHttpRequest) request = sb_http_request_new (method, url);
  g_autoptr (JsonObject)    owned = body;

  if (body != NULL)
    {
      g_autofree char   *text = sb_json_text (body);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      sb_http_request_set_body (request, "application/json", bytes);
    }
  sb_http_send_async (self->http, request, NULL, answered_cb, g_task_new (self, NULL, callback, user_data));
}

JsonNode *
sb_practice_server_ask_finish (SbPracticeServer *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
