#include "sb-mailbox-db.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdarg.h>
#include <string.h>

#include "sb-mailbox-resources.h"

struct _SbMailboxDb
{
  sqlite3    *handle;
  GHashTable *statements; /* sql -> sqlite3_stmt */
  int         wal_pages;
};

#define BUSY_MS        5000
#define TIDY_PAGES     1000
#define SCHEMA_VERSION 1
#define SCHEMA_PATH    "/io/github/shopbell/mailbox/schema.sql"

static SbError
code_of (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return SB_ERROR_DISK_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SB_ERROR_DAMAGED;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return SB_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SB_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return SB_ERROR_INVALID;
    default:
      return SB_ERROR_STORAGE;
    }
}

static gboolean
fail (SbMailboxDb *self,
      GError     **error)
{
  g_set_error (error, SB_ERROR, code_of (sqlite3_extended_errcode (self->handle)), "Database: %s", sqlite3_errmsg (self->handle));

  return FALSE;
}

gboolean
sb_mailbox_db_script (SbMailboxDb *self,
                      const char  *sql,
                      GError     **error)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}

/* False also when SQLite itself rolled back, as it does when the disk is full. */
gboolean
sb_mailbox_db_in_transaction (SbMailboxDb *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

/* Two programs may open an empty folder at once: the second waits, then finds the tables made. */
static gboolean
make_schema (SbMailboxDb *self,
             GError     **error)
{
  g_autoptr (GBytes) sql = NULL;
  g_autofree char   *script = NULL;
  gint64             version = sb_mailbox_db_int (self, 0, "PRAGMA user_version", "");

  if (version == SCHEMA_VERSION)
    return TRUE;
  if (version > SCHEMA_VERSION)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NEWER, "The mailbox file was written by a newer shopbell-mailbox");
      return FALSE;
    }

  if (!sb_mailbox_db_script (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (sb_mailbox_db_int (self, 0, "SELECT count(*) FROM sqlite_schema", "") == 0)
    {
      sql = g_resource_lookup_data (sb_mailbox_get_resource (), SCHEMA_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      if (sql == NULL)
        return FALSE;
      script = g_strdup_printf ("%.*s PRAGMA user_version = %d;", (int) g_bytes_get_size (sql), (const char *) g_bytes_get_data (sql, NULL), SCHEMA_VERSION);
      if (!sb_mailbox_db_script (self, script, error))
        return FALSE;
    }

  return sb_mailbox_db_script (self, "COMMIT", error);
}

static int
committed_cb (void       *data,
              sqlite3    *handle,
              const char *name,
              int         n_pages)
{
  SbMailboxDb *self = data;

  self->wal_pages = n_pages;

  return SQLITE_OK;
}

/* Moves what was committed from the journal into the file. Called after the answers are out: nobody has to wait for it. */
void
sb_mailbox_db_tidy (SbMailboxDb *self)
{
  if (self->wal_pages < TIDY_PAGES)
    return;

  self->wal_pages = 0;
  if (sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) != SQLITE_OK)
    g_debug ("The journal could not be moved yet: %s", sqlite3_errmsg (self->handle));
}

static gboolean
set_up (SbMailboxDb *self,
        gboolean     read_only,
        GError     **error)
{
  int on = 0;

  if (!sb_mailbox_db_script (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA journal_size_limit = 67108864", error))
    return FALSE;
  if (sb_mailbox_db_int (self, 0, "PRAGMA synchronous", "") != 2 || sb_mailbox_db_int (self, 0, "PRAGMA foreign_keys", "") != 1)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_STORAGE, "This SQLite does not write through to the disk");
      return FALSE;
    }
  if (sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &on) != SQLITE_OK || on != 1)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_STORAGE, "The database cannot be opened in defensive mode");
      return FALSE;
    }
  if (!make_schema (self, error))
    return FALSE;

  return !read_only || sb_mailbox_db_script (self, "PRAGMA query_only = ON", error);
}

/**
 * sb_mailbox_db_open:
 * @dir: the folder of the mailbox; it is made when it is not there, for its owner alone
 * @read_only: a handle that asks; it never writes
 */
SbMailboxDb *
sb_mailbox_db_open (const char *dir,
                    gboolean    read_only,
                    GError    **error)
{
  g_autoptr (SbMailboxDb) self = g_new0 (SbMailboxDb, 1);
  g_autofree char        *path = g_build_filename (dir, "mailbox.db", NULL);

  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) sqlite3_finalize);
  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The folder %s cannot be made: %s", dir, g_strerror (errno));
      return NULL;
    }

  if (sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
    {
      fail (self, error);
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  sqlite3_busy_timeout (self->handle, BUSY_MS);
  sqlite3_wal_hook (self->handle, committed_cb, self);
  if (!set_up (self, read_only, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
sb_mailbox_db_close (SbMailboxDb *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->handle);
  g_free (self);
}

static sqlite3_stmt *
prepare (SbMailboxDb *self,
         const char  *sql,
         GError     **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      return statement;
    }

  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }

  g_hash_table_insert (self->statements, (gpointer) sql, statement);

  return statement;
}

static void
bind (sqlite3_stmt *statement,
      const char   *types,
      va_list       args)
{
  GBytes *bytes;

  for (int i = 1; *types != '\0'; types++, i++)
    switch (*types)
      {
      case 'i':
        sqlite3_bind_int64 (statement, i, va_arg (args, gint64));
        break;
      case 's':
        sqlite3_bind_text (statement, i, va_arg (args, const char *), -1, SQLITE_STATIC);
        break;
      case 'b':
        bytes = va_arg (args, GBytes *);
        if (bytes == NULL)
          sqlite3_bind_null (statement, i);
        else if (g_bytes_get_size (bytes) == 0)
          sqlite3_bind_zeroblob (statement, i, 0);
        else
          sqlite3_bind_blob64 (statement, i, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), SQLITE_STATIC);
        break;
      default:
        g_assert_not_reached ();
      }
}

static sqlite3_stmt *
query_va (SbMailboxDb *self,
          GError     **error,
          const char  *sql,
          const char  *types,
          va_list      args)
{
  sqlite3_stmt *statement = prepare (self, sql, error);

  if (statement != NULL)
    {
      g_assert (sqlite3_bind_parameter_count (statement) == (int) strlen (types));
      bind (statement, types, args);
    }

  return statement;
}

sqlite3_stmt *
sb_mailbox_db_query (SbMailboxDb *self,
                     GError     **error,
                     const char  *sql,
                     const char  *types,
                     ...)
{
  sqlite3_stmt *statement;
  va_list       args;

  va_start (args, types);
  statement = query_va (self, error, sql, types, args);
  va_end (args);

  return statement;
}

/* True: there is a row. After the last one, and after a failure, the statement is reset. */
gboolean
sb_mailbox_db_step (SbMailboxDb  *self,
                    sqlite3_stmt *statement,
                    GError      **error)
{
  int result;

  if (statement == NULL)
    return FALSE; /* the query set the error */

  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    fail (self, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);

  return FALSE;
}

gboolean
sb_mailbox_db_exec (SbMailboxDb *self,
                    GError     **error,
                    const char  *sql,
                    const char  *types,
                    ...)
{
  sqlite3_stmt *statement;
  va_list       args;
  int           result;

  va_start (args, types);
  statement = query_va (self, error, sql, types, args);
  va_end (args);
  if (statement == NULL)
    return FALSE;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    ;
  if (result != SQLITE_DONE)
    fail (self, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);

  return result == SQLITE_DONE;
}

/* The first column of the first row; @fallback when there is none. */
gint64
sb_mailbox_db_int (SbMailboxDb *self,
                   gint64       fallback,
                   const char  *sql,
                   const char  *types,
                   ...)
{
  sqlite3_stmt *statement;
  va_list       args;
  gint64        value = fallback;

  va_start (args, types);
  statement = query_va (self, NULL, sql, types, args);
  va_end (args);
  if (sb_mailbox_db_step (self, statement, NULL))
    {
      if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
        value = sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }

  return value;
}

gint64
sb_mailbox_db_changes (SbMailboxDb *self)
{
  return sqlite3_changes64 (self->handle);
}
