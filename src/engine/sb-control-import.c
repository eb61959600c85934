/* Lists of contacts that come by the command line while the shop is open. */
#include "sb-control-import.h"

#include "sb-engine-import.h"

/* One request: the file is read, planned and written, each in its turn. */
typedef struct
{
  JsonObject   *request;
  char        **choices;
  SbImportPlan *plan;
} Importing;

static void
importing_free (gpointer data)
{
  Importing *importing = data;

  json_object_unref (importing->request);
  g_strfreev (importing->choices);
  g_clear_pointer (&importing->plan, sb_import_plan_free);
  g_free (importing);
}

static void
reply (GTask      *task,
       JsonObject *object)
{
  g_task_return_pointer (task, object, (GDestroyNotify) json_object_unref);
}

static JsonObject *
success (const SbImportPlan *plan,
         gint64              id)
{
  const guint     *n = plan->counts;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  return sb_json_make ("b:ok", TRUE, "s:import", id != 0 ? text : NULL, "i:new", (gint64) n[SB_FATE_NEW], "i:changed", (gint64) n[SB_FATE_CHANGED], "i:same", (gint64) n[SB_FATE_SAME], "i:merged",
                       (gint64) n[SB_FATE_MERGED], "i:rejected", (gint64) n[SB_FATE_REJECTED], NULL);
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  Importing         *importing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gint64             id = sb_engine_apply_import_finish (SB_ENGINE (object), result, &error);

  reply (task, error != NULL ? sb_control_reply_error (error) : success (importing->plan, id));
}

static void
planned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  Importing         *importing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SbImportWords      words = { .consent_method = sb_json_string (importing->request, "permission"), .consent_wording = sb_json_string (importing->request, "wording") };

  importing->plan = sb_engine_plan_import_finish (SB_ENGINE (object), result, &error);
  if (importing->plan == NULL)
    reply (task, sb_control_reply_error (error));
  else
    sb_engine_apply_import_async (SB_ENGINE (object), importing->plan, &words, NULL, NULL, NULL, applied_cb, g_steal_pointer (&task));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask)         task = user_data;
  Importing                *importing = g_task_get_task_data (task);
  g_autoptr (GError)        error = NULL;
  g_autoptr (SbImportTable) table = sb_engine_read_import_finish (SB_ENGINE (object), result, &error);
  const SbImportOptions     options = {
        .country = sb_json_string (importing->request, "country"),
        .choices = (const char *const *) importing->choices,
        .keep_other = sb_json_bool (importing->request, "notes", FALSE),
        .fill_only = sb_json_bool (importing->request, "fill", FALSE),
        .bring_back = sb_json_bool (importing->request, "bring-back", FALSE),
        .tag = sb_json_string (importing->request, "tag"),
        .stage = sb_json_string (importing->request, "stage"),
  };

  if (table == NULL)
    reply (task, sb_control_reply_error (error));
  else
    sb_engine_plan_import_async (SB_ENGINE (object), table, &options, NULL, planned_cb, g_steal_pointer (&task));
}

void
sb_control_import (SbEngine   *engine,
                   JsonObject *request,
                   GTask      *task)
{
  Importing               *importing = g_new0 (Importing, 1);
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();
  JsonArray               *map = sb_json_array (request, "map");
  const char              *path = sb_json_string (request, "file");
  const char              *text = sb_json_string (request, "text");

  for (guint i = 0; i < sb_json_length (map); i++)
    if (json_array_get_string_element (map, i) != NULL)
      g_strv_builder_add (choices, json_array_get_string_element (map, i));
  importing->request = json_object_ref (request);
  importing->choices = g_strv_builder_end (choices);
  g_task_set_task_data (task, importing, importing_free);
  if ((path != NULL) == (text != NULL))
    {
      g_autoptr (GError) error = g_error_new_literal (SB_ERROR, SB_ERROR_INVALID, "Which file?");

      reply (task, sb_control_reply_error (error));
      g_object_unref (task);
      return;
    }
  sb_engine_read_import_async (engine, path, text, sb_json_string (request, "sheet"), NULL, read_cb, task);
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;
  guint              n = 0;

  if (sb_engine_undo_import_finish (SB_ENGINE (object), result, &n, &error))
    reply (task, sb_json_make ("b:ok", TRUE, "i:rows", (gint64) n, NULL));
  else
    reply (task, sb_control_reply_error (error));
}

void
sb_control_undo_import (SbEngine   *engine,
                        JsonObject *request,
                        GTask      *task)
{
  sb_engine_undo_import_async (engine, sb_json_int (request, "import", 0), undone_cb, task);
}
