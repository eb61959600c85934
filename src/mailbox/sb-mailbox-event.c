#include "sb-mailbox-event.h"

#include <string.h>

#include "sb-json.h"

#define KNOWN_FOR_MS (8 * SB_DAY_MS)
#define MAX_SEEN     200000
#define ROW_BYTES    200 /* what an event costs beside its body and headers */

/* Bodies and all, in base64. One event may pass it: the largest body, sealed, makes an answer of 8 MiB. */
#define ANSWER_BYTES (4 * 1024 * 1024 - 64 * 1024)

void
sb_mailbox_append_free (SbMailboxAppend *self)
{
  g_free (self->id);
  g_free (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
sb_mailbox_read_free (SbMailboxRead *self)
{
  g_free (self->epoch);
  g_string_free (self->text, TRUE);
  g_free (self);
}

void
sb_mailbox_ack_free (SbMailboxAck *self)
{
  g_free (self->epoch);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static void
say (GString    *text,
     JsonObject *object)
{
  g_autofree char *json = sb_json_text (object);

  g_string_assign (text, json);
  json_object_unref (object);
}

/* A box that is gone is an outcome; a database that fails is an error. */
static SbMailboxBox *
find_box (SbDb    *db,
          gint64   row,
          GError **error)
{
  g_autoptr (GError) failure = NULL;
  SbMailboxBox      *box = sb_mailbox_box_find_row (db, row, &failure);

  if (box == NULL && !g_error_matches (failure, SB_ERROR, SB_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));

  return box;
}

/* Deletes everything up to @upto and keeps the books; @n_deleted counts what was there. */
static gboolean
delete_upto (SbDb         *db,
             SbMailboxBox *box,
             gint64        upto,
             gint64       *n_deleted,
             GError      **error)
{
  gint64 size = sb_db_int (db, 0, "SELECT sum(size) FROM event WHERE box = ? AND seq <= ?", "ii", box->row, upto);

  if (!sb_db_exec (db, error, "DELETE FROM event WHERE box = ? AND seq <= ?", "ii", box->row, upto))
    return FALSE;

  *n_deleted = sb_db_changes (db);
  box->gone = MAX (box->gone, upto);
  box->bytes = MAX (box->bytes - size, 0);

  return sb_db_exec (db, error, "UPDATE box SET gone = ?, bytes = ? WHERE row = ?", "iii", box->gone, box->bytes, box->row);
}

/* The desk never saw these: they are counted, and a gap will be told. */
static gboolean
drop_upto (SbDb         *db,
           SbMailboxBox *box,
           gint64        upto,
           GError      **error)
{
  gint64 n = 0;

  return delete_upto (db, box, upto, &n, error) &&
         sb_db_exec (db, error, "UPDATE box SET dropped = dropped + ? WHERE row = ?", "ii", n, box->row);
}

/* Finds the number up to which events have to go so that @size more bytes have room. */
static gint64
make_room (SbDb         *db,
           SbMailboxBox *box,
           gint64        size,
           GError      **error)
{
  sqlite3_stmt *statement = sb_db_query (db, error, "SELECT seq, size FROM event WHERE box = ? ORDER BY seq", "i", box->row);
  gint64        bytes = box->bytes;
  gint64        upto = box->gone;

  while (bytes + size > box->max_bytes && sb_db_step (db, statement, error))
    {
      upto = sqlite3_column_int64 (statement, 0);
      bytes -= sqlite3_column_int64 (statement, 1);
    }
  if (statement != NULL)
    sqlite3_reset (statement);

  return upto;
}

static gboolean
insert (SbDb            *db,
        SbMailboxBox    *box,
        SbMailboxAppend *append,
        gint64           size,
        GError         **error)
{
  gint64 aged_from = MAX (append->now, box->aged_from);

  append->seq = box->newest + 1;
  append->outcome = SB_MAILBOX_STORED;

  return sb_db_exec (db, error, "INSERT INTO event (box, seq, id, received, aged_from, headers, sealed, size, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "iisiisiib",
                     box->row, append->seq, append->id, append->now, aged_from, append->headers, (gint64) append->sealed, size, append->body) &&
         sb_db_exec (db, error, "INSERT OR REPLACE INTO seen (box, id, at) VALUES (?, ?, ?)", "isi", box->row, append->id, aged_from) &&
         sb_db_exec (db, error, "UPDATE box SET newest = ?, bytes = bytes + ?, aged_from = ? WHERE row = ?", "iiii", append->seq, size, aged_from, box->row);
}

/* Whether the same bytes came within the last eight days. What is visible here has reached the disk. */
gboolean
sb_mailbox_event_is_known (SbDb       *db,
                           gint64      box,
                           const char *id,
                           gint64      now)
{
  return sb_db_int (db, 0, "SELECT 1 FROM seen WHERE box = ? AND id = ? AND at > ?", "isi", box, id, now - KNOWN_FOR_MS) != 0;
}

/* Keeps one event. Runs in a transaction of the caller; fails only when the database does. */
gboolean
sb_mailbox_event_append (SbDb    *db,
                         gpointer data,
                         GError **error)
{
  SbMailboxAppend         *append = data;
  g_autoptr (GError)       failure = NULL;
  g_autoptr (SbMailboxBox) box = find_box (db, append->box, &failure);
  gint64                   size = (gint64) (g_bytes_get_size (append->body) + strlen (append->headers)) + ROW_BYTES;
  gint64                   upto;

  append->outcome = SB_MAILBOX_NO_BOX;
  if (box == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return failure == NULL;
    }

  if (sb_mailbox_event_is_known (db, box->row, append->id, append->now))
    {
      append->outcome = SB_MAILBOX_KNOWN;
      return TRUE;
    }
  if (size > box->max_bytes || (box->checked && box->bytes + size > box->max_bytes))
    {
      append->outcome = SB_MAILBOX_FULL;
      return TRUE;
    }

  if (box->bytes + size > box->max_bytes)
    {
      upto = make_room (db, box, size, error);
      if (!drop_upto (db, box, upto, error))
        return FALSE;
    }

  return insert (db, box, append, size, error);
}

/* -- reading -- */

static void
write_event (GString      *text,
             sqlite3_stmt *statement)
{
  const guchar *body = sqlite3_column_blob (statement, 5);
  gsize         length = sqlite3_column_bytes (statement, 5);
  gsize         start;
  int           state = 0;
  int           save = 0;

  g_string_append_printf (text, "{\"seq\":%" G_GINT64_FORMAT ",\"id\":\"%s\",\"received\":%" G_GINT64_FORMAT ",\"headers\":%s,\"sealed\":%s,\"body\":\"",
                          (gint64) sqlite3_column_int64 (statement, 0), sqlite3_column_text (statement, 1), (gint64) sqlite3_column_int64 (statement, 2),
                          sqlite3_column_text (statement, 3), sqlite3_column_int (statement, 4) != 0 ? "true" : "false");
  start = text->len;
  g_string_set_size (text, start + length / 3 * 4 + 12);
  length = g_base64_encode_step (body, length, FALSE, text->str + start, &state, &save);
  length += g_base64_encode_close (FALSE, text->str + start + length, &state, &save);
  g_string_truncate (text, start + length);
  g_string_append (text, "\"}");
}

/* Returns the last number written, or @after. */
static gint64
write_events (SbDb          *db,
              SbMailboxRead *read,
              GString       *text,
              GError       **error)
{
  sqlite3_stmt *statement = sb_db_query (db, error, "SELECT seq, id, received, headers, sealed, body, size FROM event WHERE box = ? AND seq > ? ORDER BY seq LIMIT ?", "iii", read->box, read->after, read->limit);
  gint64        last = read->after;

  while (sb_db_step (db, statement, error))
    {
      gint64 size = sqlite3_column_int64 (statement, 6);

      if (read->n_events > 0 && text->len + (gsize) size / 3 * 4 > ANSWER_BYTES)
        {
          sqlite3_reset (statement);
          break;
        }
      if (read->n_events++ > 0)
        g_string_append_c (text, ',');
      write_event (text, statement);
      last = sqlite3_column_int64 (statement, 0);
    }

  return last;
}

static gboolean
refuse (SbMailboxRead *read,
        guint          status,
        JsonObject    *answer)
{
  read->status = status;
  say (read->text, answer);

  return TRUE;
}

/* Answers from one moment of the database: what is told as oldest and newest fits the events beside it. */
gboolean
sb_mailbox_event_read (SbDb    *db,
                       gpointer data,
                       GError **error)
{
  SbMailboxRead           *read = data;
  g_autoptr (GError)       failure = NULL;
  g_autoptr (SbMailboxBox) box = find_box (db, read->box, &failure);
  g_autoptr (GString)      events = g_string_new (NULL);
  gint64                   last;

  read->n_events = 0;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (box == NULL)
    return refuse (read, 404, sb_json_make ("s:error", "box", NULL));

  /* A cursor from the future: the folder came out of a backup, numbers would be given twice. */
  if ((read->epoch[0] != '\0' && !g_str_equal (read->epoch, box->epoch)) || read->after > box->newest)
    return refuse (read, 409, sb_json_make ("s:error", "epoch", "s:epoch", box->epoch, NULL));
  if (read->after < box->gone)
    return refuse (read, 410, sb_json_make ("s:error", "gap", "i:oldest", box->gone + 1, "s:epoch", box->epoch, NULL));

  last = write_events (db, read, events, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  read->status = 200;
  g_string_printf (read->text, "{\"epoch\":\"%s\",\"oldest\":%" G_GINT64_FORMAT ",\"newest\":%" G_GINT64_FORMAT ",\"more\":%s,\"events\":[",
                   box->epoch, box->gone + 1, box->newest, last < box->newest ? "true" : "false");
  g_string_append_len (read->text, events->str, events->len);
  g_string_append (read->text, "]}");

  return TRUE;
}

/* -- acknowledging -- */

/* Deletes what every device of the shop has. */
gboolean
sb_mailbox_event_ack (SbDb    *db,
                      gpointer data,
                      GError **error)
{
  SbMailboxAck            *ack = data;
  g_autoptr (GError)       failure = NULL;
  g_autoptr (SbMailboxBox) box = find_box (db, ack->box, &failure);
  gint64                   deleted = 0;
  gint64                   upto;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (box == NULL || g_strcmp0 (ack->epoch, box->epoch) != 0)
    {
      ack->status = box == NULL ? 404 : 409;
      say (ack->text, box == NULL ? sb_json_make ("s:error", "box", NULL) : sb_json_make ("s:error", "epoch", "s:epoch", box->epoch, NULL));
      return TRUE;
    }

  upto = MIN (ack->upto, box->newest);
  if (!sb_db_exec (db, error, "UPDATE token SET acked = ? WHERE row = ? AND acked < ?", "iii", upto, ack->token, upto))
    return FALSE;

  upto = sb_db_int (db, 0, "SELECT min(acked) FROM token WHERE box = ?", "i", box->row);
  if (upto > box->gone && !delete_upto (db, box, upto, &deleted, error))
    return FALSE;

  ack->status = 200;
  say (ack->text, sb_json_make ("i:deleted", deleted, NULL));

  return TRUE;
}

/* -- retention -- */

static gboolean
sweep_box (SbDb         *db,
           SbMailboxBox *box,
           gint64        now,
           GError      **error)
{
  gint64 upto = sb_db_int (db, 0, "SELECT max(seq) FROM event WHERE box = ? AND aged_from < ?", "ii", box->row, now - box->retention_days * SB_DAY_MS);
  gint64 oldest_seen = sb_db_int (db, 0, "SELECT at FROM seen WHERE box = ? ORDER BY at DESC LIMIT 1 OFFSET ?", "ii", box->row, (gint64) MAX_SEEN);

  if (upto > box->gone && !drop_upto (db, box, upto, error))
    return FALSE;

  return sb_db_exec (db, error, "DELETE FROM seen WHERE box = ? AND at <= ?", "ii", box->row, MAX (now - KNOWN_FOR_MS, oldest_seen));
}

/* What is too old goes, @data points at the time. */
gboolean
sb_mailbox_event_sweep (SbDb    *db,
                        gpointer data,
                        GError **error)
{
  gint64                now = *(gint64 *) data;
  g_autoptr (GPtrArray) boxes = sb_mailbox_box_list (db, error);

  /* Written even when nothing is old: after a kill this commit takes what the last one left in memory to the disk. */
  if (boxes == NULL || !sb_db_exec (db, error, "INSERT OR REPLACE INTO state (name, value) VALUES ('swept', ?)", "i", now))
    return FALSE;

  for (guint i = 0; i < boxes->len; i++)
    if (!sweep_box (db, boxes->pdata[i], now, error))
      return FALSE;

  return TRUE;
}
