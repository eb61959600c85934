#include "sb-cli-context.h"

#include "sb-json.h"

/* shopbell-cli init: makes the folder and the file; on a shop that is there already it only says so. */
SbCliExit
sb_cli_init (SbCli *cli,
             int    argc,
             char **argv)
{
  g_autofree char   *name = NULL;
  g_autofree char   *shop_name = NULL;
  SbCliExit          result;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "What the shop is called", "NAME" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "init", &argc, &argv))
    return SB_CLI_USAGE;
  if ((result = sb_cli_open_for_writing (cli, TRUE)) != SB_CLI_OK)
    {
      if (result == SB_CLI_BUSY)
        g_printerr ("shopbell-cli: the shop is open in another program\n");
      return result;
    }

  if (name != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (!sb_engine_set_shop_name (cli->engine, name, &error))
        return sb_cli_fail (cli, error);
    }

  shop_name = sb_engine_dup_shop_name (cli->engine);
  sb_cli_print (cli, sb_json_make ("b:ok", TRUE, "s:shop", sb_engine_get_folder (cli->engine), "s:name", shop_name, NULL),
                "The shop is in %s", sb_engine_get_folder (cli->engine));

  return SB_CLI_OK;
}
