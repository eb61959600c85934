/* Segments and the members of lists, each change one that can be taken back. */
#include "sb-writer-segments.h"

#include <glib/gi18n-lib.h>

#include "sb-json.h"
#include "sb-store-private.h"

#define NAME_LETTERS 80

static gboolean
tell (SbWriter   *self,
      SbEventKind kind,
      gint64      segment_id,
      GError    **error)
{
  return sb_writer_event (self, kind, 0, 0, g_strdup_printf ("{\"segment\":\"%" G_GINT64_FORMAT "\"}", segment_id), error);
}

static gint64
find_member (SbWriter *self,
             gint64    segment_id,
             gint64    contact_id)
{
  return sb_db_int (self->db, 0, "SELECT id FROM segment_member WHERE segment_id = ? AND contact_id = ?", "ii", segment_id, contact_id);
}

static gboolean
set_member (SbWriter *self,
            gint64    segment_id,
            gint64    contact_id,
            gboolean  in,
            gboolean  keep,
            guint    *n_changed,
            GError  **error)
{
  gint64 id = find_member (self, segment_id, contact_id);

  if ((id != 0) == in || (in && sb_db_int (self->db, 0, "SELECT 1 FROM contact WHERE id = ?", "i", contact_id) == 0))
    return TRUE;
  if (id == 0)
    id = sb_writer_new_id (self);
  (*n_changed)++;
  if (keep && !sb_undo_keep (self, "segment.member", id, error))
    return FALSE;
  if (!in)
    return sb_db_exec (self->db, error, "DELETE FROM segment_member WHERE id = ?", "i", id);

  return sb_db_exec (self->db, error, "INSERT INTO segment_member (id, segment_id, contact_id) VALUES (?, ?, ?)", "iii", id, segment_id, contact_id);
}

static gboolean
set_members (SbWriter *self,
             gint64    segment_id,
             GArray   *contacts,
             gboolean  in,
             gboolean  keep,
             guint    *n_changed,
             GError  **error)
{
  for (guint i = 0; i < contacts->len; i++)
    if (!set_member (self, segment_id, g_array_index (contacts, gint64, i), in, keep, n_changed, error))
      return FALSE;

  return TRUE;
}

gboolean
sb_writer_set_members (SbWriter *self,
                       gint64    segment_id,
                       GArray   *contacts,
                       gboolean  in,
                       guint    *n_changed,
                       GError  **error)
{
  guint n = 0;

  if (sb_db_int (self->db, 0, "SELECT kind FROM segment WHERE id = ?", "i", segment_id) != SB_SEGMENT_LIST)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("There is no such list"));
      return FALSE;
    }
  if (!set_members (self, segment_id, contacts, in, TRUE, &n, error))
    return FALSE;
  if (n_changed != NULL)
    *n_changed = n;

  return n == 0 || tell (self, SB_EVENT_SEGMENT_MEMBERS, segment_id, error);
}

static gboolean
name_is_free (SbWriter        *self,
              const SbSegment *segment,
              const char      *folded,
              GError         **error)
{
  if (folded[0] == '\0')
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("A name is missing"));
  else if (g_utf8_strlen (segment->name, -1) > NAME_LETTERS)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This name is too long."));
  else if (sb_db_int (self->db, 0, "SELECT 1 FROM segment WHERE folded = ? AND id != ?", "si", folded, segment->id) != 0)
    g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("There is already a group called “%s”"), segment->name);
  else
    return TRUE;

  return FALSE;
}

gint64
sb_writer_save_segment (SbWriter        *self,
                        const SbSegment *segment,
                        GArray          *members,
                        GError         **error)
{
  gboolean         is_new = segment->id == 0;
  gint64           id = is_new ? sb_writer_new_id (self) : segment->id;
  g_autofree char *folded = sb_fold_name (segment->name != NULL ? segment->name : "");
  int              position = segment->position;
  guint            n_changed = 0;

  if (!name_is_free (self, segment, folded, error) || !sb_undo_keep (self, is_new ? "segment.all" : "segment", id, error))
    return 0;
  if (is_new && position == 0)
    position = (int) sb_db_int (self->db, 0, "SELECT coalesce (max (position), 0) + 1 FROM segment", "");
  if (!sb_db_exec (self->db, error,
                   "INSERT INTO segment (id, name, folded, kind, rule, position) VALUES (?, ?, ?, ?, ?, ?) "
                   "ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, rule = excluded.rule, position = excluded.position",
                   "issnsn", id, segment->name, folded, (int) segment->kind, segment->rule, position) ||
      (members != NULL && !set_members (self, id, members, TRUE, !is_new, &n_changed, error)))
    return 0;

  return tell (self, SB_EVENT_SEGMENT_CHANGED, id, error) ? id : 0;
}

gboolean
sb_writer_delete_segment (SbWriter *self,
                          gint64    segment_id,
                          GError  **error)
{
  if (sb_db_int (self->db, 0, "SELECT 1 FROM segment WHERE id = ?", "i", segment_id) == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("There is no such group of people"));
      return FALSE;
    }

  return sb_undo_keep (self, "segment.all", segment_id, error) && sb_db_exec (self->db, error, "DELETE FROM segment WHERE id = ?", "i", segment_id) &&
         tell (self, SB_EVENT_SEGMENT_CHANGED, segment_id, error);
}

/* -- for Undo -- */

/* It was not there: it goes again. */
gboolean
sb_segment_remove (SbWriter   *self,
                   const char *target,
                   gint64      row_id,
                   GError    **error)
{
  if (g_str_equal (target, "segment.member"))
    return sb_db_exec (self->db, error, "DELETE FROM segment_member WHERE id = ?", "i", row_id);

  return sb_db_exec (self->db, error, "DELETE FROM segment WHERE id = ?", "i", row_id);
}

/* The members of a deleted list, as far as they are still in the shop. */
gboolean
sb_segment_restore_members (SbWriter   *self,
                            gint64      segment_id,
                            const char *value,
                            GError    **error)
{
  return sb_db_exec (self->db, error,
                     "INSERT INTO segment_member (id, segment_id, contact_id) SELECT json_extract (e.value, '$[0]'), ?2, json_extract (e.value, '$[1]') "
                     "FROM json_each (?1, '$.members') e WHERE json_extract (e.value, '$[1]') IN (SELECT id FROM contact)",
                     "si", value, segment_id);
}
