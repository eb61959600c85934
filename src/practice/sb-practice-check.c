#include "sb-practice-check.h"

#include <math.h>
#include <string.h>

/* A text member: there when it must be, not empty, not longer than @max characters. @path names it in the error. */
gboolean
sb_practice_check_text (SbPracticeCall *call,
                        JsonObject     *object,
                        const char     *member,
                        const char     *path,
                        glong           max,
                        gboolean        required)
{
  g_autofree char *text = sb_json_dup_id (object, member);

  if (text == NULL && !required)
    return TRUE;
  if (text == NULL)
    return sb_practice_call_fail (call, 131008, "The parameter %s is required.", path);
  if (text[0] == '\0' && required)
    return sb_practice_call_fail (call, 131009, "Param %s must be a non-empty string.", path);
  if (g_utf8_strlen (text, -1) > max)
    return sb_practice_call_fail (call, 131009, "Param %s must be at most %ld characters long.", path, max);

  return TRUE;
}

gboolean
sb_practice_check_url (SbPracticeCall *call,
                       JsonObject     *object,
                       const char     *member,
                       const char     *path)
{
  const char *url = sb_json_string (object, member);

  if (!sb_practice_check_text (call, object, member, path, 2000, TRUE))
    return FALSE;
  if (!g_str_has_prefix (url, "http://") && !g_str_has_prefix (url, "https://"))
    return sb_practice_call_fail (call, 131009, "Param %s must be an absolute http or https URL.", path);

  return TRUE;
}

static gboolean
kind_fits (const char *kind,
           const char *mime)
{
  if (g_str_equal (kind, "sticker"))
    return g_str_equal (mime, "image/webp");
  if (g_str_equal (kind, "image"))
    return g_str_has_prefix (mime, "image/") && !g_str_equal (mime, "image/webp");
  if (g_str_equal (kind, "document"))
    return TRUE;

  return g_str_has_prefix (mime, kind);
}

/* Step 8: exactly one of id and link; an id must be known, fresh and of the right kind. */
gboolean
sb_practice_check_media (SbPracticeCall *call,
                         JsonObject     *object,
                         const char     *kind,
                         const char     *path)
{
  g_autofree char *id = sb_json_dup_id (object, "id");
  const char      *link = sb_json_string (object, "link");
  JsonObject      *media;

  if (object == NULL)
    return sb_practice_call_fail (call, 131008, "The parameter %s is required.", path);
  if ((id == NULL) == (link == NULL))
    return sb_practice_call_fail (call, id == NULL ? 131008 : 131009, "Param %s must have exactly one of id and link.", path);
  if (link != NULL)
    {
      g_autofree char *full = g_strconcat (path, "['link']", NULL);

      return sb_practice_check_url (call, object, "link", full);
    }

  media = sb_practice_store_get (call->practice->store, "media", id);
  if (media == NULL || sb_json_int (media, "expires", 0) < sb_practice_now (call->practice))
    return sb_practice_call_fail (call, 131009, "Param %s['id'] is not the id of a media that was uploaded.", path);
  if (!kind_fits (kind, sb_json_string (media, "mime_type")))
    return sb_practice_call_fail (call, 131053, "Media %s of type %s cannot be sent as %s.", id, sb_json_string (media, "mime_type"), kind);

  return TRUE;
}

static gboolean
check_media_message (SbPracticeCall *call,
                     const char     *type,
                     JsonObject     *part)
{
  g_autofree char *caption = g_strdup_printf ("%s['caption']", type);
  gboolean         captioned = g_str_equal (type, "image") || g_str_equal (type, "video") || g_str_equal (type, "document");

  if (!captioned && sb_json_string (part, "caption") != NULL)
    return sb_practice_call_fail (call, 131009, "Param %s is not allowed.", caption);

  return sb_practice_check_text (call, part, "caption", caption, 1024, FALSE) && sb_practice_check_media (call, part, type, type);
}

static gboolean
check_location (SbPracticeCall *call,
                JsonObject     *part)
{
  double latitude = sb_json_double (part, "latitude", 1000);
  double longitude = sb_json_double (part, "longitude", 1000);

  if (!json_object_has_member (part, "latitude") || !json_object_has_member (part, "longitude"))
    return sb_practice_call_fail (call, 131008, "The parameters location['latitude'] and location['longitude'] are required.");
  if (fabs (latitude) > 90)
    return sb_practice_call_fail (call, 131009, "Param location['latitude'] must be a number between -90 and 90.");
  if (fabs (longitude) > 180)
    return sb_practice_call_fail (call, 131009, "Param location['longitude'] must be a number between -180 and 180.");

  return TRUE;
}

static gboolean
check_contacts (SbPracticeCall *call)
{
  static const char *const parts[] = { "first_name", "last_name", "middle_name", "prefix", "suffix", NULL };
  JsonArray               *contacts = sb_json_array (call->body, "contacts");

  if (sb_json_length (contacts) == 0)
    return sb_practice_call_fail (call, 131008, "The parameter contacts is required.");
  if (sb_json_length (contacts) > 257)
    return sb_practice_call_fail (call, 131009, "Param contacts must have at most 257 elements.");

  for (guint i = 0; i < sb_json_length (contacts); i++)
    {
      JsonObject      *name = sb_json_object (sb_json_at (contacts, i), "name");
      g_autofree char *path = g_strdup_printf ("contacts[%u]['name']['formatted_name']", i);
      gboolean         has_part = FALSE;

      if (!sb_practice_check_text (call, name, "formatted_name", path, 1024, TRUE))
        return FALSE;
      for (guint j = 0; parts[j] != NULL; j++)
        has_part |= sb_json_string (name, parts[j]) != NULL;
      if (!has_part)
        return sb_practice_call_fail (call, 131009, "contacts[%u]['name'] needs one more part beside formatted_name.", i);
    }

  return TRUE;
}

/* One emoji, however many code points it takes: bytes beyond ASCII (or a keycap) and few characters. */
static gboolean
check_reaction (SbPracticeCall *call,
                JsonObject     *part)
{
  const char *emoji = sb_json_string (part, "emoji");

  if (!sb_practice_check_text (call, part, "message_id", "reaction['message_id']", 256, TRUE))
    return FALSE;
  if (emoji == NULL)
    return sb_practice_call_fail (call, 131008, "The parameter reaction['emoji'] is required.");
  if (g_utf8_strlen (emoji, -1) > 12 || (emoji[0] != '\0' && g_ascii_isalpha (emoji[0])))
    return sb_practice_call_fail (call, 131009, "Param reaction['emoji'] must be one emoji or an empty string.");

  return TRUE;
}

static gboolean
check_envelope (SbPracticeCall *call)
{
  const char *data = sb_json_string (call->body, "biz_opaque_callback_data");
  JsonObject *context = sb_json_object (call->body, "context");

  if (data != NULL && strlen (data) > 512)
    return sb_practice_call_fail (call, 131009, "Param biz_opaque_callback_data must be at most 512 bytes long.");
  if (context != NULL && sb_json_string (context, "message_id") == NULL)
    return sb_practice_call_fail (call, 131008, "The parameter context['message_id'] is required.");

  return TRUE;
}

/* Step 7: the shape and the lengths of one type. */
gboolean
sb_practice_check_message (SbPracticeCall *call,
                           const char     *type,
                           JsonObject     *body)
{
  static const char *const types[] = { "text", "image", "audio", "video", "document", "sticker", "location", "contacts",
                                       "reaction", "interactive", "template", NULL };
  JsonObject              *part;

  if (type == NULL || !g_strv_contains (types, type))
    return sb_practice_call_fail (call, 100, "Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, "
                                             "REACTION, STICKER, TEMPLATE, TEXT, VIDEO} - got \"%s\".",
                                  type != NULL ? type : "");
  if (!check_envelope (call))
    return FALSE;
  if (g_str_equal (type, "contacts"))
    return check_contacts (call);

  part = sb_json_object (body, type);
  if (part == NULL)
    return sb_practice_call_fail (call, 131008, "The parameter %s is required.", type);
  if (g_str_equal (type, "text"))
    return sb_practice_check_text (call, part, "body", "text['body']", 4096, TRUE);
  if (g_str_equal (type, "location"))
    return check_location (call, part);
  if (g_str_equal (type, "reaction"))
    return check_reaction (call, part);
  if (g_str_equal (type, "interactive"))
    return sb_practice_check_interactive (call, part);
  if (g_str_equal (type, "template"))
    return sb_practice_check_text (call, part, "name", "template['name']", 512, TRUE);

  return check_media_message (call, type, part);
}
