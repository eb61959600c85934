/* What a person does with a conversation. Each keeps what was, for Undo. */
#include "sb-store-private.h"

#include <string.h>

#define TAG_LETTERS 60

static gboolean
thread_event (SbWriter   *self,
              SbEventKind kind,
              gint64      thread_id,
              char       *data,
              GError    **error)
{
  return sb_writer_event (self, kind, thread_id, 0, data, error);
}

/* @snooze_until: unix ms, with %SB_THREAD_SNOOZED; 0 there means until the customer writes */
gboolean
sb_writer_set_thread_status (SbWriter      *self,
                             gint64         thread_id,
                             SbThreadStatus status,
                             gint64         snooze_until,
                             GError       **error)
{
  gint64 until = status == SB_THREAD_SNOOZED ? snooze_until : 0;

  if (!sb_undo_keep (self, "thread.status", thread_id, error) ||
      !sb_db_exec (self->db, error, "UPDATE thread SET status = ?, snooze_until = ? WHERE id = ?", "nii", (int) status, until, thread_id) ||
      !sb_writer_remove_due (self, "snooze", thread_id, error))
    return FALSE;
  if (until > 0 && sb_writer_add_due (self, until, "snooze", thread_id, NULL, error) == 0)
    return FALSE;

  return thread_event (self, SB_EVENT_THREAD_STATUS, thread_id, g_strdup_printf ("{\"status\":%d}", status), error);
}

gboolean
sb_writer_assign (SbWriter *self,
                  gint64    thread_id,
                  gint64    staff_id,
                  GError  **error)
{
  if (staff_id != 0 && sb_db_int (self->db, 0, "SELECT active FROM staff WHERE id = ?", "i", staff_id) != 1)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "There is no such person in the shop any more");
      return FALSE;
    }

  return sb_undo_keep (self, "thread.assignee", thread_id, error) &&
         sb_db_exec (self->db, error, "UPDATE thread SET assignee_id = ? WHERE id = ?", "ii", staff_id, thread_id) &&
         thread_event (self, SB_EVENT_THREAD_ASSIGNED, thread_id, g_strdup_printf ("{\"staff\":\"%" G_GINT64_FORMAT "\"}", staff_id), error);
}

gboolean
sb_writer_set_pinned (SbWriter *self,
                      gint64    thread_id,
                      gboolean  pinned,
                      GError  **error)
{
  return sb_undo_keep (self, "thread.pinned", thread_id, error) &&
         sb_db_exec (self->db, error, "UPDATE thread SET pinned = ? WHERE id = ?", "ni", pinned ? 1 : 0, thread_id) &&
         thread_event (self, SB_EVENT_THREAD_PINNED, thread_id, NULL, error);
}

/* -- tags -- */

/* "VIP", "vip " and "Vip" are one: compatibility forms, case and blanks do not count. */
char *
sb_fold_name (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup (name);
  g_auto (GStrv)   words = NULL;
  GString         *joined = g_string_new (NULL);

  g_strstrip (folded);
  words = g_strsplit_set (folded, " \t\n", -1);
  for (char **word = words; *word != NULL; word++)
    if ((*word)[0] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", *word);

  return g_string_free (joined, FALSE);
}

/* The one of the eight that the fewest tags have. */
static int
free_colour (SbWriter *self)
{
  return (int) sb_db_int (self->db, 1,
                          "WITH colours (n) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8)) "
                          "SELECT n FROM colours ORDER BY (SELECT count (*) FROM tag WHERE colour = n), n LIMIT 1",
                          "");
}

gint64
sb_writer_ensure_tag (SbWriter   *self,
                      const char *name,
                      int         colour,
                      GError    **error)
{
  g_autofree char *folded = sb_fold_name (name);
  g_autofree char *shown = g_strstrip (g_strdup (name));
  gint64           id;

  if (folded[0] == '\0')
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "A tag needs a name");
      return 0;
    }
  if (g_utf8_strlen (shown, -1) > TAG_LETTERS)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "The name of a tag is at most 60 letters long");
      return 0;
    }

  id = sb_db_int (self->db, 0, "SELECT id FROM tag WHERE folded = ?", "s", folded);
  if (id != 0)
    return id;

  id = sb_writer_new_id (self);
  if (!sb_db_exec (self->db, error, "INSERT INTO tag (id, name, folded, colour) VALUES (?, ?, ?, ?)", "issn", id, shown, folded, colour != 0 ? colour : free_colour (self)) ||
      !sb_writer_event (self, SB_EVENT_TAG_CHANGED, 0, 0, NULL, error))
    return 0;

  return id;
}

gboolean
sb_writer_tag (SbWriter *self,
               gint64    thread_id,
               gint64    tag_id,
               gboolean  on,
               GError  **error)
{
  g_autofree char *target = g_strdup_printf ("thread.tag:%" G_GINT64_FORMAT, tag_id);
  gboolean         done;

  if (!sb_undo_keep (self, target, thread_id, error))
    return FALSE;
  if (on)
    done = sb_db_exec (self->db, error,
                       "INSERT INTO thread_tag (tag_id, pinned, last_at, thread_id) SELECT ?1, pinned, last_at, id FROM thread WHERE id = ?2 "
                       "AND NOT EXISTS (SELECT 1 FROM thread_tag WHERE thread_id = ?2 AND tag_id = ?1)",
                       "ii", tag_id, thread_id);
  else
    done = sb_db_exec (self->db, error, "DELETE FROM thread_tag WHERE thread_id = ? AND tag_id = ?", "ii", thread_id, tag_id);

  return done && thread_event (self, SB_EVENT_THREAD_TAGGED, thread_id, NULL, error);
}
