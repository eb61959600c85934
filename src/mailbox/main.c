#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sb-json.h"
#include "sb-serve.h"
#include "sb-mailbox-box.h"
#include "sb-mailbox-command.h"
#include "sb-mailbox-server.h"

#define WRONG_USE 2

static void
options_clear (SbMailboxOptions *options)
{
  g_free (options->data);
  g_free (options->listen);
  g_free (options->app_secret_file);
  g_free (options->seal_key);
  g_free (options->label);
  g_free (options->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SbMailboxOptions, options_clear)

static gboolean
parse (SbMailboxOptions *options,
       int              *argc,
       char           ***argv,
       GError          **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, "Folder of the mailbox", "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "serve: address and port (port 0: any), or unix:PATH", "ADDR:PORT" },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_stdin, "serve: end when standard input closes", NULL },
    { "app-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &options->app_secret_file, "add-box, change-box: check signatures with the secret in FILE", "FILE" },
    { "blind", 0, 0, G_OPTION_ARG_NONE, &options->blind, "add-box, change-box: take events unchecked", NULL },
    { "seal-key", 0, 0, G_OPTION_ARG_STRING, &options->seal_key, "add-box, change-box: seal events to this public key (none: leave them open)", "KEY" },
    { "max-mb", 0, 0, G_OPTION_ARG_INT, &options->max_mb, "add-box, change-box: how much the box holds", "N" },
    { "days", 0, 0, G_OPTION_ARG_INT, &options->days, "add-box, change-box: how long events are kept", "N" },
    { "label", 0, 0, G_OPTION_ARG_STRING, &options->label, "add-box, add-token, remove-token: name of the device", "LABEL" },
    { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, "add-box: public address of this mailbox", "URL" },
    { "qr", 0, 0, G_OPTION_ARG_NONE, &options->qr, "add-box: with --url, draw the address for Shopbell as a QR code", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Print JSON, one object a line", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND [NAME] - keeps webhook events until the desk fetches them");
  GOptionGroup              *group = g_option_group_new ("mailbox", "", "", options, NULL);

  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  g_option_context_set_description (context, "Commands: serve, add-box NAME, list, remove-box NAME, change-box NAME, renew-box NAME,\n"
                                             "add-token NAME, remove-token NAME");
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (*argc < 2 || *argc > 3)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "One command is needed; see --help");
  else if (options->data == NULL)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "--data DIR is needed");
  else
    return TRUE;

  return FALSE;
}

static gboolean
serve (const SbMailboxOptions *options,
       GError                **error)
{
  g_autoptr (SbMailboxServer) server = sb_mailbox_server_new (options->data, error);
  g_autoptr (JsonObject)      line = NULL;
  g_autofree char            *text = NULL;

  if (server == NULL || !sb_mailbox_server_listen (server, options->listen != NULL ? options->listen : "127.0.0.1:0", error))
    return FALSE;

  line = sb_json_make ("s:url", server->url, "s:version", SB_MAILBOX_VERSION, NULL);
  text = sb_json_text (line);
  puts (text);
  fflush (stdout);
  sb_serve_until_asked (options->exit_with_stdin);

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  g_auto (SbMailboxOptions) options = { 0 };
  g_autoptr (GError)        error = NULL;
  const char               *command;
  gboolean                  ok;

  /* Everything in the folder is for its owner alone; a file that may not grow is an error to answer, not the end. */
  umask (0077);
  signal (SIGXFSZ, SIG_IGN);
  if (sodium_init () < 0)
    return EXIT_FAILURE;
  if (!parse (&options, &argc, &argv, &error))
    {
      g_printerr ("shopbell-mailbox: %s\n", error->message);
      return WRONG_USE;
    }

  command = argv[1];
  if (g_str_equal (command, "serve") && argc == 2)
    ok = serve (&options, &error);
  else if (sb_mailbox_command_exists (command))
    ok = sb_mailbox_command_run (command, argc == 3 ? argv[2] : NULL, &options, &error);
  else
    {
      g_printerr ("shopbell-mailbox: %s is not a command; see --help\n", command);
      return WRONG_USE;
    }
  if (!ok)
    g_printerr ("shopbell-mailbox: %s\n", error->message);

  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
