/* Lines, templates, staff, views and quick replies. */
#include "sb-store-private.h"

#include "sb-json.h"
#include "sb-reason.h"

static gboolean
line_event (SbWriter *self,
            gint64    line_id,
            GError  **error)
{
  SbEvent event = { .kind = SB_EVENT_LINE_CHANGED, .line_id = line_id, .actor = self->actor, .staff_id = self->staff_id };

  return sb_writer_append_event (self, &event, error);
}

gint64
sb_writer_save_line (SbWriter     *self,
                     const SbLine *line,
                     GError      **error)
{
  gint64 id = line->id != 0 ? line->id : sb_writer_new_id (self);

  if (line->id == 0 && !sb_db_exec (self->db, error, "INSERT INTO line (id, kind, state, name) VALUES (?, ?, ?, ?)", "inns", id, (int) line->kind, (int) line->state,
                                    line->name != NULL ? line->name : "Shop"))
    return 0;

  if (!sb_db_exec (self->db, error,
                   "UPDATE line SET kind = ?, name = ?, colour = ?, base_url = ?, phone_number_id = ?, waba_id = ?, app_id = ?, display_number = ?, verified_name = ?, "
                   "inbound = ?, inbound_url = ?, inbound_box = ?, pace = ?, daily_limit = ?, quality = ?, stale_after = ? WHERE id = ?",
                   "nsnssssssnssnnsii", (int) line->kind, line->name != NULL ? line->name : "Shop", line->colour, line->base_url, line->phone_number_id, line->waba_id, line->app_id,
                   line->display_number, line->verified_name, (int) line->inbound, line->inbound_url, line->inbound_box, line->pace_per_second, line->daily_limit, line->quality,
                   line->stale_after_ms, id))
    return 0;

  return line_event (self, id, error) ? id : 0;
}

gboolean
sb_writer_set_line_state (SbWriter   *self,
                          gint64      line_id,
                          SbLineState state,
                          const char *reason,
                          gint64      until,
                          GError    **error)
{
  if (!sb_db_exec (self->db, error, "UPDATE line SET state = ?1, state_reason = ?2, paused_until = ?3 WHERE id = ?4 AND (state != ?1 OR state_reason IS NOT ?2 OR paused_until != ?3)",
                   "nsii", (int) state, reason, until, line_id))
    return FALSE;
  if (sb_db_changes (self->db) == 0)
    return TRUE;
  if (state == SB_LINE_REMOVED && !sb_outbox_fail_queued (self, line_id, sb_reason_to_sentence (SB_REASON_LINE_REMOVED), error))
    return FALSE;

  return sb_writer_remove_due (self, "resume", line_id, error) && (until == 0 || sb_writer_add_due (self, until, "resume", line_id, NULL, error) != 0) &&
         line_event (self, line_id, error);
}

/* Without an event: it happens with every poll. */
gboolean
sb_writer_touch_line (SbWriter *self,
                      gint64    line_id,
                      gint64    last_in_at,
                      gint64    last_poll_at,
                      GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE line SET last_in_at = max (last_in_at, ?), last_poll_at = max (last_poll_at, ?) WHERE id = ?", "iii", last_in_at, last_poll_at, line_id);
}

/* -- templates -- */

static char *
components_text (const SbTemplate *template)
{
  g_autoptr (JsonNode)  node = json_node_alloc ();
  g_autoptr (JsonArray) none = json_array_new ();

  json_node_init_array (node, template->components != NULL ? template->components : none);

  return json_to_string (node, FALSE);
}

static gboolean
save_template (SbWriter *self,
               gint64    line_id,
               const SbTemplate *template,
               GError **error)
{
  g_autofree char *components = components_text (template);

  return sb_db_exec (self->db, error,
                     "INSERT INTO template (id, line_id, remote_id, name, language, category, status, reason, quality, named, components, synced_at) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (line_id, name, language) DO UPDATE SET remote_id = excluded.remote_id, "
                     "category = excluded.category, status = excluded.status, reason = excluded.reason, quality = excluded.quality, named = excluded.named, "
                     "components = excluded.components, synced_at = excluded.synced_at",
                     "iisssssssnsi", sb_writer_new_id (self), line_id, template->remote_id, template->name, template->language, template->category,
                     template->status != NULL ? template->status : "PENDING", template->reason, template->quality, template->named ? 1 : 0, components, sb_writer_now (self));
}

static gboolean
template_event (SbWriter *self,
                gint64    line_id,
                GError  **error)
{
  SbEvent event = { .kind = SB_EVENT_TEMPLATE_CHANGED, .line_id = line_id, .actor = self->actor };

  return sb_writer_append_event (self, &event, error);
}

gboolean
sb_writer_sync_templates (SbWriter  *self,
                          gint64     line_id,
                          GPtrArray *templates,
                          GError   **error)
{
  gint64 start = sb_writer_now (self);

  if (!sb_db_exec (self->db, error, "UPDATE template SET synced_at = 0 WHERE line_id = ?", "i", line_id))
    return FALSE;
  for (guint i = 0; i < templates->len; i++)
    if (!save_template (self, line_id, templates->pdata[i], error))
      return FALSE;

  return sb_db_exec (self->db, error, "UPDATE template SET status = 'DELETED', synced_at = ? WHERE line_id = ? AND synced_at = 0", "ii", start, line_id) &&
         template_event (self, line_id, error);
}

gboolean
sb_writer_update_template (SbWriter   *self,
                           gint64      line_id,
                           const char *remote_id,
                           const char *name,
                           const char *language,
                           const char *status,
                           const char *reason,
                           const char *quality,
                           GError    **error)
{
  return sb_db_exec (self->db, error,
                     "UPDATE template SET status = coalesce (?, status), reason = coalesce (?, reason), quality = coalesce (?, quality) "
                     "WHERE line_id = ? AND (remote_id = ? OR (name = ? AND language = ?))",
                     "sssisss", status, reason, quality, line_id, remote_id, name, language) &&
         template_event (self, line_id, error);
}

/* -- staff, tags, views, quick replies -- */

static gboolean
write_named (SbWriter      *self,
             const char    *what,
             gint64         id,
             const SbNamed *named,
             GError       **error)
{
  if (g_str_equal (what, "staff"))
    return sb_db_exec (self->db, error,
                       "INSERT INTO staff (id, name, colour, role, active, position) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, "
                       "colour = excluded.colour, role = excluded.role, active = excluded.active, position = excluded.position",
                       "isnnnn", id, named->name, named->colour, (int) (named->role != 0 ? named->role : SB_ROLE_STAFF), named->active ? 1 : 0, named->position);
  if (g_str_equal (what, "tag"))
    {
      g_autofree char *folded = sb_fold_name (named->name);

      return sb_db_exec (self->db, error,
                         "INSERT INTO tag (id, name, folded, colour) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, "
                         "colour = excluded.colour",
                         "issn", id, named->name, folded, named->colour);
    }
  if (g_str_equal (what, "view"))
    return sb_db_exec (self->db, error,
                       "INSERT INTO view (id, name, query, position, staff_id) VALUES (?, ?, ?, (SELECT coalesce (max (position), 0) + 1 FROM view), ?) "
                       "ON CONFLICT DO UPDATE SET name = excluded.name, query = excluded.query",
                       "issi", id, named->name, named->query != NULL ? named->query : "{}", named->staff_id);

  return sb_db_exec (self->db, error,
                     "INSERT INTO quick_reply (id, name, text, position) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, text = excluded.text, "
                     "position = excluded.position",
                     "issn", id, named->name, named->query != NULL ? named->query : "", named->position);
}

gint64
sb_writer_save_named (SbWriter      *self,
                      const char    *what,
                      const SbNamed *named,
                      GError       **error)
{
  gint64      id = named->id != 0 ? named->id : sb_writer_new_id (self);
  SbEventKind kind = g_str_equal (what, "staff")  ? SB_EVENT_STAFF_CHANGED
                     : g_str_equal (what, "tag")  ? SB_EVENT_TAG_CHANGED
                     : g_str_equal (what, "view") ? SB_EVENT_VIEW_CHANGED
                                                  : SB_EVENT_QUICK_REPLY_CHANGED;

  if (named->name == NULL || named->name[0] == '\0')
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "A name is missing");
      return 0;
    }

  if (kind == SB_EVENT_VIEW_CHANGED && !sb_undo_keep (self, "view", id, error))
    return 0;

  return write_named (self, what, id, named, error) && sb_writer_event (self, kind, 0, 0, NULL, error) ? id : 0;
}

gboolean
sb_writer_delete_view (SbWriter *self,
                       gint64    view_id,
                       GError  **error)
{
  return sb_undo_keep (self, "view", view_id, error) && sb_db_exec (self->db, error, "DELETE FROM view WHERE id = ?", "i", view_id) &&
         sb_writer_event (self, SB_EVENT_VIEW_CHANGED, 0, 0, NULL, error);
}

gboolean
sb_writer_delete_quick_reply (SbWriter *self,
                              gint64    id,
                              GError  **error)
{
  return sb_undo_keep (self, "quick_reply", id, error) && sb_db_exec (self->db, error, "DELETE FROM quick_reply WHERE id = ?", "i", id) &&
         sb_writer_event (self, SB_EVENT_QUICK_REPLY_CHANGED, 0, 0, NULL, error);
}
