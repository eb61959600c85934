#include "sb-practice-fill.h"

#include <string.h>

#include "sb-practice-check.h"

void
sb_practice_filled_clear (SbPracticeFilled *self)
{
  g_clear_pointer (&self->category, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->header, g_free);
  g_clear_pointer (&self->footer, g_free);
  g_clear_pointer (&self->buttons, json_array_unref);
}

/* Puts the words beside the body that was sent, for the customer's phone. */
void
sb_practice_filled_describe (SbPracticeFilled *self,
                             JsonObject       *body)
{
  if (self->category == NULL)
    return;

  json_object_set_string_member (body, "words", self->words != NULL ? self->words : "");
  if (self->header != NULL)
    json_object_set_string_member (body, "header_words", self->header);
  if (self->footer != NULL)
    json_object_set_string_member (body, "footer_words", self->footer);
  if (self->buttons != NULL)
    json_object_set_array_member (body, "quick_replies", json_array_ref (self->buttons));
}

/* How many gaps a text has; each name counts once. */
guint
sb_practice_fill_count (const char *text,
                        gboolean   *named)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char            *open = text;

  while (open != NULL && (open = strstr (open, "{{")) != NULL)
    {
      const char *close = strstr (open, "}}");

      if (close == NULL)
        break;
      if (named != NULL && !g_ascii_isdigit (open[2]))
        *named = TRUE;
      g_hash_table_add (names, g_strndup (open + 2, close - open - 2));
      open = close + 2;
    }

  return g_hash_table_size (names);
}

static const char *
value_of (JsonObject *parameter)
{
  const char *type = sb_json_string (parameter, "type");
  JsonObject *part = type != NULL ? sb_json_object (parameter, type) : NULL;

  return part != NULL ? sb_json_string (part, "fallback_value") : sb_json_string (parameter, "text");
}

static char *
put_in (const char *text,
        JsonArray  *parameters)
{
  g_autoptr (GString) filled = g_string_new (text);

  for (guint i = 0; i < sb_json_length (parameters); i++)
    {
      JsonObject      *parameter = sb_json_at (parameters, i);
      const char      *name = sb_json_string (parameter, "parameter_name");
      g_autofree char *gap = name != NULL ? g_strdup_printf ("{{%s}}", name) : g_strdup_printf ("{{%u}}", i + 1);

      g_string_replace (filled, gap, value_of (parameter) != NULL ? value_of (parameter) : "", 0);
    }

  return g_strdup (filled->str);
}

static JsonObject *
find_template (SbPractice *self,
               const char *name,
               const char *language)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "template");

  for (guint i = 0; i < list->len; i++)
    {
      if (g_strcmp0 (sb_json_string (list->pdata[i], "name"), name) == 0 &&
          g_strcmp0 (sb_json_string (list->pdata[i], "language"), language) == 0)
        return list->pdata[i];
    }

  return NULL;
}

/* A component of the send, by type and, for buttons, by index. Case does not matter: clients write it both ways. */
static JsonObject *
given_component (JsonObject *wanted,
                 const char *type,
                 guint       index)
{
  JsonArray *components = sb_json_array (wanted, "components");

  for (guint i = 0; i < sb_json_length (components); i++)
    {
      JsonObject *component = sb_json_at (components, i);
      const char *given = sb_json_string (component, "type");

      if (given == NULL || g_ascii_strcasecmp (given, type) != 0)
        continue;
      if (g_ascii_strcasecmp (type, "button") != 0 || sb_json_int (component, "index", 0) == index)
        return component;
    }

  return NULL;
}

static gboolean
text_is_clean (const char *text)
{
  return text != NULL && text[0] != '\0' && strpbrk (text, "\n\r\t") == NULL && strstr (text, "     ") == NULL;
}

/* Parameters of a text with gaps: as many as gaps, each a text that can stand in a sentence. */
static gboolean
check_parameters (SbPracticeCall *call,
                  const char     *where,
                  const char     *text,
                  JsonArray      *parameters)
{
  gboolean named = FALSE;
  guint    wanted = sb_practice_fill_count (text, &named);
  guint    given = sb_json_length (parameters);

  if (wanted != given)
    return sb_practice_call_fail (call, 132000, "%s: number of localizable_params (%u) does not match the expected number of params (%u)", where, given, wanted);

  for (guint i = 0; i < given; i++)
    {
      JsonObject *parameter = sb_json_at (parameters, i);
      const char *type = sb_json_string (parameter, "type");
      const char *name = sb_json_string (parameter, "parameter_name");

      if (g_strcmp0 (type, "text") != 0 && g_strcmp0 (type, "currency") != 0 && g_strcmp0 (type, "date_time") != 0)
        return sb_practice_call_fail (call, 132012, "%s: parameter %u must be of type text.", where, i + 1);
      if (named && (name == NULL || strstr (text, name) == NULL))
        return sb_practice_call_fail (call, 132012, "%s: parameter %u needs a parameter_name of the template.", where, i + 1);
      if (!text_is_clean (value_of (parameter)))
        return sb_practice_call_fail (call, value_of (parameter) == NULL || value_of (parameter)[0] == '\0' ? 131008 : 132018,
                                      "%s: parameter %u must not be empty and cannot have new lines, tabs or more than 4 consecutive spaces.", where, i + 1);
    }

  return TRUE;
}

static gboolean
fill_header (SbPracticeCall   *call,
             JsonObject       *component,
             JsonObject       *wanted,
             SbPracticeFilled *filled)
{
  const char      *format = sb_json_string (component, "format");
  JsonArray       *parameters = sb_json_array (given_component (wanted, "header", 0), "parameters");
  JsonObject      *parameter = sb_json_at (parameters, 0);
  g_autofree char *kind = g_ascii_strdown (format != NULL ? format : "TEXT", -1);

  if (g_str_equal (kind, "text"))
    {
      if (!check_parameters (call, "header", sb_json_string (component, "text"), parameters))
        return FALSE;
      filled->header = put_in (sb_json_string (component, "text"), parameters);
      return TRUE;
    }
  if (parameter == NULL)
    return sb_practice_call_fail (call, 132012, "header: Format mismatch, expected %s, received UNKNOWN", format);
  if (g_strcmp0 (sb_json_string (parameter, "type"), kind) != 0)
    return sb_practice_call_fail (call, 132012, "header: Format mismatch, expected %s, received %s", format, sb_json_string (parameter, "type"));
  if (g_str_equal (kind, "location") || g_str_equal (kind, "product"))
    return sb_json_object (parameter, kind) != NULL || sb_practice_call_fail (call, 132012, "header: the %s is missing", kind);

  filled->header = g_strdup_printf ("[%s]", kind);

  return sb_practice_check_media (call, sb_json_object (parameter, kind), g_str_equal (kind, "gif") ? "video" : kind, "template['components'] header");
}

static gboolean
fill_button (SbPracticeCall   *call,
             JsonObject       *button,
             guint             index,
             JsonObject       *wanted,
             SbPracticeFilled *filled)
{
  const char *type = sb_json_string (button, "type");
  const char *title = sb_json_string (button, "text");
  const char *url = sb_json_string (button, "url");
  JsonObject *given = given_component (wanted, "button", index);
  JsonObject *parameter = sb_json_at (sb_json_array (given, "parameters"), 0);
  guint       gaps = sb_practice_fill_count (url, NULL);

  if (g_strcmp0 (type, "URL") == 0 && gaps > 0)
    {
      if (parameter == NULL || !text_is_clean (sb_json_string (parameter, "text")))
        return sb_practice_call_fail (call, parameter == NULL ? 132000 : 132012, "button %u of type URL requires a text parameter", index);
    }
  if (g_strcmp0 (type, "COPY_CODE") == 0 && sb_json_string (parameter, "coupon_code") == NULL)
    return sb_practice_call_fail (call, 132000, "button %u of type COPY_CODE requires a coupon_code", index);

  json_array_add_object_element (filled->buttons,
                                 sb_json_make ("s:kind", g_strcmp0 (type, "QUICK_REPLY") == 0 ? "template" : "url",
                                               "s:id", sb_json_string (parameter, "payload") != NULL ? sb_json_string (parameter, "payload") : title,
                                               "s:title", title != NULL ? title : type, NULL));

  return TRUE;
}

static gboolean
fill_component (SbPracticeCall   *call,
                JsonObject       *component,
                JsonObject       *wanted,
                SbPracticeFilled *filled)
{
  const char *type = sb_json_string (component, "type");
  JsonArray  *buttons = sb_json_array (component, "buttons");
  JsonArray  *parameters = sb_json_array (given_component (wanted, "body", 0), "parameters");

  if (g_strcmp0 (type, "HEADER") == 0)
    return fill_header (call, component, wanted, filled);
  if (g_strcmp0 (type, "FOOTER") == 0)
    filled->footer = g_strdup (sb_json_string (component, "text"));
  if (g_strcmp0 (type, "BODY") == 0 && sb_json_string (component, "text") != NULL)
    {
      if (!check_parameters (call, "body", sb_json_string (component, "text"), parameters))
        return FALSE;
      filled->words = put_in (sb_json_string (component, "text"), parameters);
      if (g_utf8_strlen (filled->words, -1) > 32768)
        return sb_practice_call_fail (call, 132005, "The filled body is %ld characters long.", g_utf8_strlen (filled->words, -1));
    }

  for (guint i = 0; i < sb_json_length (buttons); i++)
    {
      if (!fill_button (call, sb_json_at (buttons, i), i, wanted, filled))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_state (SbPracticeCall *call,
             JsonObject *template,
             const char *name,
             const char *language)
{
  const char *status = sb_json_string (template, "status");

  if (template != NULL && g_str_equal (status, "PAUSED"))
    return sb_practice_call_fail (call, 132015, "Template %s is paused because of its quality.", name);
  if (template != NULL && g_str_equal (status, "DISABLED"))
    return sb_practice_call_fail (call, 132016, "Template %s is disabled.", name);
  if (template == NULL || !g_str_equal (status, "APPROVED"))
    return sb_practice_call_fail (call, 132001, "template name (%s) does not exist in %s", name, language != NULL ? language : "");

  return TRUE;
}

/* Step 9: the template, its state, its gaps, and whether this person still wants offers. */
gboolean
sb_practice_fill (SbPracticeCall   *call,
                  JsonObject       *wanted,
                  JsonObject       *persona,
                  SbPracticeFilled *filled)
{
  const char *name = sb_json_string (wanted, "name");
  const char *language = sb_json_string (sb_json_object (wanted, "language"), "code");
  JsonObject *template = find_template (call->practice, name, language);
  JsonArray *components = sb_json_array (template, "components");

  if (language == NULL)
    return sb_practice_call_fail (call, 131008, "The parameter template['language']['code'] is required.");
  if (!check_state (call, template, name, language))
    return FALSE;

  filled->buttons = json_array_new ();
  for (guint i = 0; i < sb_json_length (components); i++)
    {
      if (!fill_component (call, sb_json_at (components, i), wanted, filled))
        return FALSE;
    }

  filled->category = g_ascii_strdown (sb_json_string (template, "category"), -1);
  if (g_str_equal (filled->category, "marketing") && sb_json_bool (persona, "stopped", FALSE))
    return sb_practice_call_fail (call, 131050, "The user has stopped marketing messages from this business.");
  if (g_str_equal (filled->category, "authentication") && !json_object_has_member (call->body, "to"))
    return sb_practice_call_fail (call, 131062, "Authentication templates need a phone number.");

  return TRUE;
}
