#include "sb-practice-call.h"

#include <string.h>

/* v25.0, v3: a version and nothing else. */
static gboolean
is_version (const char *part)
{
  const char *dot = NULL;

  if (part[0] != 'v' || !g_ascii_isdigit (part[1]))
    return FALSE;

  for (const char *c = part + 1; *c != '\0'; c++)
    {
      if (*c == '.' && dot == NULL && g_ascii_isdigit (c[1]))
        dot = c;
      else if (!g_ascii_isdigit (*c))
        return FALSE;
    }

  return TRUE;
}

static char **
split_path (const char *path)
{
  g_auto (GStrv)           raw = g_strsplit (path, "/", -1);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  gboolean                 first = TRUE;

  for (guint i = 0; raw[i] != NULL; i++)
    {
      g_autofree char *part = g_uri_unescape_string (raw[i], NULL);

      if (part == NULL || part[0] == '\0')
        continue;
      if (first && is_version (part) && g_strcmp0 (raw[i + 1], "box") != 0)
        {
          first = FALSE;
          continue;
        }
      first = FALSE;
      g_strv_builder_add (parts, part);
    }

  return g_strv_builder_end (parts);
}

static void
add_params (SbPracticeCall *self,
            GHashTable     *more)
{
  GHashTableIter iter;
  gpointer       name, value;

  if (more == NULL)
    return;

  g_hash_table_iter_init (&iter, more);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (self->params, g_strdup (name), g_strdup (value));
}

static void
read_body (SbPracticeCall *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char         *type = soup_message_headers_get_content_type (headers, NULL);
  gsize               size;
  const char         *data = g_bytes_get_data (self->raw, &size);

  if (size == 0)
    return;

  if (g_strcmp0 (type, SOUP_FORM_MIME_TYPE_URLENCODED) == 0)
    {
      g_autofree char       *text = g_strndup (data, size);
      g_autoptr (GHashTable) form = soup_form_decode (text);

      add_params (self, form);
    }
  else if (type == NULL || !g_str_has_prefix (type, "multipart/"))
    {
      self->node = sb_json_parse_bytes (self->raw, NULL);
      self->body = sb_json_root (self->node);
    }
}

SbPracticeCall *
sb_practice_call_new (SbPractice        *practice,
                      SoupServerMessage *message,
                      const char        *path,
                      GHashTable        *query)
{
  SbPracticeCall *self = g_new0 (SbPracticeCall, 1);

  self->practice = practice;
  self->message = g_object_ref (message);
  self->method = soup_server_message_get_method (message);
  self->parts = split_path (path);
  self->n_parts = g_strv_length (self->parts);
  self->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->raw = soup_message_body_flatten (soup_server_message_get_request_body (message));
  add_params (self, query);
  read_body (self);

  return self;
}

void
sb_practice_call_free (SbPracticeCall *self)
{
  g_object_unref (self->message);
  g_strfreev (self->parts);
  g_hash_table_unref (self->params);
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_pointer (&self->answer, json_object_unref);
  g_bytes_unref (self->raw);
  g_free (self->wamid);
  g_free (self);
}

gboolean
sb_practice_call_is (SbPracticeCall *self,
                     const char     *method)
{
  return g_str_equal (self->method, method);
}

const char *
sb_practice_call_header (SbPracticeCall *self,
                         const char     *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message), name);
}

/* Where the client found us, so that an address we hand out is reachable for it too. */
char *
sb_practice_call_base (SbPracticeCall *self)
{
  const char *host = sb_practice_call_header (self, "Host");

  return host != NULL ? g_strconcat ("http://", host, NULL) : g_strdup (self->practice->url);
}

/* A parameter from wherever the client put it: query, form or JSON, as text or as a number. */
char *
sb_practice_call_param (SbPracticeCall *self,
                        const char     *name)
{
  const char *value = g_hash_table_lookup (self->params, name);

  return value != NULL ? g_strdup (value) : sb_json_dup_id (self->body, name);
}

gint64
sb_practice_call_param_int (SbPracticeCall *self,
                            const char     *name,
                            gint64          fallback)
{
  const char *value = g_hash_table_lookup (self->params, name);
  gint64      number;

  if (value == NULL)
    return sb_json_int (self->body, name, fallback);

  return g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL) ? number : fallback;
}

gboolean
sb_practice_call_param_bool (SbPracticeCall *self,
                             const char     *name,
                             gboolean        fallback)
{
  const char *value = g_hash_table_lookup (self->params, name);

  if (value == NULL)
    return sb_json_bool (self->body, name, fallback);

  return g_ascii_strcasecmp (value, "true") == 0 || g_str_equal (value, "1");
}

/* Takes @answer over. */
void
sb_practice_call_answer (SbPracticeCall *self,
                         JsonObject     *answer)
{
  sb_practice_call_fail_raw (self, 200, answer);
}

void
sb_practice_call_success (SbPracticeCall *self)
{
  sb_practice_call_answer (self, sb_json_make ("b:success", TRUE, NULL));
}

/* Any status with any object, which is taken over. */
void
sb_practice_call_fail_raw (SbPracticeCall *self,
                           guint           status,
                           JsonObject     *answer)
{
  g_clear_pointer (&self->answer, json_object_unref);
  self->answer = answer;
  self->status = status;
  self->answered = TRUE;
}

void
sb_practice_call_bytes (SbPracticeCall *self,
                        guint           status,
                        const char     *content_type,
                        GBytes         *bytes)
{
  soup_server_message_set_status (self->message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "Content-Type", content_type);
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
  self->status = status;
  self->answered = TRUE;
}

/* Writes the answer into the message; bytes are there already. */
void
sb_practice_call_finish (SbPracticeCall *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autofree char    *text = NULL;

  soup_message_headers_replace (headers, "facebook-api-version", SB_PRACTICE_VERSION);
  soup_message_headers_replace (headers, "x-fb-trace-id", "Practice");
  if (self->answer == NULL)
    return;

  text = sb_json_text (self->answer);
  soup_server_message_set_status (self->message, self->status, NULL);
  soup_server_message_set_response (self->message, "application/json; charset=UTF-8", SOUP_MEMORY_COPY, text, strlen (text));
}

static char *
cursor (guint position)
{
  g_autofree char *text = g_strdup_printf ("at%u", position);

  return g_base64_encode ((const guchar *) text, strlen (text));
}

static guint
position_of (SbPracticeCall *self,
             const char     *name,
             guint           fallback)
{
  g_autofree char *param = sb_practice_call_param (self, name);
  g_autofree char *text = NULL;
  gsize            length;

  if (param == NULL || param[0] == '\0')
    return fallback;

  text = (char *) g_base64_decode (param, &length);

  return length > 2 && g_str_has_prefix (text, "at") ? (guint) g_ascii_strtoull (text + 2, NULL, 10) : fallback;
}

static char *
page_link (SbPracticeCall *self,
           const char     *member,
           const char     *value,
           guint           limit)
{
  g_autofree char *base = sb_practice_call_base (self);
  g_autofree char *path = g_strjoinv ("/", self->parts);
  GString         *link = g_string_new (NULL);
  GHashTableIter   iter;
  gpointer         name, text;

  g_string_printf (link, "%s/" SB_PRACTICE_VERSION "/%s?limit=%u&%s=", base, path, limit, member);
  g_string_append_uri_escaped (link, value, NULL, FALSE);
  g_hash_table_iter_init (&iter, self->params);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      if (g_str_equal (name, "limit") || g_str_equal (name, "after") || g_str_equal (name, "before"))
        continue;
      g_string_append_printf (link, "&%s=", (const char *) name);
      g_string_append_uri_escaped (link, text, NULL, FALSE);
    }

  return g_string_free (link, FALSE);
}

static JsonObject *
paging (SbPracticeCall *self,
        guint           from,
        guint           to,
        guint           total,
        guint           limit)
{
  g_autofree char *before = cursor (from);
  g_autofree char *after = cursor (to);
  g_autofree char *next = to < total ? page_link (self, "after", after, limit) : NULL;
  g_autofree char *previous = from > 0 ? page_link (self, "before", before, limit) : NULL;

  return sb_json_make ("o:cursors", sb_json_make ("s:before", before, "s:after", after, NULL), "s:next", next,
                       "s:previous", previous, NULL);
}

/**
 * sb_practice_call_page:
 * @objects: (transfer none): all there are
 * @summary: (transfer full) (nullable):
 *
 * Answers with the page the client asked for, with both ways of going on.
 */
void
sb_practice_call_page (SbPracticeCall *self,
                       GPtrArray      *objects,
                       JsonObject     *summary)
{
  guint      limit = (guint) CLAMP (sb_practice_call_param_int (self, "limit", 25), 1, 1000);
  guint      before = position_of (self, "before", objects->len);
  guint      from = position_of (self, "after", 0);
  guint      to;
  JsonArray *data = json_array_new ();

  if (before < objects->len && g_hash_table_contains (self->params, "before"))
    from = before > limit ? before - limit : 0;
  from = MIN (from, objects->len);
  to = MIN (from + limit, objects->len);
  for (guint i = from; i < to; i++)
    json_array_add_object_element (data, json_object_ref (objects->pdata[i]));

  sb_practice_call_answer (self, sb_json_make ("a:data", data, "o:paging", paging (self, from, to, objects->len, limit),
                                               "o:summary", summary, NULL));
}
