#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sb-practice.h"
#include "sb-serve.h"

static void
options_clear (SbPracticeOptions *options)
{
  g_free (options->listen);
  g_free (options->state_dir);
  g_free (options->webhook);
  g_free (options->media_auth);
  g_free (options->window_error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SbPracticeOptions, options_clear)

static gboolean
seed_cb (const char *name,
         const char *value,
         gpointer    data,
         GError    **error)
{
  SbPracticeOptions *options = data;

  options->seeded = TRUE;

  return g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &options->seed, error);
}

static gboolean
parse (SbPracticeOptions *options,
       int               *argc,
       char            ***argv,
       GError           **error)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Address and port of this computer (port 0: any)", "ADDR:PORT" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state_dir, "Folder that holds the practice world", "DIR" },
    { "seed", 0, 0, G_OPTION_ARG_CALLBACK, seed_cb, "Same number, same ids", "N" },
    { "media-auth", 0, 0, G_OPTION_ARG_STRING, &options->media_auth, "Whether a download needs the key: strict or lenient", "MODE" },
    { "window-error", 0, 0, G_OPTION_ARG_STRING, &options->window_error, "How a closed window is told: webhook or direct", "MODE" },
    { "webhook", 0, 0, G_OPTION_ARG_STRING, &options->webhook, "Where events are posted to", "URL" },
    { "no-history", 0, 0, G_OPTION_ARG_NONE, &options->no_history, "Answer as if message_history did not exist", NULL },
    { "cake-shop", 0, 0, G_OPTION_ARG_NONE, &options->cake_shop, "Begin with a week in the life of a cake shop", NULL },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_stdin, "End when standard input closes", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- WhatsApp for practice, on this computer");
  GOptionGroup              *group = g_option_group_new ("practice", "", "", options, NULL);

  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (options->state_dir == NULL)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "--state DIR is needed");
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_one_of (const char *value,
           const char *first,
           const char *second,
           const char *option,
           GError    **error)
{
  if (value == NULL || g_str_equal (value, first) || g_str_equal (value, second))
    return TRUE;

  g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "%s is %s or %s", option, first, second);

  return FALSE;
}

static int
serve (SbPractice *practice,
       gboolean    watch_stdin)
{
  g_autofree char *line = sb_practice_describe (practice);

  puts (line);
  fflush (stdout);
  sb_serve_until_asked (watch_stdin);

  return EXIT_SUCCESS;
}

int
main (int    argc,
      char **argv)
{
  g_auto (SbPracticeOptions) options = { 0 };
  g_autoptr (SbPractice)     practice = NULL;
  g_autoptr (GError)         error = NULL;

  if (!parse (&options, &argc, &argv, &error) ||
      !is_one_of (options.media_auth, "strict", "lenient", "--media-auth", &error) ||
      !is_one_of (options.window_error, "webhook", "direct", "--window-error", &error))
    {
      g_printerr ("shopbell-practice: %s\n", error->message);
      return 2;
    }
  if (options.listen == NULL)
    options.listen = g_strdup ("127.0.0.1:0");

  practice = sb_practice_new (&options, &error);
  if (practice == NULL || !sb_practice_listen (practice, &error))
    {
      g_printerr ("shopbell-practice: %s\n", error->message);
      return EXIT_FAILURE;
    }

  return serve (practice, options.exit_with_stdin);
}
