/* People of the shop who come and go, and the places of their views. */
#include "sb-writer-profiles.h"

#include "sb-store-private.h"

/* Whoever is removed keeps what they did and what they were given; nothing new can be given to them. */
gboolean
sb_writer_set_staff_active (SbWriter *self,
                            gint64    staff_id,
                            gboolean  active,
                            GError  **error)
{
  int role = sb_db_int (self->db, 0, "SELECT role FROM staff WHERE id = ?", "i", staff_id);

  if (role == 0 || (!active && role == SB_ROLE_OWNER))
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, role == 0 ? "There is no such person in the shop" : "The owner cannot be removed");
      return FALSE;
    }
  if (!active && sb_db_int (self->db, 0, "SELECT count(*) FROM staff WHERE active = 1 AND id != ?", "i", staff_id) == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "Somebody has to stay in the shop");
      return FALSE;
    }

  return sb_undo_keep (self, "staff", staff_id, error) && sb_db_exec (self->db, error, "UPDATE staff SET active = ? WHERE id = ?", "ni", active ? 1 : 0, staff_id) &&
         sb_writer_event (self, SB_EVENT_STAFF_CHANGED, 0, 0, NULL, error);
}

/* Only those whose place changes are kept for Undo. */
static gboolean
put_view (SbWriter *self,
          gint64    view_id,
          int       position,
          GError  **error)
{
  if (sb_db_int (self->db, position, "SELECT position FROM view WHERE id = ?", "i", view_id) == position)
    return TRUE;

  return sb_undo_keep (self, "view", view_id, error) && sb_db_exec (self->db, error, "UPDATE view SET position = ? WHERE id = ?", "ni", position, view_id);
}

/* The listed views change places among themselves: those of other people stay where they are. */
gboolean
sb_writer_order_views (SbWriter     *self,
                       const gint64 *view_ids,
                       guint         n_views,
                       GError      **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (int));
  sqlite3_stmt      *statement = sb_db_query (self->db, error, "SELECT id, position FROM view ORDER BY position, id", "");

  while (sb_db_step (self->db, statement, error))
    for (guint i = 0; i < n_views; i++)
      if (sqlite3_column_int64 (statement, 0) == view_ids[i])
        {
          int place = sqlite3_column_int (statement, 1);

          g_array_append_val (places, place);
        }

  for (guint i = 0, n = 0; i < n_views && n < places->len; i++)
    if (sb_db_int (self->db, 0, "SELECT 1 FROM view WHERE id = ?", "i", view_ids[i]) != 0 && !put_view (self, view_ids[i], g_array_index (places, int, n++), error))
      return FALSE;

  return sb_writer_event (self, SB_EVENT_VIEW_CHANGED, 0, 0, NULL, error);
}

gboolean
sb_writer_give_view (SbWriter *self,
                     gint64    view_id,
                     gint64    staff_id,
                     GError  **error)
{
  return sb_undo_keep (self, "view", view_id, error) && sb_db_exec (self->db, error, "UPDATE view SET staff_id = ? WHERE id = ?", "ii", staff_id, view_id) &&
         sb_writer_event (self, SB_EVENT_VIEW_CHANGED, 0, 0, NULL, error);
}
