#include "sb-import-memory.h"

#include "sb-engine-private.h"
#include "sb-json.h"

#define SAMPLE 60 /* rows that tell the shape of a file */

char *
sb_import_memory_about (const SbImportPlan  *plan,
                        const SbImportWords *words)
{
  JsonArray             *titles = json_array_new ();
  g_autoptr (JsonObject) about = NULL;

  for (guint i = 0; i < plan->mapping->columns->len; i++)
    json_array_add_string_element (titles, ((const SbImportColumn *) plan->mapping->columns->pdata[i])->title);
  about = sb_json_make ("a:titles", titles, "s:country", plan->country, NULL);
  if (words != NULL && words->consent_method != NULL)
    json_object_set_object_member (about, "consent", sb_json_make ("s:method", words->consent_method, "s:wording", words->consent_wording, NULL));

  return sb_json_text (about);
}

/* Files of one shape have the same titles. */
char *
sb_import_memory_key (const SbImportTable *table)
{
  g_autoptr (GPtrArray) sample = g_ptr_array_new ();
  g_autoptr (SbMapping) mapping = NULL;
  g_autofree char      *shape = NULL;

  for (guint i = 0; i < MIN (table->rows->len, SAMPLE); i++)
    g_ptr_array_add (sample, ((SbTableRow *) table->rows->pdata[i])->cells);
  mapping = sb_mapping_guess (sample, SB_HEADER_GUESS, NULL, NULL, NULL);
  shape = sb_mapping_shape (mapping);

  return g_strconcat ("import-shape:", shape, NULL);
}

char *
sb_import_memory_text (const SbImportMemory *self)
{
  JsonArray             *fields = json_array_new ();
  g_autoptr (JsonObject) object = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    json_array_add_string_element (fields, sb_field_to_name (g_array_index (self->fields, SbField, i)));
  object = sb_json_make ("a:fields", fields, "s:country", self->country, "i:header", (gint64) self->header, "i:dates", (gint64) self->dates, "b:fill", self->fill_only, NULL);

  return sb_json_text (object);
}

void
sb_import_memory_free (SbImportMemory *self)
{
  g_array_unref (self->fields);
  g_free (self->country);
  g_free (self);
}

SbImportMemory *
sb_import_memory_parse (const char *text)
{
  g_autoptr (JsonNode) node = sb_json_parse (text, -1, NULL);
  JsonObject          *object = sb_json_root (node);
  JsonArray           *fields = sb_json_array (object, "fields");
  SbImportMemory      *memory;

  if (fields == NULL)
    return NULL;
  memory = g_new0 (SbImportMemory, 1);
  memory->fields = g_array_new (FALSE, FALSE, sizeof (SbField));
  for (guint i = 0; i < sb_json_length (fields); i++)
    {
      SbField field = SB_FIELD_NONE;

      sb_field_from_name (json_array_get_string_element (fields, i), &field);
      g_array_append_val (memory->fields, field);
    }
  memory->country = g_strdup (sb_json_string (object, "country"));
  memory->header = (SbHeader) CLAMP (sb_json_int (object, "header", 0), SB_HEADER_GUESS, SB_HEADER_NONE + 6);
  memory->dates = (SbDateOrder) CLAMP (sb_json_int (object, "dates", 0), SB_DATES_GUESS, SB_DATES_MONTH_FIRST);
  memory->fill_only = sb_json_bool (object, "fill", TRUE);

  return memory;
}

SbImportMemory *
sb_engine_recall_import (SbEngine            *self,
                         const SbImportTable *table)
{
  g_autofree char *key = sb_import_memory_key (table);
  g_autofree char *text = sb_reader_get_meta (sb_engine_get_reader (self), key);

  return text != NULL ? sb_import_memory_parse (text) : NULL;
}
