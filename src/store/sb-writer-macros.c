/* Several actions under one name. */
#include "sb-store-private.h"
#include "sb-writer-desk.h"

#include <string.h>

static gboolean
is_complete (SbWriter      *self,
             const SbMacro *macro,
             GError       **error)
{
  g_autofree char *other = NULL;

  if (macro->name == NULL || macro->name[strspn (macro->name, " ")] == '\0')
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "A name is missing");
      return FALSE;
    }
  if (macro->steps->len == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "A macro needs something to do");
      return FALSE;
    }
  other = macro->key != NULL ? sb_db_text (self->db, "SELECT name FROM macro WHERE key = ? AND id != ?", "si", macro->key, macro->id) : NULL;
  if (other != NULL)
    g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "“%s” has this key already", other);

  return other == NULL;
}

gint64
sb_writer_save_macro (SbWriter      *self,
                      const SbMacro *macro,
                      GError       **error)
{
  gint64           id = macro->id != 0 ? macro->id : sb_writer_new_id (self);
  gint64           place = sb_db_int (self->db, 0, "SELECT coalesce (max (position), -1) + 1 FROM macro", "");
  g_autofree char *steps = sb_macro_steps_text (macro);

  if (!is_complete (self, macro, error))
    return 0;

  return sb_undo_keep (self, "macro", id, error) &&
                 sb_db_exec (self->db, error,
                             "INSERT INTO macro (id, name, key, steps, position) VALUES (?, ?, ?, ?, ?) "
                             "ON CONFLICT DO UPDATE SET name = excluded.name, key = excluded.key, steps = excluded.steps",
                             "isssi", id, macro->name, macro->key, steps, place) &&
                 sb_writer_event (self, SB_EVENT_MACRO_CHANGED, 0, 0, NULL, error)
             ? id
             : 0;
}

gboolean
sb_writer_delete_macro (SbWriter *self,
                        gint64    macro_id,
                        GError  **error)
{
  return sb_undo_keep (self, "macro", macro_id, error) && sb_db_exec (self->db, error, "DELETE FROM macro WHERE id = ?", "i", macro_id) &&
         sb_writer_event (self, SB_EVENT_MACRO_CHANGED, 0, 0, NULL, error);
}

static gboolean
set_place (SbWriter *self,
           gint64    macro_id,
           int       place,
           GError  **error)
{
  return sb_undo_keep (self, "macro", macro_id, error) && sb_db_exec (self->db, error, "UPDATE macro SET position = ? WHERE id = ?", "ni", place, macro_id);
}

/* @by: 1 down, -1 up; at an end it stays. All places are written anew, for two of them may have been the same. */
gboolean
sb_writer_move_macro (SbWriter *self,
                      gint64    macro_id,
                      int       by,
                      GError  **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt      *statement = sb_db_query (self->db, error, "SELECT id FROM macro ORDER BY position, id", "");
  int                at = -1;

  if (statement == NULL)
    return FALSE;
  while (sb_db_step (self->db, statement, error))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      at = id == macro_id ? (int) ids->len : at;
      g_array_append_val (ids, id);
    }
  if (at < 0 || at + by < 0 || at + by >= (int) ids->len)
    return TRUE;

  g_array_remove_index (ids, at);
  g_array_insert_val (ids, at + by, macro_id);
  for (guint i = 0; i < ids->len; i++)
    if (!set_place (self, g_array_index (ids, gint64, i), i, error))
      return FALSE;

  return sb_writer_event (self, SB_EVENT_MACRO_CHANGED, 0, 0, NULL, error);
}

gboolean
sb_writer_add_to_draft (SbWriter   *self,
                        gint64      thread_id,
                        const char *text,
                        GError    **error)
{
  g_autofree char *there = sb_db_text (self->db, "SELECT text FROM draft WHERE thread_id = ? AND staff_id IN (0, ?)", "ii", thread_id, self->staff_id);
  g_autofree char *joined = there != NULL ? g_strconcat (there, "\n", text, NULL) : g_strdup (text);
  gint64           quote_id = sb_db_int (self->db, 0, "SELECT quote_id FROM draft WHERE thread_id = ? AND staff_id IN (0, ?)", "ii", thread_id, self->staff_id);

  return sb_undo_keep (self, "draft", thread_id, error) && sb_writer_save_draft (self, thread_id, joined, quote_id, error);
}
