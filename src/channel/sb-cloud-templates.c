#include "sb-cloud-private.h"

#include "sb-json.h"

/* The list of the account's templates, page by page. */

#define MAX_PAGES 100

typedef struct
{
  GPtrArray *templates;
  guint      pages;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->templates, g_ptr_array_unref);
  g_free (listing);
}

static SbTemplate *
template_of (JsonObject *object)
{
  SbTemplate *template;
  const char *name = sb_json_string (object, "name");
  const char *language = sb_json_string (object, "language");

  if (name == NULL || language == NULL)
    return NULL;

  template = sb_template_new ();
  template->remote_id = sb_json_dup_id (object, "id");
  template->name = g_strdup (name);
  template->language = g_strdup (language);
  template->category = g_strdup (sb_json_string (object, "category"));
  template->status = g_strdup (sb_json_string (object, "status"));
  template->reason = g_strdup (sb_json_string (object, "rejected_reason"));
  template->quality = g_strdup (sb_json_string (sb_json_object (object, "quality_score"), "score"));
  template->named = g_strcmp0 (sb_json_string (object, "parameter_format"), "NAMED") == 0;
  template->components = sb_json_array (object, "components") != NULL ? json_array_ref (sb_json_array (object, "components")) : json_array_new ();

  return template;
}

/* (nullable): where the next page starts. "next" is missing on the last page; of its address only the cursor is used, so that
 * no other host is ever asked. */
static char *
cursor_of (JsonObject *paging)
{
  const char            *next = sb_json_string (paging, "next");
  const char            *after = sb_json_string (sb_json_object (paging, "cursors"), "after");
  g_autoptr (GUri)       uri = next != NULL ? g_uri_parse (next, G_URI_FLAGS_ENCODED_QUERY, NULL) : NULL;
  g_autoptr (GHashTable) query = NULL;

  if (next == NULL || after != NULL)
    return next != NULL ? g_strdup (after) : NULL;
  if (uri == NULL || g_uri_get_query (uri) == NULL)
    return NULL;

  query = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);

  return query != NULL ? g_strdup (g_hash_table_lookup (query, "after")) : NULL;
}

static void ask_page (GTask *task, const char *after);

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask)        task = user_data;
  Listing                 *listing = g_task_get_task_data (task);
  GError                  *error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);
  g_autoptr (JsonNode)     node = answer != NULL ? sb_json_parse_bytes (answer->body, NULL) : NULL;
  JsonArray               *data = sb_json_array (sb_json_root (node), "data");
  g_autofree char         *after = cursor_of (sb_json_object (sb_json_root (node), "paging"));

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (answer->status != 200 || data == NULL)
    {
      g_auto (SbGraphError) graph = { 0 };

      sb_graph_error_read (&graph, answer);
      g_task_return_new_error (task, SB_ERROR, answer->status == 401 || answer->status == 403 ? SB_ERROR_AUTH : SB_ERROR_REMOTE, "The templates could not be fetched (%u): %s",
                               answer->status, graph.message != NULL ? graph.message : "no reason given");
      return;
    }

  for (guint i = 0; i < sb_json_length (data); i++)
    {
      SbTemplate *template = template_of (sb_json_at (data, i));

      if (template != NULL)
        g_ptr_array_add (listing->templates, template);
    }

  if (after != NULL && ++listing->pages < MAX_PAGES)
    ask_page (g_steal_pointer (&task), after);
  else
    g_task_return_pointer (task, g_steal_pointer (&listing->templates), (GDestroyNotify) g_ptr_array_unref);
}

static void
ask_page (GTask      *task,
          const char *after)
{
  SbCloudChannel           *self = g_task_get_source_object (task);
  g_autofree char          *cursor = after != NULL ? g_uri_escape_string (after, NULL, FALSE) : NULL;
  g_autofree char          *url = sb_cloud_url (self, "%s/message_templates?limit=100%s%s", self->line->waba_id, cursor != NULL ? "&after=" : "", cursor != NULL ? cursor : "");
  g_autoptr (SbHttpRequest) request = sb_cloud_request (self, "GET", url);

  sb_http_send_async (self->http, request, g_task_get_cancellable (task), page_cb, task);
}

void
sb_cloud_list_templates_async (SbChannel          *channel,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  SbCloudChannel *self = SB_CLOUD_CHANNEL (channel);
  GTask          *task = g_task_new (self, cancellable, callback, user_data);
  Listing        *listing = g_new0 (Listing, 1);

  listing->templates = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_template_free);
  g_task_set_task_data (task, listing, listing_free);
  if (self->line->waba_id == NULL)
    {
      g_task_return_new_error (task, SB_ERROR, SB_ERROR_INVALID, "The id of the business account is missing");
      g_object_unref (task);
      return;
    }

  ask_page (task, NULL);
}

GPtrArray *
sb_cloud_list_templates_finish (SbChannel    *channel,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
