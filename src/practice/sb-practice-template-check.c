#include "sb-practice-template.h"

#include <string.h>

#include "sb-practice-fill.h"

#define MAX_BUTTONS 10

static gboolean
wrong (SbPracticeCall *call,
       int             subcode,
       const char     *title,
       const char     *text)
{
  return sb_practice_call_fail_sub (call, 100, subcode, title, text);
}

static gboolean
check_name (SbPracticeCall *call,
            const char     *name)
{
  if (name == NULL || name[0] == '\0' || strlen (name) > 512)
    return wrong (call, 2388040, "Template name is missing or too long", "The name has 1 to 512 characters.");

  for (const char *c = name; *c != '\0'; c++)
    {
      if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '_')
        return wrong (call, 2388040, "Template name has wrong characters", "The name may only have lower-case letters, digits and underscores.");
    }

  return TRUE;
}

/* Numbered gaps run from one without holes; no gap stands at the edge of the text or touches another. */
static gboolean
check_gaps (SbPracticeCall *call,
            const char     *text)
{
  gboolean named = FALSE;
  guint    n = sb_practice_fill_count (text, &named);
  gsize    length = strlen (text);

  for (guint i = 1; !named && i <= n; i++)
    {
      g_autofree char *gap = g_strdup_printf ("{{%u}}", i);

      if (strstr (text, gap) == NULL)
        return wrong (call, 2388047, "Variables are not numbered in order", "Number the variables {{1}}, {{2}} and so on without gaps.");
    }
  if (n > 0 && (g_str_has_prefix (text, "{{") || (length > 2 && g_str_has_suffix (text, "}}"))))
    return wrong (call, 2388299, "Variables can't be at the start or end of the template", "Move the variable or add words around it.");
  if (strstr (text, "}}{{") != NULL || strstr (text, "}} {{") != NULL)
    return wrong (call, 2388299, "Variables can't stand next to each other", "Put words between the variables.");
  if (n > 0 && length < 3 * n * 5)
    return wrong (call, 2388293, "This template has too many variables for its length", "Reduce the variables or write a longer text.");

  return TRUE;
}

static gboolean
check_header (SbPracticeCall *call,
              JsonObject     *component)
{
  static const char *const formats[] = { "TEXT", "IMAGE", "VIDEO", "GIF", "DOCUMENT", "LOCATION", "PRODUCT", NULL };
  static const char *const media[] = { "IMAGE", "VIDEO", "GIF", "DOCUMENT", NULL };
  const char              *format = sb_json_string (component, "format");
  const char              *text = sb_json_string (component, "text");
  JsonObject              *example = sb_json_object (component, "example");

  if (format == NULL || !g_strv_contains (formats, format))
    return wrong (call, 2388047, "Header format is wrong", "The header must be a text, an image, a video, a document or a location.");
  if (g_strv_contains (media, format) && sb_json_length (sb_json_array (example, "header_handle")) == 0)
    return wrong (call, 2388047, "Header needs a sample", "Upload a sample and give its handle in example.header_handle.");
  if (!g_str_equal (format, "TEXT"))
    return TRUE;
  if (text == NULL || text[0] == '\0' || g_utf8_strlen (text, -1) > 60 || strpbrk (text, "\n*~`") != NULL)
    return wrong (call, 2388047, "Header text is wrong", "The header has 1 to 60 characters without formatting or new lines.");
  if (sb_practice_fill_count (text, NULL) > 1)
    return wrong (call, 2388047, "Header has too many variables", "The header may have one variable.");

  return TRUE;
}

static gboolean
check_body (SbPracticeCall *call,
            JsonObject     *component)
{
  const char *text = sb_json_string (component, "text");
  JsonObject *example = sb_json_object (component, "example");

  if (text == NULL && json_object_has_member (component, "add_security_recommendation"))
    return TRUE;
  if (text == NULL || text[0] == '\0')
    return wrong (call, 2388072, "Body is missing", "Write the text of the message.");
  if (g_utf8_strlen (text, -1) > 1024)
    return wrong (call, 2388040, "Body is too long", "The body may have at most 1024 characters.");
  if (!check_gaps (call, text))
    return FALSE;
  if (sb_practice_fill_count (text, NULL) > 0 && !json_object_has_member (component, "example"))
    return wrong (call, 2388043, "Samples are missing", "Give a sample for each variable in example.body_text.");
  if (example != NULL && sb_json_array (example, "body_text") == NULL && sb_json_array (example, "body_text_named_params") == NULL)
    return wrong (call, 2388043, "Samples are missing", "example needs body_text or body_text_named_params.");

  return TRUE;
}

static gboolean
check_button (SbPracticeCall *call,
              JsonObject     *button,
              guint          *n_urls,
              guint          *n_phones)
{
  const char *type = sb_json_string (button, "type");
  const char *text = sb_json_string (button, "text");
  const char *url = sb_json_string (button, "url");

  if (type == NULL)
    return wrong (call, 2388047, "Button without a type", "Each button needs a type.");
  if (text != NULL && (text[0] == '\0' || g_utf8_strlen (text, -1) > 25))
    return wrong (call, 2388040, "Button label is too long", "A button label has 1 to 25 characters.");
  if ((g_str_equal (type, "QUICK_REPLY") || g_str_equal (type, "URL") || g_str_equal (type, "PHONE_NUMBER")) && text == NULL)
    return wrong (call, 2388047, "Button without a label", "Each button needs a text.");
  if (g_str_equal (type, "URL") && (++*n_urls > 2 || url == NULL || strlen (url) > 2000 || !g_str_has_prefix (url, "http")))
    return wrong (call, 2388047, "URL button is wrong", "There may be two URL buttons with absolute addresses of at most 2000 characters.");
  if (g_str_equal (type, "URL") && (sb_practice_fill_count (url, NULL) > 1 || (strstr (url, "{{") != NULL && !g_str_has_suffix (url, "}}"))))
    return wrong (call, 2388047, "URL variable is in the wrong place", "A URL may have one variable, at its end.");
  if (g_str_equal (type, "PHONE_NUMBER") && (++*n_phones > 1 || sb_json_string (button, "phone_number") == NULL || strlen (sb_json_string (button, "phone_number")) > 20))
    return wrong (call, 2388047, "Phone button is wrong", "There may be one phone button with a number of at most 20 characters.");

  return TRUE;
}

static gboolean
check_buttons (SbPracticeCall *call,
               JsonObject     *component)
{
  JsonArray *buttons = sb_json_array (component, "buttons");
  guint      n_urls = 0, n_phones = 0, n_runs = 0;
  gboolean   in_run = FALSE;

  if (sb_json_length (buttons) == 0 || sb_json_length (buttons) > MAX_BUTTONS)
    return wrong (call, 2388047, "Wrong number of buttons", "A template may have 1 to 10 buttons.");

  for (guint i = 0; i < sb_json_length (buttons); i++)
    {
      gboolean reply = g_strcmp0 (sb_json_string (sb_json_at (buttons, i), "type"), "QUICK_REPLY") == 0;

      if (!check_button (call, sb_json_at (buttons, i), &n_urls, &n_phones))
        return FALSE;
      n_runs += reply && !in_run;
      in_run = reply;
    }
  if (n_runs > 1)
    return wrong (call, 2388047, "Quick replies are not together", "Quick reply buttons must stand next to each other.");

  return TRUE;
}

static gboolean
check_component (SbPracticeCall *call,
                 JsonObject     *component)
{
  const char *type = sb_json_string (component, "type");
  const char *text = sb_json_string (component, "text");

  if (g_strcmp0 (type, "HEADER") == 0)
    return check_header (call, component);
  if (g_strcmp0 (type, "BODY") == 0)
    return check_body (call, component);
  if (g_strcmp0 (type, "BUTTONS") == 0)
    return check_buttons (call, component);
  if (g_strcmp0 (type, "FOOTER") == 0 && text != NULL && (g_utf8_strlen (text, -1) > 60 || strstr (text, "{{") != NULL))
    return wrong (call, 2388073, "Footer is wrong", "The footer has at most 60 characters and no variables.");

  return TRUE;
}

static gboolean
check_components (SbPracticeCall *call,
                  JsonArray      *components)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sb_json_length (components); i++)
    {
      const char *type = sb_json_string (sb_json_at (components, i), "type");

      if (type == NULL || !g_hash_table_add (seen, (gpointer) type))
        return wrong (call, 2388047, "Component is wrong", "Each kind of component may be there once.");
      if (!check_component (call, sb_json_at (components, i)))
        return FALSE;
    }
  if (!g_hash_table_contains (seen, "BODY"))
    return wrong (call, 2388072, "Body is missing", "A template needs a body.");

  return TRUE;
}

static gboolean
check_life_time (SbPracticeCall *call,
                 JsonObject     *wanted)
{
  gint64      ttl = sb_json_int (wanted, "message_send_ttl_seconds", -1);
  const char *category = sb_json_string (wanted, "category");
  gint64      least = g_str_equal (category, "MARKETING") ? 43200 : 30;
  gint64      most = g_str_equal (category, "MARKETING") ? 2592000 : g_str_equal (category, "UTILITY") ? 43200
                                                                                                       : 900;

  if (ttl != -1 && (ttl < least || ttl > most))
    return sb_practice_call_fail (call, 100, "message_send_ttl_seconds must be between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT ".", least, most);

  return TRUE;
}

/* Everything Meta refuses at once, before any review. */
gboolean
sb_practice_template_check (SbPracticeCall *call,
                            JsonObject     *wanted)
{
  static const char *const categories[] = { "MARKETING", "UTILITY", "AUTHENTICATION", NULL };
  const char              *category = sb_json_string (wanted, "category");
  const char              *language = sb_json_string (wanted, "language");

  if (!check_name (call, sb_json_string (wanted, "name")))
    return FALSE;
  if (category == NULL || !g_strv_contains (categories, category))
    return sb_practice_call_fail (call, 100, "Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.");
  if (language == NULL || strlen (language) < 2 || strlen (language) > 7)
    return sb_practice_call_fail (call, 100, "Param language must be a language code such as en_GB.");

  return check_life_time (call, wanted) && check_components (call, sb_json_array (wanted, "components"));
}
