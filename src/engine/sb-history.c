/*
 * The network's own list of what it took from us, asked for messages that are unknown. It has no tag of ours and names no
 * recipient; ids of the network do carry the number they were made for, though nobody promises that. So it is a hint.
 */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-json.h"

#define CLOCKS_DIFFER_S   300
#define ACCEPTED_WITHIN_S 3600
#define WHOLE_PAGE        100

/* Does the id speak of @to? */
static gboolean
is_made_for (const char *wamid,
             const char *to)
{
  g_autofree char   *padded = NULL;
  g_autofree guchar *bytes = NULL;
  gsize              size = 0;

  if (to == NULL || to[0] == '\0' || !g_str_has_prefix (wamid, "wamid."))
    return FALSE;

  padded = g_strconcat (wamid + strlen ("wamid."), "===", NULL);
  padded[strlen (padded) / 4 * 4] = '\0';
  bytes = g_base64_decode (padded, &size);

  return g_strstr_len ((const char *) bytes, size, to) != NULL;
}

/* The earliest that the list knows of an entry, unix seconds; 0 when it does not tell. */
static gint64
first_second (JsonObject *entry)
{
  JsonArray *events = sb_json_array (sb_json_object (entry, "events"), "data");
  gint64     first = 0;

  for (guint i = 0; i < sb_json_length (events); i++)
    {
      gint64 second = sb_json_int (sb_json_at (events, i), "timestamp", 0);

      first = first == 0 ? second : MIN (first, second);
    }

  return first;
}

typedef struct
{
  gboolean to_customer; /* a message to this customer that is not one of ours */
  gboolean to_somebody; /* one of which cannot be seen to whom */
  gboolean reaches_back;
} Seen;

/* (nullable): after a crash the row itself does not know */
static char *
recipient_of (SbReader          *reader,
              const SbOutboxRow *row)
{
  g_autoptr (SbThread)  thread = row->to == NULL ? sb_reader_get_thread (reader, row->thread_id) : NULL;
  g_autoptr (SbContact) contact = thread != NULL ? sb_reader_get_contact (reader, thread->contact_id) : NULL;

  return g_strdup (contact != NULL ? contact->number : row->to);
}

static Seen
look_through (SbReader          *reader,
              const SbOutboxRow *row,
              JsonArray         *entries)
{
  g_autofree char *to = recipient_of (reader, row);
  gint64           since = row->attempted_at / 1000 - CLOCKS_DIFFER_S;
  gint64           until = row->attempted_at / 1000 + ACCEPTED_WITHIN_S;
  Seen             seen = { .reaches_back = sb_json_length (entries) < WHOLE_PAGE };

  for (guint i = 0; i < sb_json_length (entries); i++)
    {
      JsonObject *entry = sb_json_at (entries, i);
      const char *wamid = sb_json_string (entry, "message_id");
      gint64      second = first_second (entry);

      seen.reaches_back = seen.reaches_back || (second != 0 && second < since);
      if (wamid == NULL || (second != 0 && (second < since || second > until)) || sb_reader_find_wamid (reader, wamid) != 0)
        continue;
      if (is_made_for (wamid, to))
        seen.to_customer = TRUE;
      else
        seen.to_somebody = TRUE;
    }

  return seen;
}

/**
 * sb_history_rung:
 * @list: (nullable): what the network answered; %NULL when it has no such list
 */
JsonObject *
sb_history_rung (SbReader          *reader,
                 const SbOutboxRow *row,
                 const char        *list)
{
  g_autoptr (JsonNode) node = list != NULL ? sb_json_parse (list, -1, NULL) : NULL;
  JsonArray           *entries = sb_json_array (sb_json_root (node), "data");
  const char          *state = "none";
  const char          *sentence = _("The network gives no list of what it took");
  Seen                 seen;

  if (entries != NULL)
    {
      seen = look_through (reader, row, entries);
      state = seen.to_customer ? "yes" : seen.to_somebody || !seen.reaches_back ? "later"
                                                                                : "no";
      sentence = seen.to_customer ? _("The network’s list has a message to this customer that Shopbell was not told of: probably sent")
                 : seen.to_somebody
                     ? _("The network’s list has a message that Shopbell was not told of; to whom cannot be seen")
                 : seen.reaches_back
                     ? _("The network’s list does not have it")
                     : _("The network’s list does not reach back so far");
    }

  return sb_json_make ("s:id", "history", "s:state", state, "s:sentence", sentence, NULL);
}

/* -- asking -- */

typedef struct
{
  SbEngine *engine;
  GArray   *message_ids;
  char     *list;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->engine);
  g_array_unref (asking->message_ids);
  g_free (asking->list);
  g_free (asking);
}

static gboolean
write_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Asking *asking = data;

  for (guint i = 0; i < asking->message_ids->len; i++)
    if (!sb_evidence_add_history (writer, g_array_index (asking->message_ids, gint64, i), asking->list, error))
      return FALSE;

  return TRUE;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Asking            *asking = user_data;
  g_autoptr (GError) error = NULL;

  asking->list = sb_channel_history_finish (SB_CHANNEL (object), result, &error);
  if (asking->engine->started)
    sb_store_run_async (asking->engine->store, write_command, asking, asking_free, NULL, NULL);
  else
    asking_free (asking);
}

static void
ask_line (SbLineRun *run,
          GArray    *message_ids)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->engine = g_object_ref (run->engine);
  asking->message_ids = g_array_ref (message_ids);
  sb_channel_history_async (run->channel, NULL, run->cancellable, listed_cb, asking);
}

/* @message_ids: unknown messages of any line; each line is asked once for all of its own. */
void
sb_history_ask (SbEngine *engine,
                GArray   *message_ids)
{
  SbReader              *reader = sb_store_get_reader (engine->store);
  g_autoptr (GHashTable) by_line = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  GHashTableIter         iter;
  gpointer               run, ids;

  for (guint i = 0; i < message_ids->len; i++)
    {
      gint64                  id = g_array_index (message_ids, gint64, i);
      g_autoptr (SbOutboxRow) row = sb_reader_get_outbox (reader, id);
      SbLineRun              *of = row != NULL ? sb_line_run_get (engine, row->line_id) : NULL;
      GArray                 *list;

      if (of == NULL || of->channel == NULL)
        continue;
      list = g_hash_table_lookup (by_line, of);
      if (list == NULL)
        g_hash_table_insert (by_line, of, list = g_array_new (FALSE, FALSE, sizeof (gint64)));
      g_array_append_val (list, id);
    }

  g_hash_table_iter_init (&iter, by_line);
  while (g_hash_table_iter_next (&iter, &run, &ids))
    ask_line (run, ids);
}
