#include "sb-cli-context.h"

#include "sb-json.h"

/* shopbell-cli check: integrity of the file, and every kept count against a recount. */
SbCliExit
sb_cli_check (SbCli *cli,
              int    argc,
              char **argv)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    problems = NULL;
  g_autoptr (GError)       error = NULL;
  gboolean                 quick = FALSE;
  SbCounts                 counts = { 0 };
  SbCliExit                opened;
  const GOptionEntry       entries[] = {
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick, "Only the counts and a quick look at the file", NULL },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "check", &argc, &argv))
    return SB_CLI_USAGE;
  if ((opened = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return opened;

  sb_engine_check_file_async (cli->engine, !quick, sb_cli_done_cb, &result);
  sb_cli_await (&result);
  problems = sb_engine_check_file_finish (cli->engine, result, &error);
  if (problems == NULL)
    return sb_cli_fail (cli, error);

  for (guint i = 0; i < problems->len; i++)
    sb_cli_print (cli, sb_json_make ("s:problem", problems->pdata[i], NULL), "%s", (char *) problems->pdata[i]);

  sb_engine_get_counts (cli->engine, &counts);
  sb_cli_print (cli, sb_json_make ("b:ok", problems->len == 0, "i:problems", (gint64) problems->len, "i:unread", (gint64) counts.threads_unread, "i:waiting", (gint64) counts.outbox_waiting, "i:sending", (gint64) counts.outbox_sending, "i:failed", (gint64) counts.outbox_failed, "i:unknown", (gint64) counts.outbox_unknown, "i:forged", (gint64) counts.forged, "i:gaps", (gint64) counts.gaps, NULL),
                problems->len == 0 ? "All right" : "%u things are wrong", problems->len);

  return problems->len == 0 ? SB_CLI_OK : SB_CLI_FAILED;
}
