#include "sb-serve.h"

#include <glib-unix.h>
#include <unistd.h>

static gboolean
signal_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

/* Whoever started us went away, or wants us to. */
static gboolean
stdin_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  char    bytes[256];
  ssize_t n = read (fd, bytes, sizeof bytes);

  if (n > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

/**
 * sb_serve_until_asked:
 * @ends_with_stdin: also when standard input is closed, for a program that was started by another
 *
 * Runs the main loop until SIGTERM or SIGINT.
 */
void
sb_serve_until_asked (gboolean ends_with_stdin)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSource)   term = g_unix_signal_source_new (SIGTERM);
  g_autoptr (GSource)   interrupt = g_unix_signal_source_new (SIGINT);
  g_autoptr (GSource)   input = ends_with_stdin ? g_unix_fd_source_new (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR) : NULL;

  g_source_set_callback (term, signal_cb, loop, NULL);
  g_source_attach (term, NULL);
  g_source_set_callback (interrupt, signal_cb, loop, NULL);
  g_source_attach (interrupt, NULL);
  if (input != NULL)
    {
      g_source_set_callback (input, G_SOURCE_FUNC (stdin_cb), loop, NULL);
      g_source_attach (input, NULL);
    }

  g_main_loop_run (loop);

  g_source_destroy (term);
  g_source_destroy (interrupt);
  if (input != NULL)
    g_source_destroy (input);
}
