/* What everybody on a list gets, and how it goes back. */
#include "sb-import-marks.h"

#include "sb-store-private.h"

/* -- asked by the plan -- */

gint64
sb_reader_find_tag (SbReader   *self,
                    const char *name)
{
  g_autofree char *folded = sb_fold_name (name);

  return sb_db_int (sb_reader_get_db (self), 0, "SELECT id FROM tag WHERE folded = ?", "s", folded);
}

gboolean
sb_reader_is_removed (SbReader *self,
                      gint64    contact_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT 1 FROM contact WHERE id = ? AND removed = 1 AND merged_into = 0", "i", contact_id) != 0;
}

gboolean
sb_reader_has_tag (SbReader *self,
                   gint64    contact_id,
                   gint64    tag_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT 1 FROM contact_tag WHERE contact_id = ? AND tag_id = ?", "ii", contact_id, tag_id) != 0;
}

gboolean
sb_reader_has_stage (SbReader *self,
                     gint64    contact_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT stage_id FROM contact WHERE id = ?", "i", contact_id) != 0;
}

/* -- putting on -- */

gboolean
sb_import_marks_lack (SbWriter            *self,
                      const SbImportMarks *marks,
                      gint64               contact_id)
{
  if (marks == NULL)
    return FALSE;

  return (marks->tag_id != 0 && !sb_reader_has_tag (self->reader, contact_id, marks->tag_id)) || (marks->stage_id != 0 && !sb_reader_has_stage (self->reader, contact_id));
}

gboolean
sb_import_marks_put (SbWriter            *self,
                     const SbImportMarks *marks,
                     gint64               contact_id,
                     GError             **error)
{
  if (marks == NULL)
    return TRUE;
  if (marks->tag_id != 0 && !sb_db_exec (self->db, error, "INSERT OR IGNORE INTO contact_tag (contact_id, tag_id) VALUES (?, ?)", "ii", contact_id, marks->tag_id))
    return FALSE;

  return marks->stage_id == 0 || sb_db_exec (self->db, error, "UPDATE contact SET stage_id = ? WHERE id = ? AND stage_id = 0", "ii", marks->stage_id, contact_id);
}

/* The tag of that name; made, and written down with the import as made for it, when there was none. 0 with @error. */
gint64
sb_writer_want_import_tag (SbWriter   *self,
                           gint64      import_id,
                           const char *name,
                           GError    **error)
{
  gint64 id = sb_reader_find_tag (self->reader, name);

  if (id != 0)
    return id;
  id = sb_writer_ensure_tag (self, name, 0, error);

  return id != 0 && sb_db_exec (self->db, error, "UPDATE import SET about = json_set (coalesce (about, '{}'), '$.made_tag', CAST (? AS TEXT)) WHERE id = ?", "ii", id, import_id) ? id : 0;
}

/* -- taking off -- */

static gboolean
has_tag (JsonArray *tags,
         gint64     tag_id)
{
  for (guint i = 0; i < sb_json_length (tags); i++)
    if (json_array_get_int_element (tags, i) == tag_id)
      return TRUE;

  return FALSE;
}

static gboolean
take_tags (SbWriter  *self,
           gint64     contact_id,
           JsonArray *before,
           JsonArray *after,
           GError   **error)
{
  for (guint i = 0; i < sb_json_length (after); i++)
    {
      gint64 tag_id = json_array_get_int_element (after, i);

      if (!has_tag (before, tag_id) && !sb_db_exec (self->db, error, "DELETE FROM contact_tag WHERE contact_id = ? AND tag_id = ?", "ii", contact_id, tag_id))
        return FALSE;
    }

  return TRUE;
}

gboolean
sb_import_marks_take (SbWriter   *self,
                      gint64      contact_id,
                      JsonObject *before,
                      JsonObject *after,
                      JsonObject *now,
                      guint      *n_kept,
                      GError    **error)
{
  gint64 was = sb_json_int (before, "stage", 0);
  gint64 became = sb_json_int (after, "stage", 0);

  if (!take_tags (self, contact_id, sb_json_array (before, "tags"), sb_json_array (after, "tags"), error))
    return FALSE;
  if (was == became)
    return TRUE;
  if (sb_json_int (now, "stage", 0) == became)
    return sb_db_exec (self->db, error, "UPDATE contact SET stage_id = ? WHERE id = ?", "ii", was, contact_id);
  (*n_kept)++;

  return TRUE;
}

/* Views and groups name a tag by its id or its name, within their texts: when in doubt it stays. */
gboolean
sb_import_marks_drop_tag (SbWriter *self,
                          gint64    import_id,
                          GError  **error)
{
  gint64 id = sb_db_int (self->db, 0, "SELECT CAST (about ->> '$.made_tag' AS INTEGER) FROM import WHERE id = ?", "i", import_id);
  gint64 is_used = sb_db_int (self->db, 0,
                              "SELECT EXISTS (SELECT 1 FROM contact_tag WHERE tag_id = ?1) OR EXISTS (SELECT 1 FROM thread_tag WHERE tag_id = ?1) OR "
                              "EXISTS (SELECT 1 FROM view, tag WHERE tag.id = ?1 AND (instr (query, ?1) OR instr (lower (query), folded))) OR "
                              "EXISTS (SELECT 1 FROM segment, tag WHERE tag.id = ?1 AND (instr (rule, ?1) OR instr (lower (rule), tag.folded)))",
                              "i", id);

  if (id == 0 || is_used != 0)
    return TRUE;

  return sb_db_exec (self->db, error, "DELETE FROM tag WHERE id = ?", "i", id) && sb_writer_event (self, SB_EVENT_TAG_CHANGED, 0, 0, NULL, error);
}
