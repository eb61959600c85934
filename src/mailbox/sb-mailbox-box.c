#include "sb-mailbox-box.h"

#include "sb-json.h"
#include "sb-mailbox-crypto.h"
#include "sb-random.h"

#define COLUMNS      "SELECT row, box, name, epoch, checked, app_secret, previous_secret, seal_key, verify_hash, newest, gone, bytes, dropped, aged_from, max_bytes, retention_days, created FROM box "
#define BOX_LENGTH   22
#define TOKEN_LENGTH 43 /* 256 bits */
#define EPOCH_LENGTH 16

SbMailboxBox *
sb_mailbox_box_new (void)
{
  SbMailboxBox *self = g_new0 (SbMailboxBox, 1);

  self->max_bytes = SB_MAILBOX_MAX_BYTES;
  self->retention_days = SB_MAILBOX_RETENTION_DAYS;

  return self;
}

void
sb_mailbox_box_free (SbMailboxBox *self)
{
  g_free (self->box);
  g_free (self->name);
  g_free (self->epoch);
  g_free (self->app_secret);
  g_free (self->previous_secret);
  g_clear_pointer (&self->seal_key, g_bytes_unref);
  g_free (self->verify_hash);
  g_free (self);
}

static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static SbMailboxBox *
read_box (sqlite3_stmt *statement)
{
  SbMailboxBox *self = sb_mailbox_box_new ();
  const void   *key = sqlite3_column_blob (statement, 7);

  self->row = sqlite3_column_int64 (statement, 0);
  self->box = dup_text (statement, 1);
  self->name = dup_text (statement, 2);
  self->epoch = dup_text (statement, 3);
  self->checked = sqlite3_column_int (statement, 4) != 0;
  self->app_secret = dup_text (statement, 5);
  self->previous_secret = dup_text (statement, 6);
  self->seal_key = key != NULL ? g_bytes_new (key, sqlite3_column_bytes (statement, 7)) : NULL;
  self->verify_hash = dup_text (statement, 8);
  self->newest = sqlite3_column_int64 (statement, 9);
  self->gone = sqlite3_column_int64 (statement, 10);
  self->bytes = sqlite3_column_int64 (statement, 11);
  self->dropped = sqlite3_column_int64 (statement, 12);
  self->aged_from = sqlite3_column_int64 (statement, 13);
  self->max_bytes = sqlite3_column_int64 (statement, 14);
  self->retention_days = sqlite3_column_int64 (statement, 15);
  self->created = sqlite3_column_int64 (statement, 16);

  return self;
}

static SbMailboxBox *
read_one (SbDb         *db,
          sqlite3_stmt *statement,
          GError      **error)
{
  g_autoptr (GError) failure = NULL;
  SbMailboxBox      *self;

  if (statement == NULL)
    return NULL;

  if (!sb_db_step (db, statement, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such box");
      return NULL;
    }

  self = read_box (statement);
  sqlite3_reset (statement);

  return self;
}

SbMailboxBox *
sb_mailbox_box_find (SbDb       *db,
                     const char *box,
                     GError    **error)
{
  return read_one (db, sb_db_query (db, error, COLUMNS "WHERE box = ?", "s", box), error);
}

SbMailboxBox *
sb_mailbox_box_find_row (SbDb    *db,
                         gint64   row,
                         GError **error)
{
  return read_one (db, sb_db_query (db, error, COLUMNS "WHERE row = ?", "i", row), error);
}

/* By the operator's name for it, or by the box itself. */
SbMailboxBox *
sb_mailbox_box_find_named (SbDb       *db,
                           const char *name,
                           GError    **error)
{
  return read_one (db, sb_db_query (db, error, COLUMNS "WHERE name = ? OR box = ? ORDER BY name = ? DESC", "sss", name, name, name), error);
}

GPtrArray *
sb_mailbox_box_list (SbDb    *db,
                     GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_mailbox_box_free);
  g_autoptr (GError)    failure = NULL;
  sqlite3_stmt         *statement = sb_db_query (db, &failure, COLUMNS "ORDER BY name", "");

  while (sb_db_step (db, statement, &failure))
    g_ptr_array_add (list, read_box (statement));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&list);
}

/* -- making and changing -- */

static char *
new_token (gsize length)
{
  g_autoptr (SbRandom) random = sb_random_new_system ();

  return sb_random_token (random, length);
}

/* Gives the box its address and its epoch; name, mode and verify hash are there already. */
gboolean
sb_mailbox_box_add (SbDb         *db,
                    SbMailboxBox *self,
                    gint64        now,
                    GError      **error)
{
  g_autoptr (GError) failure = NULL;

  self->box = new_token (BOX_LENGTH);
  self->epoch = new_token (EPOCH_LENGTH);
  self->created = self->aged_from = now;
  if (!sb_db_exec (db, &failure, "INSERT INTO box (box, name, epoch, checked, app_secret, seal_key, verify_hash, aged_from, max_bytes, retention_days, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "sssisbsiiii",
                   self->box, self->name, self->epoch, (gint64) self->checked, self->app_secret, self->seal_key, self->verify_hash, now, self->max_bytes, self->retention_days, now))
    {
      if (g_error_matches (failure, SB_ERROR, SB_ERROR_INVALID))
        g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "There is a box called %s already", self->name);
      else
        g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  self->row = sb_db_int (db, 0, "SELECT row FROM box WHERE box = ?", "s", self->box);

  return TRUE;
}

/* Writes what an operator may change, and nothing that counts. */
gboolean
sb_mailbox_box_save (SbDb         *db,
                     SbMailboxBox *self,
                     GError      **error)
{
  return sb_db_exec (db, error, "UPDATE box SET checked = ?, app_secret = ?, previous_secret = ?, seal_key = ?, verify_hash = ?, max_bytes = ?, retention_days = ? WHERE row = ?", "issbsiii",
                     (gint64) self->checked, self->app_secret, self->previous_secret, self->seal_key, self->verify_hash, self->max_bytes, self->retention_days, self->row);
}

gboolean
sb_mailbox_box_remove (SbDb         *db,
                       SbMailboxBox *self,
                       GError      **error)
{
  return sb_db_exec (db, error, "DELETE FROM box WHERE row = ?", "i", self->row);
}

/* Counting begins anew under another epoch; events that were kept are gone. For a folder that came out of a backup. */
gboolean
sb_mailbox_box_renew (SbDb         *db,
                      SbMailboxBox *self,
                      GError      **error)
{
  g_free (self->epoch);
  self->epoch = new_token (EPOCH_LENGTH);

  return sb_db_exec (db, error, "DELETE FROM event WHERE box = ?", "i", self->row) &&
         sb_db_exec (db, error, "DELETE FROM seen WHERE box = ?", "i", self->row) &&
         sb_db_exec (db, error, "UPDATE token SET acked = 0 WHERE box = ?", "i", self->row) &&
         sb_db_exec (db, error, "UPDATE box SET epoch = ?, newest = 0, gone = 0, bytes = 0, dropped = 0 WHERE row = ?", "si", self->epoch, self->row);
}

/* -- tokens: one for each device of the shop -- */

/* Returns the token; only its hash is kept. A new device gets what is still there. */
char *
sb_mailbox_box_add_token (SbDb         *db,
                          SbMailboxBox *self,
                          const char   *label,
                          GError      **error)
{
  g_autofree char   *token = new_token (TOKEN_LENGTH);
  g_autofree char   *hash = sb_mailbox_hash_text (token);
  g_autoptr (GError) failure = NULL;

  if (!sb_db_exec (db, &failure, "INSERT INTO token (box, hash, label, acked) SELECT row, ?, ?, gone FROM box WHERE row = ?", "ssi", hash, label, self->row))
    {
      if (g_error_matches (failure, SB_ERROR, SB_ERROR_INVALID))
        g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "The box has a device called %s already", label);
      else
        g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&token);
}

gboolean
sb_mailbox_box_remove_token (SbDb         *db,
                             SbMailboxBox *self,
                             const char   *label,
                             GError      **error)
{
  if (!sb_db_exec (db, error, "DELETE FROM token WHERE box = ? AND label = ?", "is", self->row, label))
    return FALSE;
  if (sb_db_changes (db) == 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, "The box has no device called %s", label);
      return FALSE;
    }

  return TRUE;
}

/* The token's row, or 0. What is searched for is a hash, so the time it takes tells nothing. */
gint64
sb_mailbox_box_find_token (SbDb         *db,
                           SbMailboxBox *self,
                           const char   *token,
                           GError      **error)
{
  g_autofree char *hash = sb_mailbox_hash_text (token);
  sqlite3_stmt    *statement = sb_db_query (db, error, "SELECT row FROM token WHERE hash = ? AND box = ?", "si", hash, self->row);
  gint64           row = 0;

  if (sb_db_step (db, statement, error))
    {
      row = sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }

  return row;
}

gint64
sb_mailbox_box_count_tokens (SbDb         *db,
                             SbMailboxBox *self)
{
  return sb_db_int (db, 0, "SELECT count(*) FROM token WHERE box = ?", "i", self->row);
}

JsonObject *
sb_mailbox_box_status (SbMailboxBox *self)
{
  return sb_json_make ("s:version", SB_MAILBOX_VERSION, "s:epoch", self->epoch, "i:oldest", self->gone + 1, "i:newest", self->newest,
                       "i:bytes", self->bytes, "s:mode", self->checked ? "check" : "blind", "b:sealed", self->seal_key != NULL,
                       "i:dropped", self->dropped, "i:max_bytes", self->max_bytes, "i:retention_days", self->retention_days, NULL);
}
