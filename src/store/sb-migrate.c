/* Numbered scripts, each run once with its version in the same transaction; a copy of the file first. */
#include "sb-store-private.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "sb-config.h"
#include "sb-store-resources.h"

#define MIGRATIONS SB_RESOURCES "/store/"

static const char *const migrations[] = {
  MIGRATIONS "0001-shop.sql",
  MIGRATIONS "0002-file-names.sql",
  MIGRATIONS "0003-import.sql",
  MIGRATIONS "0004-profile-time.sql",
  MIGRATIONS "0005-people.sql",
  MIGRATIONS "0006-consent.sql",
  MIGRATIONS "0007-segments.sql",
  MIGRATIONS "0008-desk.sql",
  MIGRATIONS "0009-profiles.sql",
  MIGRATIONS "0010-ocr.sql",
  MIGRATIONS "0011-tray.sql",
};

int
sb_schema_version (void)
{
  return G_N_ELEMENTS (migrations);
}

static gboolean
copy_first (SbDb       *db,
            const char *folder,
            int         version,
            GError    **error)
{
  g_autofree char *name = g_strdup_printf ("shop.db.before-%d", version + 1);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);

  return sb_db_exec (db, error, "VACUUM INTO ?", "s", path);
}

/* Runs @script and makes the file one of @version, both or neither. */
gboolean
sb_migrate_step (SbDb       *db,
                 int         version,
                 const char *script,
                 GError    **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", version);

  if (!sb_db_script (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (sb_db_script (db, script, error) && sb_db_script (db, mark, error) && sb_db_script (db, "COMMIT", error))
    return TRUE;

  sb_db_script (db, "ROLLBACK", NULL);

  return FALSE;
}

static gboolean
run_script (SbDb    *db,
            int      number,
            GError **error)
{
  g_autoptr (GBytes) script = g_resource_lookup_data (sb_store_get_resource (), migrations[number], G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return script != NULL && sb_migrate_step (db, number + 1, g_bytes_get_data (script, NULL), error);
}

/**
 * sb_migrate:
 *
 * Brings the file to this version's schema. Fails with %SB_ERROR_NEWER, changing nothing, when a newer Shopbell wrote it.
 * The copy is skipped for a file that is being made, and under a test's file system layer.
 */
gboolean
sb_migrate (SbDb       *db,
            const char *folder,
            const char *vfs,
            GError    **error)
{
  int version = sb_db_int (db, -1, "PRAGMA user_version", "");

  if (version < 0)
    return sb_db_fail (db, error);
  if (version > sb_schema_version ())
    {
      g_set_error (error, SB_ERROR, SB_ERROR_NEWER, "This shop was written by a newer Shopbell (version %d of the file, this program knows %d)",
                   version, sb_schema_version ());
      return FALSE;
    }

  if (version > 0 && version < sb_schema_version () && vfs == NULL && !copy_first (db, folder, version, error))
    return FALSE;

  for (; version < sb_schema_version (); version++)
    if (!run_script (db, version, error))
      return FALSE;

  return TRUE;
}
