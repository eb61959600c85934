#include "sb-practice-fault.h"

#include <string.h>

#include "sb-practice-server.h"

/* Kinds that strike the answer to a request, and those that strike the events. */
static const char *const request_kinds[] = { "http", "hang", "reset", "answer-lost", "truncate", "slow", "date", NULL };
static const char *const event_kinds[] = { "status-reorder", "duplicate", "drop", NULL };

#define PENDING_KEY "sb-practice-fault"

static gboolean
matches (SbPracticeCall *call,
         JsonObject     *fault)
{
  const char      *match = sb_json_string (fault, "match");
  g_autofree char *path = g_strjoinv ("/", call->parts);
  const char      *last = call->n_parts > 0 ? call->parts[call->n_parts - 1] : "";

  if (match == NULL || match[0] == '\0' || g_str_equal (match, "*"))
    return TRUE;
  if (match[0] == '/')
    return g_str_has_prefix (path, match + 1);
  if (g_str_equal (match, "messages"))
    return g_str_equal (last, "messages") && sb_practice_call_is (call, "POST");

  return g_str_equal (last, match) || g_str_has_prefix (path, match);
}

/* Counts a hit; TRUE when this one strikes. A spent fault disarms itself. */
static gboolean
strikes (SbPractice *self,
         JsonObject *fault)
{
  gint64 nth = sb_json_int (fault, "nth", 1);
  gint64 count = sb_json_int (fault, "count", 1);
  gint64 hits = sb_json_int (fault, "hits", 0) + 1;

  json_object_set_int_member (fault, "hits", hits);
  if (hits < nth)
    return FALSE;
  if (count > 0 && hits >= nth + count - 1)
    g_ptr_array_remove (self->faults, fault);

  return TRUE;
}

static JsonObject *
take (SbPracticeCall *call)
{
  for (guint i = 0; i < call->practice->faults->len; i++)
    {
      g_autoptr (JsonObject) fault = json_object_ref (call->practice->faults->pdata[i]);

      if (!g_strv_contains (request_kinds, sb_json_string (fault, "kind")) || !matches (call, fault))
        continue;
      if (strikes (call->practice, fault))
        return g_steal_pointer (&fault);
    }

  return NULL;
}

static void
answer_http (SbPracticeCall *call,
             JsonObject     *fault)
{
  JsonObject *error = sb_json_object (fault, "error");
  gint64      code = sb_json_int (fault, "code", error != NULL ? sb_json_int (error, "code", 2) : sb_json_int (fault, "error", 2));
  gint64      retry = sb_json_int (fault, "retry_after", -1);
  gint64      status = sb_json_int (fault, "status", 0);

  if (error != NULL)
    sb_practice_call_fail_raw (call, 500, sb_json_make ("o:error", sb_practice_copy (error), NULL));
  else
    sb_practice_call_fail (call, code, "A fault was armed for this request.");
  if (status != 0)
    call->status = (guint) status;
  if (retry >= 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, retry);

      soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Retry-After", text);
    }
}

static gboolean
cut_cb (gpointer user_data)
{
  sb_practice_server_cut (user_data);
  soup_server_message_unpause (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
unpause_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);

  return G_SOURCE_REMOVE;
}

static void
hold (SoupServerMessage *message,
      gint64             for_ms,
      GSourceFunc        then)
{
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) for_ms, then, g_object_ref (message), g_object_unref);
}

/* Half an answer, then nothing: written past the library, which would not lie about the length. */
static void
truncate_answer (SoupServerMessage *message)
{
  static const char half[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: 400\r\n\r\n"
                             "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"inp";
  GSocket          *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    {
      g_socket_send (socket, half, strlen (half), NULL, NULL);
      g_socket_shutdown (socket, TRUE, TRUE, NULL);
    }
  soup_server_message_set_status (message, 503, NULL);
}

/**
 * sb_practice_fault_strike:
 *
 * An armed fault that hits this request does its work here. Those that let the request be processed first leave a mark and
 * are carried out by sb_practice_fault_settle ().
 *
 * Returns: TRUE when the request is over
 */
gboolean
sb_practice_fault_strike (SbPracticeCall *call)
{
  g_autoptr (JsonObject) fault = take (call);
  const char            *kind = sb_json_string (fault, "kind");

  if (fault == NULL)
    return FALSE;

  if (g_str_equal (kind, "http"))
    answer_http (call, fault);
  else if (g_str_equal (kind, "hang"))
    {
      call->answered = TRUE;
      hold (call->message, sb_json_int (fault, "delay_ms", 120000), cut_cb);
    }
  else if (g_str_equal (kind, "reset"))
    {
      call->answered = TRUE;
      sb_practice_server_cut (call->message);
    }
  else if (g_str_equal (kind, "truncate"))
    {
      call->answered = TRUE;
      truncate_answer (call->message);
    }
  else
    {
      g_object_set_data_full (G_OBJECT (call->message), PENDING_KEY, json_object_ref (fault), (GDestroyNotify) json_object_unref);
      return FALSE;
    }

  return TRUE;
}

/* The network's clock and that of the computer disagree, by off_ms. */
static void
set_date (SbPracticeCall *call,
          gint64          off_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) told = g_date_time_add (now, off_ms * 1000);
  g_autofree char      *text = told != NULL ? soup_date_time_to_string (told, SOUP_DATE_HTTP) : NULL;

  if (text != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Date", text);
}

/* After the request was processed: the answer comes late, at a time of its own, or never. */
void
sb_practice_fault_settle (SbPracticeCall *call)
{
  JsonObject *fault = g_object_get_data (G_OBJECT (call->message), PENDING_KEY);

  if (fault == NULL)
    return;

  if (g_strcmp0 (sb_json_string (fault, "kind"), "slow") == 0)
    hold (call->message, sb_json_int (fault, "delay_ms", 3000), unpause_cb);
  else if (g_strcmp0 (sb_json_string (fault, "kind"), "date") == 0)
    set_date (call, sb_json_int (fault, "off_ms", 0));
  else
    {
      sb_practice_store_flush (call->practice->store);
      sb_practice_server_cut (call->message);
    }
}

static gboolean
take_event (SbPractice *self,
            const char *kind,
            const char *field)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      g_autoptr (JsonObject) fault = json_object_ref (self->faults->pdata[i]);
      const char            *wanted = sb_json_string (fault, "field");

      if (g_strcmp0 (sb_json_string (fault, "kind"), kind) != 0 || (wanted != NULL && g_strcmp0 (wanted, field) != 0))
        continue;
      if (strikes (self, fault))
        return TRUE;
    }

  return FALSE;
}

/* How often an event goes out: once, unless a fault says twice or never. */
guint
sb_practice_fault_copies (SbPractice *self,
                          const char *field,
                          JsonObject *value)
{
  if (self->faults->len == 0)
    return 1;
  if (take_event (self, "drop", field))
    return 0;

  return take_event (self, "duplicate", field) ? 2 : 1;
}

/* TRUE when the ticks of the message being accepted shall come in the wrong order. */
gboolean
sb_practice_fault_take_reorder (SbPractice *self)
{
  return self->faults->len > 0 && take_event (self, "status-reorder", "messages");
}

/* Arms a copy of @wanted; %NULL when its kind is not one of ours. */
JsonObject *
sb_practice_fault_arm (SbPractice *self,
                       JsonObject *wanted)
{
  const char *kind = sb_json_string (wanted, "kind");
  JsonObject *fault;
  gint64      id = sb_json_int (self->config, "fault_id", 0) + 1;

  if (kind == NULL || (!g_strv_contains (request_kinds, kind) && !g_strv_contains (event_kinds, kind)))
    return NULL;

  fault = sb_practice_copy (wanted);
  json_object_set_int_member (self->config, "fault_id", id);
  json_object_set_int_member (fault, "id", id);
  json_object_set_int_member (fault, "hits", 0);
  g_ptr_array_add (self->faults, fault);

  return fault;
}

/* Disarms one fault, or all when @id is 0. */
void
sb_practice_fault_disarm (SbPractice *self,
                          gint64      id)
{
  for (guint i = self->faults->len; i > 0; i--)
    {
      if (id == 0 || sb_json_int (self->faults->pdata[i - 1], "id", 0) == id)
        g_ptr_array_remove_index (self->faults, i - 1);
    }
}
