#include "sb-practice-follow.h"

#include "sb-practice-call.h"
#include "sb-practice-due.h"
#include "sb-practice-event.h"
#include "sb-practice-fault.h"
#include "sb-practice-message.h"
#include "sb-practice-persona.h"

#define SENT_MS       300
#define DELIVERED_MS  1000
#define READ_MS       4000
#define QUICK_READ_MS 2000

/* Twenty-four hours after the customer last wrote the shop may only send templates. */
gboolean
sb_practice_follow_window_open (SbPractice *self,
                                JsonObject *persona)
{
  gint64 last = sb_json_int (persona, "last_in", 0);

  return last != 0 && sb_practice_now (self) < last + SB_DAY_MS;
}

static void
plan (SbPractice *self,
      const char *wamid,
      const char *status,
      int         code,
      gint64      delay_ms)
{
  sb_practice_due_add (self, sb_practice_now (self) + delay_ms, "status",
                       sb_json_make ("s:wamid", wamid, "s:status", status, "i:code", (gint64) code, NULL));
}

/* Why a message cannot arrive, 0 when it can. */
static int
obstacle (SbPractice *self,
          JsonObject *message,
          JsonObject *persona)
{
  const char *receipts = sb_json_string (persona, "receipts");
  const char *category = sb_json_string (message, "category");

  if (g_strcmp0 (receipts, "not-on-whatsapp") == 0)
    return 131026;
  if (g_strcmp0 (receipts, "capped") == 0 && g_strcmp0 (category, "marketing") == 0)
    return 131049;
  if (category == NULL && !sb_json_bool (message, "in_window", FALSE))
    return 131047;

  return 0;
}

/* Plans what happens to a message that was accepted: its ticks, by what the customer's phone does. */
void
sb_practice_follow_send (SbPractice *self,
                         JsonObject *message,
                         JsonObject *persona)
{
  const char *wamid = sb_json_string (message, "id");
  const char *receipts = sb_json_string (persona, "receipts");
  gboolean    reorder = sb_json_bool (message, "reorder", FALSE);
  gboolean    reaction = g_strcmp0 (sb_json_string (message, "type"), "reaction") == 0;
  int         code = obstacle (self, message, persona);

  if (code != 0)
    {
      plan (self, wamid, "failed", code, SENT_MS);
      return;
    }

  plan (self, wamid, "sent", 0, reorder ? READ_MS : SENT_MS);
  if (reaction || g_strcmp0 (receipts, "offline") == 0 || g_strcmp0 (receipts, "blocked") == 0)
    return;

  plan (self, wamid, "delivered", 0, DELIVERED_MS);
  if (g_strcmp0 (receipts, "no-read") != 0)
    plan (self, wamid, "read", 0, reorder ? SENT_MS : g_strcmp0 (receipts, "quick") == 0 ? QUICK_READ_MS
                                                                                         : READ_MS);
}

static JsonObject *
pricing (JsonObject *message)
{
  const char *category = sb_json_string (message, "category");
  gboolean    in_window = sb_json_bool (message, "in_window", FALSE);
  gboolean    free_of_charge = category == NULL || (in_window && g_str_equal (category, "utility"));

  return sb_json_make ("b:billable", !free_of_charge, "s:pricing_model", "PMP", "s:type", free_of_charge ? "free_customer_service" : "regular",
                       "s:category", category != NULL ? category : "service", NULL);
}

static JsonObject *
status_object (JsonObject *message,
               JsonObject *persona,
               const char *status,
               int         code,
               gint64      at_ms)
{
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, at_ms / 1000);
  gboolean         to_user = sb_json_bool (message, "to_user", FALSE);
  gboolean         failed = g_str_equal (status, "failed");
  JsonObject      *object = sb_json_make ("s:id", sb_json_string (message, "id"), "s:status", status, "s:timestamp", timestamp,
                                          "s:recipient_id", to_user ? NULL : sb_json_string (persona, "phone"),
                                          "s:recipient_user_id", failed && !to_user ? NULL : sb_json_string (persona, "user_id"),
                                          "s:biz_opaque_callback_data", sb_json_string (message, "biz_opaque_callback_data"), NULL);

  if (failed)
    json_object_set_array_member (object, "errors", sb_json_make_array (sb_practice_error_for_webhook (code, NULL), NULL));
  else
    json_object_set_object_member (object, "pricing", pricing (message));

  return object;
}

static void
remember (SbPractice *self,
          JsonObject *message,
          const char *status,
          gint64      at_ms)
{
  JsonArray       *events = sb_json_array (message, "events");
  g_autofree char *id = sb_practice_new_id (self, "9");

  if (events == NULL)
    {
      events = json_array_new ();
      json_object_set_array_member (message, "events", events);
    }
  json_array_add_object_element (events, sb_json_make ("s:id", id, "s:status", status, "i:at", at_ms, NULL));
  if (g_str_equal (status, "failed") || sb_practice_message_rank (status) > sb_practice_message_rank (sb_json_string (message, "status")))
    json_object_set_string_member (message, "status", status);
  sb_practice_message_save (self, message);
}

/* Emits one status of a message of ours and keeps it for message_history. */
void
sb_practice_follow_status (SbPractice *self,
                           const char *wamid,
                           const char *status,
                           int         code,
                           gint64      at_ms)
{
  JsonObject            *stored = sb_practice_message_get (self, wamid);
  g_autoptr (JsonObject) message = stored != NULL ? json_object_ref (stored) : NULL;
  JsonObject            *persona = sb_practice_persona_find (self, sb_json_string (message, "peer"));
  JsonObject            *value;

  if (message == NULL || persona == NULL)
    return;

  remember (self, message, status, at_ms);
  value = sb_practice_event_value (self, g_str_equal (status, "failed") ? NULL : persona);
  json_object_set_array_member (value, "statuses", sb_json_make_array (status_object (message, persona, status, code, at_ms), NULL));
  sb_practice_event_emit (self, "messages", value);
}

void
sb_practice_follow_status_due (SbPractice *self,
                               JsonObject *detail)
{
  const char *wamid = sb_json_string (detail, "wamid");
  const char *status = sb_json_string (detail, "status");
  JsonObject *message = sb_practice_message_get (self, wamid);
  JsonObject *persona = sb_practice_persona_find (self, sb_json_string (message, "peer"));

  if (message == NULL || persona == NULL)
    return;

  sb_practice_follow_status (self, wamid, status, sb_json_int (detail, "code", 131000), sb_practice_now (self));
  if (g_str_equal (status, "delivered"))
    sb_practice_persona_heard (self, persona, wamid);
}

/* Who comes back and writes has seen what lies there. */
void
sb_practice_follow_read_all (SbPractice *self,
                             JsonObject *persona)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "message");
  const char           *peer = sb_json_string (persona, "id");

  for (guint i = 0; i < list->len; i++)
    {
      JsonObject *message = list->pdata[i];

      if (g_strcmp0 (sb_json_string (message, "peer"), peer) == 0 && g_strcmp0 (sb_json_string (message, "direction"), "out") == 0 &&
          g_strcmp0 (sb_json_string (message, "status"), "delivered") == 0)
        sb_practice_follow_status (self, sb_json_string (message, "id"), "read", 0, sb_practice_now (self));
    }
}

/* A phone that was off is on again: what waited for it arrives now. */
void
sb_practice_follow_catch_up (SbPractice *self,
                             JsonObject *persona)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "message");
  const char           *peer = sb_json_string (persona, "id");
  const char           *receipts = sb_json_string (persona, "receipts");

  for (guint i = 0; i < list->len; i++)
    {
      JsonObject *message = list->pdata[i];

      if (g_strcmp0 (sb_json_string (message, "peer"), peer) != 0 || g_strcmp0 (sb_json_string (message, "direction"), "out") != 0 ||
          g_strcmp0 (sb_json_string (message, "status"), "sent") != 0)
        continue;
      plan (self, sb_json_string (message, "id"), "delivered", 0, DELIVERED_MS);
      if (g_strcmp0 (receipts, "no-read") != 0)
        plan (self, sb_json_string (message, "id"), "read", 0, READ_MS);
    }
}
