#include "sb-template.h"

#include <string.h>

#include "sb-json.h"

SbTemplate *
sb_template_new (void)
{
  return g_new0 (SbTemplate, 1);
}

SbTemplate *
sb_template_copy (const SbTemplate *self)
{
  SbTemplate *copy = g_memdup2 (self, sizeof *self);

  copy->remote_id = g_strdup (self->remote_id);
  copy->name = g_strdup (self->name);
  copy->language = g_strdup (self->language);
  copy->category = g_strdup (self->category);
  copy->status = g_strdup (self->status);
  copy->reason = g_strdup (self->reason);
  copy->quality = g_strdup (self->quality);
  copy->components = self->components != NULL ? json_array_ref (self->components) : NULL;

  return copy;
}

void
sb_template_free (SbTemplate *self)
{
  g_free (self->remote_id);
  g_free (self->name);
  g_free (self->language);
  g_free (self->category);
  g_free (self->status);
  g_free (self->reason);
  g_free (self->quality);
  g_clear_pointer (&self->components, json_array_unref);
  g_free (self);
}

static void
place_free (gpointer data)
{
  SbPlace *place = data;

  g_free (place->key);
  g_free (place->name);
  g_free (place->example);
  g_free (place->format);
  g_free (place);
}

static JsonObject *
component (const SbTemplate *self,
           const char       *type)
{
  for (guint i = 0; i < sb_json_length (self->components); i++)
    {
      JsonObject *object = sb_json_at (self->components, i);
      const char *its = sb_json_string (object, "type");

      if (its != NULL && g_ascii_strcasecmp (its, type) == 0)
        return object;
    }

  return NULL;
}

/* The example that was given at the review for the @index-th gap, positional or named. */
static char *
example_of (JsonObject *part,
            const char *list,
            const char *named_list,
            const char *name,
            guint       index)
{
  JsonObject *example = sb_json_object (part, "example");
  JsonArray  *named = sb_json_array (example, named_list);
  JsonArray  *values = sb_json_array (example, list);
  JsonNode   *node;

  for (guint i = 0; i < sb_json_length (named); i++)
    if (g_strcmp0 (sb_json_string (sb_json_at (named, i), "param_name"), name) == 0)
      return g_strdup (sb_json_string (sb_json_at (named, i), "example"));

  if (sb_json_length (values) > 0 && JSON_NODE_HOLDS_ARRAY (json_array_get_element (values, 0)))
    values = json_node_get_array (json_array_get_element (values, 0));
  if (index >= sb_json_length (values))
    return NULL;

  node = json_array_get_element (values, index);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
}

/* The next "{{name}}" at or after @from; moves @from behind it. */
static char *
next_gap (const char **from)
{
  const char *open = strstr (*from, "{{");
  const char *close = open != NULL ? strstr (open, "}}") : NULL;
  char       *name;

  if (close == NULL)
    return NULL;
  name = g_strstrip (g_strndup (open + 2, close - open - 2));
  *from = close + 2;

  return name;
}

static void
add_place (GPtrArray  *places,
           SbPlaceKind kind,
           char       *key,
           char       *name,
           char       *example,
           char       *format,
           int         button)
{
  SbPlace *place = g_new0 (SbPlace, 1);

  place->kind = kind;
  place->key = key;
  place->name = name;
  place->example = example;
  place->format = format;
  place->button = button;
  g_ptr_array_add (places, place);
}

static gboolean
has_key (GPtrArray  *places,
         const char *key)
{
  for (guint i = 0; i < places->len; i++)
    if (g_str_equal (((SbPlace *) places->pdata[i])->key, key))
      return TRUE;

  return FALSE;
}

/* "{{2}}" is the second value, wherever it stands in the text. Named gaps have no number. */
static guint
number_of (const char *name)
{
  guint64 number;

  return g_ascii_string_to_unsigned (name, 10, 1, 100, &number, NULL) ? number - 1 : G_MAXUINT;
}

static void
add_text_places (GPtrArray  *places,
                 JsonObject *part,
                 SbPlaceKind kind,
                 const char *prefix,
                 const char *list,
                 const char *named_list)
{
  const char *text = sb_json_string (part, "text");
  char       *name;

  while (text != NULL && (name = next_gap (&text)) != NULL)
    {
      g_autofree char *owned = name;
      g_autofree char *key = g_strconcat (prefix, name, NULL);

      if (!has_key (places, key))
        add_place (places, kind, g_strdup (key), g_strdup (name), example_of (part, list, named_list, name, number_of (name)), NULL, -1);
    }
}

static void
add_button_places (GPtrArray  *places,
                   JsonObject *part)
{
  JsonArray *buttons = sb_json_array (part, "buttons");

  for (guint i = 0; i < sb_json_length (buttons); i++)
    {
      JsonObject *button = sb_json_at (buttons, i);
      const char *type = sb_json_string (button, "type");
      const char *url = sb_json_string (button, "url");
      const char *title = sb_json_string (button, "text");

      if (g_strcmp0 (type, "URL") == 0 && url != NULL && strstr (url, "{{") != NULL)
        add_place (places, SB_PLACE_BUTTON_URL, g_strdup_printf ("button.%u", i), g_strdup (title != NULL ? title : "url"), NULL, NULL, i);
      else if (g_strcmp0 (type, "COPY_CODE") == 0)
        add_place (places, SB_PLACE_BUTTON_CODE, g_strdup_printf ("button.%u", i), g_strdup ("code"), g_strdup (sb_json_string (button, "example")), NULL, i);
    }
}

/* Where the shop is: four values, of which the first two are numbers. */
static const char *const location_names[] = { "latitude", "longitude", "name", "address" };

static void
add_location_places (GPtrArray *places)
{
  for (gsize i = 0; i < G_N_ELEMENTS (location_names); i++)
    add_place (places, SB_PLACE_HEADER_TEXT, g_strconcat ("header.", location_names[i], NULL), g_strdup (location_names[i]), NULL, g_strdup ("LOCATION"), -1);
}

static gboolean
is_location (const SbPlace *place)
{
  return place->kind == SB_PLACE_HEADER_TEXT && g_strcmp0 (place->format, "LOCATION") == 0;
}

static gboolean
is_coordinate (const SbPlace *place)
{
  return is_location (place) && g_str_has_suffix (place->name, "tude");
}

static gboolean
is_within_the_globe (const SbPlace *place,
                     const char    *value)
{
  double limit = g_str_equal (place->name, "latitude") ? 90 : 180;
  char  *end = NULL;
  double number = g_ascii_strtod (value, &end);

  return end != value && *end == '\0' && number >= -limit && number <= limit;
}

/* (transfer full): every gap, in the order they are read. A header that shows a place has four, with the format LOCATION. */
GPtrArray *
sb_template_places (const SbTemplate *self)
{
  GPtrArray  *places = g_ptr_array_new_with_free_func (place_free);
  JsonObject *header = component (self, "HEADER");
  const char *format = sb_json_string (header, "format");

  if (format != NULL && (g_str_equal (format, "IMAGE") || g_str_equal (format, "VIDEO") || g_str_equal (format, "GIF") || g_str_equal (format, "DOCUMENT")))
    add_place (places, SB_PLACE_HEADER_MEDIA, g_strdup ("header.media"), g_strdup (format), NULL, g_strdup (format), -1);
  else if (g_strcmp0 (format, "LOCATION") == 0)
    add_location_places (places);
  else
    add_text_places (places, header, SB_PLACE_HEADER_TEXT, "header.", "header_text", "header_text_named_params");
  add_text_places (places, component (self, "BODY"), SB_PLACE_BODY, "body.", "body_text", "body_text_named_params");
  add_button_places (places, component (self, "BUTTONS"));

  return places;
}

/* (nullable): the text of "HEADER", "BODY" or "FOOTER" with its gaps as they are. */
char *
sb_template_part (const SbTemplate *self,
                  const char       *type)
{
  return g_strdup (sb_json_string (component (self, type), "text"));
}

/* The same with the gaps filled from @values; a gap without a value keeps its braces. */
char *
sb_template_fill (const SbTemplate *self,
                  const char       *type,
                  GHashTable       *values)
{
  g_autofree char *text = sb_template_part (self, type);
  g_autofree char *prefix = g_ascii_strdown (type, -1);
  const char      *from = text, *start = text;
  GString         *filled;
  char            *name;

  if (text == NULL)
    return NULL;

  filled = g_string_new (NULL);
  while ((name = next_gap (&from)) != NULL)
    {
      g_autofree char *owned = name;
      g_autofree char *key = g_strdup_printf ("%s.%s", prefix, name);
      const char      *open = strstr (start, "{{");
      const char      *value = values != NULL ? g_hash_table_lookup (values, key) : NULL;

      g_string_append_len (filled, start, open - start);
      if (value != NULL && value[0] != '\0')
        g_string_append (filled, value);
      else
        g_string_append_len (filled, open, from - open);
      start = from;
    }
  g_string_append (filled, start);

  return g_string_free (filled, FALSE);
}

/* (transfer full): titles of the buttons, in order. */
GPtrArray *
sb_template_buttons (const SbTemplate *self)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);
  JsonArray *buttons = sb_json_array (component (self, "BUTTONS"), "buttons");

  for (guint i = 0; i < sb_json_length (buttons); i++)
    {
      const char *text = sb_json_string (sb_json_at (buttons, i), "text");

      g_ptr_array_add (titles, g_strdup (text != NULL ? text : sb_json_string (sb_json_at (buttons, i), "type")));
    }

  return titles;
}

/* The network takes no line break, no tab and no more than four blanks in a row inside a gap. */
static gboolean
value_is_sound (const char *value)
{
  return value != NULL && value[strspn (value, " ")] != '\0' && strpbrk (value, "\n\r\t") == NULL && strstr (value, "     ") == NULL;
}

/* Before anything is queued: is it approved, and is every gap filled with something it can take? */
SbReason
sb_template_check (const SbTemplate *self,
                   GHashTable       *values,
                   char            **missing_key)
{
  g_autoptr (GPtrArray) places = sb_template_places (self);

  if (g_strcmp0 (self->status, "APPROVED") != 0)
    return SB_REASON_TEMPLATE_NOT_APPROVED;

  for (guint i = 0; i < places->len; i++)
    {
      const SbPlace *place = places->pdata[i];
      const char    *value = values != NULL ? g_hash_table_lookup (values, place->key) : NULL;

      if (value_is_sound (value) && (!is_coordinate (place) || is_within_the_globe (place, value)))
        continue;
      if (missing_key != NULL)
        *missing_key = g_strdup (place->key);
      return SB_REASON_TEMPLATE_INCOMPLETE;
    }

  return SB_REASON_ALLOWED;
}

static void
add_text_parameter (const SbTemplate *self,
                    JsonArray        *parameters,
                    const SbPlace    *place,
                    const char       *value)
{
  json_array_add_object_element (parameters, sb_json_make ("s:type", "text", "s:text", value, "s:parameter_name", self->named ? place->name : NULL, NULL));
}

/* The media of a header: the value is the network's id of a file that was uploaded. */
static JsonObject *
media_parameter (const SbPlace *place,
                 const char    *media_id)
{
  g_autofree char *type = g_ascii_strdown (place->format, -1);
  JsonObject      *parameter = sb_json_make ("s:type", type, NULL);

  json_object_set_object_member (parameter, type, sb_json_make ("s:id", media_id, NULL));

  return parameter;
}

static JsonObject *
button_component (const SbPlace *place,
                  const char    *value)
{
  g_autofree char *index = g_strdup_printf ("%d", place->button);
  JsonObject      *parameter = place->kind == SB_PLACE_BUTTON_CODE ? sb_json_make ("s:type", "coupon_code", "s:coupon_code", value, NULL)
                                                                   : sb_json_make ("s:type", "text", "s:text", value, NULL);

  return sb_json_make ("s:type", "button", "s:sub_type", place->kind == SB_PLACE_BUTTON_CODE ? "copy_code" : "url", "s:index", index,
                       "a:parameters", sb_json_make_array (parameter, NULL), NULL);
}

/* The code of a login template is in its text and in its button, which has no gap of its own. */
static void
add_code_button (const SbTemplate *self,
                 JsonArray        *components,
                 GHashTable       *values)
{
  JsonArray  *buttons = sb_json_array (component (self, "BUTTONS"), "buttons");
  const char *code = g_hash_table_lookup (values, "body.1");

  for (guint i = 0; code != NULL && i < sb_json_length (buttons); i++)
    if (g_strcmp0 (sb_json_string (sb_json_at (buttons, i), "type"), "OTP") == 0)
      {
        const SbPlace place = { .kind = SB_PLACE_BUTTON_URL, .button = i };

        json_array_add_object_element (components, button_component (&place, code));
      }
}

static JsonObject *
location_parameter (GHashTable *values)
{
  JsonObject *location = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (location_names); i++)
    {
      g_autofree char *key = g_strconcat ("header.", location_names[i], NULL);

      json_object_set_string_member (location, location_names[i], g_hash_table_lookup (values, key));
    }

  return sb_json_make ("s:type", "location", "o:location", location, NULL);
}

/* Values without names go by their number. */
static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const SbPlace *one = *(const SbPlace *const *) a;
  const SbPlace *two = *(const SbPlace *const *) b;
  guint          first = one->kind == SB_PLACE_BODY ? number_of (one->name) : 0;
  guint          second = two->kind == SB_PLACE_BODY ? number_of (two->name) : 0;

  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;

  return first < second ? -1 : first > second;
}

static JsonArray *
header_parameters (const SbTemplate *self,
                   GPtrArray        *places,
                   GHashTable       *values)
{
  JsonArray *parameters = json_array_new ();

  for (guint i = 0; i < places->len; i++)
    {
      const SbPlace *place = places->pdata[i];
      const char    *value = g_hash_table_lookup (values, place->key);

      if (is_location (place) && json_array_get_length (parameters) == 0)
        json_array_add_object_element (parameters, location_parameter (values));
      else if (place->kind == SB_PLACE_HEADER_MEDIA)
        json_array_add_object_element (parameters, media_parameter (place, value));
      else if (place->kind == SB_PLACE_HEADER_TEXT && !is_location (place))
        add_text_parameter (self, parameters, place, value);
    }

  return parameters;
}

static void
add_parameters (JsonArray  *components,
                const char *type,
                JsonArray  *parameters)
{
  if (json_array_get_length (parameters) > 0)
    json_array_add_object_element (components, sb_json_make ("s:type", type, "a:parameters", parameters, NULL));
  else
    json_array_unref (parameters);
}

/* The "template" object of a send, from values that sb_template_check () allowed. */
JsonObject *
sb_template_to_wire (const SbTemplate *self,
                     GHashTable       *values)
{
  g_autoptr (GPtrArray) places = sb_template_places (self);
  JsonArray            *components = json_array_new ();
  JsonArray            *body = json_array_new ();

  if (!self->named)
    g_ptr_array_sort (places, compare_numbers);
  for (guint i = 0; i < places->len; i++)
    {
      const SbPlace *place = places->pdata[i];

      if (place->kind == SB_PLACE_BODY)
        add_text_parameter (self, body, place, g_hash_table_lookup (values, place->key));
    }

  add_parameters (components, "header", header_parameters (self, places, values));
  add_parameters (components, "body", body);
  for (guint i = 0; i < places->len; i++)
    {
      const SbPlace *place = places->pdata[i];

      if (place->kind == SB_PLACE_BUTTON_URL || place->kind == SB_PLACE_BUTTON_CODE)
        json_array_add_object_element (components, button_component (place, g_hash_table_lookup (values, place->key)));
    }
  add_code_button (self, components, values);

  return sb_json_make ("s:name", self->name, "o:language", sb_json_make ("s:code", self->language, NULL),
                       "a:components", components, NULL);
}
