#include "sb-practice-event.h"

#include <string.h>

#include "sb-practice-box.h"
#include "sb-practice-fault.h"
#include "sb-practice-hook.h"

/* Emitted events are kept for the log when the box has let go of them, but not for ever. */
#define KEEP 5000

/* Meta signs the escaped form: everything beyond ASCII as \uXXXX in lower case, slashes with a backslash. */
char *
sb_practice_event_escape (const char *json)
{
  GString *text = g_string_sized_new (strlen (json) + 64);

  for (const char *c = json; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar point = g_utf8_get_char (c);

      if (point == '/')
        g_string_append (text, "\\/");
      else if (point < 0x80)
        g_string_append_c (text, *c);
      else if (point < 0x10000)
        g_string_append_printf (text, "\\u%04x", point);
      else
        g_string_append_printf (text, "\\u%04x\\u%04x", 0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    }

  return g_string_free (text, FALSE);
}

/* Ids of events sort as text. */
char *
sb_practice_event_id (gint64 seq)
{
  return g_strdup_printf ("%012" G_GINT64_FORMAT, seq);
}

gint64
sb_practice_event_newest (SbPractice *self)
{
  return sb_json_int (self->config, "newest", 0);
}

/* What every value of messages begins with; @persona gives the contacts, %NULL leaves them out. */
JsonObject *
sb_practice_event_value (SbPractice *self,
                         JsonObject *persona)
{
  JsonObject *value = sb_json_make ("s:messaging_product", "whatsapp",
                                    "o:metadata", sb_json_make ("s:display_phone_number", sb_practice_config (self, "phone"), "s:phone_number_id", sb_practice_config (self, "phone_number_id"), NULL), NULL);

  if (persona != NULL)
    {
      JsonObject *profile = sb_json_make ("s:name", sb_json_string (persona, "name"), "s:username", sb_json_string (persona, "username"), NULL);
      JsonObject *contact = sb_json_make ("o:profile", profile, "s:wa_id", sb_json_string (persona, "phone"),
                                          "s:user_id", sb_json_string (persona, "user_id"), NULL);

      if (sb_json_string (persona, "user_id") != NULL)
        {
          g_autofree char *country = g_strndup (sb_json_string (persona, "user_id"), 2);

          json_object_set_string_member (contact, "country_code", country);
        }
      json_object_set_array_member (value, "contacts", sb_json_make_array (contact, NULL));
    }

  return value;
}

static void
forget_old (SbPractice *self,
            gint64      newest)
{
  g_autofree char *id = newest > KEEP ? sb_practice_event_id (newest - KEEP) : NULL;
  JsonObject      *event = id != NULL ? sb_practice_store_get (self->store, "event", id) : NULL;

  if (event != NULL && sb_json_bool (event, "acked", FALSE))
    sb_practice_store_remove (self->store, "event", id);
}

/* Written down first; then the box and the webhook see it. */
static void
record (SbPractice *self,
        const char *field,
        const char *body)
{
  gint64           seq = sb_practice_event_newest (self) + 1;
  g_autofree char *id = sb_practice_event_id (seq);
  g_autofree char *hmac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) sb_practice_config (self, "app_secret"),
                                                     strlen (sb_practice_config (self, "app_secret")), body, -1);
  g_autofree char *signature = g_strconcat ("sha256=", hmac, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
  JsonObject      *event = sb_json_make ("i:seq", seq, "s:id", hash, "i:at", sb_clock_now (self->clock), "s:field", field, "s:body", body,
                                         "s:signature", signature, "b:acked", FALSE, "i:tries", (gint64) 0, "s:state", "pending", NULL);

  json_object_set_int_member (self->config, "newest", seq);
  sb_practice_save_config (self);
  sb_practice_store_put (self->store, "event", id, event);
  json_object_unref (event);
  forget_old (self, seq);
  sb_practice_box_wake (self);
  sb_practice_hook_send (self, seq);
}

/**
 * sb_practice_event_emit:
 * @field: such as "messages"
 * @value: (transfer full):
 *
 * Emits one webhook event, unless an armed fault drops it; a fault may also emit it twice.
 */
void
sb_practice_event_emit (SbPractice *self,
                        const char *field,
                        JsonObject *value)
{
  JsonObject            *change = sb_json_make ("o:value", value, "s:field", field, NULL);
  JsonObject            *entry = sb_json_make ("s:id", sb_practice_config (self, "waba_id"), NULL);
  g_autoptr (JsonObject) root = NULL;
  g_autofree char       *text = NULL;
  g_autofree char       *body = NULL;
  guint                  copies = sb_practice_fault_copies (self, field, value);

  if (!g_str_equal (field, "messages"))
    json_object_set_int_member (entry, "time", sb_practice_now (self) / 1000);
  json_object_set_array_member (entry, "changes", sb_json_make_array (change, NULL));
  root = sb_json_make ("s:object", "whatsapp_business_account", "a:entry", sb_json_make_array (entry, NULL), NULL);
  text = sb_json_text (root);
  body = sb_practice_event_escape (text);
  for (guint i = 0; i < copies; i++)
    record (self, field, body);
}

/* For the log: the event read back from the bytes that were signed. */
JsonObject *
sb_practice_event_describe (JsonObject *event)
{
  g_autoptr (JsonNode) node = json_from_string (sb_json_string (event, "body"), NULL);

  return sb_json_make ("i:seq", sb_json_int (event, "seq", 0), "s:id", sb_json_string (event, "id"), "i:at", sb_json_int (event, "at", 0),
                       "s:field", sb_json_string (event, "field"), "s:signature", sb_json_string (event, "signature"),
                       "b:acked", sb_json_bool (event, "acked", FALSE), "i:tries", sb_json_int (event, "tries", 0),
                       "s:state", sb_json_string (event, "state"), "s:body", sb_json_string (event, "body"),
                       "o:event", json_node_dup_object (node), NULL);
}
