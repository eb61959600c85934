/* Part of the inspector: tells when the window did not listen. Around each turn of the main loop it looks at the clock; a turn
 * of more than GAP_MS is a line in the file SHOPBELL_WATCHDOG: milliseconds by the clock, milliseconds of work, and where the
 * program was when the GAP_MS were over. What the clock counts and the work does not, another program or the disk took.
 */
#include <execinfo.h>
#include <fcntl.h>
#include <glib.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define GAP_MS 100
#define DEPTH  120

static GPollFunc      real_poll;
static pthread_t      main_thread;
static int            out = -1;
static _Atomic gint64 woke_us; /* when the turn began, or 0 while the loop waits */
static gint64         woke_work_us;
static void          *frames[DEPTH];
static _Atomic int    n_frames; /* of the turn that is under way, taken when it was late */

static gint64
work_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
late_cb (int number)
{
  (void) number;
  n_frames = backtrace (frames, DEPTH);
}

static void
tell (gint64 turn_us,
      gint64 turn_work_us)
{
  g_autofree char *line = g_strdup_printf ("gap %" G_GINT64_FORMAT " ms, work %" G_GINT64_FORMAT " ms\n", turn_us / 1000, turn_work_us / 1000);

  if (write (out, line, strlen (line)) > 0 && n_frames > 0)
    backtrace_symbols_fd (frames, n_frames, out);
}

/* The loop waits here: what lies between two calls is one turn. */
static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout_ms)
{
  int answer;

  if (woke_us != 0 && pthread_equal (pthread_self (), main_thread))
    {
      gint64 turn_us = g_get_monotonic_time () - woke_us;

      if (turn_us > GAP_MS * 1000)
        tell (turn_us, work_us () - woke_work_us);
    }
  woke_us = 0;
  answer = real_poll (fds, n_fds, timeout_ms);
  n_frames = 0;
  woke_work_us = work_us ();
  woke_us = g_get_monotonic_time ();

  return answer;
}

/* Asks the main thread where it is, once for each turn that takes too long. */
static void *
watch (void *data)
{
  gint64 asked_us = 0;

  (void) data;
  for (;;)
    {
      gint64 since_us = woke_us;

      g_usleep (5000);
      if (since_us == 0 || since_us == asked_us || since_us != woke_us || g_get_monotonic_time () - since_us < GAP_MS * 1000)
        continue;
      asked_us = since_us;
      pthread_kill (main_thread, SIGUSR2);
    }

  return NULL;
}

__attribute__ ((constructor)) static void
begin (void)
{
  const char      *file = g_getenv ("SHOPBELL_WATCHDOG");
  struct sigaction late = { .sa_handler = late_cb, .sa_flags = SA_RESTART };
  pthread_t        watcher;

  if (file == NULL)
    return;
  out = open (file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_unsetenv ("SHOPBELL_WATCHDOG");
  backtrace (frames, DEPTH); /* loads what it needs now, not in the handler */
  main_thread = pthread_self ();
  sigaction (SIGUSR2, &late, NULL);
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
  pthread_create (&watcher, NULL, watch, NULL);
  pthread_detach (watcher);
}
