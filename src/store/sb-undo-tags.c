/* What Undo puts back of tags. */
#include "sb-tags-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-json.h"

#define DRAFT "import-draft" /* in meta: the engine keeps it, as JSON */

/* Rows of imports whose tags, before or after them, have the tag ?1. */
#define HAS(column) "(instr (" column ", ?1) AND EXISTS (SELECT 1 FROM json_each (" column ", '$.tags') WHERE value = ?1))"

static gint64
into_of (const char *target)
{
  return g_ascii_strtoll (target + strlen (SB_TAG_IMPORTS), NULL, 10);
}

/* (transfer full) (nullable): the tag of the import that is begun, as its name was typed */
static char *
draft_tag (SbWriter *self)
{
  return sb_db_text (self->db, "SELECT iif (json_valid (value), value ->> '$.tag', NULL) FROM meta WHERE key = '" DRAFT "'", "");
}

/* With everybody who has it, and whether the import that is begun gives it. */
static char *
read_all (SbWriter *self,
          gint64    tag_id)
{
  g_autofree char *name = draft_tag (self);
  g_autofree char *folded = name != NULL ? sb_fold_name (name) : NULL;

  return sb_db_text (self->db,
                     "SELECT json_object ('name', name, 'folded', folded, 'colour', colour, 'draft', iif (folded = ?2, ?3, NULL), 'members', "
                     "(SELECT json_group_array (contact_id) FROM (SELECT contact_id FROM contact_tag WHERE tag_id = ?1 ORDER BY contact_id))) FROM tag WHERE id = ?1",
                     "iss", tag_id, folded, name);
}

char *
sb_tags_read_target (SbWriter   *self,
                     const char *target,
                     gint64      tag_id)
{
  if (g_str_equal (target, SB_TAG_NAME))
    return sb_db_text (self->db, "SELECT json_object ('name', name, 'folded', folded) FROM tag WHERE id = ?", "i", tag_id);
  if (g_str_equal (target, SB_TAG_COLOUR))
    return sb_db_text (self->db, "SELECT json_object ('colour', colour) FROM tag WHERE id = ?", "i", tag_id);
  if (g_str_has_prefix (target, SB_TAG_IMPORTS))
    return sb_db_text (self->db,
                       "SELECT json_group_array (json_array (import_id, number, json_extract (before, '$.tags'), json_extract (after, '$.tags'))) "
                       "FROM (SELECT * FROM import_row WHERE " HAS ("before") " OR " HAS ("after") " ORDER BY import_id, number)",
                       "i", tag_id);

  return read_all (self, tag_id);
}

/* -- imports -- */

#define MOVED(column)                                                                                                                                        \
  column " = iif (" HAS (column) ", json_set (" column ", '$.tags', json ((SELECT json_group_array (v) FROM (SELECT DISTINCT iif (value = ?1, ?2, value) v " \
                                 "FROM json_each (" column ", '$.tags') WHERE value != ?1 OR ?2 != 0 ORDER BY v)))), " column ")"

gboolean
sb_tags_move_imports (SbWriter *self,
                      gint64    tag_id,
                      gint64    into_id,
                      GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE import_row SET " MOVED ("before") ", " MOVED ("after") " WHERE " HAS ("before") " OR " HAS ("after"), "ii", tag_id, into_id);
}

#define PUT(column, place) column " = iif (json_type (e.value, '" place "') = 'array', json_set (" column ", '$.tags', json (json_extract (e.value, '" place "'))), " column ")"

static gboolean
write_imports (SbWriter   *self,
               const char *target,
               gint64      tag_id,
               const char *value,
               GError    **error)
{
  if (g_strcmp0 (value, "[]") == 0)
    return sb_tags_move_imports (self, tag_id, into_of (target), error);

  return sb_db_exec (self->db, error,
                     "UPDATE import_row SET " PUT ("before", "$[2]") ", " PUT ("after", "$[3]") " FROM json_each (?1) e "
                                                                                                "WHERE import_id = json_extract (e.value, '$[0]') AND number = json_extract (e.value, '$[1]')",
                     "s", value);
}

gboolean
sb_tags_name_draft (SbWriter   *self,
                    const char *folded,
                    const char *name,
                    GError    **error)
{
  g_autofree char *there = draft_tag (self);
  g_autofree char *own = there != NULL ? sb_fold_name (there) : NULL;

  if (own == NULL || !g_str_equal (own, folded))
    return TRUE;

  return sb_db_exec (self->db, error, "UPDATE meta SET value = json_set (value, '$.tag', ?) WHERE key = '" DRAFT "'", "s", name);
}

/* -- the tag itself -- */

/* Somebody may have made a tag of this name since. */
static gboolean
is_free (SbWriter   *self,
         gint64      tag_id,
         const char *value,
         GError    **error)
{
  if (sb_db_int (self->db, 0, "SELECT 1 FROM tag WHERE folded = json_extract (?, '$.folded') AND id != ?", "si", value, tag_id) == 0)
    return TRUE;
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("There is another tag of this name now, so this cannot be undone"));

  return FALSE;
}

static gboolean
write_name (SbWriter   *self,
            gint64      tag_id,
            const char *value,
            GError    **error)
{
  g_autofree char *folded = sb_db_text (self->db, "SELECT folded FROM tag WHERE id = ?", "i", tag_id);
  g_autofree char *name = sb_db_text (self->db, "SELECT json_extract (?, '$.name')", "s", value);

  return is_free (self, tag_id, value, error) &&
         sb_db_exec (self->db, error, "UPDATE tag SET name = json_extract (?1, '$.name'), folded = json_extract (?1, '$.folded') WHERE id = ?2", "si", value, tag_id) &&
         sb_tags_name_draft (self, folded != NULL ? folded : "", name, error);
}

/* With everybody who had it and is still in the shop. */
static gboolean
write_all (SbWriter   *self,
           gint64      tag_id,
           const char *value,
           GError    **error)
{
  if (value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM tag WHERE id = ?", "i", tag_id);

  return is_free (self, tag_id, value, error) &&
         sb_db_exec (self->db, error, "INSERT INTO tag (id, name, folded, colour) SELECT ?2, json_extract (?1, '$.name'), json_extract (?1, '$.folded'), json_extract (?1, '$.colour')", "si", value,
                     tag_id) &&
         sb_db_exec (self->db, error, "INSERT INTO contact_tag (contact_id, tag_id) SELECT contact.id, ?2 FROM json_each (?1, '$.members') e JOIN contact ON contact.id = e.value", "si", value, tag_id) &&
         sb_db_exec (self->db, error,
                     "UPDATE meta SET value = json_set (value, '$.tag', json_extract (?1, '$.draft')) "
                     "WHERE key = '" DRAFT "' AND json_valid (value) AND json_extract (?1, '$.draft') IS NOT NULL AND value ->> '$.tag' IS NOT NULL",
                     "s", value);
}

gboolean
sb_tags_write_target (SbWriter   *self,
                      const char *target,
                      gint64      tag_id,
                      const char *value,
                      GError    **error)
{
  if (g_str_equal (target, SB_TAG_NAME))
    return write_name (self, tag_id, value, error);
  if (g_str_equal (target, SB_TAG_COLOUR))
    return sb_db_exec (self->db, error, "UPDATE tag SET colour = json_extract (?1, '$.colour') WHERE id = ?2", "si", value, tag_id);
  if (g_str_has_prefix (target, SB_TAG_IMPORTS))
    return write_imports (self, target, tag_id, value, error);

  return write_all (self, tag_id, value, error);
}
