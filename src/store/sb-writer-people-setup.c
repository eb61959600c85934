/* What the owner sets up for all people: the stages they go through, and columns of the shop's own. */
#include "sb-writer-contacts.h"

#include <glib/gi18n-lib.h>

#include "sb-json.h"
#include "sb-reader-contacts.h"
#include "sb-store-private.h"

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, sentence);

  return FALSE;
}

static gboolean
changed (SbWriter *self,
         GError  **error)
{
  return sb_contacts_event (self, SB_EVENT_PEOPLE_SETUP, 0, NULL, error);
}

/* -- stages -- */

gint64
sb_writer_save_stage (SbWriter   *self,
                      gint64      stage_id,
                      const char *name,
                      GError    **error)
{
  g_autofree char *shown = g_strstrip (g_strdup (name != NULL ? name : ""));
  g_autofree char *folded = sb_fold_name (shown);
  gint64           taken = sb_db_int (self->db, 0, "SELECT id FROM stage WHERE folded = ?", "s", folded);
  gint64           id = stage_id != 0 ? stage_id : sb_writer_new_id (self);

  if (folded[0] == '\0')
    return refuse (error, _("A stage needs a name."));
  if (taken != 0 && taken != stage_id)
    return refuse (error, _("There is a stage of this name already."));

  return sb_undo_keep (self, "people.stage", id, error) &&
                 sb_db_exec (self->db, error,
                             "INSERT INTO stage (id, name, folded, position) VALUES (?1, ?2, ?3, (SELECT coalesce (max (position), 0) + 1 FROM stage)) "
                             "ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded",
                             "iss", id, shown, folded) &&
                 changed (self, error)
             ? id
             : 0;
}

gboolean
sb_writer_move_stage (SbWriter *self,
                      gint64    stage_id,
                      int       by,
                      GError  **error)
{
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (self->reader);
  int                   at = -1;

  for (guint i = 0; i < stages->len; i++)
    if (((SbNamed *) stages->pdata[i])->id == stage_id)
      at = (int) i;
  if (at < 0 || at + by < 0 || at + by >= (int) stages->len)
    return TRUE;

  g_ptr_array_insert (stages, at + by, g_ptr_array_steal_index (stages, (guint) at));
  for (guint i = 0; i < stages->len; i++)
    {
      const SbNamed *stage = stages->pdata[i];

      if (!sb_undo_keep (self, "people.stage", stage->id, error) || !sb_db_exec (self->db, error, "UPDATE stage SET position = ? WHERE id = ?", "ni", (int) i + 1, stage->id))
        return FALSE;
    }

  return changed (self, error);
}

/* Whoever was in it is in none. */
gboolean
sb_writer_delete_stage (SbWriter *self,
                        gint64    stage_id,
                        GError  **error)
{
  SbPeopleQuery      query = { .stage_id = stage_id, .sort = SB_PEOPLE_BY_ADDED };
  g_autoptr (GArray) people = sb_reader_list_people (self->reader, &query);

  /* Undone in the other direction: the stage is there before somebody is put in it. */
  for (guint i = 0; i < people->len; i++)
    if (!sb_writer_set_contact_stage (self, g_array_index (people, gint64, i), 0, error))
      return FALSE;

  return sb_undo_keep (self, "people.stage", stage_id, error) && sb_db_exec (self->db, error, "DELETE FROM stage WHERE id = ?", "i", stage_id) && changed (self, error);
}

/* -- columns -- */

static char *
choices_text (const SbField *field)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode)  node = json_node_new (JSON_NODE_ARRAY);

  if (field->kind != SB_FIELD_CHOICE)
    return NULL;
  for (char **choice = field->choices; choice != NULL && *choice != NULL; choice++)
    json_array_add_string_element (array, *choice);
  json_node_set_array (node, array);

  return sb_json_node_text (node);
}

gint64
sb_writer_save_field (SbWriter      *self,
                      const SbField *field,
                      GError       **error)
{
  g_autofree char *name = g_strstrip (g_strdup (field->name != NULL ? field->name : ""));
  g_autofree char *choices = choices_text (field);
  gint64           taken = sb_db_int (self->db, 0, "SELECT id FROM field WHERE name = ?", "s", name);
  gint64           id = field->id != 0 ? field->id : sb_writer_new_id (self);
  g_autofree char *before = sb_db_text (self->db, "SELECT name FROM field WHERE id = ?", "i", id);

  if (name[0] == '\0')
    return refuse (error, _("A field needs a name."));
  if (taken != 0 && taken != field->id)
    return refuse (error, _("There is a field of this name already."));
  if (field->kind == SB_FIELD_CHOICE && (field->choices == NULL || field->choices[0] == NULL))
    return refuse (error, _("Write down what can be chosen."));
  if (!sb_undo_keep (self, "people.field", id, error))
    return 0;
  /* What was known under the old name is known under the new one. */
  if (before != NULL && !g_str_equal (before, name) &&
      !sb_db_exec (self->db, error, "UPDATE OR IGNORE contact_field SET name = ? WHERE name = ?", "ss", name, before))
    return 0;

  return sb_db_exec (self->db, error,
                     "INSERT INTO field (id, name, kind, choices, position) VALUES (?1, ?2, ?3, ?4, (SELECT coalesce (max (position), 0) + 1 FROM field)) "
                     "ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, choices = excluded.choices",
                     "isns", id, name, (int) field->kind, choices) &&
                 changed (self, error)
             ? id
             : 0;
}

/* The column goes; what stands in it stays as plain text. */
gboolean
sb_writer_delete_field (SbWriter *self,
                        gint64    field_id,
                        GError  **error)
{
  return sb_undo_keep (self, "people.field", field_id, error) && sb_db_exec (self->db, error, "DELETE FROM field WHERE id = ?", "i", field_id) && changed (self, error);
}
