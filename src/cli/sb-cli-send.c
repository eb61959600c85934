#include "sb-cli-context.h"

#include <string.h>

#include "sb-json.h"
#include "sb-status.h"

typedef struct
{
  char *to;
  char *thread;
  char *line;
  char *text;
  char *file;
  char *template;
  char  *language;
  char **values;
  char  *key;
  int    wait;
} SendOptions;

static void
send_options_clear (SendOptions *options)
{
  g_free (options->to);
  g_free (options->thread);
  g_free (options->line);
  g_free (options->text);
  g_free (options->file);
  g_free (options->template);
  g_free (options->language);
  g_free (options->key);
  g_strfreev (options->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SendOptions, send_options_clear)

static gboolean
values_are_pairs (char **values)
{
  for (; values != NULL && *values != NULL; values++)
    if (strchr (*values, '=') == NULL)
      {
        g_printerr ("shopbell-cli: --value wants KEY=TEXT, such as body.1=Ana\n");
        return FALSE;
      }

  return TRUE;
}

/* "body.1=Ana" for each gap of a template. */
static JsonObject *
values_object (char **values)
{
  JsonObject *object = json_object_new ();

  for (; values != NULL && *values != NULL; values++)
    {
      char *equals = strchr (*values, '=');

      *equals = '\0';
      json_object_set_string_member (object, *values, equals + 1);
    }

  return object;
}

static JsonObject *
request_of (const SendOptions *options)
{
  g_autofree char *path = options->file != NULL ? g_canonicalize_filename (options->file, NULL) : NULL;

  return sb_json_make ("s:command", "send", "s:to", options->to, "i:thread", sb_cli_parse_id (options->thread),
                       "i:line", sb_cli_parse_id (options->line), "s:text", options->text, "s:file", path,
                       "s:template", options->template, "s:language", options->language, "s:key", options->key,
                       "o:values", values_object (options->values), NULL);
}

/* Nothing of this message is under way any more, as far as this attempt goes. */
static gboolean
is_settled (SbCli *cli,
            gint64 message_id)
{
  g_autoptr (SbMessage) message = sb_reader_get_message (sb_engine_get_reader (cli->engine), message_id);

  return message == NULL || !sb_status_is_on_the_way (message->status);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until_settled (SbCli *cli,
                    gint64 message_id,
                    int    seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  guint  tick = g_timeout_add (50, wake_cb, NULL);

  while (!is_settled (cli, message_id) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

static SbCliExit
print_fate (SbCli *cli,
            gint64 message_id)
{
  SbReader               *reader;
  g_autoptr (SbMessage)   message = NULL;
  g_autoptr (SbOutboxRow) row = NULL;
  SbCliExit               result;

  if (cli->engine == NULL && (result = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return result;

  reader = sb_engine_get_reader (cli->engine);
  message = sb_reader_get_message (reader, message_id);
  row = sb_reader_get_outbox (reader, message_id);
  if (message == NULL || row == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (SB_ERROR, SB_ERROR_NOT_FOUND, "The message is not in the file");

      return sb_cli_fail (cli, error);
    }

  {
    JsonObject *object = sb_json_make ("b:ok", TRUE, "s:state", sb_status_to_name (message->status), "s:to", row->to,
                                       "s:wamid", message->wamid, "s:error", row->error, NULL);

    sb_cli_set_id (sb_cli_set_id (sb_cli_set_id (object, "id", row->id), "message", message_id), "thread", message->thread_id);
    sb_cli_print (cli, object, "%s", sb_status_to_name (message->status));
  }

  return SB_CLI_OK;
}

/*
 * shopbell-cli send: puts the message in the outbox, through the same gate as everybody. It goes out when Shopbell or
 * `serve` runs; with --wait an engine of our own carries it, when no other has the shop open.
 */
SbCliExit
sb_cli_send (SbCli *cli,
             int    argc,
             char **argv)
{
  g_auto (SendOptions)   options = { 0 };
  g_autoptr (JsonObject) reply = NULL;
  gint64                 message_id;
  SbCliExit              result;
  const GOptionEntry     entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "The customer's number", "NUMBER" },
    { "thread", 0, 0, G_OPTION_ARG_STRING, &options.thread, "Or a conversation", "ID" },
    { "line", 0, 0, G_OPTION_ARG_STRING, &options.line, "From this line", "ID" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &options.text, "The words; with --file the caption", "TEXT" },
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &options.file, "A picture, document, sound or video", "FILE" },
    { "template", 0, 0, G_OPTION_ARG_STRING, &options.template, "An approved template", "NAME" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, "Of the template", "CODE" },
    { "value", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.values, "Fills a gap: body.1=Ana", "KEY=TEXT" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &options.key, "The same key twice is one message", "KEY" },
    { "wait", 0, 0, G_OPTION_ARG_INT, &options.wait, "Send now and wait up to so many seconds", "SECONDS" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "send", &argc, &argv) || !values_are_pairs (options.values))
    return SB_CLI_USAGE;
  if ((options.to == NULL && options.thread == NULL) || (options.text == NULL && options.file == NULL && options.template == NULL))
    {
      g_printerr ("shopbell-cli: send needs --to or --thread, and --text, --file or --template\n");
      return SB_CLI_USAGE;
    }

  reply = sb_cli_request (cli, request_of (&options), &result);
  if (reply == NULL)
    return result;

  message_id = sb_json_int (reply, "message", 0);
  if (options.wait > 0)
    {
      if (cli->engine == NULL && (result = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
        return result;
      if (!sb_engine_is_read_only (cli->engine))
        sb_engine_start (cli->engine);
      wait_until_settled (cli, message_id, options.wait);
      if (!sb_engine_is_read_only (cli->engine))
        sb_engine_stop (cli->engine);
    }

  return print_fate (cli, message_id);
}

SbCliExit
sb_cli_act (SbCli *cli,
            int    argc,
            char **argv)
{
  g_autofree char       *thread = NULL;
  g_autofree char       *message = NULL;
  g_autofree char       *text = NULL;
  gint64                 value = 0;
  g_autoptr (JsonObject) reply = NULL;
  SbCliExit              result;
  const GOptionEntry     entries[] = {
    { "thread", 0, 0, G_OPTION_ARG_STRING, &thread, "On a conversation", "ID" },
    { "message", 0, 0, G_OPTION_ARG_STRING, &message, "On a message", "ID" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, "Words of a note, name of a tag", "TEXT" },
    { "value", 0, 0, G_OPTION_ARG_INT64, &value, "Time in milliseconds, id of a person, 0 or 1", "N" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "act WHAT", &argc, &argv) || argc < 2)
    {
      g_printerr ("shopbell-cli: act reopen|pending|done|snooze|assign|pin|read|unread|tag|untag|note|draft|block|rename|leave|send-again|cancel\n");
      return SB_CLI_USAGE;
    }

  reply = sb_cli_request (cli, sb_json_make ("s:command", "act", "s:act", argv[1], "i:thread", sb_cli_parse_id (thread), "i:message", sb_cli_parse_id (message), "i:value", value, "s:text", text, NULL), &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "Done");

  return result;
}

SbCliExit
sb_cli_undo (SbCli *cli,
             int    argc,
             char **argv)
{
  g_autoptr (JsonObject) reply = NULL;
  SbCliExit              result;

  reply = sb_cli_request (cli, sb_json_make ("s:command", "undo", "i:undo", argc > 1 ? sb_cli_parse_id (argv[1]) : 0, NULL), &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "Undone");

  return result;
}
