#include "sb-cli-context.h"

#include <string.h>

#include "sb-json.h"

static const char *
state_name (SbLineState state)
{
  static const char *const names[] = { "none", "active", "paused", "needs-key", "blocked", "removed" };

  return (guint) state < G_N_ELEMENTS (names) ? names[state] : "none";
}

/* One line of a file, without the newline; for keys, which never stand on a command line. */
static char *
read_key (const char *path,
          GError    **error)
{
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;

  return g_strstrip (text);
}

typedef struct
{
  char *kind;
  char *name;
  char *base_url;
  char *phone_number_id;
  char *waba_id;
  char *app_id;
  char *mailbox;
  char *box;
  char *token_file;
  char *app_secret_file;
  char *mailbox_token_file;
  char *seal_key_file;
  char *verify_token_file;
  int   listen_port;
  int   pace;
} AddOptions;

static void
add_options_clear (AddOptions *options)
{
  g_free (options->kind);
  g_free (options->name);
  g_free (options->base_url);
  g_free (options->phone_number_id);
  g_free (options->waba_id);
  g_free (options->app_id);
  g_free (options->mailbox);
  g_free (options->box);
  g_free (options->token_file);
  g_free (options->app_secret_file);
  g_free (options->mailbox_token_file);
  g_free (options->seal_key_file);
  g_free (options->verify_token_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

static SbLine *
line_of (const AddOptions *options,
         GError          **error)
{
  g_autoptr (SbLine) line = sb_line_new ();

  if (g_strcmp0 (options->kind, "cloud") == 0)
    line->kind = SB_LINE_CLOUD;
  else if (g_strcmp0 (options->kind, "practice") == 0)
    line->kind = SB_LINE_PRACTICE;
  else
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "--kind is cloud or practice");
      return NULL;
    }

  if (options->phone_number_id == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "--phone-number-id is missing");
      return NULL;
    }

  line->name = g_strdup (options->name != NULL ? options->name : "Shop");
  line->base_url = g_strdup (options->base_url != NULL ? options->base_url : "https://graph.facebook.com");
  line->phone_number_id = g_strdup (options->phone_number_id);
  line->waba_id = g_strdup (options->waba_id);
  line->app_id = g_strdup (options->app_id);
  if (options->pace > 0)
    line->pace_per_second = options->pace;

  if (options->mailbox != NULL)
    {
      line->inbound = line->kind == SB_LINE_PRACTICE ? SB_INBOUND_PRACTICE : SB_INBOUND_MAILBOX;
      line->inbound_url = g_strdup (options->mailbox);
      line->inbound_box = g_strdup (options->box);
    }
  else if (options->listen_port > 0)
    {
      line->inbound = SB_INBOUND_LISTENER;
      line->inbound_url = g_strdup_printf ("%d", options->listen_port);
    }

  return g_steal_pointer (&line);
}

/* Keys come from files named on the command line, else from the general part of the secrets file. */
static gboolean
keep_keys (SbCli            *cli,
           gint64            line_id,
           const AddOptions *options,
           GError          **error)
{
  SbSecrets *secrets = sb_engine_get_secrets (cli->engine);
  const struct
  {
    const char *name;
    const char *file;
  } keys[] = {
    { "token", options->token_file },
    { "app-secret", options->app_secret_file },
    { "mailbox-token", options->mailbox_token_file },
    { "verify-token", options->verify_token_file },
    { "seal-key", options->seal_key_file },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = NULL;

      if (keys[i].file == NULL)
        continue;
      value = read_key (keys[i].file, error);
      if (value == NULL || !sb_secrets_set (secrets, line_id, keys[i].name, value, error))
        return FALSE;
    }

  return TRUE;
}

static SbCliExit
add_line (SbCli *cli,
          int    argc,
          char **argv)
{
  g_auto (AddOptions)      options = { 0 };
  g_autoptr (SbLine)       line = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  SbCliExit                opened;
  gint64                   id;
  const GOptionEntry       entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "cloud or practice", "KIND" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "What the line is called", "NAME" },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &options.base_url, "Where the network answers", "URL" },
    { "phone-number-id", 0, 0, G_OPTION_ARG_STRING, &options.phone_number_id, "The number's id", "ID" },
    { "waba-id", 0, 0, G_OPTION_ARG_STRING, &options.waba_id, "The business account's id", "ID" },
    { "app-id", 0, 0, G_OPTION_ARG_STRING, &options.app_id, "The app's id", "ID" },
    { "mailbox", 0, 0, G_OPTION_ARG_STRING, &options.mailbox, "The mailbox's address", "URL" },
    { "box", 0, 0, G_OPTION_ARG_STRING, &options.box, "The box in the mailbox", "BOX" },
    { "listen", 0, 0, G_OPTION_ARG_INT, &options.listen_port, "Or: the port where the own tunnel ends", "PORT" },
    { "pace", 0, 0, G_OPTION_ARG_INT, &options.pace, "Messages a second", "N" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options.token_file, "The access key, in a file", "FILE" },
    { "app-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &options.app_secret_file, "The app secret, in a file", "FILE" },
    { "mailbox-token-file", 0, 0, G_OPTION_ARG_FILENAME, &options.mailbox_token_file, "The box's token, in a file", "FILE" },
    { "verify-token-file", 0, 0, G_OPTION_ARG_FILENAME, &options.verify_token_file, "The verify token, in a file", "FILE" },
    { "seal-key-file", 0, 0, G_OPTION_ARG_FILENAME, &options.seal_key_file, "The secret key of a sealed box, in a file", "FILE" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "line add", &argc, &argv))
    return SB_CLI_USAGE;
  line = line_of (&options, &error);
  if (line == NULL)
    return sb_cli_fail (cli, error);
  if ((opened = sb_cli_open_for_writing (cli, FALSE)) != SB_CLI_OK)
    {
      if (opened == SB_CLI_BUSY)
        g_printerr ("shopbell-cli: the shop is open in another program; close it to add a line\n");
      return opened;
    }

  sb_engine_save_line_async (cli->engine, line, sb_cli_done_cb, &result);
  sb_cli_await (&result);
  id = sb_engine_save_line_finish (cli->engine, result, &error);
  if (id == 0 || !keep_keys (cli, id, &options, &error))
    return sb_cli_fail (cli, error);

  sb_cli_print (cli, sb_cli_set_id (sb_json_make ("b:ok", TRUE, NULL), "line", id), "Line %" G_GINT64_FORMAT " added", id);

  return SB_CLI_OK;
}

static SbCliExit
list_lines (SbCli *cli)
{
  g_autoptr (GPtrArray) lines = NULL;
  SbCliExit             result = sb_cli_open_for_reading (cli);

  if (result != SB_CLI_OK)
    return result;

  lines = sb_reader_list_lines (sb_engine_get_reader (cli->engine));
  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine *line = lines->pdata[i];
      JsonObject   *row = sb_json_make ("s:name", line->name, "s:state", state_name (line->state), "s:reason", line->state_reason,
                                        "s:phone_number_id", line->phone_number_id, "s:number", line->display_number,
                                        "s:base_url", line->base_url, "s:mailbox", line->inbound_url, "s:box", line->inbound_box,
                                        "i:waiting", (gint64) sb_reader_count_line_waiting (sb_engine_get_reader (cli->engine), line->id),
                                        "i:last_in_at", line->last_in_at, NULL);

      sb_cli_set_id (row, "id", line->id);
      sb_cli_print (cli, row, "%" G_GINT64_FORMAT "  %-20s %-10s %s", line->id, line->name, state_name (line->state),
                    line->display_number != NULL ? line->display_number : line->phone_number_id);
    }

  return SB_CLI_OK;
}

/* The line that was named, or the only one there is. */
static SbLine *
choose_line (SbCli      *cli,
             const char *text)
{
  SbReader             *reader = sb_engine_get_reader (cli->engine);
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (reader);

  if (text != NULL)
    return sb_reader_get_line (reader, sb_cli_parse_id (text));

  return lines->len == 1 ? sb_line_copy (lines->pdata[0]) : NULL;
}

static const char *
check_word (SbCheckState state)
{
  static const char *const words[] = { "ok", "failed", "warning", "not-tried" };

  return words[state];
}

/* Silence and a refused key say more than that something is wrong. */
static SbCliExit
exit_of_check (const SbCheck *check)
{
  switch (check->code)
    {
    case SB_ERROR_NETWORK:
    case SB_ERROR_REMOTE:
      return SB_CLI_NETWORK;
    case SB_ERROR_AUTH:
      return SB_CLI_KEY;
    default:
      return SB_CLI_FAILED;
    }
}

static SbCliExit
check_line (SbCli      *cli,
            const char *id)
{
  g_autoptr (SbLine)       line = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    checks = NULL;
  g_autoptr (GError)       error = NULL;
  SbCliExit                worst = SB_CLI_OK;
  SbCliExit                opened = sb_cli_open_for_reading (cli);

  if (opened != SB_CLI_OK)
    return opened;
  line = choose_line (cli, id);
  if (line == NULL)
    {
      error = g_error_new_literal (SB_ERROR, SB_ERROR_NOT_FOUND, "Which line? Name its id");
      return sb_cli_fail (cli, error);
    }

  sb_engine_check_line_async (cli->engine, line, NULL, NULL, NULL, NULL, sb_cli_done_cb, &result);
  sb_cli_await (&result);
  checks = sb_engine_check_line_finish (cli->engine, result, &error);
  if (checks == NULL)
    return sb_cli_fail (cli, error);

  for (guint i = 0; i < checks->len; i++)
    {
      const SbCheck *check = checks->pdata[i];

      if (check->state == SB_CHECK_FAILED && (worst == SB_CLI_OK || worst == SB_CLI_FAILED))
        worst = exit_of_check (check);
      sb_cli_print (cli, sb_json_make ("s:check", check->id, "s:state", check_word (check->state), "s:title", check->title, "s:sentence", check->sentence, "s:details", check->details, "s:fix", check->fix, NULL),
                    "%-9s %s. %s", check_word (check->state), check->title, check->sentence != NULL ? check->sentence : "");
    }

  return worst;
}

static SbCliExit
ask_line (SbCli      *cli,
          const char *what,
          const char *id)
{
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (SbLine)     line = NULL;
  gint64                 line_id;
  SbCliExit              result = sb_cli_open_for_reading (cli);

  if (result != SB_CLI_OK)
    return result;
  line = choose_line (cli, id);
  line_id = line != NULL ? line->id : 0;
  sb_engine_close (cli->engine);
  g_clear_object (&cli->engine);
  if (line_id == 0)
    {
      g_autoptr (GError) error = g_error_new_literal (SB_ERROR, SB_ERROR_NOT_FOUND, "Which line? Name its id");

      return sb_cli_fail (cli, error);
    }

  reply = sb_cli_request (cli, sb_json_make ("s:command", "line", "s:what", what, "i:line", line_id, NULL), &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "Done");

  return result;
}

SbCliExit
sb_cli_line (SbCli *cli,
             int    argc,
             char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";

  if (g_str_equal (what, "add"))
    return add_line (cli, argc - 1, argv + 1);
  if (g_str_equal (what, "list"))
    return list_lines (cli);
  if (g_str_equal (what, "check"))
    return check_line (cli, argc > 2 ? argv[2] : NULL);
  if (g_str_equal (what, "pause") || g_str_equal (what, "resume"))
    return ask_line (cli, what, argc > 2 ? argv[2] : NULL);

  g_printerr ("shopbell-cli: line add | list | check [ID] | pause [ID] | resume [ID]\n");

  return SB_CLI_USAGE;
}

SbCliExit
sb_cli_template (SbCli *cli,
                 int    argc,
                 char **argv)
{
  g_autoptr (GPtrArray) templates = NULL;
  const char           *what = argc > 1 ? argv[1] : "";
  SbCliExit             result;

  if (g_str_equal (what, "sync"))
    return ask_line (cli, "sync", argc > 2 ? argv[2] : NULL);
  if (!g_str_equal (what, "list"))
    {
      g_printerr ("shopbell-cli: template list | sync [LINE]\n");
      return SB_CLI_USAGE;
    }

  if ((result = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return result;
  templates = sb_reader_list_templates (sb_engine_get_reader (cli->engine), 0, FALSE);
  for (guint i = 0; i < templates->len; i++)
    {
      const SbTemplate *template = templates->pdata[i];
      g_autofree char *body = sb_template_part (template, "BODY");
      JsonObject      *row = sb_json_make ("s:name", template->name, "s:language", template->language, "s:status", template->status,
                                           "s:category", template->category, "s:body", body, NULL);

      sb_cli_set_id (row, "id", template->id);
      sb_cli_print (cli, row, "%-24s %-6s %-10s %s", template->name, template->language, template->status, body != NULL ? body : "");
    }

  return SB_CLI_OK;
}
