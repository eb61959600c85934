#include "sb-cli-context.h"

#include "sb-json.h"
#include "sb-status.h"

#define PAGE 200

static char *
time_text (gint64 at_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%F %T") : g_strdup ("");
}

static void
print_thread (SbCli          *cli,
              const SbThread *thread)
{
  g_autofree char *time = time_text (thread->last_at);
  JsonObject      *row = sb_json_make ("s:name", thread->name, "s:handle", thread->handle,
                                       "s:status", sb_thread_status_to_name (thread->status),
                                       "i:unread", (gint64) thread->unread, "b:unanswered", thread->unanswered,
                                       "i:last_at", thread->last_at, "s:preview", thread->preview,
                                       "i:window_until", thread->window_until, "i:waiting", (gint64) thread->n_waiting,
                                       "i:failed", (gint64) thread->n_failed, "i:unknown", (gint64) thread->n_unknown,
                                       "s:draft", thread->draft, "s:tags", thread->tags, "b:pinned", thread->pinned,
                                       "i:snooze_until", thread->snooze_until, NULL);

  if (thread->assignee_id != 0)
    sb_cli_set_id (row, "assignee", thread->assignee_id);
  sb_cli_set_id (sb_cli_set_id (sb_cli_set_id (row, "id", thread->id), "contact", thread->contact_id), "line", thread->line_id);
  sb_cli_print (cli, row, "%s  %-24s %3d  %s", time, thread->name, thread->unread, thread->preview != NULL ? thread->preview : "");
}

typedef SbCliExit (*ThreadFunc) (SbCli          *cli,
                                 const SbThread *thread,
                                 gpointer        data);

/* Every conversation, closed ones too, page by page in the inbox's own order. */
static SbCliExit
each_thread (SbCli                *cli,
             const SbThreadFilter *filter,
             gint64                limit,
             ThreadFunc            func,
             gpointer              data)
{
  SbReader   *reader = sb_engine_get_reader (cli->engine);
  SbThreadKey after = { 0 };
  gint64      n = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) page = sb_reader_list_threads (reader, filter, &after, PAGE);

      for (guint i = 0; i < page->len; i++)
        {
          const SbThread *thread = page->pdata[i];

          if (limit > 0 && n++ >= limit)
            return SB_CLI_OK;
          func (cli, thread, data);
          after = (SbThreadKey) { thread->pinned, thread->last_at, thread->id };
        }
      if (page->len < PAGE)
        return SB_CLI_OK;
    }
}

static SbCliExit
print_thread_cb (SbCli          *cli,
                 const SbThread *thread,
                 gpointer        data)
{
  print_thread (cli, thread);

  return SB_CLI_OK;
}

SbCliExit
sb_cli_threads (SbCli *cli,
                int    argc,
                char **argv)
{
  SbThreadFilter     filter = { 0 };
  gint64             limit = 0;
  SbCliExit          result;
  const GOptionEntry entries[] = {
    { "unread", 0, 0, G_OPTION_ARG_NONE, &filter.unread_only, "Only those with something unread", NULL },
    { "unanswered", 0, 0, G_OPTION_ARG_NONE, &filter.unanswered_only, "Only those where the customer spoke last", NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, "At most so many", "N" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "threads", &argc, &argv))
    return SB_CLI_USAGE;
  if ((result = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return result;

  return each_thread (cli, &filter, limit, print_thread_cb, NULL);
}

static JsonArray *
attachment_rows (const SbMessage *message)
{
  JsonArray *rows;

  if (message->attachments == NULL)
    return NULL;

  rows = json_array_new ();
  for (guint i = 0; i < message->attachments->len; i++)
    {
      const SbAttachment *attachment = message->attachments->pdata[i];

      json_array_add_object_element (rows, sb_json_make ("s:path", attachment->path, "s:mime", attachment->mime,
                                                         "s:filename", attachment->filename, "i:size", attachment->size,
                                                         "b:here", attachment->state == SB_ATTACHMENT_HERE, NULL));
    }

  return rows;
}

static JsonObject *
fact_times (const SbMessage *message)
{
  JsonObject *times;

  if (message->facts == NULL || message->facts->len == 0)
    return NULL;

  times = json_object_new ();
  for (guint i = 0; i < message->facts->len; i++)
    {
      const SbStatusFact *fact = &g_array_index (message->facts, SbStatusFact, i);

      json_object_set_int_member (times, sb_status_to_name (fact->status), fact->at);
    }

  return times;
}

static void
print_message (SbCli           *cli,
               const SbMessage *message)
{
  g_autofree char *time = time_text (message->sent_at);
  g_autofree char *preview = sb_message_preview (message);
  JsonObject      *row = sb_json_make ("s:direction", sb_direction_to_name (message->direction),
                                       "s:type", sb_message_kind_to_name (message->kind), "s:text", message->text,
                                       "s:status", sb_status_to_name (message->status), "i:at", message->sent_at,
                                       "s:wamid", message->wamid, "b:edited", message->edited, "b:revoked", message->revoked,
                                       "i:error_code", (gint64) message->error_code, "s:error", message->error_text,
                                       "o:data", message->data != NULL ? json_object_ref (message->data) : NULL,
                                       "a:attachments", attachment_rows (message), "o:times", fact_times (message), NULL);

  sb_cli_set_id (sb_cli_set_id (row, "id", message->id), "thread", message->thread_id);
  if (message->quote_id != 0)
    sb_cli_set_id (row, "quote", message->quote_id);
  sb_cli_print (cli, row, "%s  %-6s %-9s %s", time, sb_direction_to_name (message->direction),
                message->direction == SB_DIRECTION_OUT ? sb_status_to_name (message->status) : "", preview);
}

static SbCliExit
print_messages_cb (SbCli          *cli,
                   const SbThread *thread,
                   gpointer        data)
{
  SbReader *reader = sb_engine_get_reader (cli->engine);
  gint64    at = 0, id = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) page = sb_reader_list_messages_after (reader, thread->id, at, id, PAGE);

      for (guint i = 0; i < page->len; i++)
        {
          const SbMessage *message = page->pdata[i];

          print_message (cli, message);
          at = message->sent_at;
          id = message->id;
        }
      if (page->len < PAGE)
        return SB_CLI_OK;
    }
}

SbCliExit
sb_cli_messages (SbCli *cli,
                 int    argc,
                 char **argv)
{
  g_autofree char     *thread_text = NULL;
  g_autofree char     *number = NULL;
  g_autoptr (SbThread) thread = NULL;
  SbThreadFilter       any = { 0 };
  SbReader            *reader;
  gint64               thread_id;
  SbCliExit            result;
  const GOptionEntry   entries[] = {
    { "thread", 0, 0, G_OPTION_ARG_STRING, &thread_text, "Of one conversation", "ID" },
    { "number", 0, 0, G_OPTION_ARG_STRING, &number, "Of the customer with this number", "NUMBER" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "messages", &argc, &argv))
    return SB_CLI_USAGE;
  if ((result = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return result;
  if (thread_text == NULL && number == NULL)
    return each_thread (cli, &any, 0, print_messages_cb, NULL);

  reader = sb_engine_get_reader (cli->engine);
  thread_id = thread_text != NULL ? sb_cli_parse_id (thread_text) : sb_reader_find_thread (reader, number);
  thread = thread_id != 0 ? sb_reader_get_thread (reader, thread_id) : NULL;
  if (thread == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such conversation");

      return sb_cli_fail (cli, error);
    }

  return print_messages_cb (cli, thread, NULL);
}

SbCliExit
sb_cli_search (SbCli *cli,
               int    argc,
               char **argv)
{
  g_autofree char      *query = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError)    error = NULL;
  gint64                limit = 50;
  SbCliExit             result;
  const GOptionEntry    entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, "At most so many", "N" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "search WORDS", &argc, &argv))
    return SB_CLI_USAGE;
  if ((result = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return result;

  query = g_strjoinv (" ", argv + 1);
  hits = sb_reader_search (sb_engine_get_reader (cli->engine), query, CLAMP (limit, 1, 10000), &error);
  if (hits == NULL)
    return sb_cli_fail (cli, error);

  for (guint i = 0; i < hits->len; i++)
    {
      const SbHit     *hit = hits->pdata[i];
      g_autofree char *time = time_text (hit->at);
      JsonObject      *row = sb_json_make ("s:name", hit->name, "s:snippet", hit->snippet, "i:at", hit->at, NULL);

      sb_cli_set_id (sb_cli_set_id (row, "message", hit->message_id), "thread", hit->thread_id);
      sb_cli_print (cli, row, "%s  %-24s %s", time, hit->name, hit->snippet != NULL ? hit->snippet : "");
    }

  return SB_CLI_OK;
}
