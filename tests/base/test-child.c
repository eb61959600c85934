#include "sb-child.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sb-error.h"

#define MB (G_GUINT64_CONSTANT (1024) * 1024)

typedef struct
{
  GPtrArray    *answers; /* JsonObject */
  GCancellable *cancel_at_first;
} Heard;

static void
answer_cb (JsonObject *object,
           gpointer    data)
{
  Heard *heard = data;

  g_ptr_array_add (heard->answers, json_object_ref (object));
  if (heard->cancel_at_first != NULL)
    g_cancellable_cancel (heard->cancel_at_first);
}

static gboolean
run (const SbChildSpec *spec,
     JsonObject        *request,
     Heard             *heard,
     GCancellable      *cancellable,
     GError           **error)
{
  gboolean done;

  heard->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  done = sb_child_run (spec, request, answer_cb, heard, cancellable, error);
  json_object_unref (request);

  return done;
}

static void
check_fails (const SbChildSpec *spec,
             JsonObject        *request,
             SbError            code,
             const char        *words)
{
  g_autoptr (GError) error = NULL;
  Heard              heard = { 0 };
  gint64             start = g_get_monotonic_time ();

  g_assert_false (run (spec, request, &heard, NULL, &error));
  g_assert_error (error, SB_ERROR, (int) code);
  g_assert_nonnull (g_strstr_len (error->message, -1, words));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
  g_ptr_array_unref (heard.answers);
}

static void
test_answers_in_order (void)
{
  const SbChildSpec spec = { .program = "child-helper" };
  Heard             heard = { 0 };

  g_assert_true (run (&spec, sb_json_make ("s:what", "count", "i:to", G_GINT64_CONSTANT (5000), NULL), &heard, NULL, NULL));
  g_assert_cmpuint (heard.answers->len, ==, 5000);
  for (guint i = 0; i < heard.answers->len; i++)
    g_assert_cmpint (sb_json_int (heard.answers->pdata[i], "n", 0), ==, i + 1);
  g_ptr_array_unref (heard.answers);
}

static void
test_its_own_words (void)
{
  const SbChildSpec spec = { .program = "child-helper" };

  check_fails (&spec, sb_json_make ("s:what", "nonsense", NULL), SB_ERROR_TOO_LARGE, "No such thing can be done");
}

static void
test_limits (void)
{
  const SbChildSpec small = { .program = "child-helper", .memory = 256 * MB };
  const SbChildSpec quick = { .program = "child-helper", .cpu_s = 1 };
  const SbChildSpec patient = { .program = "child-helper", .timeout_ms = 300 };
  const SbChildSpec plain = { .program = "child-helper" };
  g_autofree char  *path = g_build_filename (g_get_tmp_dir (), "shopbell-test-child.txt", NULL);

#ifndef __SANITIZE_ADDRESS__
  check_fails (&small, sb_json_make ("s:what", "eat", NULL), SB_ERROR_INVALID, "memory");
#endif
  check_fails (&quick, sb_json_make ("s:what", "spin", NULL), SB_ERROR_TOO_LARGE, "");
  check_fails (&patient, sb_json_make ("s:what", "sleep", NULL), SB_ERROR_TOO_LARGE, "too long");
  check_fails (&plain, sb_json_make ("s:what", "write", "s:path", path, NULL), SB_ERROR_TOO_LARGE, "disk");
  check_fails (&plain, sb_json_make ("s:what", "crash", NULL), SB_ERROR_INVALID, "damaged");
  check_fails (&plain, sb_json_make ("s:what", "shout", NULL), SB_ERROR_TOO_LARGE, "more");
  g_unlink (path);
}

static void
test_closed_environment (void)
{
  const SbChildSpec spec = { .program = "child-helper" };
  Heard             heard = { 0 };
  gboolean          one_thread = FALSE;

  g_setenv ("SHOPBELL_SECRET_OF_A_TEST", "1", TRUE);
  g_assert_true (run (&spec, sb_json_make ("s:what", "environment", NULL), &heard, NULL, NULL));
  for (guint i = 0; i < heard.answers->len; i++)
    {
      const char *name = sb_json_string (heard.answers->pdata[i], "name");

      g_assert_cmpstr (name, !=, "SHOPBELL_SECRET_OF_A_TEST");
      g_assert_cmpstr (name, !=, "HOME");
      one_thread = one_thread || (g_str_equal (name, "OMP_THREAD_LIMIT") && g_str_equal (sb_json_string (heard.answers->pdata[i], "value"), "1"));
    }
  g_assert_true (one_thread);
  g_ptr_array_unref (heard.answers);
}

static gboolean
is_alive (gint64 pid)
{
  return kill ((pid_t) pid, 0) == 0 || errno != ESRCH;
}

static void
test_cancelling_kills (void)
{
  const SbChildSpec        spec = { .program = "child-helper" };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  Heard                    heard = { .cancel_at_first = cancellable };

  g_assert_false (run (&spec, sb_json_make ("s:what", "sleep", NULL), &heard, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (heard.answers->len, ==, 1);
  g_assert_false (is_alive (sb_json_int (heard.answers->pdata[0], "pid", 0)));
  g_ptr_array_unref (heard.answers);
}

static void
tell_pid_cb (JsonObject *object,
             gpointer    data)
{
  gint64 pid = sb_json_int (object, "pid", 0);

  if (write (GPOINTER_TO_INT (data), &pid, sizeof pid) != sizeof pid)
    _exit (3);
}

/* The window is gone, and no helper goes on without it. */
static void
test_dies_with_its_parent (void)
{
  int    ends[2];
  gint64 pid = 0;
  pid_t  parent;

  g_assert_cmpint (pipe (ends), ==, 0);
  if ((parent = fork ()) == 0)
    {
      const SbChildSpec      spec = { .program = "child-helper" };
      g_autoptr (JsonObject) request = sb_json_make ("s:what", "sleep", NULL);

      sb_child_run (&spec, request, tell_pid_cb, GINT_TO_POINTER (ends[1]), NULL, NULL);
      _exit (0);
    }
  g_assert_cmpint (read (ends[0], &pid, sizeof pid), ==, sizeof pid);
  g_assert_true (is_alive (pid));
  kill (parent, SIGKILL);
  waitpid (parent, NULL, 0);
  for (int i = 0; i < 100 && is_alive (pid); i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) pid);
      g_autofree char *stat = NULL;

      /* An orphan that nobody reaps in a bare container is dead all the same. */
      if (g_file_get_contents (path, &stat, NULL, NULL) && g_strstr_len (stat, -1, ") Z ") != NULL)
        return;
      g_usleep (50000);
    }
  g_assert_false (is_alive (pid));
}

static void
test_missing_program (void)
{
  const SbChildSpec spec = { .program = "shopbell-nothing" };

  check_fails (&spec, sb_json_make ("s:what", "count", NULL), SB_ERROR_NOT_FOUND, "shopbell-nothing");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* First: a fork of a program that has threads already would be a different story. */
  g_test_add_func ("/child/dies-with-its-parent", test_dies_with_its_parent);
  g_test_add_func ("/child/its-answers-come-in-order", test_answers_in_order);
  g_test_add_func ("/child/what-it-says-itself-is-the-error", test_its_own_words);
  g_test_add_func ("/child/past-a-limit-it-ends-and-the-words-say-which", test_limits);
  g_test_add_func ("/child/sees-only-what-it-needs-of-the-environment", test_closed_environment);
  g_test_add_func ("/child/cancelling-kills-it", test_cancelling_kills);
  g_test_add_func ("/child/a-missing-program-is-named", test_missing_program);

  return g_test_run ();
}
