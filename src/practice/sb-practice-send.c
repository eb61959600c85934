#include "sb-practice-send.h"

#include <string.h>

#include "sb-practice-check.h"
#include "sb-practice-fault.h"
#include "sb-practice-fill.h"
#include "sb-practice-follow.h"
#include "sb-practice-message.h"
#include "sb-practice-persona.h"

/* Tokens that drip: throughput of the number, pace towards one customer. */
typedef struct
{
  double fill;
  gint64 at;
} Bucket;

#define STANDARD_PER_SECOND 80.0
#define HIGH_PER_SECOND     1000.0
#define PAIR_PER_SECOND     (1.0 / 6.0)
#define PAIR_BURST          45.0

static gboolean
spend (SbPractice *self,
       const char *name,
       double      per_second,
       double      burst)
{
  Bucket *bucket = g_hash_table_lookup (self->pace, name);
  gint64  now = sb_clock_now (self->clock);

  if (bucket == NULL)
    {
      bucket = g_new0 (Bucket, 1);
      bucket->fill = burst;
      bucket->at = now;
      g_hash_table_insert (self->pace, g_strdup (name), bucket);
    }
  bucket->fill = MIN (burst, bucket->fill + (double) MAX (now - bucket->at, 0) / 1000 * per_second);
  bucket->at = now;
  if (bucket->fill < 1)
    return FALSE;
  bucket->fill -= 1;

  return TRUE;
}

/* Digits of a number as people write it; NULL when it is none. */
static char *
strip_number (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        g_string_append_c (digits, *c);
      else if (strchr ("+ -().", *c) == NULL)
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
    }

  return g_string_free (digits, FALSE);
}

/* Step 4: a receipt, with or without typing. */
static void
receipt (SbPracticeCall *call)
{
  const char            *wamid = sb_json_string (call->body, "message_id");
  JsonObject            *stored = sb_practice_message_get (call->practice, wamid);
  g_autoptr (JsonObject) message = stored != NULL ? json_object_ref (stored) : NULL;

  if (g_strcmp0 (sb_json_string (call->body, "status"), "read") != 0)
    sb_practice_call_fail (call, 100, "Param status must be one of {read}.");
  else if (message == NULL || g_strcmp0 (sb_json_string (message, "direction"), "in") != 0)
    sb_practice_call_fail (call, 100, "Param message_id is not the id of a message that was received.");
  else
    {
      json_object_set_string_member (message, "status", "read");
      sb_practice_message_save (call->practice, message);
      sb_practice_call_success (call);
    }
}

/* Step 5: may the number send at all? */
static gboolean
check_number (SbPracticeCall *call)
{
  JsonObject *account = sb_json_object (call->practice->config, "account");

  if (!sb_json_bool (account, "registered", TRUE))
    return sb_practice_call_fail (call, 133010, "The number is not registered. Register it with its PIN first.");
  if (sb_json_bool (account, "banned", FALSE))
    return sb_practice_call_fail (call, 131031, "The account was locked.");
  if (!sb_json_bool (account, "payment_ok", TRUE))
    return sb_practice_call_fail (call, 131042, "There is a problem with the payment method.");

  return TRUE;
}

static gboolean
is_allowed (JsonObject *account,
            const char *digits)
{
  JsonArray *allowed = sb_json_array (account, "allowed");

  if (!sb_json_bool (account, "test_mode", FALSE))
    return TRUE;

  for (guint i = 0; i < sb_json_length (allowed); i++)
    {
      if (g_strcmp0 (json_array_get_string_element (allowed, i), digits) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Step 6: the person the message is for, in digits or as a user id. */
static char *
check_recipient (SbPracticeCall *call)
{
  JsonObject      *account = sb_json_object (call->practice->config, "account");
  g_autofree char *to = sb_json_dup_id (call->body, "to");
  const char      *user = sb_json_string (call->body, "recipient");
  g_autofree char *digits = to != NULL ? strip_number (to) : NULL;

  if (to == NULL && user != NULL && strlen (user) > 3 && user[2] == '.')
    return g_strdup (user);
  if (to == NULL && user != NULL)
    sb_practice_call_fail (call, 131009, "Param recipient is not a business-scoped user id.");
  else if (to == NULL || to[0] == '\0')
    sb_practice_call_fail (call, 131008, "The parameter to is required.");
  else if (digits == NULL || strlen (digits) < 7 || strlen (digits) > 15)
    sb_practice_call_fail (call, 131009, "Param to is not a valid phone number.");
  else if (g_str_equal (digits, sb_practice_config (call->practice, "phone")))
    sb_practice_call_fail (call, 131021, "Recipient and sender are the same number.");
  else if (!is_allowed (account, digits))
    sb_practice_call_fail (call, 131030, "The number is not in the list of allowed recipients of this test number.");
  else
    return g_steal_pointer (&digits);

  return NULL;
}

static const char *
type_of (JsonObject *body)
{
  const char *type = sb_json_string (body, "type");

  return type == NULL && json_object_has_member (body, "text") ? "text" : type;
}

/* Steps 10 and 11. */
static gboolean
check_pace_and_window (SbPracticeCall *call,
                       JsonObject     *persona,
                       gboolean        is_template)
{
  SbPractice      *self = call->practice;
  const char      *level = sb_json_string (sb_json_object (self->config, "account"), "throughput");
  gboolean         high = g_strcmp0 (level, "HIGH") == 0;
  double           number_pace = high ? HIGH_PER_SECOND : STANDARD_PER_SECOND;
  g_autofree char *pair = g_strconcat ("pair ", sb_json_string (persona, "id"), NULL);

  if (!spend (self, high ? "number high" : "number", number_pace, number_pace))
    return sb_practice_call_fail (call, 130429, "Cloud API message throughput has been reached.");
  if (!spend (self, pair, PAIR_PER_SECOND, PAIR_BURST))
    return sb_practice_call_fail (call, 131056, "Too many messages went from this number to this customer in a short time.");
  if (!is_template && g_strcmp0 (self->options->window_error, "direct") == 0 && !sb_practice_follow_window_open (self, persona))
    return sb_practice_call_fail (call, 131047, "More than 24 hours have passed since the customer last replied to this number.");

  return TRUE;
}

/* Graph takes any structure as JSON in a string too, and one client sends contacts and others so. */
static void
unwrap (SbPracticeCall *call)
{
  const char          *type = type_of (call->body);
  const char          *text = type != NULL ? sb_json_string (call->body, type) : NULL;
  g_autoptr (JsonNode) part = text != NULL && (text[0] == '{' || text[0] == '[') ? sb_json_parse (text, -1, NULL) : NULL;
  JsonObject          *body;

  if (part == NULL)
    return;

  body = sb_practice_copy (call->body);
  json_object_set_member (body, type, json_node_copy (part));
  json_node_unref (call->node);
  call->node = json_node_init_object (json_node_alloc (), body);
  call->body = body;
  json_object_unref (body);
}

static JsonObject *
keep (SbPracticeCall   *call,
      JsonObject       *persona,
      const char       *type,
      SbPracticeFilled *filled)
{
  SbPractice      *self = call->practice;
  gboolean         to_user = !json_object_has_member (call->body, "to");
  g_autofree char *wamid = sb_practice_new_wamid (self, to_user ? sb_json_string (persona, "user_id") : sb_practice_persona_address (persona), FALSE);
  JsonObject      *body = sb_practice_copy (call->body);
  JsonObject      *message;

  json_object_set_string_member (body, "type", type);
  sb_practice_filled_describe (filled, body);
  message = sb_json_make ("s:id", wamid, "s:peer", sb_json_string (persona, "id"), "s:direction", "out", "s:type", type,
                          "i:at", sb_practice_now (self), "o:body", body, "s:status", "accepted", "b:to_user", to_user,
                          "s:category", filled->category, "b:in_window", sb_practice_follow_window_open (self, persona),
                          "b:reorder", sb_practice_fault_take_reorder (self),
                          "s:biz_opaque_callback_data", sb_json_string (call->body, "biz_opaque_callback_data"), NULL);
  call->wamid = g_strdup (wamid);
  sb_practice_message_save (self, message);

  return message;
}

/* Step 12. */
static void
accept_send (SbPracticeCall   *call,
             JsonObject       *persona,
             const char       *type,
             SbPracticeFilled *filled)
{
  g_autoptr (JsonObject) message = keep (call, persona, type, filled);
  g_autofree char       *input = sb_json_dup_id (call->body, "to");
  JsonObject            *contact;
  JsonObject            *sent = sb_json_make ("s:id", call->wamid, "s:message_status", filled->category != NULL ? "accepted" : NULL, NULL);

  if (input != NULL)
    contact = sb_json_make ("s:input", input, "s:wa_id", sb_json_string (persona, "phone"), NULL);
  else
    contact = sb_json_make ("s:input", sb_json_string (call->body, "recipient"), "s:user_id", sb_json_string (persona, "user_id"), NULL);

  sb_practice_follow_send (call->practice, message, persona);
  sb_practice_call_answer (call, sb_json_make ("s:messaging_product", "whatsapp", "a:contacts", sb_json_make_array (contact, NULL),
                                               "a:messages", sb_json_make_array (sent, NULL), NULL));
}

static void
send_message (SbPracticeCall *call)
{
  g_auto (SbPracticeFilled) filled = { 0 };
  const char               *type;
  g_autofree char          *address = NULL;
  JsonObject               *persona;
  gboolean                  is_template;

  unwrap (call);
  type = type_of (call->body);
  if (!check_number (call))
    return;
  if (g_strcmp0 (sb_json_string (call->body, "recipient_type"), "group") == 0)
    {
      sb_practice_call_fail (call, 131215, "This number may not use groups.");
      return;
    }

  address = check_recipient (call);
  if (address == NULL || !sb_practice_check_message (call, type, call->body))
    return;

  persona = sb_practice_persona_meet (call->practice, address, NULL);
  is_template = g_str_equal (type, "template");
  if (is_template && !sb_practice_fill (call, sb_json_object (call->body, "template"), persona, &filled))
    return;
  if (check_pace_and_window (call, persona, is_template))
    accept_send (call, persona, type, &filled);
}

/* POST /{phone}/messages, and its marketing twin: the checks of a send, in Meta's order. */
gboolean
sb_practice_send_answer (SbPracticeCall *call)
{
  if (call->n_parts != 2 || !g_str_equal (call->parts[0], sb_practice_config (call->practice, "phone_number_id")) ||
      (!g_str_equal (call->parts[1], "messages") && !g_str_equal (call->parts[1], "marketing_messages")) ||
      !sb_practice_call_is (call, "POST"))
    return FALSE;

  if (call->body == NULL)
    sb_practice_call_fail (call, 100, "Invalid JSON: the body could not be read.");
  else if (g_strcmp0 (sb_json_string (call->body, "messaging_product"), "whatsapp") != 0)
    sb_practice_call_fail (call, 100, "Param messaging_product must be one of {whatsapp}.");
  else if (json_object_has_member (call->body, "status"))
    receipt (call);
  else
    send_message (call);

  return TRUE;
}
