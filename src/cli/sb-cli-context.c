#include "sb-cli-context.h"

#include <stdarg.h>

#include "sb-json.h"

static SbCliExit
exit_of (const GError *error)
{
  if (error->domain != SB_ERROR)
    return SB_CLI_FAILED;

  switch ((SbError) error->code)
    {
    case SB_ERROR_NOT_FOUND:
      return SB_CLI_NOT_FOUND;
    case SB_ERROR_REFUSED:
    case SB_ERROR_WINDOW_CLOSED:
      return SB_CLI_REFUSED;
    case SB_ERROR_BUSY:
      return SB_CLI_BUSY;
    case SB_ERROR_NEWER:
      return SB_CLI_NEWER;
    case SB_ERROR_DAMAGED:
      return SB_CLI_DAMAGED;
    case SB_ERROR_NETWORK:
    case SB_ERROR_UNKNOWN:
    case SB_ERROR_REMOTE:
      return SB_CLI_NETWORK;
    case SB_ERROR_AUTH:
    case SB_ERROR_NO_SECRET:
      return SB_CLI_KEY;
    case SB_ERROR_INVALID:
      return SB_CLI_USAGE;
    case SB_ERROR_STORAGE:
    case SB_ERROR_DISK_FULL:
    case SB_ERROR_READ_ONLY:
    case SB_ERROR_TOO_LARGE:
    default:
      return SB_CLI_FAILED;
    }
}

/* Says what went wrong, on stderr and as a JSON line where those are wanted. */
SbCliExit
sb_cli_fail (SbCli        *cli,
             const GError *error)
{
  if (cli->json)
    {
      g_autoptr (JsonObject) row = sb_json_make ("b:ok", FALSE, "s:error", error->message, NULL);
      g_autofree char       *text = sb_json_text (row);

      g_print ("%s\n", text);
    }
  g_printerr ("shopbell-cli: %s\n", error->message);

  return exit_of (error);
}

static SbSecrets *
open_secrets (SbCli   *cli,
              GError **error)
{
  return cli->secrets != NULL ? sb_secrets_new_file (cli->secrets, error) : NULL;
}

static SbCliExit
open_engine (SbCli        *cli,
             SbEngineFlags flags)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (SbSecrets) secrets = open_secrets (cli, &error);
  SbEngineOptions       options = { .secrets = secrets };

  if (error != NULL)
    return sb_cli_fail (cli, error);

  cli->engine = sb_engine_open (cli->shop, flags, &options, &error);
  if (cli->engine == NULL)
    return g_error_matches (error, SB_ERROR, SB_ERROR_BUSY) ? SB_CLI_BUSY : sb_cli_fail (cli, error);

  return SB_CLI_OK;
}

/* Beside whatever has the shop open. */
SbCliExit
sb_cli_open_for_reading (SbCli *cli)
{
  return open_engine (cli, SB_ENGINE_READ_ONLY | SB_ENGINE_INLINE_STORE);
}

/* %SB_CLI_BUSY, and no word said, when another program has the shop open. */
SbCliExit
sb_cli_open_for_writing (SbCli   *cli,
                         gboolean create)
{
  return open_engine (cli, SB_ENGINE_INLINE_STORE | (create ? SB_ENGINE_CREATE : 0));
}

/* A callback that keeps the result for sb_cli_await (). */
void
sb_cli_done_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

/* The command line has nothing else to do meanwhile. */
void
sb_cli_await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static JsonObject *
execute_here (SbCli      *cli,
              JsonObject *request)
{
  g_autoptr (GAsyncResult) result = NULL;

  sb_control_execute_async (cli->engine, request, sb_cli_done_cb, &result);
  sb_cli_await (&result);

  return sb_control_execute_finish (cli->engine, result);
}

static SbCliExit
exit_of_reply (JsonObject *reply)
{
  const char *code = sb_json_string (reply, "code");

  if (g_strcmp0 (code, "refused") == 0)
    return SB_CLI_REFUSED;
  if (g_strcmp0 (code, "not-found") == 0)
    return SB_CLI_NOT_FOUND;
  if (g_strcmp0 (code, "invalid") == 0)
    return SB_CLI_USAGE;
  if (g_strcmp0 (code, "busy") == 0)
    return SB_CLI_BUSY;
  if (g_strcmp0 (code, "key") == 0)
    return SB_CLI_KEY;
  if (g_strcmp0 (code, "network") == 0)
    return SB_CLI_NETWORK;

  return SB_CLI_FAILED;
}

/* @reply: (transfer full): NULL when it is a refusal, with @exit_code set and the reason said. */
static JsonObject *
look_at_reply (SbCli      *cli,
               JsonObject *reply,
               SbCliExit  *exit_code)
{
  g_autoptr (JsonObject) owned = reply;
  g_autofree char       *text = NULL;

  if (sb_json_bool (owned, "ok", FALSE))
    return g_steal_pointer (&owned);

  text = sb_json_text (owned);
  *exit_code = exit_of_reply (owned);
  if (cli->json)
    g_print ("%s\n", text);
  g_printerr ("shopbell-cli: %s\n", sb_json_string (owned, "error"));

  return NULL;
}

/**
 * sb_cli_ask:
 * @request: (transfer full)
 *
 * Has @request carried out by the program that has the shop open.
 */
JsonObject *
sb_cli_ask (SbCli      *cli,
            JsonObject *request,
            SbCliExit  *exit_code)
{
  g_autoptr (JsonObject) owned = request;
  g_autoptr (GError)     error = NULL;
  JsonObject            *reply = sb_control_ask (cli->shop, owned, &error);

  if (reply == NULL)
    {
      *exit_code = SB_CLI_BUSY;
      g_printerr ("shopbell-cli: the shop is open in another program: %s\n", error->message);
      return NULL;
    }
  *exit_code = SB_CLI_OK;

  return look_at_reply (cli, reply, exit_code);
}

/**
 * sb_cli_request:
 * @request: (transfer full)
 *
 * Has @request carried out: by the program that has the shop open, else by an engine of our own (which stays open in
 * @cli). Returns %NULL, with @exit_code set and the reason said, when it was not.
 */
JsonObject *
sb_cli_request (SbCli      *cli,
                JsonObject *request,
                SbCliExit  *exit_code)
{
  g_autoptr (JsonObject) owned = request;

  *exit_code = cli->engine != NULL ? SB_CLI_OK : sb_cli_open_for_writing (cli, FALSE);
  if (*exit_code == SB_CLI_BUSY)
    return sb_cli_ask (cli, g_steal_pointer (&owned), exit_code);

  return *exit_code == SB_CLI_OK ? look_at_reply (cli, execute_here (cli, owned), exit_code) : NULL;
}

/* Reads the options of a subcommand; says what is wrong and returns FALSE otherwise. */
gboolean
sb_cli_parse (SbCli              *cli,
              const GOptionEntry *entries,
              const char         *usage,
              int                *argc,
              char             ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError)         error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;

  g_printerr ("shopbell-cli: %s\n", error->message);

  return FALSE;
}

/* @row: (transfer full): printed as a JSON line, or @text in its place. */
void
sb_cli_print (SbCli      *cli,
              JsonObject *row,
              const char *text,
              ...)
{
  g_autoptr (JsonObject) owned = row;
  g_autofree char       *line = NULL;

  if (cli->json)
    line = sb_json_text (owned);
  else
    {
      va_list args;

      va_start (args, text);
      line = g_strdup_vprintf (text, args);
      va_end (args);
    }

  g_print ("%s\n", line);
}

/* Ids are 63 bits wide: as strings they survive readers that know only doubles. Returns @row. */
JsonObject *
sb_cli_set_id (JsonObject *row,
               const char *member,
               gint64      id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (id != 0)
    json_object_set_string_member (row, member, text);
  else
    json_object_set_null_member (row, member);

  return row;
}

gint64
sb_cli_parse_id (const char *text)
{
  gint64 id = 0;

  return text != NULL && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL) ? id : 0;
}
