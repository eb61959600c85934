/* Opening the practice shop: the server, the file, and the line between them. Its data never meets a real shop's. */
#include "sb-shop.h"

#include <glib/gi18n.h>

#include "sb-json.h"

typedef struct
{
  char             *folder;
  SbPracticeServer *server;
  SbEngine         *engine;
  gint64            line_id;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->folder);
  g_clear_object (&opening->server);
  g_clear_object (&opening->engine);
  g_free (opening);
}

/* Where a shop lives: "practice" or the owner's own. */
char *
sb_shop_folder (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "shopbell", name, NULL);
}

static void
synced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;
  Opening           *opening = g_task_get_task_data (task);

  if (!sb_engine_sync_templates_finish (SB_ENGINE (object), result, &error))
    g_message ("The practice templates could not be fetched: %s", error->message);
  g_task_return_pointer (task, g_steal_pointer (&opening->engine), g_object_unref);
}

/* The practice account passes messages on, as a shop's own does after it was connected. */
static void
subscribed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!sb_engine_fix_line_finish (SB_ENGINE (object), result, &error))
    g_message ("The practice account could not be subscribed: %s", error->message);
}

/* A practice network that was cut stays cut over a restart: the engine must not run into it. */
static void
online_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)    task = user_data;
  Opening             *opening = g_task_get_task_data (task);
  g_autoptr (JsonNode) node = sb_practice_server_ask_finish (SB_PRACTICE_SERVER (object), result, NULL);
  g_autoptr (SbLine)   line = NULL;

  sb_engine_set_online (opening->engine, sb_json_bool (sb_json_root (node), "online", TRUE));
  sb_engine_start (opening->engine);
  line = sb_reader_get_line (sb_engine_get_reader (opening->engine), opening->line_id);
  if (line != NULL)
    sb_engine_fix_line_async (opening->engine, line, NULL, "subscribe", subscribed_cb, NULL);
  sb_engine_sync_templates_async (opening->engine, opening->line_id, synced_cb, g_steal_pointer (&task));
}

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening          *opening = g_task_get_task_data (task);
  SbSecrets        *secrets = sb_engine_get_secrets (opening->engine);
  GError           *error = NULL;
  gint64            id = sb_engine_save_line_finish (SB_ENGINE (object), result, &error);

  if (id == 0)
    {
      g_task_return_error (task, error);
      return;
    }

  sb_secrets_set (secrets, id, "token", sb_practice_server_get (opening->server, "token"), NULL);
  sb_secrets_set (secrets, id, "app-secret", sb_practice_server_get (opening->server, "app_secret"), NULL);
  sb_secrets_set (secrets, id, "mailbox-token", sb_practice_server_get (opening->server, "box_token"), NULL);
  opening->line_id = id;
  sb_practice_server_ask_async (opening->server, "GET", "online", NULL, online_cb, g_steal_pointer (&task));
}

static void
save_line (GTask *task)
{
  Opening              *opening = g_task_get_task_data (task);
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (opening->engine));
  g_autoptr (SbLine)    line = lines->len > 0 ? sb_line_copy (lines->pdata[0]) : sb_line_new ();

  /* The server's port is another at every start. */
  line->kind = SB_LINE_PRACTICE;
  line->inbound = SB_INBOUND_PRACTICE;
  g_set_str (&line->name, _("Practice"));
  g_set_str (&line->base_url, sb_practice_server_get (opening->server, "url"));
  g_set_str (&line->inbound_url, sb_practice_server_get (opening->server, "url"));
  g_set_str (&line->inbound_box, sb_practice_server_get (opening->server, "box"));
  g_set_str (&line->phone_number_id, sb_practice_server_get (opening->server, "phone_number_id"));
  g_set_str (&line->waba_id, sb_practice_server_get (opening->server, "waba_id"));
  g_free (line->display_number);
  line->display_number = g_strconcat ("+", sb_practice_server_get (opening->server, "phone"), NULL);
  sb_engine_save_line_async (opening->engine, line, line_cb, task);
}

static void
server_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)     task = user_data;
  Opening              *opening = g_task_get_task_data (task);
  g_autoptr (SbSecrets) secrets = sb_secrets_new_memory ();
  SbEngineOptions       options = { .secrets = secrets };
  GError               *error = NULL;

  opening->server = sb_practice_server_start_finish (result, &error);
  if (opening->server != NULL)
    opening->engine = sb_engine_open (opening->folder, SB_ENGINE_CREATE, &options, &error);
  if (opening->engine == NULL || !sb_engine_set_kind (opening->engine, "practice", &error))
    {
      g_task_return_error (task, error);
      return;
    }

  save_line (g_steal_pointer (&task));
}

void
sb_shop_open_practice_async (const char         *folder,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask           *task = g_task_new (NULL, NULL, callback, user_data);
  Opening         *opening = g_new0 (Opening, 1);
  g_autofree char *state = g_build_filename (folder, "customers", NULL);

  opening->folder = g_strdup (folder);
  g_task_set_task_data (task, opening, opening_free);
  sb_practice_server_start_async (state, server_cb, task);
}

/* @server: (out) (transfer full) */
SbEngine *
sb_shop_open_practice_finish (GAsyncResult      *result,
                              SbPracticeServer **server,
                              GError           **error)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));

  *server = opening->server != NULL ? g_object_ref (opening->server) : NULL;

  return g_task_propagate_pointer (G_TASK (result), error);
}
