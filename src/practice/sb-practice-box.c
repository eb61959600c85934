#include "sb-practice-box.h"

#include <string.h>

#include "sb-practice-event.h"
#include "sb-practice-server.h"

/* A long poll that found nothing yet. */
typedef struct
{
  SbPractice        *practice;
  SoupServerMessage *message;
  gint64             after;
  guint              limit;
  guint              timeout_id;
} Waiter;

#define MAX_ANSWER_BYTES (8 * 1024 * 1024)

static gint64
oldest (SbPractice *self)
{
  return sb_json_int (self->config, "acked_upto", 0) + 1;
}

static void
respond (SoupServerMessage *message,
         guint              status,
         JsonObject        *answer)
{
  g_autofree char *text = sb_json_text (answer);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Cache-Control", "no-store");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
  json_object_unref (answer);
}

static JsonObject *
wire_event (JsonObject *event)
{
  const char      *body = sb_json_string (event, "body");
  g_autofree char *encoded = g_base64_encode ((const guchar *) body, strlen (body));
  JsonObject      *headers = sb_json_make ("s:content-type", "application/json", "s:x-hub-signature-256", sb_json_string (event, "signature"),
                                           "s:user-agent", "facebookexternalua", NULL);

  if (g_strcmp0 (sb_json_string (event, "field"), "x-sbmb-test") == 0)
    json_object_set_string_member (headers, "x-sbmb-test", "1");

  return sb_json_make ("i:seq", sb_json_int (event, "seq", 0), "s:id", sb_json_string (event, "id"),
                       "i:received", sb_json_int (event, "at", 0), "o:headers", headers, "b:sealed", FALSE, "s:body", encoded, NULL);
}

static JsonObject *
collect (SbPractice *self,
         gint64      after,
         guint       limit)
{
  JsonArray *events = json_array_new ();
  gint64     newest = sb_practice_event_newest (self);
  gint64     seq = MAX (after + 1, oldest (self));
  gsize      bytes = 0;

  for (; seq <= newest && json_array_get_length (events) < limit && bytes < MAX_ANSWER_BYTES; seq++)
    {
      g_autofree char *id = sb_practice_event_id (seq);
      JsonObject      *event = sb_practice_store_get (self->store, "event", id);

      if (event == NULL)
        continue;
      bytes += strlen (sb_json_string (event, "body"));
      json_array_add_object_element (events, wire_event (event));
    }

  return sb_json_make ("s:epoch", sb_practice_config (self, "epoch"), "i:oldest", oldest (self), "i:newest", newest,
                       "b:more", seq <= newest, "a:events", events, NULL);
}

static void
waiter_end (Waiter *waiter)
{
  g_clear_handle_id (&waiter->timeout_id, g_source_remove);
  g_ptr_array_remove (waiter->practice->waiters, waiter);
  g_signal_handlers_disconnect_by_data (waiter->message, waiter);
  soup_server_message_unpause (waiter->message);
  g_object_unref (waiter->message);
  g_free (waiter);
}

static void
answer_waiter (Waiter *waiter)
{
  respond (waiter->message, 200, collect (waiter->practice, waiter->after, waiter->limit));
  waiter_end (waiter);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Waiter *waiter = user_data;

  waiter->timeout_id = 0;
  answer_waiter (waiter);

  return G_SOURCE_REMOVE;
}

/* The client went away. */
static void
gone_cb (SoupServerMessage *message,
         gpointer           user_data)
{
  Waiter *waiter = user_data;

  g_clear_handle_id (&waiter->timeout_id, g_source_remove);
  g_ptr_array_remove (waiter->practice->waiters, waiter);
  g_signal_handlers_disconnect_by_data (message, waiter);
  g_object_unref (waiter->message);
  g_free (waiter);
}

static void
hold (SbPracticeCall *call,
      gint64          after,
      guint           limit,
      guint           wait_s)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->practice = call->practice;
  waiter->message = g_object_ref (call->message);
  waiter->after = after;
  waiter->limit = limit;
  waiter->timeout_id = g_timeout_add_seconds (wait_s, timeout_cb, waiter);
  g_signal_connect (call->message, "disconnected", G_CALLBACK (gone_cb), waiter);
  g_ptr_array_add (call->practice->waiters, waiter);
  soup_server_message_pause (call->message);
}

static void
answer_events (SbPracticeCall *call)
{
  SbPractice      *self = call->practice;
  g_autofree char *epoch = sb_practice_call_param (call, "epoch");
  gint64           after = MAX (sb_practice_call_param_int (call, "after", 0), 0);
  guint            limit = (guint) CLAMP (sb_practice_call_param_int (call, "limit", 100), 1, 1000);
  guint            wait_s = (guint) CLAMP (sb_practice_call_param_int (call, "wait", 25), 0, 55);

  /* A cursor from the future is as strange as another epoch. */
  if ((epoch != NULL && epoch[0] != '\0' && !g_str_equal (epoch, sb_practice_config (self, "epoch"))) || after > sb_practice_event_newest (self))
    respond (call->message, 409, sb_json_make ("s:error", "epoch", "s:epoch", sb_practice_config (self, "epoch"), NULL));
  else if (after < oldest (self) - 1)
    respond (call->message, 410, sb_json_make ("s:error", "gap", "i:oldest", oldest (self), "s:epoch", sb_practice_config (self, "epoch"), NULL));
  else if (after < sb_practice_event_newest (self) || wait_s == 0)
    respond (call->message, 200, collect (self, after, limit));
  else
    hold (call, after, limit, wait_s);
}

static void
answer_ack (SbPracticeCall *call)
{
  SbPractice *self = call->practice;
  gint64      upto = sb_json_int (call->body, "upto", -1);
  const char *epoch = sb_json_string (call->body, "epoch");
  gint64      deleted = 0;

  if (epoch == NULL || upto < 0)
    {
      respond (call->message, 400, sb_json_make ("s:error", "body", NULL));
      return;
    }
  if (g_strcmp0 (epoch, sb_practice_config (self, "epoch")) != 0)
    {
      respond (call->message, 409, sb_json_make ("s:error", "epoch", "s:epoch", sb_practice_config (self, "epoch"), NULL));
      return;
    }

  upto = MIN (upto, sb_practice_event_newest (self));
  for (gint64 seq = oldest (self); seq <= upto; seq++)
    {
      g_autofree char *id = sb_practice_event_id (seq);
      JsonObject      *event = sb_practice_store_get (self->store, "event", id);

      if (event == NULL)
        continue;
      json_object_set_boolean_member (event, "acked", TRUE);
      sb_practice_store_put (self->store, "event", id, event);
      deleted++;
    }
  if (upto >= oldest (self))
    json_object_set_int_member (self->config, "acked_upto", upto);
  sb_practice_save_config (self);
  respond (call->message, 200, sb_json_make ("i:deleted", deleted, NULL));
}

static void
answer_box (SbPracticeCall *call)
{
  SbPractice *self = call->practice;
  gint64      bytes = 0;

  for (gint64 seq = oldest (self); seq <= sb_practice_event_newest (self); seq++)
    {
      g_autofree char *id = sb_practice_event_id (seq);
      JsonObject      *event = sb_practice_store_get (self->store, "event", id);

      bytes += event != NULL ? (gint64) strlen (sb_json_string (event, "body")) : 0;
    }
  respond (call->message, 200,
           sb_json_make ("s:version", "SBMB/1", "s:epoch", sb_practice_config (self, "epoch"), "i:oldest", oldest (self),
                         "i:newest", sb_practice_event_newest (self), "i:bytes", bytes, "s:mode", "check",
                         "i:max_bytes", G_GINT64_CONSTANT (209715200), "i:retention_days", (gint64) 14, NULL));
}

static gboolean
bears (const char *header,
       const char *token)
{
  return header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0 && g_strcmp0 (header + 7, token) == 0;
}

/* The part of the mailbox that a desktop sees (SBMB/1, egress), so that it needs nothing else to practise. */
void
sb_practice_box_answer (SbPracticeCall *call)
{
  SbPractice *self = call->practice;
  const char *header = sb_practice_call_header (call, "Authorization");
  const char *edge = call->n_parts > 3 ? call->parts[3] : "";

  call->answered = TRUE;
  if (call->n_parts < 3 || !g_str_equal (call->parts[2], sb_practice_config (self, "box")))
    respond (call->message, 404, sb_json_make ("s:error", "box", NULL));
  else if (!bears (header, sb_practice_config (self, "box_token")))
    respond (call->message, 401, sb_json_make ("s:error", "token", NULL));
  else if (g_str_equal (edge, "events") && sb_practice_call_is (call, "GET"))
    answer_events (call);
  else if (g_str_equal (edge, "ack") && sb_practice_call_is (call, "POST"))
    answer_ack (call);
  else if (g_str_equal (edge, "selftest") && sb_practice_call_is (call, "POST"))
    {
      sb_practice_event_emit (self, "x-sbmb-test", sb_json_make ("s:text", "selftest", NULL));
      respond (call->message, 200, sb_json_make ("b:stored", TRUE, "i:seq", sb_practice_event_newest (self), NULL));
    }
  else if (edge[0] == '\0' && sb_practice_call_is (call, "GET"))
    answer_box (call);
  else
    respond (call->message, 404, sb_json_make ("s:error", "path", NULL));
}

/* Something was stored: every long poll is answered. */
void
sb_practice_box_wake (SbPractice *self)
{
  while (self->waiters->len > 0)
    answer_waiter (self->waiters->pdata[0]);
}

/* A box that was lost and made again: new epoch, counting from one. */
void
sb_practice_box_renew (SbPractice *self)
{
  g_autoptr (SbRandom) random = sb_practice_random (self);
  g_autofree char     *epoch = sb_random_token (random, 16);

  json_object_set_string_member (self->config, "epoch", epoch);
  json_object_set_int_member (self->config, "newest", 0);
  json_object_set_int_member (self->config, "acked_upto", 0);
  json_object_remove_member (self->config, "events_from");
  sb_practice_store_clear (self->store, "event");
  sb_practice_save_config (self);
  sb_practice_box_wake (self);
}

/* The network is gone: held polls break off without an answer. */
void
sb_practice_box_cut (SbPractice *self)
{
  while (self->waiters->len > 0)
    {
      Waiter *waiter = self->waiters->pdata[0];

      sb_practice_server_cut (waiter->message);
      waiter_end (waiter);
    }
}

void
sb_practice_box_release (SbPractice *self)
{
  sb_practice_box_cut (self);
}
