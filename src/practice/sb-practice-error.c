#include "sb-practice-call.h"

/* What a code is called and which HTTP status comes with it. */
typedef struct
{
  int         code;
  guint       status;
  const char *title;
} Meaning;

static const Meaning meanings[] = {
  { 0, 401, "AuthException" },
  { 1, 400, "API Unknown" },
  { 2, 500, "Service temporarily unavailable" },
  { 3, 500, "Capability or permissions issue" },
  { 4, 429, "Application request limit reached" },
  { 10, 403, "Application does not have permission for this action" },
  { 33, 400, "Parameter value is not valid" },
  { 100, 400, "Invalid parameter" },
  { 104, 401, "An access token is required to request this resource." },
  { 190, 401, "Invalid OAuth access token - Cannot parse access token" },
  { 200, 403, "Permissions error" },
  { 368, 403, "Temporarily blocked for policies violations" },
  { 803, 404, "Some of the aliases you requested do not exist" },
  { 80007, 429, "Rate limit issues" },
  { 130429, 429, "Rate limit hit" },
  { 130472, 400, "User's number is part of an experiment" },
  { 130497, 403, "Business account is restricted from messaging users in this country." },
  { 131000, 500, "Something went wrong" },
  { 131005, 403, "Access denied" },
  { 131008, 400, "Required parameter is missing" },
  { 131009, 400, "Parameter value is not valid" },
  { 131016, 500, "Service unavailable" },
  { 131021, 400, "Recipient cannot be sender" },
  { 131026, 400, "Message undeliverable" },
  { 131030, 400, "Recipient phone number not in allowed list" },
  { 131031, 403, "Business account has been locked" },
  { 131037, 400, "WhatsApp provided number needs display name approval before message can be sent" },
  { 131042, 400, "Business eligibility payment issue" },
  { 131045, 500, "Message failed to send due to phone number registration error" },
  { 131047, 400, "Re-engagement message" },
  { 131048, 400, "Spam rate limit hit" },
  { 131049, 400, "Message not delivered to maintain healthy ecosystem engagement" },
  { 131050, 400, "User has stopped marketing messages from this business" },
  { 131051, 400, "Unsupported message type" },
  { 131052, 400, "Media download error" },
  { 131053, 400, "Media upload error" },
  { 131056, 400, "(Business Account, Consumer Account) pair rate limit hit" },
  { 131057, 500, "Account in maintenance mode" },
  { 131059, 400, "Cursor has expired" },
  { 131062, 400, "Business-scoped user ids cannot receive this message" },
  { 131215, 400, "Groups are not available for this business" },
  { 132000, 400, "Number of parameters does not match the expected number of params" },
  { 132001, 404, "Template name does not exist in the translation" },
  { 132005, 400, "Translated text too long" },
  { 132007, 400, "Template format character policy violated" },
  { 132012, 400, "Parameter format does not match format in the created template" },
  { 132015, 400, "Template is paused" },
  { 132016, 400, "Template is disabled" },
  { 132018, 400, "There was an issue with the parameters in your template." },
  { 133005, 400, "Two step verification PIN mismatch" },
  { 133006, 400, "Phone number needs to be verified before registering" },
  { 133010, 400, "Phone number not registered" },
  { 133016, 400, "Account register deregister rate limit exceeded" },
  { 135000, 400, "Generic user error" },
  { 137000, 400, "Recipient identity key hash mismatch" },
  { 139100, 400, "Failed to block/unblock some users" },
  { 147001, 400, "Username is not available" },
};

static const Meaning *
meaning_of (int code)
{
  static const Meaning other = { 1, 400, "An unknown error has occurred." };

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (meanings[i].code == code)
        return &meanings[i];
    }

  return &other;
}

const char *
sb_practice_error_title (int code)
{
  return meaning_of (code)->title;
}

/* The shape an error has in a status: no type, no trace id. */
JsonObject *
sb_practice_error_for_webhook (int         code,
                               const char *details)
{
  const char *title = sb_practice_error_title (code);

  return sb_json_make ("i:code", (gint64) code, "s:title", title, "s:message", title,
                       "o:error_data", sb_json_make ("s:details", details != NULL ? details : title, NULL),
                       "s:href", "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/", NULL);
}

static char *
trace_id (SbPractice *practice)
{
  g_autoptr (SbRandom) random = sb_practice_random (practice);
  g_autofree char     *token = sb_random_token (random, 22);

  return g_strconcat ("A", token, NULL);
}

/* Token and Graph errors speak plainly; messaging errors carry their number in front. */
static char *
message_of (int code)
{
  const char *title = sb_practice_error_title (code);

  if (code == 104 || code == 190)
    return g_strdup (title);

  return g_strdup_printf ("(#%d) %s", code, title);
}

gboolean
sb_practice_call_fail (SbPracticeCall *self,
                       int             code,
                       const char     *format,
                       ...)
{
  g_autofree char *details = NULL;
  g_autofree char *message = message_of (code);
  g_autofree char *trace = trace_id (self->practice);
  JsonObject      *error = sb_json_make ("s:message", message, "s:type", "OAuthException", "i:code", (gint64) code, NULL);
  va_list          args;

  if (format != NULL)
    {
      va_start (args, format);
      details = g_strdup_vprintf (format, args);
      va_end (args);
      json_object_set_object_member (error, "error_data",
                                     sb_json_make ("s:messaging_product", "whatsapp", "s:details", details, NULL));
    }
  json_object_set_string_member (error, "fbtrace_id", trace);
  sb_practice_call_fail_raw (self, meaning_of (code)->status, sb_json_make ("o:error", error, NULL));

  return FALSE;
}

/* Management errors: a subcode, a title and a sentence for people. */
gboolean
sb_practice_call_fail_sub (SbPracticeCall *self,
                           int             code,
                           int             subcode,
                           const char     *title,
                           const char     *text)
{
  g_autofree char *trace = trace_id (self->practice);
  JsonObject      *error = sb_json_make ("s:message", sb_practice_error_title (code),
                                         "s:type", subcode == 33 ? "GraphMethodException" : "OAuthException",
                                         "i:code", (gint64) code, "i:error_subcode", (gint64) subcode, "b:is_transient", FALSE,
                                         "s:error_user_title", title, "s:error_user_msg", text, "s:fbtrace_id", trace, NULL);

  sb_practice_call_fail_raw (self, meaning_of (code)->status, sb_json_make ("o:error", error, NULL));

  return FALSE;
}
