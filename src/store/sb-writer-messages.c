/* Messages, notes, system lines, reactions and attachments, and the thread row that sums them up. */
#include "sb-store-private.h"

#include <string.h>

#include "sb-json.h"
#include "sb-status.h"

#define FLAG_EDITED      1
#define FLAG_REVOKED     2
#define FLAG_STALE       4
#define FLAG_ATTACHMENTS 8
#define FLAG_REACTIONS   16

#define WINDOW_MS SB_DAY_MS

/* FNV-1a, 63 bits: short enough to index, compared with the row on a hit. */
gint64
sb_wamid_hash (const char *wamid)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const char *p = wamid; *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * G_GUINT64_CONSTANT (1099511628211);

  return hash & G_MAXINT64;
}

gint64
sb_writer_find_wamid (SbWriter   *self,
                      const char *wamid)
{
  if (wamid == NULL || wamid[0] == '\0')
    return 0;

  return sb_db_int (self->db, 0, "SELECT id FROM message WHERE wamid_hash = ? AND wamid = ?", "is", sb_wamid_hash (wamid), wamid);
}

static char *
data_text (JsonObject *data)
{
  return data != NULL ? sb_json_text (data) : NULL;
}

static gboolean
insert_attachment (SbWriter           *self,
                   gint64              message_id,
                   const SbAttachment *attachment,
                   JsonObject         *data,
                   GError            **error)
{
  g_autofree char *hash = attachment->path != NULL ? g_path_get_basename (attachment->path) : NULL;

  return sb_db_exec (self->db, error,
                     "INSERT INTO attachment (id, message_id, state, media_id, url, mime, filename, sha256, hash, size, width, height, duration) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "iinssssssinni", sb_writer_new_id (self), message_id, (int) attachment->state, attachment->media_id,
                     sb_json_string (data, "url"), attachment->mime, attachment->filename, sb_json_string (data, "sha256"), hash,
                     attachment->size, attachment->width, attachment->height, attachment->duration_ms);
}

static gboolean
insert_message (SbWriter        *self,
                gint64           id,
                const SbMessage *message,
                gint64           raw_id,
                GError         **error)
{
  g_autofree char *data = data_text (message->data);
  gboolean         has_wamid = message->wamid != NULL && message->wamid[0] != '\0';
  int              flags = (message->stale ? FLAG_STALE : 0) | (message->attachments != NULL && message->attachments->len > 0 ? FLAG_ATTACHMENTS : 0);

  if (!sb_db_exec (self->db, error,
                   "INSERT INTO message (id, thread_id, line_id, kind, direction, author, staff_id, author_name, sent_at, text, data, wamid, status, "
                   "status_at, quote_id, raw_id, flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "iiinnnisisssniiin", id, message->thread_id, message->line_id, (int) message->kind, (int) message->direction, (int) message->author,
                   message->staff_id, message->author_name, message->sent_at, message->text, data, has_wamid ? message->wamid : NULL,
                   (int) message->status, message->status_at, message->quote_id, raw_id, flags))
    return FALSE;

  if (has_wamid && !sb_db_exec (self->db, error, "UPDATE message SET wamid_hash = ? WHERE id = ?", "ii", sb_wamid_hash (message->wamid), id))
    return FALSE;

  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    if (!insert_attachment (self, id, message->attachments->pdata[i], message->data, error))
      return FALSE;

  return TRUE;
}

/* The thread row shows the newest message, whatever order they came in. */
static gboolean
show_newest (SbWriter        *self,
             gint64           id,
             const SbMessage *message,
             GError         **error)
{
  g_autofree char *preview = sb_message_preview (message);

  return sb_db_exec (self->db, error,
                     "UPDATE thread SET last_at = ?, last_direction = ?, last_kind = ?, last_status = ?, last_author = ?, last_message_id = ?, preview = ? "
                     "WHERE id = ? AND (last_message_id = 0 OR last_at < ? OR (last_at = ? AND last_message_id < ?))",
                     "innnnisiiii", message->sent_at, (int) message->direction, (int) message->kind, (int) message->status, (int) message->author, id, preview,
                     message->thread_id, message->sent_at, message->sent_at, id);
}

/* System messages are no words of the customer: they open no window and ask for no answer. */
static gboolean
counts_as_word (const SbMessage *message)
{
  return message->kind != SB_MESSAGE_SYSTEM && message->kind != SB_MESSAGE_WELCOME;
}

/* It was snoozed until a time, even if the customer writes: it stays away, and counts as unread there. */
#define IS_FIRM "EXISTS (SELECT 1 FROM due WHERE kind = 'snooze' AND subject_id = ?2 AND data = 'firm')"

static gboolean
customer_spoke (SbWriter        *self,
                const SbMessage *message,
                GError         **error)
{
  if (!counts_as_word (message))
    return TRUE;

  if (!sb_db_exec (self->db, error,
                   "UPDATE thread SET unread = unread + (read_at < ?1), line_id = CASE WHEN last_at <= ?1 OR line_id IS NULL THEN ?2 ELSE line_id END WHERE id = ?3",
                   "iii", message->sent_at, message->line_id, message->thread_id))
    return FALSE;

  /* An old message that was answered long ago, arriving late, asks for nothing. */
  if (!sb_db_exec (self->db, error,
                   "UPDATE thread SET unanswered_since = CASE WHEN unanswered = 1 AND unanswered_since != 0 THEN min (unanswered_since, ?1) ELSE ?1 END, "
                   "unanswered = 1, status = CASE WHEN status = 3 OR (status = 4 AND NOT " IS_FIRM ") THEN 1 ELSE status END, "
                   "snooze_until = CASE WHEN " IS_FIRM " THEN snooze_until ELSE 0 END "
                   "WHERE id = ?2 AND NOT EXISTS (SELECT 1 FROM message WHERE thread_id = ?2 AND sent_at > ?1 AND direction = 1)",
                   "ii", message->sent_at, message->thread_id))
    return FALSE;

  return sb_db_exec (self->db, error,
                     "INSERT INTO thread_line (thread_id, line_id, last_in_at) VALUES (?, ?, ?) "
                     "ON CONFLICT DO UPDATE SET last_in_at = max (last_in_at, excluded.last_in_at)",
                     "iii", message->thread_id, message->line_id, message->sent_at) &&
         sb_db_exec (self->db, error, "DELETE FROM due WHERE kind = 'snooze' AND subject_id = ? AND data IS NOT 'firm'", "i", message->thread_id);
}

/* What the shop says, from wherever, answers everything before it; a person has then also read it. */
static gboolean
shop_spoke (SbWriter        *self,
            const SbMessage *message,
            GError         **error)
{
  gboolean person = message->author == SB_AUTHOR_STAFF || message->author == SB_AUTHOR_PHONE;

  /* That the shop is closed, or how it was: the customer still waits for an answer. */
  if (message->author == SB_AUTHOR_SHOPBELL)
    return TRUE;
  if (!sb_db_exec (self->db, error,
                   "UPDATE thread SET unanswered = 0, unanswered_since = 0 WHERE id = ?1 AND NOT EXISTS "
                   "(SELECT 1 FROM message WHERE thread_id = ?1 AND sent_at > ?2 AND direction = 0)",
                   "ii", message->thread_id, message->sent_at))
    return FALSE;

  return !person || sb_reading_answered (self, message, error);
}

static SbEventKind
event_of (const SbMessage *message)
{
  switch (message->direction)
    {
    case SB_DIRECTION_IN:
      return SB_EVENT_MESSAGE_IN;
    case SB_DIRECTION_OUT:
      return SB_EVENT_MESSAGE_OUT;
    case SB_DIRECTION_NOTE:
      return SB_EVENT_NOTE;
    case SB_DIRECTION_SYSTEM:
    default:
      return SB_EVENT_SYSTEM_LINE;
    }
}

gint64
sb_writer_add_message (SbWriter        *self,
                       const SbMessage *message,
                       gint64           raw_id,
                       GError         **error)
{
  gint64  id = message->id != 0 ? message->id : sb_writer_new_id (self);
  SbEvent event = { .kind = event_of (message), .thread_id = message->thread_id, .message_id = id, .line_id = message->line_id, .actor = message->author, .staff_id = message->staff_id, .stale = message->stale };

  if (sb_writer_find_wamid (self, message->wamid) != 0)
    return 0;
  if (!insert_message (self, id, message, raw_id, error))
    return 0;

  if (message->direction == SB_DIRECTION_IN && !customer_spoke (self, message, error))
    return 0;
  if (message->direction == SB_DIRECTION_OUT && !shop_spoke (self, message, error))
    return 0;
  if ((message->direction == SB_DIRECTION_IN || message->direction == SB_DIRECTION_OUT) && !show_newest (self, id, message, error))
    return 0;
  if (message->wamid != NULL && !sb_message_apply_orphans (self, id, message->wamid, error))
    return 0;
  if (!sb_contacts_heard (self, message, error))
    return 0;

  return sb_writer_append_event (self, &event, error) ? id : 0;
}

static gboolean
changed (SbWriter   *self,
         gint64      message_id,
         const char *what,
         GError    **error)
{
  gint64 thread_id = sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ?", "i", message_id);

  return sb_writer_event (self, SB_EVENT_MESSAGE_CHANGED, thread_id, message_id, g_strdup_printf ("{\"what\":\"%s\"}", what), error);
}

/* The newest message's preview again, after its text changed. */
static gboolean
refresh_preview (SbWriter *self,
                 gint64    message_id,
                 GError  **error)
{
  g_autoptr (SbMessage) message = sb_reader_get_message (self->reader, message_id);
  g_autofree char      *preview = message != NULL ? sb_message_preview (message) : NULL;

  return sb_db_exec (self->db, error, "UPDATE thread SET preview = ? WHERE last_message_id = ?", "si", preview, message_id);
}

gboolean
sb_writer_edit_message (SbWriter   *self,
                        gint64      message_id,
                        const char *text,
                        gint64      at,
                        GError    **error)
{
  return sb_db_exec (self->db, error, "UPDATE message SET text = ?, flags = flags | 1 WHERE id = ?", "si", text, message_id) &&
         refresh_preview (self, message_id, error) && changed (self, message_id, "edited", error);
}

/* The words stay in the file for the shop's record of the conversation; the window shows that they were taken back. */
gboolean
sb_writer_revoke_message (SbWriter *self,
                          gint64    message_id,
                          gint64    at,
                          GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE message SET flags = flags | 2 WHERE id = ?", "i", message_id) &&
         refresh_preview (self, message_id, error) && changed (self, message_id, "revoked", error);
}

gboolean
sb_writer_set_reaction (SbWriter   *self,
                        gint64      message_id,
                        SbDirection by,
                        const char *emoji,
                        gint64      at,
                        GError    **error)
{
  gboolean done;

  if (emoji == NULL || emoji[0] == '\0')
    done = sb_db_exec (self->db, error, "DELETE FROM reaction WHERE message_id = ? AND direction = ? AND at <= ?", "ini", message_id, (int) by, at);
  else
    done = sb_db_exec (self->db, error,
                       "INSERT INTO reaction (message_id, direction, emoji, at) VALUES (?, ?, ?, ?) "
                       "ON CONFLICT DO UPDATE SET emoji = excluded.emoji, at = excluded.at WHERE excluded.at >= at",
                       "insi", message_id, (int) by, emoji, at);

  return done && sb_db_exec (self->db, error, "UPDATE message SET flags = flags | 16 WHERE id = ?", "i", message_id) &&
         changed (self, message_id, "reaction", error);
}

/* @what: a word that the window makes a sentence of, with @data (taken over) for its names and numbers */
gboolean
sb_writer_add_system_line (SbWriter   *self,
                           gint64      thread_id,
                           const char *what,
                           JsonObject *data,
                           GError    **error)
{
  g_autoptr (SbMessage) message = sb_message_new ();

  message->thread_id = thread_id;
  message->kind = SB_MESSAGE_SYSTEM;
  message->direction = SB_DIRECTION_SYSTEM;
  message->author = self->actor;
  message->staff_id = self->staff_id;
  message->sent_at = sb_writer_now (self);
  message->data = data != NULL ? data : json_object_new ();
  json_object_set_string_member (message->data, "what", what);

  return sb_writer_add_message (self, message, 0, error) != 0;
}

static char *
staff_name (SbWriter *self,
            gint64    staff_id)
{
  return sb_db_text (self->db, "SELECT name FROM staff WHERE id = ?", "i", staff_id);
}

gint64
sb_writer_add_note (SbWriter   *self,
                    gint64      thread_id,
                    const char *text,
                    GError    **error)
{
  g_autoptr (SbMessage) message = sb_message_new ();
  gint64                id;

  message->id = sb_writer_new_id (self);
  message->thread_id = thread_id;
  message->kind = SB_MESSAGE_NOTE;
  message->direction = SB_DIRECTION_NOTE;
  message->author = self->actor;
  message->staff_id = self->staff_id;
  message->author_name = staff_name (self, self->staff_id);
  message->sent_at = sb_writer_now (self);
  message->text = g_strdup (text);
  if (!sb_undo_keep (self, "message.note", message->id, error))
    return 0;
  id = sb_writer_add_message (self, message, 0, error);

  return id;
}

/* -- attachments -- */

void
sb_wanted_media_free (SbWantedMedia *self)
{
  g_free (self->media_id);
  g_free (self->url);
  g_free (self->mime);
  g_free (self->sha256);
  g_free (self);
}

/* Not here yet and due to be fetched. */
GPtrArray *
sb_writer_list_wanted (SbWriter *self,
                       guint     limit)
{
  GPtrArray    *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_wanted_media_free);
  sqlite3_stmt *statement = sb_db_query (self->db, NULL,
                                         "SELECT a.id, a.message_id, m.line_id, a.media_id, a.url, a.mime, a.sha256, a.tries FROM attachment a "
                                         "JOIN message m ON m.id = a.message_id WHERE a.state = 1 AND a.next_at <= ? ORDER BY a.next_at, a.id LIMIT ?",
                                         "in", sb_writer_now (self), (int) limit);

  while (sb_db_step (self->db, statement, NULL))
    {
      SbWantedMedia *row = g_new0 (SbWantedMedia, 1);

      row->id = sqlite3_column_int64 (statement, 0);
      row->message_id = sqlite3_column_int64 (statement, 1);
      row->line_id = sqlite3_column_int64 (statement, 2);
      row->media_id = sb_db_dup_column (statement, 3);
      row->url = sb_db_dup_column (statement, 4);
      row->mime = sb_db_dup_column (statement, 5);
      row->sha256 = sb_db_dup_column (statement, 6);
      row->tries = sqlite3_column_int (statement, 7);
      g_ptr_array_add (rows, row);
    }

  return rows;
}

/* @retry_at: with %SB_ATTACHMENT_WANTED, when to try again; tries are counted here */
gboolean
sb_writer_settle_attachment (SbWriter         *self,
                             gint64            attachment_id,
                             SbAttachmentState state,
                             const char       *hash,
                             gint64            size,
                             gint64            retry_at,
                             GError          **error)
{
  gint64 message_id = sb_db_int (self->db, 0, "SELECT message_id FROM attachment WHERE id = ?", "i", attachment_id);

  if (!sb_db_exec (self->db, error, "UPDATE attachment SET state = ?, hash = coalesce (?, hash), size = max (?, size), next_at = ?, tries = tries + 1 WHERE id = ?",
                   "nsiii", (int) state, hash, size, retry_at, attachment_id))
    return FALSE;

  return state == SB_ATTACHMENT_WANTED || changed (self, message_id, "attachment", error);
}

gboolean
sb_writer_hold_attachment (SbWriter *self,
                           gint64    attachment_id,
                           gint64    until,
                           GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE attachment SET next_at = ? WHERE id = ?", "ii", until, attachment_id);
}
