/*
 * What an event means. It reads a verified event and changes rows by the writer's words; it never asks the network. Source of
 * the shapes: WhatsApp Cloud API webhooks, sections "messages", "statuses" and the account fields.
 */
#include "sb-interpreter-private.h"

#include <string.h>

#include "sb-json.h"
#include "sb-status.h"

/* Unix milliseconds of the second the network tells; of the receipt when it tells none, or one before 1970 or after 9999. */
gint64
sb_reading_second (SbReading  *reading,
                   JsonObject *wire)
{
  gint64 received = reading->received_at / 1000;
  gint64 second = sb_json_int (wire, "timestamp", received);

  return (second >= 0 && second <= G_GINT64_CONSTANT (253402300799) ? second : received) * 1000;
}

static gboolean
interpret_status (SbReading  *reading,
                  JsonObject *status,
                  GError    **error)
{
  JsonObject      *failure = sb_json_at (sb_json_array (status, "errors"), 0);
  JsonObject      *pricing = sb_json_object (status, "pricing");
  g_autofree char *pricing_text = pricing != NULL ? sb_json_text (pricing) : NULL;
  SbStatusEvent    fact = {
       .wamid = sb_json_string (status, "id"),
       .tag = sb_json_string (status, "biz_opaque_callback_data"),
       .status = sb_status_from_wire (sb_json_string (status, "status")),
       .at = sb_reading_second (reading, status),
       .error_code = sb_json_int (failure, "code", 0),
       .error_title = sb_json_string (failure, "title"),
       .error_details = sb_json_string (sb_json_object (failure, "error_data"), "details"),
       .pricing = pricing_text,
  };

  /* A status word of tomorrow is kept in the raw event and changes nothing today. */
  if (fact.wamid == NULL || fact.wamid[0] == '\0' || fact.status == SB_STATUS_NONE)
    return TRUE;

  return sb_writer_apply_status (reading->writer, &fact, error);
}

static gboolean
interpret_statuses (SbReading  *reading,
                    JsonObject *value,
                    GError    **error)
{
  JsonArray *statuses = sb_json_array (value, "statuses");

  for (guint i = 0; i < sb_json_length (statuses); i++)
    if (!interpret_status (reading, sb_json_at (statuses, i), error))
      return FALSE;

  return TRUE;
}

/* Events of a number that is not this line's are kept and shown as such, never given to this line's customers. */
static gboolean
is_of_line (SbReading  *reading,
            JsonObject *value)
{
  JsonObject      *metadata = sb_json_object (value, "metadata");
  g_autofree char *id = sb_json_dup_id (metadata, "phone_number_id");

  return id == NULL || g_strcmp0 (id, reading->line->phone_number_id) == 0;
}

static gboolean
interpret_change (SbReading  *reading,
                  JsonObject *entry,
                  JsonObject *change,
                  GError    **error)
{
  const char *field = sb_json_string (change, "field");
  JsonObject *value = sb_json_object (change, "value");

  if (field == NULL || value == NULL)
    return TRUE;
  if (!is_of_line (reading, value))
    return sb_interpret_account (reading, "other-number", entry, value, error);
  if (g_str_equal (field, "messages"))
    return sb_interpret_messages (reading, value, FALSE, error) && interpret_statuses (reading, value, error);
  if (g_str_equal (field, "smb_message_echoes"))
    return sb_interpret_messages (reading, value, TRUE, error) && interpret_statuses (reading, value, error);

  return sb_interpret_account (reading, field, entry, value, error);
}

/**
 * sb_interpret:
 *
 * Applies one event: every entry, every change, every message and status in it. Fails with %SB_ERROR_INVALID when it cannot be
 * read at all; what it does not know inside is left alone.
 */
gboolean
sb_interpret (SbWriter       *writer,
              const SbLine   *line,
              const SbRawRow *raw,
              GError        **error)
{
  g_autoptr (JsonNode) node = sb_json_parse_bytes (raw->body, error);
  JsonArray           *entries = sb_json_array (sb_json_root (node), "entry");
  SbReading            reading = { writer, line, raw->id, raw->received_at };

  if (node == NULL)
    return FALSE;

  for (guint i = 0; i < sb_json_length (entries); i++)
    {
      JsonObject *entry = sb_json_at (entries, i);
      JsonArray  *changes = sb_json_array (entry, "changes");

      for (guint j = 0; j < sb_json_length (changes); j++)
        if (!interpret_change (&reading, entry, sb_json_at (changes, j), error))
          return FALSE;
    }

  return TRUE;
}
