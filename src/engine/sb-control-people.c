#include "sb-control-people.h"

#include "sb-control-import.h"
#include "sb-engine-consent.h"
#include "sb-engine-person.h"
#include "sb-engine-segments.h"

/* Takes both over. */
static void
reply (GTask      *task,
       JsonObject *row)
{
  g_task_return_pointer (task, row, (GDestroyNotify) json_object_unref);
  g_object_unref (task);
}

/* Takes both over. */
static void
reply_error (GTask  *task,
             GError *error)
{
  g_autoptr (GError) owned = error;

  reply (task, sb_control_reply_error (owned));
}

static gint64
id_in (JsonObject *request,
       const char *member)
{
  const char *text = sb_json_string (request, member);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static char *
id_text (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

/* -- consent -- */

static void
recorded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask           *task = user_data;
  SbEngine        *engine = SB_ENGINE (object);
  GError          *error = NULL;
  gint64           undo_id = sb_engine_consent_finish (engine, result, &error);
  const gint64    *contact = g_task_get_task_data (task);
  g_autofree char *undo = undo_id > 0 ? id_text (undo_id) : NULL;

  if (undo_id < 0)
    reply_error (task, error);
  else
    reply (task, sb_json_make ("b:ok", TRUE, "s:now", sb_consent_get_name (sb_reader_get_consent (sb_engine_get_reader (engine), *contact)), "s:undo_id", undo, NULL));
}

void
sb_control_consent (SbEngine   *engine,
                    JsonObject *request,
                    GTask      *task)
{
  gint64         contact = id_in (request, "contact");
  SbConsentEntry entry = { .contact_id = contact, .wording_id = id_in (request, "wording"), .note = (char *) sb_json_string (request, "note") };

  entry.purpose = sb_purpose_from_name (sb_json_string (request, "purpose"));
  entry.answer = sb_answer_from_name (sb_json_string (request, "answer"));
  entry.method = sb_method_from_name (sb_json_string (request, "method"));
  entry.channel = sb_consent_channel_from_name (sb_json_string (request, "channel"));
  if (entry.purpose == 0 || entry.answer == 0 || entry.answer > SB_ANSWER_NO || entry.method == 0 || entry.channel == 0)
    {
      reply_error (task, g_error_new_literal (SB_ERROR, SB_ERROR_INVALID, "This says nothing about consent"));
      return;
    }
  g_task_set_task_data (task, g_memdup2 (&contact, sizeof contact), g_free);
  sb_engine_add_consent_async (engine, &entry, sb_json_string (request, "proof"), recorded_cb, task);
}

/* -- erasure -- */

static void
erased_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError          *error = NULL;
  g_autofree char *path = sb_engine_erase_person_finish (SB_ENGINE (object), result, &error);

  if (path == NULL)
    reply_error (user_data, error);
  else
    reply (user_data, sb_json_make ("b:ok", TRUE, "s:certificate", path, NULL));
}

void
sb_control_erase (SbEngine   *engine,
                  JsonObject *request,
                  GTask      *task)
{
  sb_engine_erase_person_async (engine, id_in (request, "contact"), erased_cb, task);
}

/* -- groups -- */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError          *error = NULL;
  gint64           id = sb_engine_save_segment_finish (SB_ENGINE (object), result, &error);
  g_autofree char *text = id_text (id);

  if (id == 0)
    reply_error (user_data, error);
  else
    reply (user_data, sb_json_make ("b:ok", TRUE, "s:id", text, NULL));
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError *error = NULL;
  guint   n_changed = 0;

  if (sb_engine_segment_act_finish (SB_ENGINE (object), result, &n_changed, &error) < 0)
    reply_error (user_data, error);
  else
    reply (user_data, sb_json_make ("b:ok", TRUE, "i:changed", (gint64) n_changed, NULL));
}

static void
save_segment (SbEngine   *engine,
              JsonObject *request,
              GTask      *task)
{
  g_autoptr (SbSegment) known = sb_reader_get_segment (sb_engine_get_reader (engine), id_in (request, "segment"));
  g_autoptr (SbSegment) segment = known != NULL ? g_steal_pointer (&known) : g_new0 (SbSegment, 1);

  if (segment->id == 0)
    {
      segment->name = g_strdup (sb_json_string (request, "name"));
      segment->kind = sb_json_bool (request, "list", FALSE) ? SB_SEGMENT_LIST : SB_SEGMENT_RULE;
    }
  if (sb_json_string (request, "rule") != NULL)
    g_set_str (&segment->rule, sb_json_string (request, "rule"));
  sb_engine_save_segment_async (engine, segment, NULL, saved_cb, task);
}

void
sb_control_segment (SbEngine   *engine,
                    JsonObject *request,
                    GTask      *task)
{
  const char        *act = sb_json_string (request, "act");
  JsonArray         *ids = sb_json_array (request, "contacts");
  g_autoptr (GArray) contacts = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < sb_json_length (ids); i++)
    {
      gint64 id = json_array_get_string_element (ids, i) != NULL ? g_ascii_strtoll (json_array_get_string_element (ids, i), NULL, 10) : 0;

      g_array_append_val (contacts, id);
    }
  if (g_strcmp0 (act, "save") == 0)
    save_segment (engine, request, task);
  else if (g_strcmp0 (act, "delete") == 0)
    sb_engine_delete_segment_async (engine, id_in (request, "segment"), changed_cb, task);
  else if (g_strcmp0 (act, "add") == 0 || g_strcmp0 (act, "remove") == 0)
    sb_engine_set_members_async (engine, id_in (request, "segment"), contacts, g_str_equal (act, "add"), changed_cb, task);
  else
    reply_error (task, g_error_new_literal (SB_ERROR, SB_ERROR_INVALID, "There is no such act on groups"));
}
