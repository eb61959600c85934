#include "sb-json.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* Depth is counted before anything is allocated: the parser itself would go a thousand levels down. */
static gboolean
depth_is_sane (const char *data,
               gsize       length)
{
  gboolean in_string = FALSE;
  guint    depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = data[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '{' || c == '[')
        {
          if (++depth > SB_JSON_MAX_DEPTH)
            return FALSE;
        }
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
    }

  return TRUE;
}

static JsonNode *
parse (const char *data,
       gsize       size,
       gsize       max_bytes,
       GError    **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError)     failure = NULL;

  if (size > max_bytes)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_TOO_LARGE, "JSON of %" G_GSIZE_FORMAT " bytes is over the limit of %" G_GSIZE_FORMAT, size, max_bytes);
      return NULL;
    }

  if (!g_utf8_validate_len (data, size, NULL) || !depth_is_sane (data, size))
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "JSON is not valid UTF-8 or too deep");
      return NULL;
    }

  parser = json_parser_new_immutable ();
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, data, size, &failure) || json_parser_get_root (parser) == NULL)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "JSON cannot be read: %s", failure != NULL ? failure->message : "empty");
      return NULL;
    }

  return json_node_ref (json_parser_get_root (parser));
}

/**
 * sb_json_parse:
 * @length: bytes, or -1 for a terminated string
 *
 * Reads untrusted JSON: at most 4 MiB, 64 levels, valid UTF-8 without NUL. Fails with %SB_ERROR_TOO_LARGE or
 * %SB_ERROR_INVALID and never crashes.
 */
JsonNode *
sb_json_parse (const char *data,
               gssize      length,
               GError    **error)
{
  return parse (data, length < 0 ? strlen (data) : (gsize) length, SB_JSON_MAX_BYTES, error);
}

JsonNode *
sb_json_parse_bytes (GBytes  *bytes,
                     GError **error)
{
  return sb_json_parse_large (bytes, SB_JSON_MAX_BYTES, error);
}

/* The same with a limit of its own, for an answer that carries large bodies inside. */
JsonNode *
sb_json_parse_large (GBytes  *bytes,
                     gsize    max_bytes,
                     GError **error)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  return parse (data != NULL ? data : "", size, max_bytes, error);
}

/* (transfer none) (nullable): the object at the root of @node, %NULL when it is something else or @node is %NULL. */
JsonObject *
sb_json_root (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

char *
sb_json_node_text (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

char *
sb_json_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_node_init_object (node, object);

  return json_to_string (node, FALSE);
}

static JsonNode *
member_of (JsonObject *object,
           const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

/* All readers take %NULL for @object and give the fallback for a member that is absent or of another kind. */
const char *
sb_json_string (JsonObject *object,
                const char *member)
{
  JsonNode *node = member_of (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Ids come as strings and, from some senders, as numbers; both give the decimal string. */
char *
sb_json_dup_id (JsonObject *object,
                const char *member)
{
  JsonNode *node = member_of (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return g_strdup (sb_json_string (object, member));
}

gint64
sb_json_int (JsonObject *object,
             const char *member,
             gint64      fallback)
{
  JsonNode *node = member_of (object, member);
  gint64    value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double number = json_node_get_double (node);

      return number > -9.2e18 && number < 9.2e18 ? (gint64) number : fallback;
    }
  if (json_node_get_value_type (node) == G_TYPE_STRING &&
      g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, &value, NULL))
    return value;

  return fallback;
}

double
sb_json_double (JsonObject *object,
                const char *member,
                double      fallback)
{
  JsonNode *node = member_of (object, member);
  double    value = fallback;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE)
    value = json_node_get_double (node);
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      char *end = NULL;

      errno = 0;
      value = g_ascii_strtod (json_node_get_string (node), &end);
      if (errno != 0 || end == json_node_get_string (node) || *end != '\0')
        value = fallback;
    }

  return isfinite (value) ? value : fallback;
}

gboolean
sb_json_bool (JsonObject *object,
              const char *member,
              gboolean    fallback)
{
  JsonNode   *node = member_of (object, member);
  const char *text = sb_json_string (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node) != 0;
  if (text != NULL && (g_ascii_strcasecmp (text, "true") == 0 || g_str_equal (text, "1")))
    return TRUE;
  if (text != NULL && (g_ascii_strcasecmp (text, "false") == 0 || g_str_equal (text, "0")))
    return FALSE;

  return fallback;
}

JsonObject *
sb_json_object (JsonObject *object,
                const char *member)
{
  return sb_json_root (member_of (object, member));
}

JsonArray *
sb_json_array (JsonObject *object,
               const char *member)
{
  JsonNode *node = member_of (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

guint
sb_json_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

JsonObject *
sb_json_at (JsonArray *array,
            guint      index)
{
  return array != NULL && index < json_array_get_length (array) ? sb_json_root (json_array_get_element (array, index)) : NULL;
}

/**
 * sb_json_make:
 * @first_member: kind letter, colon, name: "s:to" takes a string (%NULL leaves the member out), "i:" a gint64, "b:" a
 *   gboolean, "d:" a double, "o:" a JsonObject and "a:" a JsonArray (both taken over; %NULL leaves it out)
 *
 * Builds an object in one expression: sb_json_make ("s:type", "text", "o:text", sb_json_make ("s:body", body, NULL), NULL).
 */
JsonObject *
sb_json_make (const char *first_member,
              ...)
{
  JsonObject *object = json_object_new ();
  va_list     args;

  va_start (args, first_member);
  for (const char *key = first_member; key != NULL; key = va_arg (args, const char *))
    {
      const char *name = key + 2;

      g_assert (key[0] != '\0' && key[1] == ':');
      switch (key[0])
        {
        case 's':
          {
            const char *text = va_arg (args, const char *);

            if (text != NULL)
              json_object_set_string_member (object, name, text);
          }
          break;
        case 'i':
          json_object_set_int_member (object, name, va_arg (args, gint64));
          break;
        case 'b':
          json_object_set_boolean_member (object, name, va_arg (args, gboolean));
          break;
        case 'd':
          json_object_set_double_member (object, name, va_arg (args, double));
          break;
        case 'o':
          {
            JsonObject *child = va_arg (args, JsonObject *);

            if (child != NULL)
              json_object_set_object_member (object, name, child);
          }
          break;
        case 'a':
          {
            JsonArray *child = va_arg (args, JsonArray *);

            if (child != NULL)
              json_object_set_array_member (object, name, child);
          }
          break;
        default:
          g_assert_not_reached ();
        }
    }
  va_end (args);

  return object;
}

/* An array of the given objects, each taken over. */
JsonArray *
sb_json_make_array (JsonObject *first,
                    ...)
{
  JsonArray *array = json_array_new ();
  va_list    args;

  va_start (args, first);
  for (JsonObject *object = first; object != NULL; object = va_arg (args, JsonObject *))
    json_array_add_object_element (array, object);
  va_end (args);

  return array;
}
