/* A conversation, page by page. */
#include "sb-store-private.h"

#include "sb-json.h"
#include "sb-reader-desk.h"
#include "sb-reader-private.h"

#define FLAG_EDITED      1
#define FLAG_REVOKED     2
#define FLAG_STALE       4
#define FLAG_ATTACHMENTS 8
#define FLAG_REACTIONS   16

#define MESSAGE_COLUMNS                                                                                                                                            \
  "SELECT m.id, m.thread_id, m.line_id, m.kind, m.direction, m.author, m.staff_id, coalesce (m.author_name, (SELECT name FROM staff s WHERE s.id = m.staff_id)), " \
  "m.sent_at, m.text, m.data, m.wamid, m.status, m.status_at, m.error_code, m.error_text, m.quote_id, "                                                            \
  "iif (q.flags & 2, NULL, q.text), q.kind, q.direction, m.flags, q.flags & 2 "                                                                                    \
  "FROM message m LEFT JOIN message q ON q.id = nullif (m.quote_id, 0) "

static JsonObject *
object_of (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? sb_json_parse (text, -1, NULL) : NULL;
  JsonObject          *object = sb_json_root (node);

  return object != NULL ? json_object_ref (object) : NULL;
}

static void
read_attachments (SbReader  *self,
                  SbMessage *message)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL,
                                 "SELECT id, state, hash, mime, filename, size, width, height, duration, media_id FROM attachment WHERE message_id = ? ORDER BY id", "i", message->id);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbAttachment    *attachment = sb_attachment_new ();
      g_autofree char *hash = sb_db_dup_column (s, 2);

      attachment->id = sqlite3_column_int64 (s, 0);
      attachment->state = sqlite3_column_int (s, 1);
      attachment->path = hash != NULL && attachment->state == SB_ATTACHMENT_HERE ? g_build_filename (sb_reader_get_folder (self), "media", hash, NULL) : NULL;
      attachment->mime = sb_db_dup_column (s, 3);
      attachment->filename = sb_db_dup_column (s, 4);
      attachment->size = sqlite3_column_int64 (s, 5);
      attachment->width = sqlite3_column_int (s, 6);
      attachment->height = sqlite3_column_int (s, 7);
      attachment->duration_ms = sqlite3_column_int64 (s, 8);
      attachment->media_id = sb_db_dup_column (s, 9);
      sb_message_add_attachment (message, attachment);
    }
}

static void
read_reactions (SbReader  *self,
                SbMessage *message)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, "SELECT direction, emoji FROM reaction WHERE message_id = ? ORDER BY direction", "i", message->id);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      g_autofree char *emoji = sb_db_dup_column (s, 1);

      sb_message_add_reaction (message, sqlite3_column_int (s, 0), emoji);
    }
}

static void
read_facts (SbReader  *self,
            SbMessage *message)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, "SELECT status, at FROM status_fact WHERE message_id = ? ORDER BY status", "i", message->id);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbStatusFact fact = { sqlite3_column_int (s, 0), sqlite3_column_int64 (s, 1) };

      if (message->facts == NULL)
        message->facts = g_array_new (FALSE, FALSE, sizeof (SbStatusFact));
      g_array_append_val (message->facts, fact);
    }
}

/* The disk, or another program, wrote into the row: bytes that are no text, data that is none, numbers that mean nothing. */
static gboolean
is_damaged (sqlite3_stmt    *s,
            const SbMessage *message,
            const char      *data)
{
  const char *text = (const char *) sqlite3_column_text (s, 9);
  int         length = sqlite3_column_bytes (s, 9);

  if (text != NULL && !g_utf8_validate (text, length, NULL))
    return TRUE;
  if (data != NULL && message->data == NULL)
    return TRUE;

  return (int) message->kind < SB_MESSAGE_TEXT || message->kind > SB_MESSAGE_NOTE || (int) message->direction < SB_DIRECTION_IN || message->direction > SB_DIRECTION_SYSTEM;
}

static SbMessage *
message_from (sqlite3_stmt *s,
              int          *flags)
{
  SbMessage       *message = sb_message_new ();
  g_autofree char *data = sb_db_dup_column (s, 10);

  message->id = sqlite3_column_int64 (s, 0);
  message->thread_id = sqlite3_column_int64 (s, 1);
  message->line_id = sqlite3_column_int64 (s, 2);
  message->kind = sqlite3_column_int (s, 3);
  message->direction = sqlite3_column_int (s, 4);
  message->author = sqlite3_column_int (s, 5);
  message->staff_id = sqlite3_column_int64 (s, 6);
  message->author_name = sb_db_dup_column (s, 7);
  message->sent_at = sqlite3_column_int64 (s, 8);
  message->text = sb_db_dup_column (s, 9);
  message->data = object_of (data);
  message->wamid = sb_db_dup_column (s, 11);
  message->status = sqlite3_column_int (s, 12);
  message->status_at = sqlite3_column_int64 (s, 13);
  message->error_code = sqlite3_column_int (s, 14);
  message->error_text = sb_db_dup_column (s, 15);
  message->quote_id = sqlite3_column_int64 (s, 16);
  message->quote_text = sb_db_dup_column (s, 17);
  message->quote_kind = sqlite3_column_int (s, 18);
  message->quote_direction = sqlite3_column_int (s, 19);
  *flags = sqlite3_column_int (s, 20);
  message->quote_revoked = sqlite3_column_int (s, 21) != 0;
  message->edited = (*flags & FLAG_EDITED) != 0;
  message->revoked = (*flags & FLAG_REVOKED) != 0;
  message->stale = (*flags & FLAG_STALE) != 0;
  message->damaged = is_damaged (s, message, data);

  return message;
}

/* Steps @statement to its end; the parts of each message are read after that, because they use statements of their own. */
static GPtrArray *
collect (SbReader     *self,
         sqlite3_stmt *statement,
         gboolean      reverse)
{
  GPtrArray         *messages = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_message_free);
  g_autoptr (GArray) all_flags = g_array_new (FALSE, FALSE, sizeof (int));

  while (sb_db_step (sb_reader_get_db (self), statement, NULL))
    {
      int flags;

      g_ptr_array_add (messages, message_from (statement, &flags));
      g_array_append_val (all_flags, flags);
    }

  for (guint i = 0; i < messages->len; i++)
    {
      SbMessage *message = messages->pdata[i];
      int        flags = g_array_index (all_flags, int, i);

      if (flags & FLAG_ATTACHMENTS)
        read_attachments (self, message);
      if (flags & FLAG_REACTIONS)
        read_reactions (self, message);
      if (message->direction == SB_DIRECTION_OUT)
        read_facts (self, message);
    }

  for (guint i = 0; reverse && i < messages->len / 2; i++)
    {
      gpointer swap = messages->pdata[i];

      messages->pdata[i] = messages->pdata[messages->len - 1 - i];
      messages->pdata[messages->len - 1 - i] = swap;
    }

  return messages;
}

GPtrArray *
sb_reader_list_messages (SbReader *self,
                         gint64    thread_id,
                         gint64    before_at,
                         gint64    before_id,
                         guint     limit)
{
  gboolean      tail = before_at == 0 && before_id == 0;
  sqlite3_stmt *statement = sb_db_query (sb_reader_get_db (self), NULL,
                                         MESSAGE_COLUMNS "WHERE m.thread_id = ? AND (m.sent_at, m.id) < (?, ?) ORDER BY m.sent_at DESC, m.id DESC LIMIT ?", "iiin", thread_id,
                                         tail ? G_MAXINT64 : before_at, tail ? G_MAXINT64 : before_id, (int) limit);

  return collect (self, statement, TRUE);
}

GPtrArray *
sb_reader_list_messages_after (SbReader *self,
                               gint64    thread_id,
                               gint64    after_at,
                               gint64    after_id,
                               guint     limit)
{
  sqlite3_stmt *statement = sb_db_query (sb_reader_get_db (self), NULL,
                                         MESSAGE_COLUMNS "WHERE m.thread_id = ? AND (m.sent_at, m.id) > (?, ?) ORDER BY m.sent_at, m.id LIMIT ?", "iiin", thread_id, after_at, after_id,
                                         (int) limit);

  return collect (self, statement, FALSE);
}

SbMessage *
sb_reader_get_message (SbReader *self,
                       gint64    message_id)
{
  sqlite3_stmt         *statement = sb_db_query (sb_reader_get_db (self), NULL, MESSAGE_COLUMNS "WHERE m.id = ?", "i", message_id);
  g_autoptr (GPtrArray) messages = collect (self, statement, FALSE);

  return messages->len > 0 ? g_ptr_array_steal_index (messages, 0) : NULL;
}

gint64
sb_reader_find_wamid (SbReader   *self,
                      const char *wamid)
{
  if (wamid == NULL || wamid[0] == '\0')
    return 0;

  return sb_db_int (sb_reader_get_db (self), 0, "SELECT id FROM message WHERE wamid_hash = ? AND wamid = ?", "is", sb_wamid_hash (wamid), wamid);
}

/* (nullable): the event that brought the message, exactly as it came. */
char *
sb_reader_get_raw (SbReader *self,
                   gint64    message_id)
{
  return sb_db_text (sb_reader_get_db (self), "SELECT cast (r.body AS TEXT) FROM message m JOIN inbound_raw r ON r.id = m.raw_id WHERE m.id = ?", "i", message_id);
}

/* -- the outbox -- */

#define OUTBOX_COLUMNS                                                                                                                     \
  "SELECT o.id, o.message_id, o.thread_id, o.line_id, o.state, o.author, o.address, o.by_user_id, o.attempts, o.next_at, o.attempted_at, " \
  "o.expires_at, m.wamid, o.error_code, coalesce (o.error, m.error_text), o.evidence FROM outbox o JOIN message m ON m.id = o.message_id "

void
sb_outbox_row_free (SbOutboxRow *self)
{
  g_free (self->to);
  g_free (self->wamid);
  g_free (self->error);
  g_free (self->evidence);
  g_free (self);
}

static SbOutboxRow *
outbox_from (sqlite3_stmt *s)
{
  SbOutboxRow *row = g_new0 (SbOutboxRow, 1);

  row->id = sqlite3_column_int64 (s, 0);
  row->message_id = sqlite3_column_int64 (s, 1);
  row->thread_id = sqlite3_column_int64 (s, 2);
  row->line_id = sqlite3_column_int64 (s, 3);
  row->state = sqlite3_column_int (s, 4);
  row->author = sqlite3_column_int (s, 5);
  row->to = sb_db_dup_column (s, 6);
  row->to_is_user_id = sqlite3_column_int (s, 7) != 0;
  row->attempts = sqlite3_column_int (s, 8);
  row->next_at = sqlite3_column_int64 (s, 9);
  row->attempted_at = sqlite3_column_int64 (s, 10);
  row->expires_at = sqlite3_column_int64 (s, 11);
  row->wamid = sb_db_dup_column (s, 12);
  row->error_code = sqlite3_column_int (s, 13);
  row->error = sb_db_dup_column (s, 14);
  row->evidence = sb_db_dup_column (s, 15);
  row->created_at = sb_id_get_time (row->id);

  return row;
}

GPtrArray *
sb_reader_list_outbox (SbReader *self,
                       SbStatus  state,
                       gint64    after_id,
                       guint     limit)
{
  GPtrArray    *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_outbox_row_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, OUTBOX_COLUMNS "WHERE o.state = ? AND o.id > ? ORDER BY o.id LIMIT ?", "nin", (int) state, after_id, (int) limit);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    g_ptr_array_add (rows, outbox_from (s));

  return rows;
}

GArray *
sb_reader_list_waiting (SbReader *self,
                        gint64    thread_id)
{
  GArray       *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, "SELECT message_id FROM outbox WHERE thread_id = ? AND state IN (2, 3) AND state = 2 ORDER BY next_at, id LIMIT 40", "i", thread_id);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      gint64 id = sqlite3_column_int64 (s, 0);

      g_array_append_val (ids, id);
    }

  return ids;
}

SbOutboxRow *
sb_reader_get_outbox (SbReader *self,
                      gint64    message_id)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, OUTBOX_COLUMNS "WHERE o.message_id = ?", "i", message_id);
  SbOutboxRow  *row = sb_db_step (sb_reader_get_db (self), s, NULL) ? outbox_from (s) : NULL;

  sb_db_done (s);

  return row;
}
