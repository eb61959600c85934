#include "sb-practice-control.h"

#include "sb-practice-box.h"
#include "sb-practice-due.h"
#include "sb-practice-event.h"
#include "sb-practice-fault.h"
#include "sb-practice-follow.h"
#include "sb-practice-inbound.h"
#include "sb-practice-message.h"
#include "sb-practice-persona.h"
#include "sb-practice-template.h"

typedef struct
{
  const char *name;
  void (*answer) (SbPracticeCall *call);
} Place;

static void
refuse (SbPracticeCall *call,
        const char     *text)
{
  sb_practice_call_fail_raw (call, 400, sb_json_make ("s:error", text, NULL));
}

static JsonArray *
array_of (GPtrArray *objects)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < objects->len; i++)
    json_array_add_object_element (array, json_object_ref (objects->pdata[i]));

  return array;
}

static void
requests (SbPracticeCall *call)
{
  if (!sb_practice_call_is (call, "GET"))
    g_ptr_array_set_size (call->practice->requests, 0);
  sb_practice_call_answer (call, sb_json_make ("a:requests", array_of (call->practice->requests), NULL));
}

static void
events (SbPracticeCall *call)
{
  SbPractice           *self = call->practice;
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "event");
  gint64                after = sb_practice_call_param_int (call, "after", sb_practice_call_is (call, "GET") ? sb_json_int (self->config, "events_from", 0) : G_MAXINT64);
  JsonArray            *found = json_array_new ();

  if (!sb_practice_call_is (call, "GET"))
    {
      json_object_set_int_member (self->config, "events_from", sb_practice_event_newest (self));
      sb_practice_save_config (self);
    }
  for (guint i = 0; i < list->len; i++)
    {
      if (sb_json_int (list->pdata[i], "seq", 0) > after)
        json_array_add_object_element (found, sb_practice_event_describe (list->pdata[i]));
    }
  sb_practice_call_answer (call, sb_json_make ("a:events", found, "i:newest", sb_practice_event_newest (self), NULL));
}

/* A moment as people and protocols write it: milliseconds, or seconds when it is too small for that. */
static gint64
moment_of (SbPractice *self,
           JsonObject *body)
{
  gint64 value = sb_json_int (body, "at", sb_json_int (body, "timestamp", 0));

  if (value == 0)
    return sb_practice_now (self);

  return value < G_GINT64_CONSTANT (100000000000) ? value * 1000 : value;
}

/* Whoever the body names: a persona, a number, a user id, a username. Strangers become customers. */
static JsonObject *
writer_of (SbPractice *self,
           JsonObject *body)
{
  g_autofree char *id = sb_json_dup_id (body, "persona");
  g_autofree char *from = sb_json_dup_id (body, "from");
  const char      *user = sb_json_string (body, "user_id");
  const char      *username = sb_json_string (body, "username");
  const char      *name = sb_json_string (body, "name");
  JsonObject      *persona = sb_practice_persona_find (self, id);

  if (persona == NULL && from != NULL)
    return sb_practice_persona_meet (self, from[0] == '+' ? from + 1 : from, name);
  if (persona == NULL && user != NULL)
    return sb_practice_persona_meet (self, user, name);
  if (persona == NULL && username != NULL)
    persona = sb_practice_persona_find (self, username);
  if (persona == NULL && username != NULL)
    persona = sb_practice_persona_add (self, sb_json_make ("s:username", username, "s:name", name, NULL));

  return persona;
}

static void
inbound (SbPracticeCall *call)
{
  SbPractice            *self = call->practice;
  JsonObject            *found = sb_practice_call_is (call, "POST") ? writer_of (self, call->body) : NULL;
  g_autoptr (JsonObject) persona = found != NULL ? json_object_ref (found) : NULL;
  const char            *tapped = sb_json_string (call->body, "tap");
  JsonObject            *message = sb_practice_message_get (self, sb_json_string (call->body, "message"));
  g_autoptr (JsonObject) reply = tapped != NULL ? sb_practice_message_tap (self, message, tapped) : NULL;
  g_autofree char       *wamid = NULL;

  if (persona == NULL)
    {
      refuse (call, "Say who writes: persona, from, user_id or username.");
      return;
    }
  if (tapped != NULL && reply == NULL)
    {
      refuse (call, "That message has no such button to answer with.");
      return;
    }

  wamid = sb_practice_inbound_deliver (self, persona, reply != NULL ? reply : call->body, moment_of (self, call->body));
  sb_practice_persona_wrote (self, persona);
  sb_practice_call_answer (call, sb_json_make ("s:id", wamid, "s:persona", sb_json_string (persona, "id"), NULL));
}

static void
status (SbPracticeCall *call)
{
  const char *wamid = sb_json_string (call->body, "id");
  const char *state = sb_json_string (call->body, "status");

  if (sb_practice_message_get (call->practice, wamid) == NULL || state == NULL)
    {
      refuse (call, "id must be a message that was sent, status one of sent, delivered, read, played, failed.");
      return;
    }

  sb_practice_follow_status (call->practice, wamid, state, sb_json_int (call->body, "code", 131000), moment_of (call->practice, call->body));
  sb_practice_call_success (call);
}

static void
event (SbPracticeCall *call)
{
  const char *field = sb_json_string (call->body, "field");
  JsonObject *value = sb_json_object (call->body, "value");

  if (field == NULL || value == NULL)
    {
      refuse (call, "field and value are needed.");
      return;
    }

  sb_practice_event_emit (call->practice, field, json_object_ref (value));
  sb_practice_call_answer (call, sb_json_make ("b:success", TRUE, "i:seq", sb_practice_event_newest (call->practice), NULL));
}

static void
clock_place (SbPracticeCall *call)
{
  SbPractice *self = call->practice;
  gint64      offset = sb_clock_get_offset (self->clock);

  if (sb_practice_call_is (call, "POST"))
    {
      if (json_object_has_member (call->body, "set_ms"))
        offset += sb_json_int (call->body, "set_ms", 0) - sb_clock_now (self->clock);
      offset = sb_json_int (call->body, "offset_ms", offset) + sb_json_int (call->body, "advance_ms", 0);
      json_object_set_int_member (self->config, "offset_ms", offset);
      sb_practice_save_config (self);
      sb_clock_set_offset (self->clock, offset);
      sb_practice_due_run (self);
    }
  sb_practice_call_answer (call, sb_json_make ("i:now_ms", sb_clock_now (self->clock), "i:offset_ms", offset, NULL));
}

static void
faults (SbPracticeCall *call)
{
  SbPractice *self = call->practice;

  if (sb_practice_call_is (call, "DELETE"))
    sb_practice_fault_disarm (self, sb_practice_call_param_int (call, "id", 0));
  else if (sb_practice_call_is (call, "POST") && sb_practice_fault_arm (self, call->body) == NULL)
    {
      refuse (call, "kind must be http, hang, reset, answer-lost, truncate, slow, date, status-reorder, duplicate or drop.");
      return;
    }
  sb_practice_call_answer (call, sb_json_make ("a:faults", array_of (self->faults), NULL));
}

static void
online (SbPracticeCall *call)
{
  SbPractice *self = call->practice;
  gboolean    is_online = sb_practice_call_param_bool (call, "online", sb_json_bool (self->config, "online", TRUE));

  json_object_set_boolean_member (self->config, "online", is_online);
  sb_practice_save_config (self);
  if (!is_online)
    sb_practice_box_cut (self);
  sb_practice_call_answer (call, sb_json_make ("b:online", is_online, NULL));
}

static gboolean
is_off (JsonObject *persona)
{
  return g_strcmp0 (sb_json_string (persona, "receipts"), "offline") == 0;
}

static void
change_persona (SbPractice *self,
                JsonObject *wanted)
{
  g_autofree char *id = sb_json_dup_id (wanted, "id");
  gboolean         was_off = is_off (sb_practice_persona_find (self, id));
  JsonObject      *persona = sb_practice_persona_add (self, json_object_ref (wanted));

  if (was_off && !is_off (persona))
    sb_practice_follow_catch_up (self, persona);
}

static void
personas (SbPracticeCall *call)
{
  SbPractice           *self = call->practice;
  g_autoptr (GPtrArray) list = NULL;
  JsonArray            *found = json_array_new ();

  if (sb_practice_call_is (call, "POST") && call->body != NULL)
    change_persona (self, call->body);

  list = sb_practice_store_list (self->store, "persona");
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (found, sb_practice_persona_describe (self, list->pdata[i]));
  sb_practice_call_answer (call, sb_json_make ("a:personas", found, NULL));
}

static void
messages (SbPracticeCall *call)
{
  g_autofree char *name = sb_practice_call_param (call, "persona");
  JsonObject      *persona = sb_practice_persona_find (call->practice, name);

  if (persona == NULL)
    {
      sb_practice_call_fail_raw (call, 404, sb_json_make ("s:error", "Nobody is called that.", NULL));
      return;
    }
  sb_practice_call_answer (call, sb_json_make ("o:persona", sb_practice_persona_describe (call->practice, persona),
                                               "a:messages", sb_practice_message_thread (call->practice, persona), NULL));
}

static void
templates (SbPracticeCall *call)
{
  g_autofree char      *id = sb_json_dup_id (call->body, "id");
  const char           *name = id != NULL ? id : sb_json_string (call->body, "name");
  const char           *state = sb_json_string (call->body, "status");
  const char           *quality = sb_json_string (call->body, "quality");
  g_autoptr (GPtrArray) list = NULL;

  if (sb_practice_call_is (call, "POST"))
    {
      gboolean ok = name != NULL && (state != NULL || quality != NULL);

      if (ok && state != NULL)
        ok = sb_practice_template_judge (call->practice, name, state, sb_json_string (call->body, "reason"));
      if (ok && quality != NULL)
        ok = sb_practice_template_rate (call->practice, name, quality);
      if (!ok)
        {
          refuse (call, "Give id or name of a template, and status or quality.");
          return;
        }
    }
  list = sb_practice_store_list (call->practice->store, "template");
  sb_practice_call_answer (call, sb_json_make ("a:templates", array_of (list), NULL));
}

/* The account as Meta sees it: quality, limit, ban, payment, what the token is worth. */
static void
account (SbPracticeCall *call)
{
  JsonObject *state = sb_json_object (call->practice->config, "account");

  if (sb_practice_call_is (call, "POST") && call->body != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (call->body);

      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (state, l->data, json_node_copy (json_object_get_member (call->body, l->data)));
      sb_practice_save_config (call->practice);
    }
  sb_practice_call_answer (call, sb_practice_copy (state));
}

static void
webhook (SbPracticeCall *call)
{
  g_autofree char *url = sb_practice_call_param (call, "url");

  if (sb_practice_call_is (call, "DELETE"))
    json_object_remove_member (call->practice->config, "webhook");
  else if (url != NULL)
    json_object_set_string_member (call->practice->config, "webhook", url);
  sb_practice_save_config (call->practice);
  sb_practice_call_answer (call, sb_json_make ("s:url", sb_practice_config (call->practice, "webhook"), NULL));
}

static void
box (SbPracticeCall *call)
{
  if (!sb_practice_call_is (call, "GET"))
    sb_practice_box_renew (call->practice);
  sb_practice_call_answer (call, sb_json_make ("s:box", sb_practice_config (call->practice, "box"), "s:epoch", sb_practice_config (call->practice, "epoch"),
                                               "i:newest", sb_practice_event_newest (call->practice), NULL));
}

static void
reset (SbPracticeCall *call)
{
  sb_practice_reset (call->practice);
  sb_practice_call_success (call);
}

static void
seed (SbPracticeCall *call)
{
  if (sb_practice_call_is (call, "POST"))
    {
      json_object_set_int_member (call->practice->config, "seed", sb_practice_call_param_int (call, "seed", 0));
      json_object_set_int_member (call->practice->config, "count", 1000000);
      sb_practice_save_config (call->practice);
    }
  sb_practice_call_answer (call, sb_json_make ("i:seed", sb_json_int (call->practice->config, "seed", 0), NULL));
}

static const Place places[] = {
  { "requests", requests },
  { "events", events },
  { "inbound", inbound },
  { "status", status },
  { "event", event },
  { "clock", clock_place },
  { "faults", faults },
  { "online", online },
  { "personas", personas },
  { "messages", messages },
  { "templates", templates },
  { "account", account },
  { "webhook", webhook },
  { "box", box },
  { "reset", reset },
  { "seed", seed },
};

/* Everything a real Meta does not have: the strings the practice world hangs on. */
void
sb_practice_control_answer (SbPracticeCall *call)
{
  for (guint i = 0; call->n_parts > 1 && i < G_N_ELEMENTS (places); i++)
    {
      if (g_str_equal (places[i].name, call->parts[1]))
        {
          places[i].answer (call);
          return;
        }
    }
  sb_practice_call_fail_raw (call, 404, sb_json_make ("s:error", "There is no such control.", NULL));
}
