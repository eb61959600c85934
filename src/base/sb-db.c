#include "sb-db.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

struct _SbDb
{
  sqlite3    *handle;
  GHashTable *statements; /* sql -> sqlite3_stmt */
  int         wal_pages;
};

#define BUSY_MS    5000
#define TIDY_PAGES 1000

sqlite3 *
sb_db_get_handle (SbDb *self)
{
  return self->handle;
}

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

/* (nullable): what a person can do something about comes before their eyes, so it is said in words. */
static const char *
sentence_of (SbError code)
{
  switch ((int) code)
    {
    case SB_ERROR_DISK_FULL:
      return _("The disk is full. Make room and try again; nothing is lost");
    case SB_ERROR_BUSY:
      return _("Another program is using the shop’s file. Try again in a moment; nothing is lost");
    case SB_ERROR_READ_ONLY:
      return _("The shop’s file cannot be written to. Is its folder write-protected?");
    default:
      return NULL;
    }
}

gboolean
sb_db_fail (SbDb    *self,
            GError **error)
{
  SbError     code = code_of (sqlite3_extended_errcode (self->handle));
  const char *sentence = sentence_of (code);

  if (sentence != NULL)
    {
      g_debug ("Database: %s", sqlite3_errmsg (self->handle));
      g_set_error_literal (error, SB_ERROR, code, sentence);
    }
  else
    g_set_error (error, SB_ERROR, code, "Database: %s", sqlite3_errmsg (self->handle));

  return FALSE;
}

gboolean
sb_db_script (SbDb       *self,
              const char *sql,
              GError    **error)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK || sb_db_fail (self, error);
}

/* What must hold, and is asked back: a build of SQLite may have other defaults. */
static const struct
{
  const char *set;
  const char *get;
  const char *must; /* NULL: depends on the file system under a read-only handle */
} pragmas[] = {
  { "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal" },
  { "PRAGMA synchronous = FULL", "PRAGMA synchronous", "2" },
  { "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1" },
  { "PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1" },
  { "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0" },
  { "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1" },
  { "PRAGMA mmap_size = 0", NULL, NULL },
  { "PRAGMA cache_size = -65536", NULL, NULL },
};

static gboolean
set_pragmas (SbDb    *self,
             gboolean read_only,
             GError **error)
{
  int on = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autofree char *value = NULL;

      /* A reader takes the journal as the writer left it. */
      if (read_only && i == 0)
        continue;
      if (!sb_db_script (self, pragmas[i].set, error))
        return FALSE;
      if (pragmas[i].must == NULL)
        continue;
      value = sb_db_text (self, pragmas[i].get, "");
      if (g_strcmp0 (value, pragmas[i].must) != 0)
        {
          g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "%s is %s in spite of being set", pragmas[i].get, value != NULL ? value : "unreadable");
          return FALSE;
        }
    }

  if (sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &on) != SQLITE_OK || on != 1)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_STORAGE, "The database cannot be opened in defensive mode");
      return FALSE;
    }

  return TRUE;
}

static int
committed_cb (void       *data,
              sqlite3    *handle,
              const char *name,
              int         n_pages)
{
  SbDb *self = data;

  self->wal_pages = n_pages;

  return SQLITE_OK;
}

void
sb_db_tidy (SbDb *self)
{
  if (self->wal_pages < TIDY_PAGES)
    return;

  self->wal_pages = 0;
  if (sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) != SQLITE_OK)
    g_debug ("The journal could not be moved yet: %s", sqlite3_errmsg (self->handle));
}

gboolean
sb_db_in_transaction (SbDb *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

/**
 * sb_db_open:
 * @vfs: (nullable): another file system layer, for tests
 */
SbDb *
sb_db_open (const char *path,
            SbDbFlags   flags,
            const char *vfs,
            GError    **error)
{
  g_autoptr (SbDb) self = g_new0 (SbDb, 1);
  int              mode = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  mode |= flags & SB_DB_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  mode |= flags & SB_DB_CREATE ? SQLITE_OPEN_CREATE : 0;
  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) sqlite3_finalize);
  if (sqlite3_open_v2 (path, &self->handle, mode, vfs) != SQLITE_OK)
    {
      sb_db_fail (self, error);
      return NULL;
    }

  sqlite3_busy_timeout (self->handle, BUSY_MS);
  if (flags & SB_DB_TIDY_LATER)
    sqlite3_wal_hook (self->handle, committed_cb, self);
  if (!set_pragmas (self, (flags & SB_DB_READ_ONLY) != 0, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
sb_db_close (SbDb *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->handle);
  g_free (self);
}

static sqlite3_stmt *
prepare (SbDb       *self,
         const char *sql,
         GError    **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      return statement;
    }

  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      sb_db_fail (self, error);
      g_prefix_error (error, "%s: ", sql);
      return NULL;
    }

  g_hash_table_insert (self->statements, (gpointer) sql, statement);

  return statement;
}

sqlite3_stmt *
sb_db_prepare (SbDb       *self,
               const char *sql,
               GError    **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (self->handle, sql, -1, 0, &statement, NULL) != SQLITE_OK)
    sb_db_fail (self, error);

  return statement;
}

/* @lifetime: SQLITE_STATIC when the values outlive the statement's run */
static void
bind (sqlite3_stmt           *statement,
      sqlite3_destructor_type lifetime,
      const char             *types,
      va_list                 args)
{
  for (int i = 1; *types != '\0'; types++, i++)
    switch (*types)
      {
      case 'i':
        sqlite3_bind_int64 (statement, i, va_arg (args, gint64));
        break;
      case 'n':
        sqlite3_bind_int64 (statement, i, va_arg (args, int));
        break;
      case 'd':
        sqlite3_bind_double (statement, i, va_arg (args, double));
        break;
      case 's':
        {
          const char *text = va_arg (args, const char *);

          sqlite3_bind_text (statement, i, text, -1, lifetime);
        }
        break;
      case 'b':
        {
          GBytes *bytes = va_arg (args, GBytes *);

          /* No bytes are not no value: SQLite takes a NULL pointer for NULL. */
          if (bytes != NULL && g_bytes_get_size (bytes) == 0)
            sqlite3_bind_zeroblob (statement, i, 0);
          else if (bytes != NULL)
            sqlite3_bind_blob64 (statement, i, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), lifetime);
          else
            sqlite3_bind_null (statement, i);
        }
        break;
      default:
        g_assert_not_reached ();
      }
}

static sqlite3_stmt *
query_va (SbDb                   *self,
          GError                **error,
          sqlite3_destructor_type lifetime,
          const char             *sql,
          const char             *types,
          va_list                 args)
{
  sqlite3_stmt *statement = prepare (self, sql, error);

  if (statement != NULL)
    {
      g_assert (sqlite3_bind_parameter_count (statement) == (int) strlen (types));
      bind (statement, lifetime, types, args);
    }

  return statement;
}

sqlite3_stmt *
sb_db_query (SbDb       *self,
             GError    **error,
             const char *sql,
             const char *types,
             ...)
{
  sqlite3_stmt *statement;
  va_list       args;

  va_start (args, types);
  statement = query_va (self, error, SQLITE_TRANSIENT, sql, types, args);
  va_end (args);

  return statement;
}

gboolean
sb_db_step (SbDb         *self,
            sqlite3_stmt *statement,
            GError      **error)
{
  int result = statement != NULL ? sqlite3_step (statement) : SQLITE_MISUSE;

  if (result == SQLITE_ROW)
    return TRUE;

  if (statement == NULL)
    return FALSE; /* the query set the error */
  if (result != SQLITE_DONE)
    sb_db_fail (self, error);
  sqlite3_reset (statement);

  return FALSE;
}

void
sb_db_done (sqlite3_stmt *statement)
{
  if (statement != NULL)
    sqlite3_reset (statement);
}

/* Values that are not copied must not be remembered. */
static void
forget (sqlite3_stmt *statement)
{
  if (statement == NULL)
    return;
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

gboolean
sb_db_exec (SbDb       *self,
            GError    **error,
            const char *sql,
            const char *types,
            ...)
{
  sqlite3_stmt *statement;
  va_list       args;
  int           result;

  va_start (args, types);
  statement = query_va (self, error, SQLITE_STATIC, sql, types, args);
  va_end (args);
  if (statement == NULL)
    return FALSE;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    ;
  if (result != SQLITE_DONE)
    sb_db_fail (self, error);
  forget (statement);

  return result == SQLITE_DONE;
}

gint64
sb_db_int (SbDb       *self,
           gint64      fallback,
           const char *sql,
           const char *types,
           ...)
{
  sqlite3_stmt *statement;
  va_list       args;
  gint64        value = fallback;

  va_start (args, types);
  statement = query_va (self, NULL, SQLITE_STATIC, sql, types, args);
  va_end (args);
  if (sb_db_step (self, statement, NULL) && sqlite3_column_type (statement, 0) != SQLITE_NULL)
    value = sqlite3_column_int64 (statement, 0);
  forget (statement);

  return value;
}

char *
sb_db_text (SbDb       *self,
            const char *sql,
            const char *types,
            ...)
{
  sqlite3_stmt *statement;
  va_list       args;
  char         *value = NULL;

  va_start (args, types);
  statement = query_va (self, NULL, SQLITE_STATIC, sql, types, args);
  va_end (args);
  if (sb_db_step (self, statement, NULL))
    value = sb_db_dup_column (statement, 0);
  forget (statement);

  return value;
}

gint64
sb_db_changes (SbDb *self)
{
  return sqlite3_changes64 (self->handle);
}

/* (nullable): a copy, with bytes that are not UTF-8 replaced: the file may have been written by a damaged disk. */
char *
sb_db_dup_column (sqlite3_stmt *statement,
                  int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  int         length = sqlite3_column_bytes (statement, column);

  if (text == NULL)
    return NULL;

  return g_utf8_validate (text, length, NULL) ? g_strndup (text, length) : g_utf8_make_valid (text, length);
}

GBytes *
sb_db_dup_blob (sqlite3_stmt *statement,
                int           column)
{
  const void *data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, sqlite3_column_bytes (statement, column));
}
