#include "sb-cli-context.h"

#include <glib-unix.h>

#include "sb-json.h"

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
notice_cb (SbEngine *engine,
           SbNotice *notice,
           gpointer  user_data)
{
  SbCli *cli = user_data;

  /* Titles are names of customers: they are for the person at the terminal, not for the journal. */
  sb_cli_print (cli, sb_cli_set_id (sb_json_make ("s:notice", notice->title, "i:messages", (gint64) notice->n_new, NULL), "thread", notice->thread_id),
                "%s: %d", notice->title, notice->n_new);
}

/* shopbell-cli serve: the same engine as the window's, until SIGTERM or SIGINT. */
SbCliExit
sb_cli_serve (SbCli *cli,
              int    argc,
              char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SbControl) control = NULL;
  g_autoptr (GError)    error = NULL;
  g_autoptr (SbSecrets) secrets = NULL;
  gboolean              quiet = FALSE;
  guint                 term, interrupt;
  const GOptionEntry    entries[] = {
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Do not print notices", NULL },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "serve", &argc, &argv))
    return SB_CLI_USAGE;

  if (cli->secrets != NULL && (secrets = sb_secrets_new_file (cli->secrets, &error)) == NULL)
    return sb_cli_fail (cli, error);

  {
    SbEngineOptions options = { .secrets = secrets };

    cli->engine = sb_engine_open (cli->shop, SB_ENGINE_DEFAULT, &options, &error);
  }
  if (cli->engine == NULL)
    return sb_cli_fail (cli, error);

  control = sb_control_new (cli->engine, &error);
  if (control == NULL)
    return sb_cli_fail (cli, error);

  if (!quiet)
    g_signal_connect (cli->engine, "notice", G_CALLBACK (notice_cb), cli);
  term = g_unix_signal_add (SIGTERM, stop_cb, loop);
  interrupt = g_unix_signal_add (SIGINT, stop_cb, loop);
  sb_engine_start (cli->engine);
  sb_cli_print (cli, sb_json_make ("b:serving", TRUE, NULL), "Serving %s", cli->shop);

  g_main_loop_run (loop);

  g_source_remove (term);
  g_source_remove (interrupt);
  sb_engine_stop (cli->engine);

  return SB_CLI_OK;
}
