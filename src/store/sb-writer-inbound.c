/* Events as they came: kept whole before anything is read from them. */
#include "sb-store-private.h"

static GBytes *
hash_of (GBytes *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8                digest[32];
  gsize                 length = sizeof digest;

  g_checksum_update (checksum, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_checksum_get_digest (checksum, digest, &length);

  return g_bytes_new (digest, length);
}

gint64
sb_writer_add_raw (SbWriter         *self,
                   const SbRawEvent *raw,
                   GError          **error)
{
  g_autoptr (GBytes) hash = hash_of (raw->body);
  gint64             id = sb_writer_new_id (self);

  if (!sb_db_exec (self->db, error,
                   "INSERT INTO inbound_raw (id, hash, line_id, source, epoch, seq, received_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                   "ON CONFLICT (hash) DO NOTHING",
                   "ibissiib", id, hash, raw->line_id, raw->source, raw->epoch, raw->seq, raw->received_at, raw->body))
    return 0;

  return sb_db_changes (self->db) > 0 ? id : 0;
}

gboolean
sb_writer_set_source_cursor (SbWriter   *self,
                             gint64      line_id,
                             const char *epoch,
                             gint64      seq,
                             GError    **error)
{
  return sb_db_exec (self->db, error, "UPDATE line SET source_epoch = ?, source_seq = ? WHERE id = ?", "sii", epoch, seq, line_id);
}

gboolean
sb_writer_get_source_cursor (SbWriter *self,
                             gint64    line_id,
                             char    **epoch,
                             gint64   *seq)
{
  *epoch = sb_db_text (self->db, "SELECT source_epoch FROM line WHERE id = ?", "i", line_id);
  *seq = sb_db_int (self->db, 0, "SELECT source_seq FROM line WHERE id = ?", "i", line_id);

  return *epoch != NULL;
}

static gboolean
count (SbWriter   *self,
       const char *key,
       GError    **error)
{
  return sb_db_exec (self->db, error, "UPDATE counter SET value = value + 1 WHERE key = ?", "s", key);
}

gboolean
sb_writer_add_gap (SbWriter   *self,
                   gint64      line_id,
                   gint64      from_seq,
                   gint64      to_seq,
                   const char *why,
                   GError    **error)
{
  SbEvent event = { .kind = SB_EVENT_GAP, .line_id = line_id, .actor = SB_AUTHOR_SHOPBELL };

  return sb_db_exec (self->db, error, "INSERT INTO gap (id, line_id, from_seq, to_seq, why) VALUES (?, ?, ?, ?, ?)", "iiiis",
                     sb_writer_new_id (self), line_id, from_seq, to_seq, why) &&
         count (self, "gaps", error) && sb_writer_append_event (self, &event, error);
}

/* Only the first bytes are kept, so that a flood of forgeries does not fill the disk; the newest thousand of them. */
gboolean
sb_writer_add_forged (SbWriter   *self,
                      gint64      line_id,
                      const char *why,
                      GBytes     *body,
                      GError    **error)
{
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (body, 0, MIN (200, g_bytes_get_size (body)));
  gint64             id = sb_writer_new_id (self);
  SbEvent            event = { .kind = SB_EVENT_FORGED, .line_id = line_id, .actor = SB_AUTHOR_SHOPBELL };

  return sb_db_exec (self->db, error, "INSERT INTO forged (id, line_id, why, size, head) VALUES (?, ?, ?, ?, ?)", "iisib", id, line_id, why,
                     (gint64) g_bytes_get_size (body), head) &&
         sb_db_exec (self->db, error, "DELETE FROM forged WHERE id <= (SELECT id FROM forged ORDER BY id DESC LIMIT 1 OFFSET 1000)", "") &&
         count (self, "forged", error) && sb_writer_append_event (self, &event, error);
}

void
sb_raw_row_free (SbRawRow *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* Not read yet, in the order of their coming. */
GPtrArray *
sb_writer_list_raw (SbWriter *self,
                    guint     limit)
{
  GPtrArray    *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_raw_row_free);
  sqlite3_stmt *statement = sb_db_query (self->db, NULL, "SELECT id, line_id, received_at, tries, body FROM inbound_raw WHERE state = 0 ORDER BY id LIMIT ?", "n", (int) limit);

  while (sb_db_step (self->db, statement, NULL))
    {
      SbRawRow *row = g_new0 (SbRawRow, 1);

      row->id = sqlite3_column_int64 (statement, 0);
      row->line_id = sqlite3_column_int64 (statement, 1);
      row->received_at = sqlite3_column_int64 (statement, 2);
      row->tries = sqlite3_column_int (statement, 3);
      row->body = sb_db_dup_blob (statement, 4);
      g_ptr_array_add (rows, row);
    }

  return rows;
}

/* @poison_error: (nullable): why it could not be understood; it is kept all the same */
gboolean
sb_writer_finish_raw (SbWriter   *self,
                      gint64      raw_id,
                      const char *poison_error,
                      GError    **error)
{
  SbEvent event = { .kind = SB_EVENT_POISON, .actor = SB_AUTHOR_SHOPBELL };

  if (!sb_db_exec (self->db, error, "UPDATE inbound_raw SET state = ?, error = ? WHERE id = ?", "nsi", poison_error != NULL ? 2 : 1, poison_error, raw_id))
    return FALSE;

  return poison_error == NULL || (count (self, "poison", error) && sb_writer_append_event (self, &event, error));
}

gboolean
sb_writer_try_raw (SbWriter *self,
                   gint64    raw_id,
                   GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE inbound_raw SET tries = tries + 1 WHERE id = ?", "i", raw_id);
}
