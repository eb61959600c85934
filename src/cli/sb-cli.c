#include "sb-cli-context.h"
#include "sb-cli-person.h"

#include <locale.h>
#include <string.h>

#include "sb-config.h"

typedef struct
{
  const char *name;
  SbCliFunc   func;
  const char *summary;
} Command;

static const Command commands[] = {
  { "init", sb_cli_init, "make a shop: [--name NAME]" },
  { "line", sb_cli_line, "add | list | check | pause | resume" },
  { "template", sb_cli_template, "list | sync" },
  { "serve", sb_cli_serve, "send and receive without a window until SIGTERM" },
  { "send", sb_cli_send, "--to NUMBER --text TEXT | --file FILE | --template NAME" },
  { "threads", sb_cli_threads, "the conversations, newest first" },
  { "messages", sb_cli_messages, "[--thread ID | --number NUMBER]" },
  { "search", sb_cli_search, "WORDS" },
  { "outbox", sb_cli_outbox, "[--state STATE]" },
  { "events", sb_cli_events, "the log of everything that happened" },
  { "act", sb_cli_act, "done | reopen | note | tag | leave | send-again ... on a conversation or message" },
  { "undo", sb_cli_undo, "take back the last act" },
  { "import", sb_cli_import, "FILE [--country CC] [--map COLUMN=FIELD] [--dry-run] | list | undo ID" },
  { "ocr", sb_cli_ocr, "FILE [--as list|card|text] [--lang eng+fra] [--country CC]: what stands on paper" },
  { "export", sb_cli_export, "contacts --format csv|vcf|xlsx [--output FILE]" },
  { "segment", sb_cli_segment, "list | count | explain | save | delete | add | remove: groups of people" },
  { "tag", sb_cli_tag, "list | rename NAME NEW | colour NAME 1-8 | merge NAME INTO | remove NAME" },
  { "contact", sb_cli_person, "list | show ID | twins | merge KEEP GONE | add | set | field | tag | stage | block | remove | export | erase ID" },
  { "consent", sb_cli_consent, "show ID | list | add ID --purpose offers --answer yes --method told ..." },
  { "check", sb_cli_check, "is the file whole, and do all counts equal a recount?" },
};

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];

  return NULL;
}

static char *
summary (void)
{
  GString *text = g_string_new ("Commands:\n");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name, commands[i].summary);

  return g_string_free (text, FALSE);
}

/* --json may also stand behind the subcommand, where it is typed most easily. */
static void
take_json (int      *argc,
           char    **argv,
           gboolean *json)
{
  int kept = 0;

  for (int i = 0; i < *argc; i++)
    if (g_str_equal (argv[i], "--json"))
      *json = TRUE;
    else
      argv[kept++] = argv[i];
  argv[kept] = NULL;
  *argc = kept;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND [OPTIONS...]");
  g_autoptr (GError)         error = NULL;
  g_autofree char           *text = summary ();
  gboolean                   show_version = FALSE;
  g_autofree char           *shop = NULL;
  g_autofree char           *secrets = NULL;
  SbCli                      cli = { 0 };
  const Command             *command;
  SbCliExit                  result;
  const GOptionEntry         entries[] = {
    { "shop", 0, 0, G_OPTION_ARG_FILENAME, &shop, "The shop's folder", "DIR" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &secrets, "Keys in a JSON file of mode 0600, where there is no keyring", "FILE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, "Print the version", NULL },
    { NULL },
  };

  setlocale (LC_ALL, "");
  take_json (&argc, argv, &cli.json);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, text);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("shopbell-cli: %s\n", error->message);
      return SB_CLI_USAGE;
    }

  cli.shop = shop;
  cli.secrets = secrets;
  if (show_version)
    {
      g_print ("shopbell-cli %s\n", SB_VERSION);
      return SB_CLI_OK;
    }

  command = argc > 1 ? find_command (argv[1]) : NULL;
  if (command == NULL || (cli.shop == NULL && command->func != sb_cli_ocr)) /* paper needs no shop */
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      g_printerr ("%s", command == NULL ? help : "shopbell-cli: --shop DIR is missing\n");
      return SB_CLI_USAGE;
    }

  result = command->func (&cli, argc - 1, argv + 1);

  if (cli.engine != NULL)
    {
      sb_engine_close (cli.engine);
      g_clear_object (&cli.engine);
    }

  return result;
}
