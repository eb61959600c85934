/*
 * Two contacts become one, and may be taken apart again. What belongs to the conversation and the numbers goes over and is
 * written down row by row; the contact that goes keeps its own row, off all lists, naming whom it is now. So taking apart
 * needs no copy of anything, and what came since stays where it came to.
 */
#include "sb-writer-contacts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-card.h"
#include "sb-json.h"
#include "sb-reader-contacts.h"
#include "sb-store-private.h"
#include "sb-writer-refusals.h"
#include "sb-writer-segments.h"

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, sentence);

  return FALSE;
}

static gint64
thread_of (SbWriter *self,
           gint64    contact_id)
{
  return sb_db_int (self->db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id);
}

/* -- what a conversation's row says, from its messages -- */

#define NEWEST "SELECT id FROM message WHERE thread_id = ? AND direction IN (0, 1) ORDER BY sent_at DESC, id DESC LIMIT 1"

static gboolean
show_newest (SbWriter *self,
             gint64    thread_id,
             GError  **error)
{
  gint64                id = sb_db_int (self->db, 0, NEWEST, "i", thread_id);
  g_autoptr (SbMessage) message = id != 0 ? sb_reader_get_message (self->reader, id) : NULL;
  g_autofree char      *preview = message != NULL ? sb_message_preview (message) : NULL;

  if (message == NULL)
    return sb_db_exec (self->db, error, "UPDATE thread SET last_message_id = 0, last_direction = 0, last_kind = 1, last_status = 0, preview = NULL WHERE id = ?", "i", thread_id);

  return sb_db_exec (self->db, error, "UPDATE thread SET last_at = ?, last_direction = ?, last_kind = ?, last_status = ?, last_author = ?, last_message_id = ?, preview = ? WHERE id = ?",
                     "innnnisi", message->sent_at, (int) message->direction, (int) message->kind, (int) message->status, (int) message->author, id, preview, thread_id);
}

#define LAST_OUT "(SELECT coalesce (max (sent_at), 0) FROM message o WHERE o.thread_id = thread.id AND o.direction = 1)"
#define WAITING  "(SELECT min (sent_at) FROM message m WHERE m.thread_id = thread.id AND m.direction = 0 AND m.kind NOT IN (14, 16) AND m.sent_at > " LAST_OUT ")"
#define UNREAD   "(SELECT count(*) FROM message m WHERE m.thread_id = thread.id AND m.sent_at > thread.read_at AND m.direction = 0 AND m.kind NOT IN (14, 16))"
#define OUTBOX   "(SELECT count(*) FROM outbox o WHERE o.thread_id = thread.id AND "

/* Everything that follows from the messages, counted again. */
static gboolean
refresh_thread (SbWriter *self,
                gint64    thread_id,
                GError  **error)
{
  return show_newest (self, thread_id, error) &&
         sb_db_exec (self->db, error, "UPDATE thread SET unanswered = " WAITING " IS NOT NULL, unanswered_since = coalesce (" WAITING ", 0), unread = " UNREAD " WHERE id = ?", "i", thread_id) &&
         sb_db_exec (self->db, error, "UPDATE thread SET n_waiting = " OUTBOX "o.state IN (2, 3)), n_failed = " OUTBOX "o.state = 8 AND o.settled = 0), n_unknown = " OUTBOX "o.state = 9 AND o.settled = 0) WHERE id = ?", "i", thread_id) &&
         sb_db_exec (self->db, error,
                     "UPDATE thread SET line_id = coalesce ((SELECT line_id FROM message m WHERE m.thread_id = thread.id AND m.direction = 0 AND m.line_id != 0 ORDER BY sent_at DESC LIMIT 1), line_id) WHERE id = ?", "i", thread_id) &&
         sb_db_exec (self->db, error,
                     "UPDATE reading SET unread = (SELECT count(*) FROM message m WHERE m.thread_id = reading.thread_id AND m.sent_at > reading.read_at AND m.direction = 0 AND m.kind NOT IN (14, 16)) WHERE thread_id = ?",
                     "i", thread_id);
}

/* The 24 hours of each line, from what the customer wrote. */
static gboolean
refresh_windows (SbWriter *self,
                 gint64    thread_id,
                 GError  **error)
{
  return sb_db_exec (self->db, error,
                     "UPDATE thread_line SET last_in_at = coalesce ((SELECT max (sent_at) FROM message m WHERE m.thread_id = thread_line.thread_id AND m.line_id = thread_line.line_id "
                     "AND m.direction = 0 AND m.kind NOT IN (14, 16)), 0) WHERE thread_id = ?",
                     "i", thread_id) &&
         sb_db_exec (self->db, error, "DELETE FROM thread_line WHERE thread_id = ? AND last_in_at = 0", "i", thread_id);
}

/* -- how both stood -- */

#define STOOD "SELECT json_object ('status', status, 'snooze', snooze_until, 'assignee', assignee_id, 'pinned', pinned, 'read', read_at, 'draft', (SELECT text FROM draft d WHERE d.thread_id = thread.id)) FROM thread WHERE id = ?"

static gboolean
write_stood (SbWriter *self,
             gint64    kept_id,
             gint64    gone_id,
             GError  **error)
{
  g_autofree char *kept = sb_db_text (self->db, STOOD, "i", thread_of (self, kept_id));
  g_autofree char *gone = sb_db_text (self->db, STOOD, "i", thread_of (self, gone_id));
  g_autofree char *text = g_strdup_printf ("{\"kept\":%s,\"gone\":%s}", kept != NULL ? kept : "null", gone != NULL ? gone : "null");

  return sb_db_exec (self->db, error, "INSERT INTO contact_merge (gone_id, kept_id, at, stood) VALUES (?, ?, ?, ?)", "iiis", gone_id, kept_id, sb_writer_now (self), text);
}

static gboolean
restore_stood (SbWriter   *self,
               gint64      thread_id,
               JsonObject *stood,
               GError    **error)
{
  const char *draft = sb_json_string (stood, "draft");
  gint64      status = sb_json_int (stood, "status", SB_THREAD_OPEN);
  gint64      snooze = sb_json_int (stood, "snooze", 0);

  if (stood == NULL || thread_id == 0)
    return TRUE;
  if (!sb_db_exec (self->db, error, "UPDATE thread SET status = ?, snooze_until = ?, assignee_id = ?, pinned = ?, read_at = ? WHERE id = ?", "niinii", (int) status, snooze,
                   sb_json_int (stood, "assignee", 0), (int) sb_json_int (stood, "pinned", 0), sb_json_int (stood, "read", 0), thread_id) ||
      !sb_writer_remove_due (self, "snooze", thread_id, error) || (snooze > 0 && sb_writer_add_due (self, snooze, "snooze", thread_id, NULL, error) == 0))
    return FALSE;

  return sb_writer_save_draft (self, thread_id, draft, 0, error);
}

/* -- what goes over -- */

/* Rows written down, then moved. Each is one table of the conversation. */
static const struct
{
  const char *place;
  const char *note;
  const char *move;
  const char *back;
} parts[] = {
  { "message", "INSERT INTO contact_merge_row (gone_id, place, row_id) SELECT ?1, 'message', id FROM message WHERE thread_id = ?2",
    "UPDATE message SET thread_id = ?2 WHERE thread_id = ?1",
    "UPDATE message SET thread_id = ?2 WHERE id IN (SELECT row_id FROM contact_merge_row WHERE gone_id = ?1 AND place = 'message')" },
  { "outbox", "INSERT INTO contact_merge_row (gone_id, place, row_id) SELECT ?1, 'outbox', id FROM outbox WHERE thread_id = ?2",
    "UPDATE outbox SET thread_id = ?2 WHERE thread_id = ?1",
    "UPDATE outbox SET thread_id = ?2 WHERE id IN (SELECT row_id FROM contact_merge_row WHERE gone_id = ?1 AND place = 'outbox')" },
};

/* Somebody's unread word is still unread: reading begins before the first that is unread in either. */
static gboolean
join_rows (SbWriter *self,
           gint64    kept,
           gint64    gone,
           GError  **error)
{
  return sb_db_exec (self->db, error,
                     "UPDATE thread SET read_at = coalesce ((SELECT min (m.sent_at) - 1 FROM message m JOIN thread x ON x.id = m.thread_id WHERE m.thread_id IN (?1, ?2) "
                     "AND m.direction = 0 AND m.kind NOT IN (14, 16) AND m.sent_at > x.read_at), (SELECT max (max (read_at), max (last_at)) FROM thread WHERE id IN (?1, ?2))), "
                     "assignee_id = CASE assignee_id WHEN 0 THEN (SELECT assignee_id FROM thread WHERE id = ?2) ELSE assignee_id END, "
                     "pinned = max (pinned, (SELECT pinned FROM thread WHERE id = ?2)), "
                     "status = CASE WHEN status IN (1, 2) THEN status WHEN (SELECT status FROM thread WHERE id = ?2) IN (1, 2) THEN (SELECT status FROM thread WHERE id = ?2) ELSE status END WHERE id = ?1",
                     "ii", kept, gone) &&
         sb_db_exec (self->db, error, "UPDATE thread SET snooze_until = 0 WHERE id = ? AND status != 4", "i", kept) &&
         sb_db_exec (self->db, error, "DELETE FROM due WHERE kind = 'snooze' AND (subject_id = ?2 OR (subject_id = ?1 AND (SELECT status FROM thread WHERE id = ?1) != 4))", "ii", kept, gone) &&
         sb_db_exec (self->db, error,
                     "INSERT INTO thread_line (thread_id, line_id, last_in_at, free_until) SELECT ?1, line_id, last_in_at, free_until FROM thread_line WHERE thread_id = ?2 "
                     "ON CONFLICT DO UPDATE SET last_in_at = max (last_in_at, excluded.last_in_at), free_until = max (free_until, excluded.free_until)",
                     "ii", kept, gone);
}

static gboolean
join_drafts (SbWriter *self,
             gint64    kept,
             gint64    gone,
             GError  **error)
{
  g_autofree char *ours = sb_db_text (self->db, "SELECT text FROM draft WHERE thread_id = ?", "i", kept);
  g_autofree char *theirs = sb_db_text (self->db, "SELECT text FROM draft WHERE thread_id = ?", "i", gone);
  g_autofree char *both = ours != NULL && theirs != NULL ? g_strconcat (ours, "\n", theirs, NULL) : g_strdup (ours != NULL ? ours : theirs);

  return sb_db_exec (self->db, error, "UPDATE draft_file SET thread_id = ? WHERE thread_id = ?", "ii", kept, gone) &&
         sb_db_exec (self->db, error, "INSERT INTO draft_note (thread_id, staff_id, text) SELECT ?, staff_id, text FROM draft_note WHERE thread_id = ? ON CONFLICT DO UPDATE SET text = text || char (10) || excluded.text", "ii", kept, gone) &&
         (theirs == NULL || sb_writer_save_draft (self, kept, both, 0, error));
}

static gboolean
join_threads (SbWriter *self,
              gint64    gone_id,
              gint64    kept,
              gint64    gone,
              GError  **error)
{
  if (!join_rows (self, kept, gone, error) || !join_drafts (self, kept, gone, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!sb_db_exec (self->db, error, parts[i].note, "ii", gone_id, gone) || !sb_db_exec (self->db, error, parts[i].move, "ii", gone, kept))
      return FALSE;

  return sb_db_exec (self->db, error, "UPDATE thread SET status = 3, snooze_until = 0 WHERE id = ?", "i", gone) && refresh_thread (self, kept, error) && refresh_thread (self, gone, error);
}

#define TAGS_OF_CONTACT                                                                                               \
  "INSERT OR IGNORE INTO thread_tag (tag_id, pinned, last_at, thread_id) SELECT g.tag_id, t.pinned, t.last_at, t.id " \
  "FROM contact_tag g JOIN thread t ON t.id = ?2 WHERE g.contact_id = ?1"

/* Who has none takes the other's as it is. */
static gboolean
hand_over_thread (SbWriter *self,
                  gint64    kept_id,
                  gint64    gone_id,
                  gint64    gone,
                  GError  **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO contact_merge_row (gone_id, place, row_id) VALUES (?, 'thread', ?)", "ii", gone_id, gone) &&
         sb_db_exec (self->db, error, "UPDATE thread SET contact_id = ? WHERE id = ?", "ii", kept_id, gone) &&
         sb_db_exec (self->db, error, TAGS_OF_CONTACT, "ii", kept_id, gone);
}

static gboolean
join_conversations (SbWriter *self,
                    gint64    kept_id,
                    gint64    gone_id,
                    GError  **error)
{
  gint64 kept = thread_of (self, kept_id);
  gint64 gone = thread_of (self, gone_id);

  if (gone == 0)
    return TRUE;

  return kept != 0 ? join_threads (self, gone_id, kept, gone, error) : hand_over_thread (self, kept_id, gone_id, gone, error);
}

/* An import that brought the one who goes must not take away the one who stays: its row no longer equals anybody. */
static gboolean
join_imports (SbWriter *self,
              gint64    kept_id,
              gint64    gone_id,
              GError  **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO contact_merge_row (gone_id, place, owner, row_id) SELECT ?1, 'import_row', import_id, number FROM import_row WHERE contact_id = ?1", "i", gone_id) &&
         sb_db_exec (self->db, error, "UPDATE import_row SET contact_id = ?1, after = CASE WHEN after IS NOT NULL THEN json_set (after, '$.merged', 1) END WHERE contact_id = ?2", "ii", kept_id, gone_id);
}

static gboolean
join_identities (SbWriter *self,
                 gint64    kept_id,
                 gint64    gone_id,
                 GError  **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO contact_merge_row (gone_id, place, row_id) SELECT ?1, 'identity', id FROM identity WHERE contact_id = ?1", "i", gone_id) &&
         sb_db_exec (self->db, error, "UPDATE identity SET contact_id = ? WHERE contact_id = ?", "ii", kept_id, gone_id);
}

/* The ledger stays as it was written; what follows from it is looked up under both, and a “no” is never lost. */
static gboolean
derive_consent (SbWriter *self,
                gint64    kept_id,
                gint64    gone_id,
                GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE contact SET consent = (SELECT consent FROM consent_now n WHERE n.contact_id = contact.id) WHERE id IN (?, ?)", "ii", kept_id, gone_id);
}

/* Everything but the details, about which a person decides. */
gboolean
sb_merge_join (SbWriter *self,
               gint64    kept_id,
               gint64    gone_id,
               GError  **error)
{
  SbRefusal kept = sb_writer_get_refusal (self, kept_id);

  return write_stood (self, kept_id, gone_id, error) && join_identities (self, kept_id, gone_id, error) && join_imports (self, kept_id, gone_id, error) &&
         join_conversations (self, kept_id, gone_id, error) &&
         sb_db_exec (self->db, error, "UPDATE contact SET merged_into = ?1, merged_at = ?2, removed = 1, updated_at = ?2 WHERE id = ?3", "iii", kept_id, sb_writer_now (self), gone_id) &&
         sb_db_exec (self->db, error, "UPDATE contact SET merged_into = ?1, merged_at = ?2 WHERE merged_into = ?3", "iii", kept_id, sb_writer_now (self), gone_id) && derive_consent (self, kept_id, gone_id, error) &&
         sb_writer_note_refusal (self, kept_id, &kept, error);
}

/* -- apart again -- */

static gboolean
split_threads (SbWriter   *self,
               gint64      kept_id,
               gint64      gone_id,
               JsonObject *stood,
               GError    **error)
{
  gint64 handed = sb_db_int (self->db, 0, "SELECT row_id FROM contact_merge_row WHERE gone_id = ? AND place = 'thread'", "i", gone_id);
  gint64 kept = thread_of (self, kept_id);
  gint64 gone = thread_of (self, gone_id);

  if (handed != 0)
    return sb_db_exec (self->db, error, "UPDATE thread SET contact_id = ? WHERE id = ?", "ii", gone_id, handed) &&
           sb_db_exec (self->db, error, "DELETE FROM thread_tag WHERE thread_id = ?1 AND tag_id NOT IN (SELECT tag_id FROM contact_tag WHERE contact_id = ?2)", "ii", handed, gone_id) &&
           sb_db_exec (self->db, error, TAGS_OF_CONTACT, "ii", gone_id, handed);
  if (gone == 0 || kept == 0)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!sb_db_exec (self->db, error, parts[i].back, "ii", gone_id, gone))
      return FALSE;

  return restore_stood (self, kept, sb_json_object (stood, "kept"), error) && restore_stood (self, gone, sb_json_object (stood, "gone"), error) && refresh_thread (self, kept, error) &&
         refresh_thread (self, gone, error) && refresh_windows (self, kept, error);
}

static gboolean
split_rows (SbWriter *self,
            gint64    gone_id,
            GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE identity SET contact_id = ?1 WHERE id IN (SELECT row_id FROM contact_merge_row WHERE gone_id = ?1 AND place = 'identity')", "i", gone_id) &&
         sb_db_exec (self->db, error,
                     "UPDATE import_row SET contact_id = ?1, after = CASE WHEN after IS NOT NULL THEN json_remove (after, '$.merged') END "
                     "WHERE (import_id, number) IN (SELECT owner, row_id FROM contact_merge_row WHERE gone_id = ?1 AND place = 'import_row')",
                     "i", gone_id);
}

/* Directly, and by way of others. */
#define BECAME "WITH RECURSIVE became (id) AS (SELECT gone_id FROM contact_merge WHERE kept_id = ?1 UNION SELECT gone_id FROM contact_merge JOIN became ON kept_id = became.id) SELECT id FROM became"

gboolean
sb_merge_split (SbWriter *self,
                gint64    gone_id,
                GError  **error)
{
  gint64               kept_id = sb_db_int (self->db, 0, "SELECT kept_id FROM contact_merge WHERE gone_id = ?", "i", gone_id);
  g_autofree char     *text = sb_db_text (self->db, "SELECT stood FROM contact_merge WHERE gone_id = ?", "i", gone_id);
  g_autoptr (JsonNode) node = text != NULL ? sb_json_parse (text, -1, error) : NULL;
  SbRefusal            both = sb_writer_get_refusal (self, kept_id);
  SbRefusal            none = { 0 };

  if (node == NULL)
    return refuse (error, _("These two were not one, so they cannot be taken apart."));

  return split_rows (self, gone_id, error) && split_threads (self, kept_id, gone_id, sb_json_root (node), error) &&
         sb_db_exec (self->db, error, "UPDATE contact SET merged_into = 0, merged_at = 0, removed = 0 WHERE id = ?", "i", gone_id) &&
         /* Those that had become the one who goes before, are it again. */
         sb_db_exec (self->db, error, "UPDATE contact SET merged_into = ?1, merged_at = (SELECT at FROM contact_merge m WHERE m.gone_id = contact.id) WHERE id IN (" BECAME ")", "i", gone_id) &&
         sb_db_exec (self->db, error, "DELETE FROM contact_merge WHERE gone_id = ?", "i", gone_id) && derive_consent (self, kept_id, gone_id, error) &&
         sb_writer_note_refusal (self, kept_id, &both, error) && sb_writer_note_refusal (self, gone_id, both.offers != 0 || both.orders != 0 ? &both : &none, error);
}

/* -- the details -- */

static gboolean
is_chosen (const char *const *from_gone,
           const char        *what)
{
  return from_gone != NULL && g_strv_contains (from_gone, what);
}

static gboolean
take_texts (SbWriter          *self,
            gint64             kept_id,
            gint64             gone_id,
            const char *const *from_gone,
            GError           **error)
{
  static const char *const columns[][3] = { { "name", "SELECT name FROM contact WHERE id = ?" },
                                            { "language", "SELECT language FROM contact WHERE id = ?" },
                                            { "country", "SELECT country FROM contact WHERE id = ?" },
                                            { "time_zone", "SELECT time_zone FROM contact WHERE id = ?" },
                                            { "source", "SELECT source FROM contact WHERE id = ?" } };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *ours = sb_db_text (self->db, columns[i][1], "i", kept_id);
      g_autofree char *theirs = sb_db_text (self->db, columns[i][1], "i", gone_id);

      if (theirs != NULL && theirs[0] != '\0' && (ours == NULL || ours[0] == '\0' || is_chosen (from_gone, columns[i][0])) && g_strcmp0 (ours, theirs) != 0 &&
          !sb_contacts_put_text (self, kept_id, columns[i][0], theirs, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_fields (SbWriter          *self,
             gint64             kept_id,
             gint64             gone_id,
             const char *const *from_gone,
             GError           **error)
{
  g_autoptr (SbPerson) kept = sb_reader_get_person (self->reader, kept_id);
  g_autoptr (SbPerson) gone = sb_reader_get_person (self->reader, gone_id);

  for (guint i = 0; i < gone->fields->len; i++)
    {
      const SbCardField *field = gone->fields->pdata[i];
      g_autofree char   *what = g_strconcat ("field:", field->name, NULL);

      if ((sb_person_get_field (kept, field->name) == NULL || is_chosen (from_gone, what)) && !sb_contacts_put_field (self, kept_id, field->name, field->value, error))
        return FALSE;
    }
  if (gone->stage_id != 0 && (kept->stage_id == 0 || is_chosen (from_gone, "stage")) && !sb_writer_set_contact_stage (self, kept_id, gone->stage_id, error))
    return FALSE;
  if (gone->blocked && !kept->blocked && !sb_writer_block_contact (self, kept_id, TRUE, gone->hidden, error))
    return FALSE;

  return TRUE;
}

static gboolean
take_tags (SbWriter *self,
           gint64    kept_id,
           gint64    gone_id,
           GError  **error)
{
  g_autoptr (GPtrArray) tags = sb_reader_list_contact_tags (self->reader, gone_id);

  for (guint i = 0; i < tags->len; i++)
    if (!sb_writer_tag_contact (self, kept_id, ((SbNamed *) tags->pdata[i])->id, TRUE, error))
      return FALSE;

  return TRUE;
}

/* Who was in a list is in it. */
static gboolean
take_lists (SbWriter *self,
            gint64    kept_id,
            gint64    gone_id,
            GError  **error)
{
  g_autoptr (GArray) lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt      *s = sb_db_query (self->db, error, "SELECT segment_id FROM segment_member WHERE contact_id = ? ORDER BY id", "i", gone_id);

  while (s != NULL && sb_db_step (self->db, s, error))
    {
      gint64 id = sqlite3_column_int64 (s, 0);

      g_array_append_val (lists, id);
    }
  g_array_append_val (kept, kept_id);
  for (guint i = 0; i < lists->len; i++)
    if (!sb_writer_set_members (self, g_array_index (lists, gint64, i), kept, TRUE, NULL, error))
      return FALSE;

  return s != NULL;
}

gboolean
sb_writer_merge_contacts (SbWriter          *self,
                          gint64             kept_id,
                          gint64             gone_id,
                          const char *const *from_gone,
                          GError           **error)
{
  g_autoptr (SbPerson) kept = sb_reader_get_person (self->reader, kept_id);
  g_autoptr (SbPerson) gone = sb_reader_get_person (self->reader, gone_id);

  if (kept == NULL || gone == NULL)
    return refuse (error, _("This customer is not in the shop any more."));
  if (kept_id == gone_id)
    return refuse (error, _("This is one and the same customer."));

  /* Kept first, so that Undo takes them apart last: by then the one who stays is as it was. */
  return sb_undo_keep (self, "contact.merged", gone_id, error) && take_texts (self, kept_id, gone_id, from_gone, error) && take_fields (self, kept_id, gone_id, from_gone, error) &&
         take_tags (self, kept_id, gone_id, error) && take_lists (self, kept_id, gone_id, error) && sb_merge_join (self, kept_id, gone_id, error) &&
         sb_contacts_event (self, SB_EVENT_CONTACT_MERGED, kept_id, g_strdup_printf ("{\"from\":\"%" G_GINT64_FORMAT "\"}", gone_id), error);
}

/* "Not the same person." */
gboolean
sb_writer_keep_apart (SbWriter *self,
                      gint64    one_id,
                      gint64    other_id,
                      GError  **error)
{
  gint64           first = MIN (one_id, other_id);
  gint64           second = MAX (one_id, other_id);
  g_autofree char *target = g_strdup_printf ("contact.apart:%" G_GINT64_FORMAT, second);

  return sb_undo_keep (self, target, first, error) && sb_db_exec (self->db, error, "INSERT OR IGNORE INTO contact_apart (one_id, other_id) VALUES (?, ?)", "ii", first, second) &&
         sb_contacts_event (self, SB_EVENT_CONTACT_CHANGED, first, g_strdup ("{\"what\":\"apart\"}"), error);
}
