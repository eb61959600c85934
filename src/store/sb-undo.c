/*
 * Undo: before a person's command changes something, what it was is kept; after it, what it became. Undoing puts back the
 * first where the second still stands. Each target is a group of columns with one meaning, so that a message coming in does
 * not stand in the way of undoing an assignment.
 */
#include "sb-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-json.h"
#include "sb-tags-private.h"
#include "sb-writer-consent.h"

typedef struct
{
  const char *name;
  const char *read;  /* JSON of the row ?1, or no row */
  const char *write; /* from JSON ?1 to the row ?2; NULL JSON means it was not there */
  SbEventKind event;
} Target;

static const Target targets[] = {
  { "thread.status", "SELECT json_object ('status', status, 'snooze', snooze_until, 'timer', (SELECT data FROM due WHERE kind = 'snooze' AND subject_id = thread.id)) FROM thread WHERE id = ?",
    "UPDATE thread SET status = json_extract (?1, '$.status'), snooze_until = json_extract (?1, '$.snooze') WHERE id = ?2", SB_EVENT_THREAD_STATUS },
  { "thread.assignee", "SELECT json_object ('assignee', assignee_id) FROM thread WHERE id = ?",
    "UPDATE thread SET assignee_id = json_extract (?1, '$.assignee') WHERE id = ?2", SB_EVENT_THREAD_ASSIGNED },
  { "thread.pinned", "SELECT json_object ('pinned', pinned) FROM thread WHERE id = ?",
    "UPDATE thread SET pinned = json_extract (?1, '$.pinned') WHERE id = ?2", SB_EVENT_THREAD_PINNED },
  { "contact.name", "SELECT json_object ('name', name) FROM contact WHERE id = ?",
    "UPDATE contact SET name = json_extract (?1, '$.name') WHERE id = ?2", SB_EVENT_CONTACT_CHANGED },
  { "contact.blocked", "SELECT json_object ('blocked', blocked) FROM contact WHERE id = ?",
    "UPDATE contact SET blocked = json_extract (?1, '$.blocked') WHERE id = ?2", SB_EVENT_CONTACT_CHANGED },
  { "message.note",
    "SELECT json_object ('thread', thread_id, 'text', text, 'author', author, 'staff', staff_id, 'by', author_name, 'at', sent_at) FROM message WHERE id = ?",
    "DELETE FROM message WHERE ?1 IS NULL AND id = ?2 AND direction = 2", SB_EVENT_NOTE },
  { "outbox.state", "SELECT json_object ('state', state) FROM outbox WHERE message_id = ?",
    "UPDATE outbox SET state = json_extract (?1, '$.state') WHERE message_id = ?2", SB_EVENT_MESSAGE_STATUS },
  { "message.text", "SELECT json_object ('text', message.text, 'state', outbox.state) FROM message JOIN outbox ON outbox.message_id = message.id WHERE message.id = ?",
    "UPDATE message SET text = json_extract (?1, '$.text') WHERE id = ?2", SB_EVENT_MESSAGE_CHANGED },
  { "view", "SELECT json_object ('name', name, 'query', query, 'position', position, 'staff', staff_id) FROM view WHERE id = ?",
    "INSERT INTO view (id, name, query, position, staff_id) SELECT ?2, json_extract (?1, '$.name'), json_extract (?1, '$.query'), json_extract (?1, '$.position'), "
    "coalesce (json_extract (?1, '$.staff'), 0) WHERE true "
    "ON CONFLICT DO UPDATE SET name = excluded.name, query = excluded.query, position = excluded.position, staff_id = excluded.staff_id",
    SB_EVENT_VIEW_CHANGED },
  { "quick_reply", "SELECT json_object ('name', name, 'text', text, 'position', position, 'files', files) FROM quick_reply WHERE id = ?",
    "INSERT INTO quick_reply (id, name, text, position, files) "
    "SELECT ?2, json_extract (?1, '$.name'), json_extract (?1, '$.text'), json_extract (?1, '$.position'), json_extract (?1, '$.files') WHERE true "
    "ON CONFLICT DO UPDATE SET name = excluded.name, text = excluded.text, position = excluded.position, files = excluded.files",
    SB_EVENT_QUICK_REPLY_CHANGED },
  /* Written back by another entry of the ledger, see write_back (). */
  { "consent", "SELECT json_object ('stands', 1) FROM consent_standing WHERE id = ?", NULL, SB_EVENT_CONSENT },
  { "consent.question", "SELECT json_object ('state', state) FROM consent_question WHERE id = ?",
    "UPDATE consent_question SET state = json_extract (?1, '$.state') WHERE id = ?2", SB_EVENT_CONSENT_QUESTION },
  { "segment", "SELECT json_object ('name', name, 'folded', folded, 'rule', rule, 'position', position) FROM segment WHERE id = ?",
    "UPDATE segment SET name = json_extract (?1, '$.name'), folded = json_extract (?1, '$.folded'), rule = json_extract (?1, '$.rule'), "
    "position = json_extract (?1, '$.position') WHERE id = ?2",
    SB_EVENT_SEGMENT_CHANGED },
  { "segment.all",
    "SELECT json_object ('name', name, 'folded', folded, 'kind', kind, 'rule', rule, 'position', position, 'members', "
    "(SELECT json_group_array (json_array (id, contact_id)) FROM (SELECT id, contact_id FROM segment_member WHERE segment_id = ?1 ORDER BY id))) FROM segment WHERE id = ?1",
    "INSERT INTO segment (id, name, folded, kind, rule, position) SELECT ?2, json_extract (?1, '$.name'), json_extract (?1, '$.folded'), "
    "json_extract (?1, '$.kind'), json_extract (?1, '$.rule'), json_extract (?1, '$.position')",
    SB_EVENT_SEGMENT_CHANGED },
  { "segment.member", "SELECT json_object ('segment', segment_id, 'contact', contact_id) FROM segment_member WHERE id = ?",
    "INSERT INTO segment_member (id, segment_id, contact_id) SELECT ?2, json_extract (?1, '$.segment'), json_extract (?1, '$.contact')",
    SB_EVENT_SEGMENT_MEMBERS },
  { "macro", "SELECT json_object ('name', name, 'key', key, 'steps', steps, 'position', position) FROM macro WHERE id = ?",
    "INSERT INTO macro (id, name, key, steps, position) SELECT ?2, json_extract (?1, '$.name'), json_extract (?1, '$.key'), json_extract (?1, '$.steps'), "
    "json_extract (?1, '$.position') WHERE true ON CONFLICT DO UPDATE SET name = excluded.name, key = excluded.key, steps = excluded.steps, position = excluded.position",
    SB_EVENT_MACRO_CHANGED },
  { "draft", "SELECT json_object ('text', text, 'quote', quote_id, 'staff', staff_id) FROM draft WHERE thread_id = ?",
    "INSERT INTO draft (thread_id, text, quote_id, staff_id, edited_at) SELECT ?2, json_extract (?1, '$.text'), json_extract (?1, '$.quote'), json_extract (?1, '$.staff'), 0 "
    "WHERE true ON CONFLICT DO UPDATE SET text = excluded.text, quote_id = excluded.quote_id, staff_id = excluded.staff_id, edited_at = 0",
    SB_EVENT_THREAD_DRAFT },
  { "staff.views", "SELECT json_object ('order', view_order) FROM staff WHERE id = ?",
    "UPDATE staff SET view_order = json_extract (?1, '$.order') WHERE id = ?2", SB_EVENT_VIEW_CHANGED },
  { "staff", "SELECT json_object ('active', active) FROM staff WHERE id = ?",
    "UPDATE staff SET active = json_extract (?1, '$.active') WHERE id = ?2", SB_EVENT_STAFF_CHANGED },
};

#define TAG_TARGET "thread.tag:"

static const Target *
find_target (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    if (g_str_equal (targets[i].name, name))
      return &targets[i];

  return NULL;
}

/* A tag on a thread has no row id of its own: its target carries the tag's id. */
static char *
read_target (SbWriter   *self,
             const char *name,
             gint64      row_id)
{
  if (g_str_has_prefix (name, TAG_TARGET))
    return sb_db_text (self->db, "SELECT json_object ('on', 1) FROM thread_tag WHERE thread_id = ? AND tag_id = ?", "ii", row_id,
                       g_ascii_strtoll (name + strlen (TAG_TARGET), NULL, 10));
  if (g_str_has_prefix (name, SB_READING_TARGET))
    return sb_reading_read_target (self, name, row_id);
  if (g_str_has_prefix (name, SB_TAG_TARGET))
    return sb_tags_read_target (self, name, row_id);

  if (sb_undo_contacts_owns (name))
    return sb_undo_contacts_read (self, name, row_id);

  return sb_db_text (self->db, find_target (name)->read, "i", row_id);
}

/* undo_step.undone: 0 it stands, 1 it may be done again, 2 something else was done since */
#define UNDONE_LAST "undone = 1 AND id > (SELECT coalesce (max (id), 0) FROM undo_step WHERE staff_id = ?1 AND undone = 0)"

gint64
sb_writer_begin_undo (SbWriter   *self,
                      const char *label,
                      GError    **error)
{
  gint64 id = sb_writer_new_id (self);

  if (!sb_db_exec (self->db, error, "UPDATE undo_step SET undone = 2 WHERE staff_id = ?1 AND " UNDONE_LAST, "i", self->staff_id) ||
      !sb_db_exec (self->db, error, "INSERT INTO undo_step (id, staff_id, label) VALUES (?, ?, ?)", "iis", id, self->staff_id, label))
    return 0;
  self->undo_step = id;
  self->undo_number = 0;

  return id;
}

/* Keeps what @target of @row_id is now, when a step is open; the first time in a step counts. */
gboolean
sb_undo_keep (SbWriter   *self,
              const char *target,
              gint64      row_id,
              GError    **error)
{
  g_autofree char *before = NULL;

  if (self->undo_step == 0 || sb_db_int (self->db, 0, "SELECT 1 FROM before_image WHERE step_id = ? AND target = ? AND row_id = ?", "isi", self->undo_step, target, row_id) != 0)
    return TRUE;

  before = read_target (self, target, row_id);

  return sb_db_exec (self->db, error, "INSERT INTO before_image (step_id, number, target, row_id, before) VALUES (?, ?, ?, ?, ?)", "insis", self->undo_step, self->undo_number++,
                     target, row_id, before);
}

typedef struct
{
  int    number;
  char  *target;
  gint64 row_id;
  char  *before;
  char  *after;
} Image;

static void
image_free (gpointer data)
{
  Image *image = data;

  g_free (image->target);
  g_free (image->before);
  g_free (image->after);
  g_free (image);
}

static GPtrArray *
list_images (SbWriter *self,
             gint64    step_id)
{
  GPtrArray    *images = g_ptr_array_new_with_free_func (image_free);
  sqlite3_stmt *statement = sb_db_query (self->db, NULL, "SELECT number, target, row_id, before, after FROM before_image WHERE step_id = ? ORDER BY number DESC", "i", step_id);

  while (sb_db_step (self->db, statement, NULL))
    {
      Image *image = g_new0 (Image, 1);

      image->number = sqlite3_column_int (statement, 0);
      image->target = sb_db_dup_column (statement, 1);
      image->row_id = sqlite3_column_int64 (statement, 2);
      image->before = sb_db_dup_column (statement, 3);
      image->after = sb_db_dup_column (statement, 4);
      g_ptr_array_add (images, image);
    }

  return images;
}

/* At the end of a command: what each kept thing became. A step that changed nothing is dropped. */
gboolean
sb_undo_finish (SbWriter *self,
                GError  **error)
{
  g_autoptr (GPtrArray) images = NULL;

  if (self->undo_step == 0)
    return TRUE;

  images = list_images (self, self->undo_step);
  for (guint i = 0; i < images->len; i++)
    {
      const Image     *image = images->pdata[i];
      g_autofree char *after = read_target (self, image->target, image->row_id);

      if (!sb_db_exec (self->db, error, "UPDATE before_image SET after = ? WHERE step_id = ? AND number = ?", "sin", after, self->undo_step, image->number))
        return FALSE;
    }

  if (images->len == 0)
    return sb_db_exec (self->db, error, "DELETE FROM undo_step WHERE id = ?", "i", self->undo_step);

  return TRUE;
}

static gboolean
restore_tag (SbWriter   *self,
             const char *target,
             gint64      thread_id,
             const char *value,
             GError    **error)
{
  gint64 tag_id = g_ascii_strtoll (target + strlen (TAG_TARGET), NULL, 10);

  if (value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM thread_tag WHERE thread_id = ? AND tag_id = ?", "ii", thread_id, tag_id);

  return sb_db_exec (self->db, error, "INSERT OR IGNORE INTO thread_tag (tag_id, pinned, last_at, thread_id) SELECT ?, pinned, last_at, id FROM thread WHERE id = ?", "ii", tag_id,
                     thread_id);
}

/* A note that was taken back is written again as it was. */
static gboolean
restore_note (SbWriter   *self,
              gint64      message_id,
              const char *value,
              GError    **error)
{
  g_autoptr (JsonNode)  node = sb_json_parse (value, -1, error);
  g_autoptr (SbMessage) note = sb_message_new ();
  JsonObject           *was = sb_json_root (node);

  if (was == NULL)
    return FALSE;
  note->id = message_id;
  note->thread_id = sb_json_int (was, "thread", 0);
  note->kind = SB_MESSAGE_NOTE;
  note->direction = SB_DIRECTION_NOTE;
  note->author = sb_json_int (was, "author", SB_AUTHOR_STAFF);
  note->staff_id = sb_json_int (was, "staff", 0);
  note->author_name = g_strdup (sb_json_string (was, "by"));
  note->sent_at = sb_json_int (was, "at", 0);
  note->text = g_strdup (sb_json_string (was, "text"));

  return sb_writer_add_message (self, note, 0, error) != 0;
}

/* What else hangs on a restored target. */
static gboolean
restore_beside (SbWriter   *self,
                const char *target,
                gint64      row_id,
                const char *value,
                GError    **error)
{
  g_autoptr (JsonNode) node = value != NULL ? sb_json_parse (value, -1, NULL) : NULL;
  gint64               until = sb_json_int (sb_json_root (node), "snooze", 0);

  if (g_str_equal (target, "segment.all"))
    return sb_segment_restore_members (self, row_id, value, error);
  if (g_str_equal (target, "message.text"))
    return sb_message_show_text (self, row_id, error);
  if (g_str_equal (target, "outbox.state"))
    return sb_message_set_status (self, row_id, sb_json_int (sb_json_root (node), "state", SB_STATUS_CANCELLED), 0, NULL, error);
  if (!g_str_equal (target, "thread.status"))
    return TRUE;

  return sb_writer_remove_due (self, "snooze", row_id, error) &&
         (until == 0 || sb_writer_add_due (self, until, "snooze", row_id, sb_json_string (sb_json_root (node), "timer"), error) != 0);
}

static gboolean
write_back (SbWriter   *self,
            const char *name,
            gint64      row_id,
            const char *value,
            GError    **error)
{
  if (g_str_has_prefix (name, TAG_TARGET))
    return restore_tag (self, name, row_id, value, error);
  if (g_str_has_prefix (name, SB_READING_TARGET))
    return sb_reading_write_target (self, name, row_id, value, error);
  if (g_str_has_prefix (name, SB_TAG_TARGET))
    return sb_tags_write_target (self, name, row_id, value, error);
  if (sb_undo_contacts_owns (name))
    return sb_undo_contacts_write (self, name, row_id, value, error);
  if (g_str_equal (name, "message.note") && value != NULL)
    return restore_note (self, row_id, value, error);
  if (g_str_equal (name, "view") && value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM view WHERE id = ?", "i", row_id);
  if (g_str_equal (name, "quick_reply") && value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM quick_reply WHERE id = ?", "i", row_id);
  if (g_str_equal (name, "consent"))
    return sb_writer_withdraw_consent (self, row_id, value != NULL, error);

  if (g_str_has_prefix (name, "segment") && value == NULL)
    return sb_segment_remove (self, name, row_id, error);
  if (g_str_equal (name, "macro") && value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM macro WHERE id = ?", "i", row_id);
  if (g_str_equal (name, "draft") && value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM draft WHERE thread_id = ?", "i", row_id);

  return sb_db_exec (self->db, error, find_target (name)->write, "si", value, row_id) && restore_beside (self, name, row_id, value, error);
}

/* The conversation that shows the target; 0 for none. */
static gint64
thread_of (SbWriter    *self,
           const Image *image)
{
  if (g_str_has_prefix (image->target, "contact."))
    return sb_db_int (self->db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", image->row_id);
  if (g_str_has_prefix (image->target, "message.") || g_str_has_prefix (image->target, "outbox."))
    return sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ?", "i", image->row_id);

  return g_str_has_prefix (image->target, "thread.") || g_str_equal (image->target, "draft") ? image->row_id : 0;
}

static SbEventKind
event_of (const char *target)
{
  if (g_str_has_prefix (target, TAG_TARGET))
    return SB_EVENT_THREAD_TAGGED;
  if (g_str_has_prefix (target, SB_TAG_TARGET))
    return SB_EVENT_TAG_CHANGED;

  if (sb_undo_contacts_owns (target))
    return sb_undo_contacts_event (target);

  return g_str_has_prefix (target, SB_READING_TARGET) ? SB_EVENT_THREAD_READ : find_target (target)->event;
}

/* What stands in the way, where it has a name of its own. */
static const char *
why_not (SbWriter    *self,
         const Image *image)
{
  if (g_str_equal (image->target, "message.text") && sb_db_int (self->db, 0, "SELECT state FROM outbox WHERE message_id = ?", "i", image->row_id) != SB_STATUS_QUEUED)
    return _("The message does not wait any more, so its words cannot be changed");

  return _("This was changed again since, so it cannot be undone");
}

/* Puts back what was, or with @again what it had become; each only where the other still stands. */
static gboolean
restore (SbWriter    *self,
         const Image *image,
         gboolean     again,
         GError     **error)
{
  g_autofree char *now = read_target (self, image->target, image->row_id);
  SbEvent          event = { .actor = self->actor, .staff_id = self->staff_id, .kind = event_of (image->target), .thread_id = thread_of (self, image) };

  event.contact_id = g_str_has_prefix (image->target, "contact.") ? image->row_id : 0;
  event.data = (char *) (again ? "{\"redone\":true}" : "{\"undone\":true}");
  if (g_strcmp0 (now, again ? image->before : image->after) != 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, why_not (self, image));
      return FALSE;
    }

  return write_back (self, image->target, image->row_id, again ? image->after : image->before, error) &&
         sb_writer_append_event (self, &event, error);
}

gboolean
sb_writer_undo (SbWriter *self,
                gint64    undo_id,
                GError  **error)
{
  g_autoptr (GPtrArray) images = list_images (self, undo_id);

  if (images->len == 0 || sb_db_int (self->db, 1, "SELECT undone FROM undo_step WHERE id = ?", "i", undo_id) != 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is nothing to undo");
      return FALSE;
    }

  for (guint i = 0; i < images->len; i++)
    if (!restore (self, images->pdata[i], FALSE, error))
      return FALSE;

  return sb_db_exec (self->db, error, "UPDATE undo_step SET undone = 1 WHERE id = ?", "i", undo_id) &&
         sb_writer_event (self, SB_EVENT_UNDONE, 0, 0, NULL, error);
}

/* Does again what was undone. */
gboolean
sb_writer_redo (SbWriter *self,
                gint64    undo_id,
                GError  **error)
{
  g_autoptr (GPtrArray) images = list_images (self, undo_id);

  if (images->len == 0 || sb_db_int (self->db, 0, "SELECT undone FROM undo_step WHERE id = ?", "i", undo_id) != 1)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is nothing to redo");
      return FALSE;
    }

  for (guint i = images->len; i > 0; i--)
    if (!restore (self, images->pdata[i - 1], TRUE, error))
      return FALSE;

  return sb_db_exec (self->db, error, "UPDATE undo_step SET undone = 0 WHERE id = ?", "i", undo_id);
}

/* The newest step of this person that is not undone yet; 0 for none. */
gint64
sb_writer_last_undo (SbWriter *self,
                     gint64    staff_id,
                     char    **label)
{
  gint64 id = sb_db_int (self->db, 0, "SELECT id FROM undo_step WHERE staff_id = ? AND undone = 0 ORDER BY id DESC LIMIT 1", "i", staff_id);

  if (label != NULL)
    *label = id != 0 ? sb_db_text (self->db, "SELECT label FROM undo_step WHERE id = ?", "i", id) : NULL;

  return id;
}

/* The step of this person that was undone last, unless something was done since; 0 for none. */
gint64
sb_writer_last_redo (SbWriter *self,
                     gint64    staff_id)
{
  return sb_db_int (self->db, 0, "SELECT id FROM undo_step WHERE staff_id = ?1 AND " UNDONE_LAST " ORDER BY id LIMIT 1", "i", staff_id);
}
