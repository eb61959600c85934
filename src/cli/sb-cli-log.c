#include "sb-cli-context.h"

#include "sb-json.h"
#include "sb-status.h"

#define PAGE 500

static const SbStatus states[] = { SB_STATUS_QUEUED, SB_STATUS_SENDING, SB_STATUS_ACCEPTED, SB_STATUS_SENT, SB_STATUS_DELIVERED,
                                   SB_STATUS_READ, SB_STATUS_PLAYED, SB_STATUS_HELD, SB_STATUS_FAILED, SB_STATUS_UNKNOWN,
                                   SB_STATUS_CANCELLED };

static void
print_row (SbCli             *cli,
           const SbOutboxRow *row)
{
  SbReader             *reader = sb_engine_get_reader (cli->engine);
  g_autoptr (SbThread)  thread = sb_reader_get_thread (reader, row->thread_id);
  g_autoptr (SbContact) contact = thread != NULL ? sb_reader_get_contact (reader, thread->contact_id) : NULL;
  g_autoptr (SbMessage) message = sb_reader_get_message (reader, row->message_id);
  const char           *to = row->to != NULL ? row->to : contact != NULL ? contact->number
                                                                         : NULL;
  SbStatus              state = message != NULL ? message->status : row->state;
  JsonObject           *object = sb_json_make ("s:to", to, "s:state", sb_status_to_name (state),
                                               "i:attempts", (gint64) row->attempts, "s:wamid", row->wamid, "s:error", row->error,
                                               "i:error_code", (gint64) row->error_code, "i:next_at", row->next_at,
                                               "i:attempted_at", row->attempted_at, "i:created_at", row->created_at,
                                               "s:evidence", row->evidence, NULL);

  sb_cli_set_id (sb_cli_set_id (sb_cli_set_id (sb_cli_set_id (object, "id", row->id), "message", row->message_id), "thread", row->thread_id),
                 "line", row->line_id);
  sb_cli_print (cli, object, "%-10s %-16s tries %d  %s", sb_status_to_name (state), to != NULL ? to : "", row->attempts,
                row->error != NULL ? row->error : row->wamid != NULL ? row->wamid
                                                                     : "");
}

static void
print_state (SbCli   *cli,
             SbStatus state)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) page = sb_reader_list_outbox (sb_engine_get_reader (cli->engine), state, after, PAGE);

      for (guint i = 0; i < page->len; i++)
        {
          const SbOutboxRow *row = page->pdata[i];

          print_row (cli, row);
          after = row->id;
        }
      if (page->len < PAGE)
        return;
    }
}

SbCliExit
sb_cli_outbox (SbCli *cli,
               int    argc,
               char **argv)
{
  g_autofree char   *wanted = NULL;
  gboolean           found = FALSE;
  SbCliExit          result;
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &wanted, "queued, sending, accepted, sent, delivered, read, failed, unknown, cancelled", "STATE" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "outbox", &argc, &argv))
    return SB_CLI_USAGE;
  if ((result = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return result;

  /* The file is read state by state in one snapshot each; a row that moves on meanwhile is shown where it was. */
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (wanted == NULL || g_str_equal (wanted, sb_status_to_name (states[i])))
      {
        found = TRUE;
        print_state (cli, states[i]);
      }

  if (!found)
    {
      g_printerr ("shopbell-cli: there is no state “%s”\n", wanted);
      return SB_CLI_USAGE;
    }

  return SB_CLI_OK;
}

static const char *
event_name (SbEventKind kind)
{
  static const char *const names[] = { "none", "message-in", "message-out", "message-status", "message-changed", "note", "system-line",
                                       "thread-status", "thread-assigned", "thread-tagged", "thread-read", "thread-pinned",
                                       "thread-snoozed", "thread-draft", "contact-added", "contact-changed", "contact-merged",
                                       "line-changed", "template-changed", "account", "consent", "forged", "gap", "refused", "undone",
                                       "view-changed", "tag-changed", "staff-changed", "quick-reply-changed", "due", "poison",
                                       [SB_EVENT_MACRO_CHANGED] = "macro-changed", [SB_EVENT_DESK_CHANGED] = "desk-changed", [SB_EVENT_AWAY] = "away",
                                       [SB_EVENT_CLOSING] = "closing", [SB_EVENT_CAME_BACK] = "came-back",
                                       [SB_EVENT_SEGMENT_CHANGED] = "segment-changed", [SB_EVENT_SEGMENT_MEMBERS] = "segment-members" };

  return (guint) kind < G_N_ELEMENTS (names) && names[kind] != NULL ? names[kind] : "none";
}

static void
print_event (SbCli         *cli,
             const SbEvent *event)
{
  g_autoptr (JsonNode) data = event->data != NULL ? sb_json_parse (event->data, -1, NULL) : NULL;
  JsonObject          *row = sb_json_make ("s:event", event_name (event->kind), "i:at", event->at, "b:stale", event->stale,
                                           "o:data", sb_json_root (data) != NULL ? json_object_ref (sb_json_root (data)) : NULL, NULL);

  sb_cli_set_id (sb_cli_set_id (sb_cli_set_id (row, "id", event->id), "thread", event->thread_id), "message", event->message_id);
  if (event->staff_id != 0)
    sb_cli_set_id (row, "staff", event->staff_id);
  sb_cli_print (cli, row, "%" G_GINT64_FORMAT "  %-16s %s", event->at, event_name (event->kind), event->data != NULL ? event->data : "");
}

SbCliExit
sb_cli_events (SbCli *cli,
               int    argc,
               char **argv)
{
  g_autofree char   *after_text = NULL;
  g_autofree char   *thread_text = NULL;
  gint64             after, limit = G_MAXINT64;
  SbCliExit          result;
  const GOptionEntry entries[] = {
    { "after", 0, 0, G_OPTION_ARG_STRING, &after_text, "Only what came after this event", "ID" },
    { "thread", 0, 0, G_OPTION_ARG_STRING, &thread_text, "Of one conversation", "ID" },
    { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, "At most so many", "N" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "events", &argc, &argv))
    return SB_CLI_USAGE;
  if ((result = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return result;

  after = sb_cli_parse_id (after_text);
  while (limit > 0)
    {
      g_autoptr (GPtrArray) page = sb_reader_list_events (sb_engine_get_reader (cli->engine), after, sb_cli_parse_id (thread_text),
                                                          MIN (limit, PAGE));

      for (guint i = 0; i < page->len; i++)
        {
          const SbEvent *event = page->pdata[i];

          print_event (cli, event);
          after = event->id;
        }
      limit -= page->len;
      if (page->len < PAGE)
        break;
    }

  return SB_CLI_OK;
}
