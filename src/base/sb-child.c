#include "sb-child.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sb-child-private.h"
#include "sb-config.h"
#include "sb-error.h"

#define CHUNK 65536

/* One run. All of it happens in the context it was started in. */
typedef struct
{
  SbChildLimits limits;
  GSubprocess  *process;
  GByteArray   *line; /* what came since the last end of a line */
  GError       *told; /* what the helper said itself */
  SbChildAnswer answer;
  gpointer      answer_data;
  GCancellable *cancellable;
  gulong        cancelled_id;
  GSource      *timeout;
  gboolean      timed_out;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  if (run->cancelled_id != 0)
    g_cancellable_disconnect (run->cancellable, run->cancelled_id);
  g_clear_object (&run->cancellable);
  if (run->timeout != NULL)
    {
      g_source_destroy (run->timeout);
      g_source_unref (run->timeout);
    }
  if (run->process != NULL)
    g_subprocess_force_exit (run->process);
  g_clear_object (&run->process);
  g_clear_error (&run->told);
  g_byte_array_unref (run->line);
  g_free (run);
}

/* -- the start -- */

/* Between fork and exec: nothing here may allocate. */
static void
limit (int     what,
       guint64 most)
{
  const struct rlimit value = { most, most };

  setrlimit (what, &value);
}

static void
set_up_cb (gpointer data)
{
  const SbChildLimits *limits = data;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (getppid () != limits->parent)
    _exit (127);             /* it died in between */
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes for itself */
  limit (RLIMIT_AS, limits->memory);
#endif
  limit (RLIMIT_CPU, limits->cpu_s);
  limit (RLIMIT_FSIZE, limits->file_size);
  limit (RLIMIT_CORE, 0);
}

/* What a helper needs: words of the person's language and where the models of the letters lie. */
static char **
closed_environment (void)
{
  static const char *const kept[] = { "PATH", "LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANGUAGE", "TZ", "TESSDATA_PREFIX", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS" };
  char                   **environment = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
  /* Threads that wait for each other made reading eight times slower. */
  environment = g_environ_setenv (environment, "OMP_THREAD_LIMIT", "1", TRUE);

  return g_environ_setenv (environment, "OMP_NUM_THREADS", "1", TRUE);
}

/* Beside the running program, in the build tree, where it was installed, or on the way of all programs. */
char *
sb_child_find (const char *program,
               GError    **error)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");
  char            *tries[] = {
    g_build_filename (folder, program, NULL),
    g_build_filename (folder, "..", "reader", program, NULL),
    g_build_filename (SB_LIBEXECDIR, program, NULL),
  };
  char *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      if (found == NULL && g_file_test (tries[i], G_FILE_TEST_IS_EXECUTABLE))
        found = g_steal_pointer (&tries[i]);
      g_free (tries[i]);
    }
  if (found == NULL)
    found = g_find_program_in_path (program);
  if (found == NULL)
    g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("A part of Shopbell is missing: %s. Install Shopbell again"), program);

  return found;
}

static GSubprocess *
spawn (const SbChildSpec *spec,
       SbChildLimits     *limits,
       GError           **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GPtrArray)           words = g_ptr_array_new ();
  g_auto (GStrv)                  environment = closed_environment ();
  g_autofree char                *path = sb_child_find (spec->program, error);

  if (path == NULL)
    return NULL;
  g_ptr_array_add (words, path);
  for (guint i = 0; spec->arguments != NULL && spec->arguments[i] != NULL; i++)
    g_ptr_array_add (words, (char *) spec->arguments[i]);
  g_ptr_array_add (words, NULL);

  limits->parent = getpid ();
  limits->memory = spec->memory != 0 ? spec->memory : SB_CHILD_MEMORY;
  limits->cpu_s = spec->cpu_s != 0 ? spec->cpu_s : SB_CHILD_CPU_S;
  limits->timeout_ms = spec->timeout_ms != 0 ? spec->timeout_ms : SB_CHILD_TIMEOUT_MS;
  limits->file_size = spec->file_size;
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_child_setup (launcher, set_up_cb, limits, NULL);

  return g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, error);
}

/* -- the answers -- */

static void
take_line (Run        *run,
           const char *start,
           gsize       length)
{
  g_autoptr (GBytes)   bytes = g_bytes_new (start, length);
  g_autoptr (JsonNode) node = sb_json_parse_large (bytes, SB_CHILD_LINE_MAX, NULL);
  JsonObject          *object = sb_json_root (node);
  const char          *code = sb_json_string (object, "error");

  if (object == NULL || run->told != NULL)
    return;
  if (code != NULL)
    run->told = sb_child_told_error (code, sb_json_string (object, "message"));
  else if (run->answer != NULL && !g_cancellable_is_cancelled (run->cancellable))
    run->answer (object, run->answer_data);
}

static void
take_bytes (Run    *run,
            GBytes *bytes)
{
  gsize       length;
  const char *at = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      const char *end = memchr (at, '\n', length);
      gsize       piece = end != NULL ? (gsize) (end - at) : length;

      g_byte_array_append (run->line, (const guint8 *) at, piece);
      if (end == NULL)
        return;
      take_line (run, (const char *) run->line->data, run->line->len);
      g_byte_array_set_size (run->line, 0);
      at += piece + 1;
      length -= piece + 1;
    }
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run              *run = g_task_get_task_data (task);
  GSubprocess      *process = G_SUBPROCESS (object);
  GError           *error = NULL;

  if (!g_subprocess_wait_finish (process, result, &error))
    ;
  else if (g_cancellable_set_error_if_cancelled (run->cancellable, &error))
    ;
  else if (run->told != NULL)
    error = g_steal_pointer (&run->told);
  else if (run->timed_out)
    g_set_error_literal (&error, SB_ERROR, SB_ERROR_TOO_LARGE, _("This took too long and was stopped. Try a smaller file, or fewer pages"));
  else if (g_subprocess_get_if_signaled (process))
    error = sb_child_signal_error (g_subprocess_get_term_sig (process));
  else if (g_subprocess_get_exit_status (process) != 0)
    error = sb_child_signal_error (0);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
bytes_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  Run               *run = g_task_get_task_data (task);
  GInputStream      *stream = G_INPUT_STREAM (object);
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (stream, result, NULL);

  if (bytes != NULL)
    take_bytes (run, bytes);
  if (run->line->len > SB_CHILD_LINE_MAX && run->told == NULL)
    {
      run->told = g_error_new_literal (SB_ERROR, SB_ERROR_TOO_LARGE, _("There is more in this file than Shopbell can take"));
      g_subprocess_force_exit (run->process);
    }

  if (bytes != NULL && g_bytes_get_size (bytes) > 0 && run->line->len <= SB_CHILD_LINE_MAX)
    g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, NULL, bytes_cb, g_steal_pointer (&task));
  else
    g_subprocess_wait_async (run->process, NULL, ended_cb, g_steal_pointer (&task));
}

/* A helper that does not want to hear us ends, and its end says why. */
static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  g_output_stream_close_async (G_OUTPUT_STREAM (object), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Run *run = user_data;

  run->timed_out = TRUE;
  g_subprocess_force_exit (run->process);

  return G_SOURCE_REMOVE;
}

/* In whatever thread it was cancelled from. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_subprocess_force_exit (user_data);
}

static void
ask (GTask      *task,
     Run        *run,
     JsonObject *request)
{
  char          *text = sb_json_text (request);
  GOutputStream *input = g_subprocess_get_stdin_pipe (run->process);
  GInputStream  *output = g_subprocess_get_stdout_pipe (run->process);

  /* Freed with the task: until then it is being written. */
  g_object_set_data_full (G_OBJECT (task), "request", text, g_free);
  g_output_stream_write_all_async (input, text, strlen (text), G_PRIORITY_DEFAULT, NULL, asked_cb, g_object_ref (task));
  g_input_stream_read_bytes_async (output, CHUNK, G_PRIORITY_DEFAULT, NULL, bytes_cb, g_object_ref (task));

  run->timeout = g_timeout_source_new (run->limits.timeout_ms);
  g_source_set_callback (run->timeout, timeout_cb, run, NULL);
  g_source_attach (run->timeout, g_task_get_context (task));
  if (run->cancellable != NULL)
    run->cancelled_id = g_cancellable_connect (run->cancellable, G_CALLBACK (cancelled_cb), g_object_ref (run->process), g_object_unref);
}

void
sb_child_run_async (const SbChildSpec  *spec,
                    JsonObject         *request,
                    SbChildAnswer       answer,
                    gpointer            answer_data,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Run              *run = g_new0 (Run, 1);
  GError           *error = NULL;

  run->line = g_byte_array_new ();
  run->answer = answer;
  run->answer_data = answer_data;
  g_set_object (&run->cancellable, cancellable);
  g_task_set_source_tag (task, sb_child_run_async);
  g_task_set_task_data (task, run, run_free);

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    run->process = spawn (spec, &run->limits, &error);
  if (run->process == NULL)
    g_task_return_error (task, error);
  else
    ask (task, run, request);
}

gboolean
sb_child_run_finish (GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

gboolean
sb_child_run (const SbChildSpec *spec,
              JsonObject        *request,
              SbChildAnswer      answer,
              gpointer           answer_data,
              GCancellable      *cancellable,
              GError           **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  gboolean                 done;

  g_main_context_push_thread_default (context);
  sb_child_run_async (spec, request, answer, answer_data, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  done = sb_child_run_finish (result, error);
  g_clear_object (&result);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);

  return done;
}
