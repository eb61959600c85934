/* Messages of customers, and echoes of what the shop typed on its phone. */
#include "sb-interpreter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-consent-intake.h"
#include "sb-json.h"

typedef struct
{
  const char   *type;
  SbMessageKind kind;
} Kind;

static const Kind kinds[] = {
  { "text", SB_MESSAGE_TEXT },
  { "image", SB_MESSAGE_IMAGE },
  { "video", SB_MESSAGE_VIDEO },
  { "audio", SB_MESSAGE_AUDIO },
  { "voice", SB_MESSAGE_AUDIO },
  { "document", SB_MESSAGE_DOCUMENT },
  { "sticker", SB_MESSAGE_STICKER },
  { "location", SB_MESSAGE_LOCATION },
  { "contacts", SB_MESSAGE_CONTACTS },
  { "interactive", SB_MESSAGE_INTERACTIVE_REPLY },
  { "button", SB_MESSAGE_BUTTON },
  { "order", SB_MESSAGE_ORDER },
  { "system", SB_MESSAGE_SYSTEM },
  { "request_welcome", SB_MESSAGE_WELCOME },
  { "template", SB_MESSAGE_TEMPLATE },
};

static SbMessageKind
kind_of (const char *type)
{
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      return kinds[i].kind;

  return SB_MESSAGE_UNSUPPORTED;
}

/* The contact that belongs to this message, else the only one there is. */
static JsonObject *
contact_of (JsonObject *value,
            const char *wa_id,
            const char *user_id)
{
  JsonArray *contacts = sb_json_array (value, "contacts");

  for (guint i = 0; i < sb_json_length (contacts); i++)
    {
      JsonObject *contact = sb_json_at (contacts, i);

      if ((user_id != NULL && g_strcmp0 (sb_json_string (contact, "user_id"), user_id) == 0) || (wa_id != NULL && g_strcmp0 (sb_json_string (contact, "wa_id"), wa_id) == 0))
        return contact;
    }

  return sb_json_length (contacts) == 1 ? sb_json_at (contacts, 0) : NULL;
}

static gint64
find_customer (SbReading  *reading,
               JsonObject *value,
               JsonObject *message,
               gboolean    echo,
               GError    **error)
{
  const char *wa_id = sb_json_string (message, echo ? "to" : "from");
  const char *user_id = sb_json_string (message, echo ? "to_user_id" : "from_user_id");
  JsonObject *contact = contact_of (value, wa_id, user_id);
  JsonObject *profile = sb_json_object (contact, "profile");
  SbWho       who = {
          .wa_id = wa_id != NULL ? wa_id : sb_json_string (contact, "wa_id"),
          .bsuid = user_id != NULL ? user_id : sb_json_string (contact, "user_id"),
          .parent_bsuid = sb_json_string (message, "from_parent_user_id"),
          .username = sb_json_string (profile, "username"),
          .profile_name = sb_json_string (profile, "name"),
          .country = sb_json_string (contact, "country_code"),
          .at = sb_reading_second (reading, message),
  };

  if (who.wa_id == NULL && who.bsuid == NULL && who.parent_bsuid == NULL && who.username == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "A message without a sender");
      return 0;
    }

  return sb_writer_find_contact (reading->writer, &who, TRUE, error);
}

/* -- the content by kind -- */

static void
add_media (SbMessage  *message,
           JsonObject *media)
{
  SbAttachment *attachment = sb_attachment_new ();

  attachment->state = SB_ATTACHMENT_WANTED;
  attachment->media_id = sb_json_dup_id (media, "id");
  attachment->mime = g_strdup (sb_json_string (media, "mime_type"));
  attachment->filename = g_strdup (sb_json_string (media, "filename"));
  attachment->size = sb_json_int (media, "file_size", 0);
  sb_message_add_attachment (message, attachment);
  message->text = g_strdup (sb_json_string (media, "caption"));
}

static char *
text_of_contacts (JsonArray *contacts)
{
  return g_strdup (sb_json_string (sb_json_object (sb_json_at (contacts, 0), "name"), "formatted_name"));
}

static void
fill_content (SbMessage  *message,
              JsonObject *wire,
              const char *type)
{
  JsonObject *part = type != NULL ? sb_json_object (wire, type) : NULL;

  switch ((int) message->kind)
    {
    case SB_MESSAGE_TEXT:
      message->text = g_strdup (sb_json_string (part, "body"));
      break;
    case SB_MESSAGE_IMAGE:
    case SB_MESSAGE_VIDEO:
    case SB_MESSAGE_AUDIO:
    case SB_MESSAGE_DOCUMENT:
    case SB_MESSAGE_STICKER:
      if (part != NULL)
        add_media (message, part);
      break;
    case SB_MESSAGE_LOCATION:
      message->text = g_strdup (sb_json_string (part, "name") != NULL ? sb_json_string (part, "name") : sb_json_string (part, "address"));
      break;
    case SB_MESSAGE_INTERACTIVE_REPLY:
      sb_interpret_choice (message, part);
      break;
    case SB_MESSAGE_BUTTON:
      message->text = g_strdup (sb_json_string (part, "text"));
      break;
    case SB_MESSAGE_ORDER:
      message->text = g_strdup (sb_json_string (part, "text"));
      break;
    case SB_MESSAGE_SYSTEM:
      message->text = g_strdup (sb_json_string (part, "body"));
      break;
    case SB_MESSAGE_CONTACTS:
      message->text = text_of_contacts (sb_json_array (wire, "contacts"));
      message->data = sb_json_make ("a:contacts", sb_json_array (wire, "contacts") != NULL ? json_array_ref (sb_json_array (wire, "contacts")) : NULL, NULL);
      break;
    default:
      break;
    }

  if (message->data == NULL && part != NULL)
    message->data = json_object_ref (part);
  if (message->kind == SB_MESSAGE_UNSUPPORTED)
    {
      const char *own = g_strcmp0 (type, "interactive") == 0 ? sb_json_string (part, "type") : NULL;

      g_clear_pointer (&message->data, json_object_unref);
      message->data = sb_json_make ("s:type", own != NULL ? own : type, "s:reason", sb_json_string (sb_json_at (sb_json_array (wire, "errors"), 0), "title"),
                                    "b:withheld", sb_json_length (sb_json_array (wire, "errors")) > 0, NULL);
    }
}

/* Where it came from: an ad, a product page, another chat. Kept with the message. */
static void
keep_surroundings (SbMessage  *message,
                   JsonObject *wire)
{
  JsonObject *context = sb_json_object (wire, "context");
  JsonObject *referral = sb_json_object (wire, "referral");
  gboolean    forwarded = sb_json_bool (context, "forwarded", FALSE) || sb_json_bool (context, "frequently_forwarded", FALSE);
  JsonObject *product = sb_json_object (context, "referred_product");

  if (referral == NULL && product == NULL && !forwarded)
    return;
  if (message->data == NULL)
    message->data = json_object_new ();
  else
    {
      /* The event's own object is shared and immutable: the message gets a copy. */
      g_autofree char     *text = sb_json_text (message->data);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);

      json_object_unref (message->data);
      message->data = json_object_ref (json_node_get_object (node));
    }
  if (referral != NULL)
    json_object_set_object_member (message->data, "referral", json_object_ref (referral));
  if (product != NULL)
    json_object_set_object_member (message->data, "referred_product", json_object_ref (product));
  if (forwarded)
    json_object_set_boolean_member (message->data, "forwarded", TRUE);
}

static gboolean
find_quote (SbReading  *reading,
            SbMessage  *message,
            JsonObject *wire,
            GError    **error)
{
  const char *wamid = sb_json_string (sb_json_object (wire, "context"), "id");

  if (wamid == NULL)
    return TRUE;

  message->quote_id = sb_writer_find_wamid (reading->writer, wamid);
  if (message->quote_id != 0 || message->direction != SB_DIRECTION_IN)
    return TRUE;
  if (!sb_evidence_customer_quoted (reading->writer, message->thread_id, wamid, error))
    return FALSE;
  message->quote_id = sb_writer_find_wamid (reading->writer, wamid);

  return TRUE;
}

/* The network tells seconds; within that second the mailbox's own time of receipt keeps the order with what we write. */
static gint64
time_of (SbReading  *reading,
         JsonObject *wire)
{
  gint64 second = sb_reading_second (reading, wire);

  return CLAMP (reading->received_at, second, second + 999);
}

static gboolean
store_message (SbReading  *reading,
               JsonObject *value,
               JsonObject *wire,
               const char *type,
               gboolean    echo,
               GError    **error)
{
  g_autoptr (SbMessage) message = sb_message_new ();
  gint64                contact_id = find_customer (reading, value, wire, echo, error);
  gint64                id;
  SbThreadBefore        before;

  if (contact_id == 0)
    return FALSE;

  message->line_id = reading->line->id;
  message->thread_id = sb_writer_ensure_thread (reading->writer, contact_id, reading->line->id, error);
  if (message->thread_id == 0)
    return FALSE;

  message->kind = kind_of (type);
  message->direction = echo ? SB_DIRECTION_OUT : SB_DIRECTION_IN;
  message->author = echo ? SB_AUTHOR_PHONE : SB_AUTHOR_CUSTOMER;
  message->status = echo ? SB_STATUS_ACCEPTED : SB_STATUS_NONE;
  message->wamid = g_strdup (sb_json_string (wire, "id"));
  message->sent_at = time_of (reading, wire);
  message->stale = sb_writer_now (reading->writer) - message->sent_at > reading->line->stale_after_ms;
  fill_content (message, wire, type);
  keep_surroundings (message, wire);
  if (!find_quote (reading, message, wire, error))
    return FALSE;

  sb_writer_look_at_thread (reading->writer, message->thread_id, &before);
  id = sb_writer_add_message (reading->writer, message, reading->raw_id, error);
  if (id != 0)
    return echo || (sb_consent_take_message (reading, contact_id, id, message, error) && sb_desk_received (reading->writer, message, id, &before, error));

  return error == NULL || *error == NULL;
}

/* -- messages about messages -- */

static gboolean
apply_reaction (SbReading  *reading,
                JsonObject *wire,
                gboolean    echo,
                GError    **error)
{
  JsonObject *reaction = sb_json_object (wire, "reaction");
  gint64      target = sb_writer_find_wamid (reading->writer, sb_json_string (reaction, "message_id"));

  return target == 0 ||
         sb_writer_set_reaction (reading->writer, target, echo ? SB_DIRECTION_OUT : SB_DIRECTION_IN, sb_json_string (reaction, "emoji"), time_of (reading, wire), error);
}

static gboolean
apply_edit (SbReading  *reading,
            JsonObject *wire,
            GError    **error)
{
  JsonObject *edit = sb_json_object (wire, "edit");
  gint64      target = sb_writer_find_wamid (reading->writer, sb_json_string (edit, "original_message_id"));
  JsonObject *message = sb_json_object (edit, "message");
  const char *type = sb_json_string (message, "type");
  JsonObject *part = type != NULL ? sb_json_object (message, type) : NULL;
  const char *text = sb_json_string (part, "body");

  if (text == NULL)
    text = sb_json_string (part, "caption");

  return target == 0 || text == NULL || sb_writer_edit_message (reading->writer, target, text, time_of (reading, wire), error);
}

static gboolean
apply_revoke (SbReading  *reading,
              JsonObject *wire,
              GError    **error)
{
  gint64 target = sb_writer_find_wamid (reading->writer, sb_json_string (sb_json_object (wire, "revoke"), "original_message_id"));

  return target == 0 || sb_writer_revoke_message (reading->writer, target, time_of (reading, wire), error);
}

/* A customer has a new number or user id: the conversation goes on under both. */
static gboolean
apply_system (SbReading  *reading,
              JsonObject *value,
              JsonObject *wire,
              GError    **error)
{
  JsonObject *system = sb_json_object (wire, "system");
  const char *new_number = sb_json_string (system, "wa_id") != NULL ? sb_json_string (system, "wa_id") : sb_json_string (system, "new_wa_id");
  const char *old_user = sb_json_string (system, "previous_user_id");

  if (new_number != NULL && !sb_writer_replace_identity (reading->writer, SB_IDENTITY_WA_ID, sb_json_string (wire, "from"), new_number, NULL, error))
    return FALSE;
  if (old_user != NULL && !sb_writer_replace_identity (reading->writer, SB_IDENTITY_BSUID, old_user, sb_json_string (system, "user_id"), NULL, error))
    return FALSE;

  return store_message (reading, value, wire, "system", FALSE, error);
}

static gboolean
interpret_message (SbReading  *reading,
                   JsonObject *value,
                   JsonObject *wire,
                   gboolean    echo,
                   GError    **error)
{
  const char *type = sb_json_string (wire, "type");
  const char *wamid = sb_json_string (wire, "id");

  /* Without an id the same event would be a new message each time it comes. */
  if (wamid == NULL || wamid[0] == '\0')
    return TRUE;
  if (g_strcmp0 (type, "reaction") == 0)
    return apply_reaction (reading, wire, echo, error);
  if (g_strcmp0 (type, "edit") == 0)
    return apply_edit (reading, wire, error);
  if (g_strcmp0 (type, "revoke") == 0)
    return apply_revoke (reading, wire, error);
  if (g_strcmp0 (type, "system") == 0)
    return apply_system (reading, value, wire, error);

  return store_message (reading, value, wire, type, echo, error);
}

gboolean
sb_interpret_messages (SbReading  *reading,
                       JsonObject *value,
                       gboolean    echoes,
                       GError    **error)
{
  JsonArray *messages = sb_json_array (value, echoes ? "message_echoes" : "messages");

  for (guint i = 0; i < sb_json_length (messages); i++)
    {
      JsonObject *wire = sb_json_at (messages, i);

      if (wire != NULL && !interpret_message (reading, value, wire, echoes, error))
        return FALSE;
    }

  return TRUE;
}
