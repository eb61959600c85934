#include "sb-mailbox-egress.h"

#include <string.h>

#include "sb-mailbox-event.h"
#include "sb-mailbox-ingress.h"

#define PENALTY_MS   1000
#define DEFAULT_WAIT 25
#define MAX_WAIT     55
#define MAX_LIMIT    1000

/* -- who asks -- */

static gboolean
refuse_cb (gpointer user_data)
{
  SbMailboxCall *call = user_data;

  call->timer_id = 0;
  sb_mailbox_call_answer_json (call, 401, sb_json_make ("s:error", "token", NULL));

  return G_SOURCE_REMOVE;
}

/* The timer holds the call; whoever guesses has to wait a second for each try. */
static void
refuse_later (SbMailboxCall *call)
{
  sb_mailbox_call_pause (call);
  g_timeout_add_full (G_PRIORITY_DEFAULT, PENALTY_MS, refuse_cb, sb_mailbox_call_ref (call), (GDestroyNotify) sb_mailbox_call_unref);
}

static gboolean
find_token (SbMailboxCall *call,
            GError       **error)
{
  const char *header = sb_mailbox_call_header (call, "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", 7) != 0)
    return TRUE;

  call->token = sb_mailbox_box_find_token (call->server->db, call->box, header + 7, error);

  return call->token != 0 || *error == NULL;
}

/* -- events -- */

static void ask (SbMailboxCall *call);

static gint64
count_stored (SbMailboxCall *call)
{
  gint64 *count = g_hash_table_lookup (call->server->stored, &call->box->row);

  return count != NULL ? *count : 0;
}

static gboolean
wait_over_cb (gpointer user_data)
{
  g_autoptr (SbMailboxCall) call = sb_mailbox_call_ref (user_data);

  call->timer_id = 0;
  g_ptr_array_remove_fast (call->server->waiters, call);
  call->deadline = 0;
  ask (call);

  return G_SOURCE_REMOVE;
}

/* The list holds the call until something comes or its time is over. */
static void
hold (SbMailboxCall *call)
{
  gint64 left_us = call->deadline - g_get_monotonic_time ();

  call->timer_id = g_timeout_add ((guint) MAX (left_us / 1000, 1), wait_over_cb, call);
  g_ptr_array_add (call->server->waiters, sb_mailbox_call_ref (call));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbMailboxCall) call = user_data;
  g_autoptr (GError)        error = NULL;
  SbMailboxRead            *read = sb_mailbox_store_finish (result, &error);

  if (call->gone)
    return;
  if (read == NULL)
    {
      g_warning ("Events could not be read: %s", error->message);
      sb_mailbox_call_answer_json (call, 503, sb_json_make ("s:error", "storage", NULL));
    }
  else if (read->status != 200 || read->n_events > 0 || g_get_monotonic_time () >= call->deadline)
    sb_mailbox_call_answer (call, read->status, "application/json", read->text->str, read->text->len);
  else if (call->stored != count_stored (call))
    ask (call); /* something came while we looked */
  else
    hold (call);
}

static void
ask (SbMailboxCall *call)
{
  SbMailboxRead *read;

  if (call->gone)
    return;

  read = g_new0 (SbMailboxRead, 1);
  read->box = call->box->row;
  read->epoch = g_strdup (call->epoch);
  read->after = call->after;
  read->limit = call->limit;
  read->text = g_string_new (NULL);
  call->stored = count_stored (call);
  sb_mailbox_store_read_async (call->server->store, sb_mailbox_event_read, read, (GDestroyNotify) sb_mailbox_read_free, read_cb, sb_mailbox_call_ref (call));
}

static void
answer_events (SbMailboxCall *call)
{
  const char *epoch = sb_mailbox_call_param (call, "epoch");
  gint64      wait_s = sb_mailbox_call_param_int (call, "wait", DEFAULT_WAIT, 0, MAX_WAIT);

  call->epoch = g_strdup (epoch != NULL ? epoch : "");
  call->after = sb_mailbox_call_param_int (call, "after", 0, 0, G_MAXINT64);
  call->limit = sb_mailbox_call_param_int (call, "limit", 100, 1, MAX_LIMIT);
  call->deadline = g_get_monotonic_time () + wait_s * G_USEC_PER_SEC;
  sb_mailbox_call_pause (call);
  ask (call);
}

/* Something was stored for @box: its long polls look again. */
void
sb_mailbox_egress_wake (SbMailboxServer *server,
                        gint64           box)
{
  for (guint i = server->waiters->len; i > 0; i--)
    {
      g_autoptr (SbMailboxCall) call = NULL;

      if (((SbMailboxCall *) server->waiters->pdata[i - 1])->box->row != box)
        continue;
      call = g_ptr_array_steal_index_fast (server->waiters, i - 1);
      g_clear_handle_id (&call->timer_id, g_source_remove);
      ask (call);
    }
}

/* -- acknowledgement -- */

static void
acked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbMailboxCall) call = user_data;
  g_autoptr (GError)        error = NULL;
  SbMailboxAck             *ack = sb_mailbox_store_finish (result, &error);

  if (ack != NULL)
    {
      sb_mailbox_call_answer (call, ack->status, "application/json", ack->text->str, ack->text->len);
      return;
    }

  g_warning ("An acknowledgement could not be kept: %s", error->message);
  sb_mailbox_call_answer_json (call, 503, sb_json_make ("s:error", "storage", NULL));
}

static void
answer_ack (SbMailboxCall *call)
{
  g_autoptr (GBytes)   body = sb_mailbox_call_body (call);
  g_autoptr (JsonNode) node = sb_json_parse_bytes (body, NULL);
  JsonObject          *root = sb_json_root (node);
  const char          *epoch = sb_json_string (root, "epoch");
  gint64               upto = sb_json_int (root, "upto", -1);
  SbMailboxAck        *ack;

  if (epoch == NULL || upto < 0)
    {
      sb_mailbox_call_answer_json (call, 400, sb_json_make ("s:error", "body", NULL));
      return;
    }

  ack = g_new0 (SbMailboxAck, 1);
  ack->box = call->box->row;
  ack->token = call->token;
  ack->epoch = g_strdup (epoch);
  ack->upto = upto;
  ack->text = g_string_new (NULL);
  sb_mailbox_call_pause (call);
  sb_mailbox_store_write_async (call->server->store, sb_mailbox_event_ack, ack, (GDestroyNotify) sb_mailbox_ack_free, acked_cb, sb_mailbox_call_ref (call));
}

/* The desk's side of the wire: /v1/box/BOX and what lies below. */
void
sb_mailbox_egress_answer (SbMailboxCall *call,
                          const char    *edge)
{
  g_autoptr (GError) error = NULL;
  const char        *method = soup_server_message_get_method (call->message);

  if (!find_token (call, &error))
    {
      g_warning ("A token could not be looked up: %s", error->message);
      sb_mailbox_call_answer_json (call, 503, sb_json_make ("s:error", "storage", NULL));
    }
  else if (call->token == 0)
    refuse_later (call);
  else if (g_str_equal (edge, "events") && g_str_equal (method, "GET"))
    answer_events (call);
  else if (g_str_equal (edge, "ack") && g_str_equal (method, "POST"))
    answer_ack (call);
  else if (g_str_equal (edge, "selftest") && g_str_equal (method, "POST"))
    sb_mailbox_ingress_self_test (call);
  else if (edge[0] == '\0' && g_str_equal (method, "GET"))
    sb_mailbox_call_answer_json (call, 200, sb_mailbox_box_status (call->box));
  else
    sb_mailbox_call_answer_json (call, 404, sb_json_make ("s:error", "path", NULL));
}
