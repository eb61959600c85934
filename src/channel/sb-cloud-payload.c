/* What goes on the wire for each kind of message. Source: WhatsApp Cloud API, POST /{phone-number-id}/messages. */
#include "sb-cloud-payload.h"

#include "sb-json.h"

/* (nullable): the word for a kind that is sent as a file. */
const char *
sb_cloud_media_type (SbMessageKind kind)
{
  switch ((int) kind)
    {
    case SB_MESSAGE_IMAGE:
      return "image";
    case SB_MESSAGE_VIDEO:
      return "video";
    case SB_MESSAGE_AUDIO:
      return "audio";
    case SB_MESSAGE_DOCUMENT:
      return "document";
    case SB_MESSAGE_STICKER:
      return "sticker";
    default:
      return NULL;
    }
}

static JsonObject *
media_object (const SbMessage *message,
              const char      *media_id)
{
  const SbAttachment *attachment = message->attachments != NULL && message->attachments->len > 0 ? message->attachments->pdata[0] : NULL;
  gboolean            captioned = message->kind != SB_MESSAGE_AUDIO && message->kind != SB_MESSAGE_STICKER && message->text != NULL && message->text[0] != '\0';
  JsonObject         *object = sb_json_make ("s:id", media_id, "s:caption", captioned ? message->text : NULL,
                                             "s:filename", message->kind == SB_MESSAGE_DOCUMENT && attachment != NULL ? attachment->filename : NULL, NULL);

  if (message->kind == SB_MESSAGE_AUDIO && sb_json_bool (message->data, "voice", FALSE))
    json_object_set_boolean_member (object, "voice", TRUE);

  return object;
}

static JsonObject *
text_object (const char *text)
{
  gboolean has_link = text != NULL && (g_strstr_len (text, -1, "https://") != NULL || g_strstr_len (text, -1, "http://") != NULL);

  return sb_json_make ("s:body", text != NULL ? text : "", "b:preview_url", has_link, NULL);
}

/* What a row of the shop lacks is an empty object here, which the network refuses in words. */
static JsonObject *
ref_or_empty (JsonObject *object)
{
  return object != NULL ? json_object_ref (object) : json_object_new ();
}

static JsonArray *
ref_list_or_empty (JsonArray *array)
{
  return array != NULL ? json_array_ref (array) : json_array_new ();
}

static void
set_body (JsonObject      *payload,
          const SbMessage *message,
          const char      *media_id)
{
  const char *media = sb_cloud_media_type (message->kind);

  if (media != NULL)
    {
      json_object_set_string_member (payload, "type", media);
      json_object_set_object_member (payload, media, media_object (message, media_id));
      return;
    }

  switch ((int) message->kind)
    {
    case SB_MESSAGE_LOCATION:
      json_object_set_string_member (payload, "type", "location");
      json_object_set_object_member (payload, "location", ref_or_empty (message->data));
      break;
    case SB_MESSAGE_CONTACTS:
      json_object_set_string_member (payload, "type", "contacts");
      json_object_set_array_member (payload, "contacts", ref_list_or_empty (sb_json_array (message->data, "contacts")));
      break;
    case SB_MESSAGE_INTERACTIVE:
      json_object_set_string_member (payload, "type", "interactive");
      json_object_set_object_member (payload, "interactive", ref_or_empty (message->data));
      break;
    case SB_MESSAGE_TEMPLATE:
      json_object_set_string_member (payload, "type", "template");
      json_object_set_object_member (payload, "template", ref_or_empty (sb_json_object (message->data, "template")));
      break;
    case SB_MESSAGE_SYSTEM: /* a reaction of ours */
      json_object_set_string_member (payload, "type", "reaction");
      json_object_set_object_member (payload, "reaction", ref_or_empty (sb_json_object (message->data, "reaction")));
      break;
    default:
      json_object_set_string_member (payload, "type", "text");
      json_object_set_object_member (payload, "text", text_object (message->text));
      break;
    }
}

/**
 * sb_cloud_payload:
 * @media_id: (nullable): of the file that was uploaded for it
 *
 * Returns: (transfer full): the body of the send
 */
JsonObject *
sb_cloud_payload (const SbSendJob *job,
                  const char      *media_id)
{
  JsonObject *payload = sb_json_make ("s:messaging_product", "whatsapp", "s:recipient_type", "individual", NULL);

  json_object_set_string_member (payload, job->to_is_user_id ? "recipient" : "to", job->to);
  if (job->quote_wamid != NULL)
    json_object_set_object_member (payload, "context", sb_json_make ("s:message_id", job->quote_wamid, NULL));
  if (job->tag != NULL)
    json_object_set_string_member (payload, "biz_opaque_callback_data", job->tag);
  set_body (payload, job->message, media_id);

  return payload;
}
