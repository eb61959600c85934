#include "sb-practice-template.h"

#include <string.h>

#include "sb-practice-due.h"
#include "sb-practice-event.h"
#include "sb-practice-resources.h"

#define REVIEW_MS (20 * SB_SECOND_MS)
#define RESOURCE  "/io/github/shopbell/Shopbell/practice/templates.json"

static JsonObject *
find (SbPractice *self,
      const char *id_or_name)
{
  JsonObject *template = sb_practice_store_get (self->store, "template", id_or_name);
  g_autoptr (GPtrArray) list = template == NULL ? sb_practice_store_list (self->store, "template") : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      if (g_strcmp0 (sb_json_string (list->pdata[i], "name"), id_or_name) == 0)
        return list->pdata[i];
    }

  return template;
}

static void
save (SbPractice *self,
      JsonObject *template)
{
  sb_practice_store_put (self->store, "template", sb_json_string (template, "id"), template);
}

static JsonObject *
identify (JsonObject *template)
{
  return sb_json_make ("i:message_template_id", (gint64) g_ascii_strtoll (sb_json_string (template, "id"), NULL, 10),
                       "s:message_template_name", sb_json_string (template, "name"),
                       "s:message_template_language", sb_json_string (template, "language"), NULL);
}

/* Meta's verdict, or the control interface's: the state changes and the webhook tells of it. */
gboolean
sb_practice_template_judge (SbPractice *self,
                            const char *id_or_name,
                            const char *status,
                            const char *reason)
{
  JsonObject *stored = find (self, id_or_name);
  g_autoptr (JsonObject) template = stored != NULL ? json_object_ref (stored) : NULL;
  JsonObject *value;

  if (template == NULL)
    return FALSE;

  json_object_set_string_member (template, "status", status);
  json_object_set_string_member (template, "rejected_reason", g_str_equal (status, "REJECTED") && reason != NULL ? reason : "NONE");
  save (self, template);

  value = identify (template);
  json_object_set_string_member (value, "event", status);
  json_object_set_string_member (value, "message_template_category", sb_json_string (template, "category"));
  json_object_set_string_member (value, "reason", reason != NULL ? reason : "NONE");
  if (g_strcmp0 (reason, "INVALID_FORMAT") == 0)
    json_object_set_object_member (value, "rejection_info",
                                   sb_json_make ("s:reason", "The text does not fit the format.", "s:recommendation", "Check the variables and write it again.", NULL));
  if (g_str_equal (status, "PAUSED"))
    json_object_set_object_member (value, "other_info", sb_json_make ("s:title", "FIRST_PAUSE", "s:description", "Customers gave negative feedback. Paused for 3 hours.", NULL));
  sb_practice_event_emit (self, "message_template_status_update", value);

  return TRUE;
}

gboolean
sb_practice_template_rate (SbPractice *self,
                           const char *id_or_name,
                           const char *score)
{
  JsonObject *stored = find (self, id_or_name);
  g_autoptr (JsonObject) template = stored != NULL ? json_object_ref (stored) : NULL;
  JsonObject *value;

  if (template == NULL)
    return FALSE;

  value = identify (template);
  json_object_set_string_member (value, "previous_quality_score", sb_json_string (sb_json_object (template, "quality_score"), "score"));
  json_object_set_string_member (value, "new_quality_score", score);
  json_object_set_object_member (template, "quality_score", sb_json_make ("s:score", score, "i:date", sb_practice_now (self) / 1000, NULL));
  save (self, template);
  sb_practice_event_emit (self, "message_template_quality_update", value);

  return TRUE;
}

/* A review ends: a name with "reject" in it is rejected, everything else is approved. */
void
sb_practice_template_review_due (SbPractice *self,
                                 JsonObject *detail)
{
  const char *id = sb_json_string (detail, "template");
  JsonObject *template = sb_practice_store_get (self->store, "template", id);

  if (template == NULL || g_strcmp0 (sb_json_string (template, "status"), "PENDING") != 0)
    return;

  if (strstr (sb_json_string (template, "name"), "reject") != NULL)
    sb_practice_template_judge (self, id, "REJECTED", "INVALID_FORMAT");
  else
    sb_practice_template_judge (self, id, "APPROVED", NULL);
}

static JsonObject *
add (SbPractice *self,
     JsonObject *wanted,
     const char *status)
{
  g_autofree char *id = sb_practice_new_id (self, "16");
  JsonObject *template = sb_practice_copy (wanted);

  json_object_set_string_member (template, "id", id);
  json_object_set_string_member (template, "status", status);
  json_object_set_string_member (template, "rejected_reason", "NONE");
  if (sb_json_string (template, "parameter_format") == NULL)
    json_object_set_string_member (template, "parameter_format", "POSITIONAL");
  json_object_set_object_member (template, "quality_score", sb_json_make ("s:score", g_str_equal (status, "APPROVED") ? "GREEN" : "UNKNOWN", NULL));
  save (self, template);

  return template;
}

void
sb_practice_template_furnish (SbPractice *self)
{
  g_autoptr (GBytes)   bytes = g_resource_lookup_data (sb_practice_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonNode) node = sb_json_parse_bytes (bytes, NULL);
  JsonArray           *templates = sb_json_array (sb_json_root (node), "templates");

  for (guint i = 0; i < sb_json_length (templates); i++)
    json_object_unref (add (self, sb_json_at (templates, i), "APPROVED"));
}

static void
create (SbPracticeCall *call)
{
  SbPractice           *self = call->practice;
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "template");
  g_autoptr (JsonObject) template = NULL;

  if (call->body == NULL)
    {
      sb_practice_call_fail (call, 100, "Invalid JSON: the body could not be read.");
      return;
    }
  if (!sb_practice_template_check (call, call->body))
    return;

  for (guint i = 0; i < list->len; i++)
    {
      if (g_strcmp0 (sb_json_string (list->pdata[i], "name"), sb_json_string (call->body, "name")) == 0 &&
          g_strcmp0 (sb_json_string (list->pdata[i], "language"), sb_json_string (call->body, "language")) == 0)
        {
          sb_practice_call_fail_sub (call, 100, 2388024, "Content in this language already exists",
                                     "There is already content for this template in this language. You can create a new template and try again.");
          return;
        }
    }
  if (list->len >= 250)
    {
      sb_practice_call_fail_sub (call, 100, 2388019, "Message template limit reached", "This account already has 250 templates.");
      return;
    }

  template = add (self, call->body, "PENDING");
  sb_practice_due_add (self, sb_practice_now (self) + REVIEW_MS, "review", sb_json_make ("s:template", sb_json_string (template, "id"), NULL));
  sb_practice_call_answer (call, sb_json_make ("s:id", sb_json_string (template, "id"), "s:status", "PENDING",
                                               "s:category", sb_json_string (template, "category"), NULL));
}

/* A filter may be a bare word or a JSON list of words. */
static gboolean
passes (SbPracticeCall *call,
        JsonObject *template,
        const char *filter,
        const char *value)
{
  g_autofree char     *wanted = sb_practice_call_param (call, filter);
  g_autoptr (JsonNode) node = NULL;
  JsonArray           *words;

  if (wanted == NULL || wanted[0] == '\0')
    return TRUE;
  if (wanted[0] != '[')
    return value != NULL && g_ascii_strcasecmp (wanted, value) == 0;

  node = json_from_string (wanted, NULL);
  words = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; i < sb_json_length (words); i++)
    {
      const char *word = json_array_get_string_element (words, i);

      if (word != NULL && value != NULL && g_ascii_strcasecmp (word, value) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
matches (SbPracticeCall *call,
         JsonObject *template)
{
  g_autofree char *name = sb_practice_call_param (call, "name");
  g_autofree char *words = sb_practice_call_param (call, "name_or_content");
  g_autofree char *text = sb_json_text (template);

  if (name != NULL && name[0] != '\0' && strstr (sb_json_string (template, "name"), name) == NULL)
    return FALSE;
  if (words != NULL && strstr (text, words) == NULL)
    return FALSE;

  return passes (call, template, "status", sb_json_string (template, "status")) &&
         passes (call, template, "category", sb_json_string (template, "category")) &&
         passes (call, template, "language", sb_json_string (template, "language")) &&
         passes (call, template, "quality_score", sb_json_string (sb_json_object (template, "quality_score"), "score"));
}

static JsonObject *
project (SbPracticeCall *call,
         JsonObject *template)
{
  g_autofree char *fields = sb_practice_call_param (call, "fields");
  g_auto (GStrv)   names = fields != NULL && fields[0] != '\0' ? g_strsplit (fields, ",", -1) : NULL;
  JsonObject      *node = json_object_new ();

  if (names == NULL)
    {
      json_object_unref (node);
      return sb_practice_copy (template);
    }

  json_object_set_string_member (node, "id", sb_json_string (template, "id"));
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      if (json_object_has_member (template, name))
        json_object_set_member (node, name, json_node_copy (json_object_get_member (template, name)));
    }

  return node;
}

static void
list_all (SbPracticeCall *call)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (call->practice->store, "template");
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char      *summary = sb_practice_call_param (call, "summary");
  JsonObject           *total = NULL;

  for (guint i = 0; i < list->len; i++)
    {
      if (matches (call, list->pdata[i]))
        g_ptr_array_add (found, project (call, list->pdata[i]));
    }
  if (summary != NULL)
    total = sb_json_make ("i:total_count", (gint64) found->len, "i:message_template_count", (gint64) list->len,
                          "i:message_template_limit", (gint64) 250, "b:are_translations_complete", TRUE, NULL);
  sb_practice_call_page (call, found, total);
}

static void
delete_by_name (SbPracticeCall *call)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (call->practice->store, "template");
  g_autofree char      *name = sb_practice_call_param (call, "name");
  g_autofree char      *id = sb_practice_call_param (call, "hsm_id");
  guint                 n_deleted = 0;

  for (guint i = 0; i < list->len; i++)
    {
      if (g_strcmp0 (sb_json_string (list->pdata[i], "name"), name) != 0 || (id != NULL && g_strcmp0 (sb_json_string (list->pdata[i], "id"), id) != 0))
        continue;
      sb_practice_store_remove (call->practice->store, "template", sb_json_string (list->pdata[i], "id"));
      n_deleted++;
    }

  if (n_deleted == 0)
    sb_practice_call_fail_sub (call, 100, 2593002, "Message template not found", "There is no message template with this name.");
  else
    sb_practice_call_success (call);
}

static void
edit (SbPracticeCall *call,
      JsonObject *template)
{
  static const char     *members[] = { "category", "components", "message_send_ttl_seconds", "parameter_format" };
  const char            *status = sb_json_string (template, "status");
  g_autoptr (JsonObject) changed = sb_practice_copy (template);

  if (!g_str_equal (status, "APPROVED") && !g_str_equal (status, "REJECTED") && !g_str_equal (status, "PAUSED"))
    {
      sb_practice_call_fail_sub (call, 100, 2593008, "Message template cannot be edited", "Only approved, rejected or paused templates can be edited.");
      return;
    }
  if (g_str_equal (status, "APPROVED") && json_object_has_member (call->body, "category") &&
      g_strcmp0 (sb_json_string (call->body, "category"), sb_json_string (template, "category")) != 0)
    {
      sb_practice_call_fail_sub (call, 100, 2388047, "Category cannot be changed", "The category of an approved template cannot be changed.");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (json_object_has_member (call->body, members[i]))
        json_object_set_member (changed, members[i], json_node_copy (json_object_get_member (call->body, members[i])));
    }
  if (!sb_practice_template_check (call, changed))
    return;

  json_object_set_string_member (changed, "status", "PENDING");
  save (call->practice, changed);
  sb_practice_due_add (call->practice, sb_practice_now (call->practice) + REVIEW_MS, "review", sb_json_make ("s:template", sb_json_string (changed, "id"), NULL));
  sb_practice_call_success (call);
}

static gboolean
answer_node (SbPracticeCall *call)
{
  JsonObject *stored = sb_practice_store_get (call->practice->store, "template", call->parts[0]);
  g_autoptr (JsonObject) template = stored != NULL ? json_object_ref (stored) : NULL;

  if (template == NULL)
    return FALSE;

  if (call->n_parts == 2 && g_str_equal (call->parts[1], "unpause") && sb_practice_call_is (call, "POST"))
    {
      gboolean paused = g_strcmp0 (sb_json_string (template, "status"), "PAUSED") == 0;

      if (paused)
        sb_practice_template_judge (call->practice, call->parts[0], "APPROVED", NULL);
      sb_practice_call_answer (call, sb_json_make ("b:success", paused, "s:reason", paused ? NULL : "The template is not paused.", NULL));
    }
  else if (call->n_parts != 1)
    return FALSE;
  else if (sb_practice_call_is (call, "GET"))
    sb_practice_call_answer (call, project (call, template));
  else if (sb_practice_call_is (call, "POST") && call->body != NULL)
    edit (call, template);
  else
    return FALSE;

  return TRUE;
}

gboolean
sb_practice_template_answer (SbPracticeCall *call)
{
  if (call->n_parts == 2 && g_str_equal (call->parts[0], sb_practice_config (call->practice, "waba_id")) &&
      g_str_equal (call->parts[1], "message_templates"))
    {
      if (sb_practice_call_is (call, "POST"))
        create (call);
      else if (sb_practice_call_is (call, "DELETE"))
        delete_by_name (call);
      else
        list_all (call);
      return TRUE;
    }

  return answer_node (call);
}
