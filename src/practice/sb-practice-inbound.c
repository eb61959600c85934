#include "sb-practice-inbound.h"

#include "sb-practice-event.h"
#include "sb-practice-follow.h"
#include "sb-practice-media.h"
#include "sb-practice-message.h"
#include "sb-practice-persona.h"

/* Members that speak to us and are not part of a message. */
static gboolean
is_for_us (const char *member)
{
  static const char *const ours[] = { "persona", "from", "to", "name", "username", "timestamp", "at", "seconds", "user_id", "picture",
                                      "act", "seq", "peer", "id", NULL };

  return g_strv_contains (ours, member);
}

/* A plain string stands for the body of a text, the emoji of a reaction, the caption of a picture. */
static void
expand_string (JsonObject *message,
               const char *type)
{
  const char            *text = sb_json_string (message, type);
  g_autoptr (JsonObject) part = NULL;

  if (text == NULL)
    return;

  if (g_str_equal (type, "text"))
    part = sb_json_make ("s:body", text, NULL);
  else if (g_str_equal (type, "button"))
    part = sb_json_make ("s:payload", text, "s:text", text, NULL);
  else
    part = sb_json_make ("s:caption", text, NULL);
  json_object_set_object_member (message, type, json_object_ref (part));
}

static gboolean
is_media (const char *type)
{
  return g_str_equal (type, "image") || g_str_equal (type, "video") || g_str_equal (type, "audio") ||
         g_str_equal (type, "document") || g_str_equal (type, "sticker");
}

static JsonObject *
plain_message (SbPractice *self,
               JsonObject *wanted,
               const char *type)
{
  JsonObject       *message = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (wanted);

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!is_for_us (l->data))
        json_object_set_member (message, l->data, json_node_copy (json_object_get_member (wanted, l->data)));
    }
  json_object_set_string_member (message, "type", type);
  expand_string (message, type);
  if (is_media (type))
    sb_practice_media_complete (self, message, type, sb_json_int (wanted, "seconds", 8), sb_json_string (wanted, "picture"));
  if (g_str_equal (type, "unsupported") && !json_object_has_member (message, "errors"))
    json_object_set_array_member (message, "errors",
                                  sb_json_make_array (sb_json_make ("i:code", (gint64) 131051, "s:title", "Message type unknown",
                                                                    "s:message", "Message type unknown",
                                                                    "o:error_data", sb_json_make ("s:details", "Message type is currently not supported.", NULL), NULL),
                                                      NULL));

  return message;
}

static void
stamp (SbPractice *self,
       JsonObject *message,
       const char *wamid,
       gint64      at_ms)
{
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, at_ms / 1000);

  json_object_set_string_member (message, "id", wamid);
  json_object_set_string_member (message, "timestamp", timestamp);
}

/* A message that changes an earlier one, as the phone does when it is edited or taken back. */
static void
apply (SbPractice *self,
       JsonObject *message,
       const char *type)
{
  JsonObject            *part = sb_json_object (message, type);
  JsonObject            *stored = sb_practice_message_get (self, sb_json_string (part, "original_message_id"));
  g_autoptr (JsonObject) target = stored != NULL ? json_object_ref (stored) : NULL;

  if (target == NULL)
    return;

  if (g_str_equal (type, "revoke"))
    json_object_set_boolean_member (target, "revoked", TRUE);
  else if (sb_json_object (part, "message") != NULL)
    {
      json_object_set_boolean_member (target, "edited", TRUE);
      json_object_set_object_member (target, "body", json_object_ref (sb_json_object (part, "message")));
    }
  sb_practice_message_save (self, target);
}

/* The person has another number now; the system message tells of it. */
static void
change_number (SbPractice *self,
               JsonObject *persona,
               JsonObject *system)
{
  const char *number = sb_json_string (system, "wa_id");

  if (number == NULL)
    number = sb_json_string (system, "new_wa_id");
  if (number == NULL)
    return;

  g_hash_table_remove (self->people, sb_practice_persona_address (persona));
  json_object_set_string_member (persona, "phone", number);
  if (sb_json_string (system, "user_id") != NULL)
    json_object_set_string_member (persona, "user_id", sb_json_string (system, "user_id"));
  sb_practice_persona_save (self, persona);
}

static void
remember (SbPractice *self,
          JsonObject *persona,
          JsonObject *message,
          gboolean    inbound,
          gint64      at_ms)
{
  const char            *type = sb_json_string (message, "type");
  g_autoptr (JsonObject) doc = sb_json_make ("s:id", sb_json_string (message, "id"), "s:peer", sb_json_string (persona, "id"),
                                             "s:direction", inbound ? "in" : "out", "s:type", type, "i:at", at_ms,
                                             "o:body", json_object_ref (message), "s:status", inbound ? "received" : "delivered", NULL);

  if (g_str_equal (type, "edit") || g_str_equal (type, "revoke"))
    apply (self, message, type);
  else if (!g_str_equal (type, "system"))
    sb_practice_message_save (self, doc);
}

/**
 * sb_practice_inbound_deliver:
 * @wanted: type and the body of a message, as a webhook carries it or in short form
 * @at_ms: when it was written
 *
 * Lets @persona write to the shop: the message is kept and the webhook goes out.
 *
 * Returns: the id of the message
 */
char *
sb_practice_inbound_deliver (SbPractice *self,
                             JsonObject *persona,
                             JsonObject *wanted,
                             gint64      at_ms)
{
  g_autoptr (JsonObject) keep = json_object_ref (persona);
  const char            *type = sb_json_string (wanted, "type") != NULL ? sb_json_string (wanted, "type") : "text";
  g_autofree char       *wamid = sb_practice_new_wamid (self, sb_practice_persona_address (persona), TRUE);
  g_autoptr (JsonObject) message = plain_message (self, wanted, type);
  gboolean               is_system = g_str_equal (type, "system");
  JsonObject            *value = sb_practice_event_value (self, is_system ? NULL : persona);
  const char            *phone = sb_json_string (persona, "phone");

  if (phone != NULL)
    json_object_set_string_member (message, "from", phone);
  json_object_set_string_member (message, "from_user_id", sb_json_string (persona, "user_id"));
  stamp (self, message, wamid, at_ms);
  remember (self, persona, message, TRUE, at_ms);
  if (is_system)
    change_number (self, persona, sb_json_object (message, "system"));
  else if (!g_str_equal (type, "edit") && !g_str_equal (type, "revoke"))
    {
      json_object_set_int_member (persona, "last_in", MAX (at_ms, sb_json_int (persona, "last_in", 0)));
      sb_practice_persona_save (self, persona);
    }

  json_object_set_array_member (value, "messages", sb_json_make_array (json_object_ref (message), NULL));
  sb_practice_event_emit (self, "messages", value);

  return g_steal_pointer (&wamid);
}

/* The shop wrote from its phone app: the same message comes to us as an echo. */
char *
sb_practice_inbound_echo (SbPractice *self,
                          JsonObject *persona,
                          JsonObject *wanted,
                          gint64      at_ms)
{
  const char            *type = sb_json_string (wanted, "type") != NULL ? sb_json_string (wanted, "type") : "text";
  g_autofree char       *wamid = sb_practice_new_wamid (self, sb_practice_persona_address (persona), FALSE);
  g_autoptr (JsonObject) message = plain_message (self, wanted, type);
  JsonObject            *value = sb_practice_event_value (self, NULL);
  const char            *phone = sb_json_string (persona, "phone");

  json_object_set_string_member (message, "from", sb_practice_config (self, "phone"));
  if (phone != NULL)
    json_object_set_string_member (message, "to", phone);
  json_object_set_string_member (message, "to_user_id", sb_json_string (persona, "user_id"));
  stamp (self, message, wamid, at_ms);
  remember (self, persona, message, FALSE, at_ms);
  json_object_set_array_member (value, "message_echoes", sb_json_make_array (json_object_ref (message), NULL));
  sb_practice_event_emit (self, "smb_message_echoes", value);

  return g_steal_pointer (&wamid);
}
