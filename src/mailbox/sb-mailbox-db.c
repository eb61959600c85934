#include "sb-mailbox-db.h"

#include <errno.h>
#include <gio/gio.h>

#include "sb-mailbox-resources.h"

#define SCHEMA_VERSION 1
#define SCHEMA_PATH    "/io/github/shopbell/mailbox/schema.sql"

/* Two programs may open an empty folder at once: the second waits, then finds the tables made. */
static gboolean
make_schema (SbDb    *db,
             GError **error)
{
  g_autoptr (GBytes) sql = NULL;
  g_autofree char   *script = NULL;
  gint64             version = sb_db_int (db, 0, "PRAGMA user_version", "");

  if (version == SCHEMA_VERSION)
    return TRUE;
  if (version > SCHEMA_VERSION)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NEWER, "The mailbox file was written by a newer shopbell-mailbox");
      return FALSE;
    }

  if (!sb_db_script (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (sb_db_int (db, 0, "SELECT count(*) FROM sqlite_schema", "") == 0)
    {
      sql = g_resource_lookup_data (sb_mailbox_get_resource (), SCHEMA_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      if (sql == NULL)
        return FALSE;
      script = g_strdup_printf ("%.*s PRAGMA user_version = %d;", (int) g_bytes_get_size (sql), (const char *) g_bytes_get_data (sql, NULL), SCHEMA_VERSION);
      if (!sb_db_script (db, script, error))
        return FALSE;
    }

  return sb_db_script (db, "COMMIT", error);
}

/**
 * sb_mailbox_db_open:
 * @dir: the folder of the mailbox; it is made when it is not there, for its owner alone
 * @read_only: a handle that asks; it never writes
 */
SbDb *
sb_mailbox_db_open (const char *dir,
                    gboolean    read_only,
                    GError    **error)
{
  g_autoptr (SbDb) db = NULL;
  g_autofree char *path = g_build_filename (dir, "mailbox.db", NULL);

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The folder %s cannot be made: %s", dir, g_strerror (errno));
      return NULL;
    }

  /* A small server has little memory to give; and the journal must not keep the size of its worst day. */
  db = sb_db_open (path, SB_DB_CREATE | SB_DB_TIDY_LATER, NULL, error);
  if (db == NULL || !sb_db_script (db, "PRAGMA cache_size = -2000; PRAGMA journal_size_limit = 67108864", error) || !make_schema (db, error) ||
      (read_only && !sb_db_script (db, "PRAGMA query_only = ON", error)))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return g_steal_pointer (&db);
}
