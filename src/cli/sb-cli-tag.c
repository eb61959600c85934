#include "sb-cli-context.h"

#include <stdlib.h>

#include "sb-engine-tags.h"
#include "sb-json.h"

#define USAGE "tag list | rename NAME NEW | colour NAME 1-8 | merge NAME INTO | remove NAME"

static SbCliExit
list (SbCli *cli)
{
  g_autoptr (GPtrArray) rows = NULL;
  SbCliExit             opened = sb_cli_open_for_reading (cli);

  if (opened != SB_CLI_OK)
    return opened;
  rows = sb_reader_list_tag_rows (sb_engine_get_reader (cli->engine));
  for (guint i = 0; i < rows->len; i++)
    {
      const SbTagRow *row = rows->pdata[i];

      sb_cli_print (cli,
                    sb_cli_set_id (sb_json_make ("s:name", row->name, "i:colour", (gint64) row->colour, "i:conversations", (gint64) row->n_threads, "i:people", (gint64) row->n_people, NULL), "id",
                                   row->id),
                    "%s  %u conversations, %u people", row->name, row->n_threads, row->n_people);
    }

  return SB_CLI_OK;
}

static SbCliExit
change (SbCli      *cli,
        const char *verb,
        const char *name,
        const char *other)
{
  g_autoptr (JsonObject) reply = NULL;
  SbCliExit              result;

  reply = sb_cli_request (cli,
                          sb_json_make ("s:command", "tag", "s:act", verb, "s:tag", name, "s:into", other, "s:name", other, "i:colour", (gint64) (other != NULL ? atoi (other) : 0), NULL),
                          &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "Done");

  return result;
}

/* shopbell-cli tag list | rename | colour | merge | remove */
SbCliExit
sb_cli_tag (SbCli *cli,
            int    argc,
            char **argv)
{
  const GOptionEntry entries[] = { { NULL } };

  if (!sb_cli_parse (cli, entries, USAGE, &argc, &argv))
    return SB_CLI_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "list"))
    return list (cli);
  if (argc == 3 && g_str_equal (argv[1], "remove"))
    return change (cli, argv[1], argv[2], NULL);
  if (argc == 4 && (g_str_equal (argv[1], "rename") || g_str_equal (argv[1], "colour") || g_str_equal (argv[1], "merge")))
    return change (cli, argv[1], argv[2], argv[3]);

  g_printerr ("shopbell-cli: " USAGE "\n");

  return SB_CLI_USAGE;
}
