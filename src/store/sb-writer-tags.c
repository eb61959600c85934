/* Tags everywhere at once: another name, another colour, two made one, one gone. */
#include "sb-writer-tags.h"

#include <glib/gi18n-lib.h>

#include "sb-tags-private.h"

static gboolean
is_there (SbWriter *self,
          gint64    tag_id,
          GError  **error)
{
  if (sb_db_int (self->db, 0, "SELECT 1 FROM tag WHERE id = ?", "i", tag_id) != 0)
    return TRUE;
  g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("There is no such tag"));

  return FALSE;
}

static gboolean
tell (SbWriter *self,
      GError  **error)
{
  return sb_writer_event (self, SB_EVENT_TAG_CHANGED, 0, 0, NULL, error);
}

/* -- name and colour -- */

gboolean
sb_writer_rename_tag (SbWriter   *self,
                      gint64      tag_id,
                      const char *name,
                      GError    **error)
{
  g_autofree char *shown = g_strstrip (g_strdup (name));
  g_autofree char *folded = sb_fold_name (name);
  g_autofree char *was = sb_db_text (self->db, "SELECT folded FROM tag WHERE id = ?", "i", tag_id);
  g_autofree char *other = sb_db_text (self->db, "SELECT name FROM tag WHERE folded = ? AND id != ?", "si", folded, tag_id);

  if (!is_there (self, tag_id, error))
    return FALSE;
  if (folded[0] == '\0')
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("A tag needs a name"));
  else if (other != NULL)
    /* Translators: name of a tag */
    g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("There is a tag “%s” already. Merge the two instead"), other);
  else
    return sb_undo_keep (self, SB_TAG_NAME, tag_id, error) &&
           sb_db_exec (self->db, error, "UPDATE tag SET name = ?, folded = ? WHERE id = ?", "ssi", shown, folded, tag_id) &&
           sb_tags_name_draft (self, was, shown, error) && tell (self, error);

  return FALSE;
}

gboolean
sb_writer_set_tag_colour (SbWriter *self,
                          gint64    tag_id,
                          int       colour,
                          GError  **error)
{
  if (!is_there (self, tag_id, error))
    return FALSE;
  if (colour < 1 || colour > 8)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("The colours of tags are numbered from 1 to 8"));
      return FALSE;
    }

  return sb_undo_keep (self, SB_TAG_COLOUR, tag_id, error) && sb_db_exec (self->db, error, "UPDATE tag SET colour = ? WHERE id = ?", "ni", colour, tag_id) && tell (self, error);
}

/* -- what speaks of a tag -- */

static GArray *
list_ids (SbWriter     *self,
          sqlite3_stmt *statement)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (sb_db_step (self->db, statement, NULL))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }

  return ids;
}

#define ONLY_ONE "FROM contact_tag WHERE tag_id = ?1 AND contact_id NOT IN (SELECT contact_id FROM contact_tag WHERE tag_id = ?2)"

/* They had it not: that is what Undo brings back of each, as if they were tagged by hand. All at once, for a tag may have thousands. */
static gboolean
keep_people (SbWriter *self,
             gint64    tag_id,
             gint64    into_id,
             GError  **error)
{
  if (self->undo_step == 0)
    return TRUE;
  if (!sb_db_exec (self->db, error,
                   "INSERT INTO before_image (step_id, number, target, row_id) SELECT ?3, ?4 + row_number () OVER (ORDER BY contact_id), 'contact.tag:' || ?2, contact_id " ONLY_ONE,
                   "iiin", tag_id, into_id, self->undo_step, self->undo_number))
    return FALSE;
  self->undo_number += (int) sb_db_changes (self->db) + 1;

  return TRUE;
}

/* Those who have only the one get the other. */
static gboolean
move_people (SbWriter *self,
             gint64    tag_id,
             gint64    into_id,
             GError  **error)
{
  return keep_people (self, tag_id, into_id, error) && sb_db_exec (self->db, error, "INSERT INTO contact_tag (contact_id, tag_id) SELECT contact_id, ?2 " ONLY_ONE, "ii", tag_id, into_id);
}

#define TAGS_OF_VIEW "json_each (iif (json_valid (query), query, '{}'), '$.tags')"

static gboolean
move_views (SbWriter *self,
            gint64    tag_id,
            gint64    into_id,
            GError  **error)
{
  g_autoptr (GArray) ids = list_ids (self, sb_db_query (self->db, NULL, "SELECT view.id FROM view WHERE EXISTS (SELECT 1 FROM " TAGS_OF_VIEW " WHERE value = CAST (? AS TEXT))", "i", tag_id));

  for (guint i = 0; i < ids->len; i++)
    if (!sb_undo_keep (self, "view", g_array_index (ids, gint64, i), error) ||
        !sb_db_exec (self->db, error,
                     "UPDATE view SET query = json_set (query, '$.tags', json ((SELECT json_group_array (v) FROM "
                     "(SELECT iif (value = CAST (?1 AS TEXT), CAST (?2 AS TEXT), value) v, min (key) k FROM " TAGS_OF_VIEW " GROUP BY v ORDER BY k)))) WHERE id = ?3",
                     "iii", tag_id, into_id, g_array_index (ids, gint64, i)))
      return FALSE;

  return ids->len == 0 || sb_writer_event (self, SB_EVENT_VIEW_CHANGED, 0, 0, NULL, error);
}

static gboolean
move_groups (SbWriter *self,
             gint64    tag_id,
             gint64    into_id,
             GError  **error)
{
  g_autofree char   *folded = sb_db_text (self->db, "SELECT folded FROM tag WHERE id = ?", "i", tag_id);
  g_autofree char   *into = sb_db_text (self->db, "SELECT name FROM tag WHERE id = ?", "i", into_id);
  g_autoptr (GArray) ids = list_ids (self, sb_db_query (self->db, NULL, "SELECT id FROM segment WHERE rule IS NOT NULL", ""));
  gboolean           changed = FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64           id = g_array_index (ids, gint64, i);
      g_autofree char *rule = sb_db_text (self->db, "SELECT rule FROM segment WHERE id = ?", "i", id);
      g_autofree char *moved = sb_tag_rule_replace (rule, tag_id, folded, into_id, into);

      if (moved == NULL)
        continue;
      changed = TRUE;
      if (!sb_undo_keep (self, "segment", id, error) || !sb_db_exec (self->db, error, "UPDATE segment SET rule = ? WHERE id = ?", "si", moved, id))
        return FALSE;
    }

  return !changed || sb_writer_event (self, SB_EVENT_SEGMENT_CHANGED, 0, 0, NULL, error);
}

#define STEPS_OF_MACRO "json_each (iif (json_valid (steps), steps, '{}'), '$.steps')"
#define NAMES_TAG      "json_extract (value, '$.do') IN ('tag', 'untag') AND json_extract (value, '$.value') = ?1"

static gboolean
move_macros (SbWriter *self,
             gint64    tag_id,
             gint64    into_id,
             GError  **error)
{
  g_autofree char   *into = sb_db_text (self->db, "SELECT name FROM tag WHERE id = ?", "i", into_id);
  g_autoptr (GArray) ids = list_ids (self, sb_db_query (self->db, NULL, "SELECT id FROM macro WHERE EXISTS (SELECT 1 FROM " STEPS_OF_MACRO " WHERE " NAMES_TAG ")", "i", tag_id));

  for (guint i = 0; i < ids->len; i++)
    if (!sb_undo_keep (self, "macro", g_array_index (ids, gint64, i), error) ||
        !sb_db_exec (self->db, error,
                     "UPDATE macro SET steps = json_set (steps, '$.steps', json ((SELECT json_group_array (json (v)) FROM "
                     "(SELECT iif (" NAMES_TAG ", json_set (value, '$.value', ?2, '$.text', ?3), value) v FROM " STEPS_OF_MACRO " ORDER BY key)))) WHERE id = ?4",
                     "iisi", tag_id, into_id, into, g_array_index (ids, gint64, i)))
      return FALSE;

  return ids->len == 0 || sb_writer_event (self, SB_EVENT_MACRO_CHANGED, 0, 0, NULL, error);
}

/* An import can be taken back, whatever became of the tag it gave. */
static gboolean
move_imports (SbWriter *self,
              gint64    tag_id,
              gint64    into_id,
              GError  **error)
{
  g_autofree char *target = g_strdup_printf (SB_TAG_IMPORTS "%" G_GINT64_FORMAT, into_id);
  g_autofree char *named = sb_tags_read_target (self, target, tag_id);

  return g_strcmp0 (named, "[]") == 0 || (sb_undo_keep (self, target, tag_id, error) && sb_tags_move_imports (self, tag_id, into_id, error));
}

/* -- one gone -- */

gboolean
sb_writer_merge_tag (SbWriter *self,
                     gint64    tag_id,
                     gint64    into_id,
                     GError  **error)
{
  g_autofree char *folded = sb_db_text (self->db, "SELECT folded FROM tag WHERE id = ?", "i", tag_id);
  g_autofree char *into = sb_db_text (self->db, "SELECT name FROM tag WHERE id = ?", "i", into_id);

  if (!is_there (self, tag_id, error) || !is_there (self, into_id, error))
    return FALSE;
  if (tag_id == into_id)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("A tag cannot be merged into itself"));
      return FALSE;
    }

  return sb_undo_keep (self, SB_TAG_ALL, tag_id, error) && move_people (self, tag_id, into_id, error) && move_views (self, tag_id, into_id, error) &&
         move_groups (self, tag_id, into_id, error) && move_macros (self, tag_id, into_id, error) && move_imports (self, tag_id, into_id, error) &&
         sb_tags_name_draft (self, folded, into, error) && sb_db_exec (self->db, error, "DELETE FROM tag WHERE id = ?", "i", tag_id) && tell (self, error);
}

gboolean
sb_writer_delete_tag (SbWriter *self,
                      gint64    tag_id,
                      GError  **error)
{
  return is_there (self, tag_id, error) && sb_undo_keep (self, SB_TAG_ALL, tag_id, error) && move_imports (self, tag_id, 0, error) &&
         sb_db_exec (self->db, error, "DELETE FROM tag WHERE id = ?", "i", tag_id) && tell (self, error);
}
