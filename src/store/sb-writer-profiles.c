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

/* For the one who acts: everybody has an order of their own, also of the views that all can see. */
gboolean
sb_writer_order_views (SbWriter     *self,
                       const gint64 *view_ids,
                       guint         n_views,
                       GError      **error)
{
  g_autoptr (GString) order = g_string_new ("[");

  for (guint i = 0; i < n_views; i++)
    g_string_append_printf (order, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", view_ids[i]);
  g_string_append_c (order, ']');

  return sb_undo_keep (self, "staff.views", self->staff_id, error) && sb_db_exec (self->db, error, "UPDATE staff SET view_order = ? WHERE id = ?", "si", order->str, self->staff_id) &&
         sb_writer_event (self, SB_EVENT_VIEW_CHANGED, 0, 0, NULL, error);
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
