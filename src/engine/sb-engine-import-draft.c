#include "sb-engine-import-draft.h"

#include <string.h>

#include "sb-engine-private.h"
#include "sb-import-memory.h"
#include "sb-json.h"

#define KEY      "import-draft"
#define TEXT_MAX (1024 * 1024) /* bytes of a pasted text */

void
sb_import_draft_free (SbImportDraft *self)
{
  g_free (self->path);
  g_free (self->text);
  g_free (self->sheet);
  g_clear_pointer (&self->memory, sb_import_memory_free);
  g_free (self->tag);
  g_free (self->stage);
  g_free (self->consent);
  g_free (self->wording);
  g_clear_pointer (&self->decisions, g_hash_table_unref);
  g_free (self);
}

/* -- as JSON -- */

static JsonArray *
cells_array (GPtrArray *cells)
{
  JsonArray *array = cells != NULL ? json_array_sized_new (cells->len) : NULL;

  for (guint i = 0; cells != NULL && i < cells->len; i++)
    json_array_add_string_element (array, cells->pdata[i]);

  return array;
}

static JsonArray *
decisions_array (SbDecisions *decisions)
{
  JsonArray     *array = json_array_new ();
  GHashTableIter iter;
  gpointer       index, value;

  g_hash_table_iter_init (&iter, decisions);
  while (g_hash_table_iter_next (&iter, &index, &value))
    {
      const SbDecision *decision = value;
      JsonObject       *object = sb_json_make ("i:row", (gint64) GPOINTER_TO_UINT (index), "b:out", decision->left_out, "b:back", decision->brought_back, "s:country", decision->country, NULL);

      if (decision->cells != NULL)
        json_object_set_array_member (object, "cells", cells_array (decision->cells));
      json_array_add_object_element (array, object);
    }

  return array;
}

static SbDecisions *
take_decisions (JsonArray *array)
{
  SbDecisions *decisions = sb_decisions_new ();

  for (guint i = 0; i < sb_json_length (array); i++)
    {
      JsonNode   *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonArray  *cells = object != NULL ? sb_json_array (object, "cells") : NULL;
      SbDecision *decision = object != NULL ? sb_decisions_want (decisions, (guint) CLAMP (sb_json_int (object, "row", 0), 0, SB_ROWS_MAX)) : NULL;

      if (decision == NULL)
        continue;
      decision->left_out = sb_json_bool (object, "out", FALSE);
      decision->brought_back = sb_json_bool (object, "back", FALSE);
      g_set_str (&decision->country, sb_json_string (object, "country"));
      if (cells == NULL)
        continue;
      g_clear_pointer (&decision->cells, g_ptr_array_unref);
      decision->cells = g_ptr_array_new_with_free_func (g_free);
      for (guint j = 0; j < sb_json_length (cells); j++)
        {
          const char *cell = json_array_get_string_element (cells, j);

          g_ptr_array_add (decision->cells, g_strdup (cell != NULL ? cell : ""));
        }
    }

  return decisions;
}

/* -- kept by the shop -- */

static gboolean
keep_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  return sb_writer_set_meta (writer, KEY, data, error);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    g_message ("The begun import could not be kept: %s", error->message);
}

void
sb_engine_keep_import_draft (SbEngine            *self,
                             const SbImportDraft *draft)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char       *memory = NULL;
  char                  *text = NULL;

  if (sb_store_is_read_only (self->store))
    return;
  if (draft != NULL && (draft->text == NULL || strlen (draft->text) <= TEXT_MAX))
    {
      memory = sb_import_memory_text (draft->memory);
      object = sb_json_make ("s:path", draft->path, "s:text", draft->text, "s:sheet", draft->sheet, "s:memory", memory, "s:tag", draft->tag, "s:stage", draft->stage, "s:consent", draft->consent,
                             "s:wording", draft->wording, "i:rows", (gint64) draft->n_rows, "a:decisions", decisions_array (draft->decisions), NULL);
      text = sb_json_text (object);
    }
  sb_store_run_async (self->store, keep_command, text != NULL ? text : g_strdup (""), g_free, kept_cb, NULL);
}

SbImportDraft *
sb_engine_get_import_draft (SbEngine *self)
{
  g_autofree char          *text = sb_reader_get_meta (sb_engine_get_reader (self), KEY);
  g_autoptr (JsonNode)      node = text != NULL && text[0] != '\0' ? sb_json_parse (text, -1, NULL) : NULL;
  JsonObject               *object = sb_json_root (node);
  const char               *memory = sb_json_string (object, "memory");
  g_autoptr (SbImportDraft) draft = NULL;

  if (object == NULL || memory == NULL || (sb_json_string (object, "path") == NULL && sb_json_string (object, "text") == NULL))
    return NULL;
  draft = g_new0 (SbImportDraft, 1);
  draft->memory = sb_import_memory_parse (memory);
  draft->path = g_strdup (sb_json_string (object, "path"));
  draft->text = g_strdup (sb_json_string (object, "text"));
  draft->sheet = g_strdup (sb_json_string (object, "sheet"));
  draft->tag = g_strdup (sb_json_string (object, "tag"));
  draft->stage = g_strdup (sb_json_string (object, "stage"));
  draft->consent = g_strdup (sb_json_string (object, "consent"));
  draft->wording = g_strdup (sb_json_string (object, "wording"));
  draft->n_rows = (guint) CLAMP (sb_json_int (object, "rows", 0), 0, SB_ROWS_MAX + 1);
  draft->decisions = take_decisions (sb_json_array (object, "decisions"));

  return draft->memory != NULL ? g_steal_pointer (&draft) : NULL;
}
