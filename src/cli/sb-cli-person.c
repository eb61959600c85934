#include "sb-cli-person.h"

#include "sb-engine-person.h"
#include "sb-json.h"

static SbCliExit export (SbCli      *cli,
                         const char *who,
                         const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  SbCliExit                opened = sb_cli_open_for_reading (cli);
  gint64                   id;

  if (opened != SB_CLI_OK)
    return opened;
  id = sb_cli_find_person (cli, who);
  if (id == 0)
    return sb_cli_no_person (cli);
  sb_engine_export_person_async (cli->engine, id, folder, sb_cli_done_cb, &result);
  sb_cli_await (&result);
  if (!sb_engine_export_person_finish (cli->engine, result, &error))
    return sb_cli_fail (cli, error);
  sb_cli_print (cli, sb_json_make ("b:ok", TRUE, "s:folder", folder, NULL), "%s", folder);

  return SB_CLI_OK;
}

static SbCliExit
erase (SbCli   *cli,
       char   **who,
       gboolean sure)
{
  g_autoptr (JsonObject) reply = NULL;
  SbCliExit              result;
  gint64                 id = 0;

  if (!sure)
    {
      g_printerr ("shopbell-cli: this cannot be undone; add --for-good\n");
      return SB_CLI_USAGE;
    }
  if ((result = sb_cli_find_people (cli, who, &id)) != SB_CLI_OK)
    return result;
  reply = sb_cli_request (cli, sb_cli_set_id (sb_json_make ("s:command", "erase", NULL), "contact", id), &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "%s", sb_json_string (reply, "certificate"));

  return result;
}

/* shopbell-cli contact export ID|NUMBER --output FOLDER, contact erase ID|NUMBER --for-good; the rest is of sb_cli_contact (). */
SbCliExit
sb_cli_person (SbCli *cli,
               int    argc,
               char **argv)
{
  g_autofree char *output = NULL;
  gboolean         sure = FALSE;
  GOptionEntry     entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The folder to make", "FOLDER" },
    { "for-good", 0, 0, G_OPTION_ARG_NONE, &sure, "Yes, erase", NULL },
    { NULL },
  };

  if (argc < 2 || (!g_str_equal (argv[1], "export") && !g_str_equal (argv[1], "erase")))
    return sb_cli_contact (cli, argc, argv);
  if (!sb_cli_parse (cli, entries, "contact export|erase ID|NUMBER", &argc, &argv))
    return SB_CLI_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "export") && output != NULL)
    return export (cli, argv[2], output);
  if (argc == 3 && g_str_equal (argv[1], "erase"))
    return erase (cli, argv + 2, sure);
  g_printerr ("shopbell-cli: contact export ID|NUMBER --output FOLDER, or contact erase ID|NUMBER --for-good\n");

  return SB_CLI_USAGE;
}
