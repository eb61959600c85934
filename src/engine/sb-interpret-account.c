/* What the network tells about templates, number and account. */
#include "sb-interpreter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-consent-intake.h"
#include "sb-json.h"

static gboolean
log_event (SbReading  *reading,
           SbEventKind kind,
           const char *field,
           JsonObject *value,
           gint64      contact_id,
           GError    **error)
{
  g_autofree char       *text = sb_json_text (value);
  g_autoptr (JsonNode)   node = json_from_string (text, NULL);
  g_autoptr (JsonObject) data = sb_json_make ("s:field", field, "o:value", json_object_ref (json_node_get_object (node)), NULL);
  g_autofree char       *kept = sb_json_text (data);
  SbEvent                event = { .kind = kind, .line_id = reading->line->id, .contact_id = contact_id, .actor = SB_AUTHOR_SHOPBELL, .data = kept };

  return sb_writer_append_event (reading->writer, &event, error);
}

static gboolean
template_event (SbReading  *reading,
                const char *field,
                JsonObject *value,
                GError    **error)
{
  g_autofree char *id = sb_json_dup_id (value, "message_template_id");
  const char      *status = g_str_equal (field, "message_template_status_update") ? sb_json_string (value, "event") : NULL;
  const char      *reason = sb_json_string (value, "reason");

  if (g_strcmp0 (reason, "NONE") == 0)
    reason = NULL;
  if (g_strcmp0 (status, "REINSTATED") == 0 || g_strcmp0 (status, "UNARCHIVED") == 0)
    status = "APPROVED";

  return sb_writer_update_template (reading->writer, reading->line->id, id, sb_json_string (value, "message_template_name"), sb_json_string (value, "message_template_language"),
                                    status, reason, sb_json_string (value, "new_quality_score"), error) &&
         log_event (reading, SB_EVENT_ACCOUNT, field, value, 0, error);
}

/* Bans and restrictions stop the line; the message waits and the owner is told. */
static gboolean
account_event (SbReading  *reading,
               JsonObject *value,
               GError    **error)
{
  const char *event = sb_json_string (value, "event");
  const char *ban = sb_json_string (sb_json_object (value, "ban_info"), "waba_ban_state");
  SbWriter   *writer = reading->writer;

  if (g_strcmp0 (ban, "REINSTATE") == 0 || g_strcmp0 (event, "ACCOUNT_RECONNECTED") == 0)
    return sb_writer_set_line_state (writer, reading->line->id, SB_LINE_ACTIVE, NULL, 0, error);
  if (g_strcmp0 (ban, "DISABLE") == 0 || g_strcmp0 (event, "ACCOUNT_DELETED") == 0 || g_strcmp0 (event, "DISABLED_UPDATE") == 0)
    return sb_writer_set_line_state (writer, reading->line->id, SB_LINE_BLOCKED, _("The network has locked the shop’s account."), 0, error);
  if (g_strcmp0 (event, "ACCOUNT_OFFBOARDED") == 0 || g_strcmp0 (event, "PARTNER_REMOVED") == 0)
    return sb_writer_set_line_state (writer, reading->line->id, SB_LINE_NEEDS_KEY, _("The account was disconnected from its app."), 0, error);

  return TRUE;
}

static gboolean
number_event (SbReading  *reading,
              JsonObject *value,
              GError    **error)
{
  static const struct
  {
    const char *tier;
    int         limit;
  } tiers[] = { { "TIER_50", 50 }, { "TIER_250", 250 }, { "TIER_1K", 1000 }, { "TIER_2K", 2000 }, { "TIER_10K", 10000 }, { "TIER_100K", 100000 }, { "TIER_UNLIMITED", 0 } };
  const char        *tier = sb_json_string (value, "max_daily_conversations_per_business");
  gint64             limit = sb_json_int (value, "max_daily_conversations_per_business", -2);
  g_autoptr (SbLine) line = sb_reader_get_line (sb_writer_get_reader (reading->writer), reading->line->id);

  if (tier == NULL)
    tier = sb_json_string (value, "current_limit");
  for (gsize i = 0; tier != NULL && i < G_N_ELEMENTS (tiers); i++)
    if (g_str_equal (tiers[i].tier, tier))
      limit = tiers[i].limit;
  if (line == NULL || limit == -2)
    return TRUE;
  line->daily_limit = MAX (limit, 0);

  return sb_writer_save_line (reading->writer, line, error) != 0;
}

/* The customer used the network's own switch. */
static gboolean
preference_events (SbReading  *reading,
                   JsonObject *value,
                   GError    **error)
{
  JsonArray *list = sb_json_array (value, "user_preferences");

  for (guint i = 0; i < sb_json_length (list); i++)
    {
      JsonObject *preference = sb_json_at (list, i);
      SbWho       who = { .wa_id = sb_json_string (preference, "wa_id"), .bsuid = sb_json_string (preference, "user_id") };
      gint64      contact_id = who.wa_id != NULL || who.bsuid != NULL ? sb_writer_find_contact (reading->writer, &who, TRUE, error) : 0;
      gint64      thread_id;

      if (contact_id == 0)
        continue;
      thread_id = sb_writer_ensure_thread (reading->writer, contact_id, reading->line->id, error);
      if (thread_id == 0 || !sb_consent_take_preference (reading, contact_id, thread_id, preference, error))
        return FALSE;
    }

  return error == NULL || *error == NULL;
}

static gboolean
user_id_event (SbReading  *reading,
               JsonObject *value,
               GError    **error)
{
  const char *old = sb_json_string (value, "previous_user_id");

  if (old == NULL)
    old = sb_json_string (value, "old_user_id");

  return sb_writer_replace_identity (reading->writer, SB_IDENTITY_BSUID, old, sb_json_string (value, "user_id"), NULL, error);
}

/* Fields that are not known are kept in the log, so that the owner can see that something was said. */
gboolean
sb_interpret_account (SbReading  *reading,
                      const char *field,
                      JsonObject *entry,
                      JsonObject *value,
                      GError    **error)
{
  if (g_str_has_prefix (field, "message_template") || g_str_equal (field, "template_category_update"))
    return template_event (reading, field, value, error);
  if (g_str_equal (field, "user_preferences"))
    return preference_events (reading, value, error);
  if (g_str_equal (field, "account_update") && !account_event (reading, value, error))
    return FALSE;
  if ((g_str_equal (field, "phone_number_quality_update") || g_str_equal (field, "business_capability_update")) && !number_event (reading, value, error))
    return FALSE;
  if (g_str_equal (field, "user_id_update") && !user_id_event (reading, value, error))
    return FALSE;

  return log_event (reading, SB_EVENT_ACCOUNT, field, value, 0, error);
}
