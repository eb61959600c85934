/* A handle on a shop file. In a file of its own: the tests of power cuts stand in for it. */
#include "sb-store-private.h"

#include "sb-condition-sql.h"
#include "sb-sort-name.h"
#include "sb-tokenizer.h"

/* Any handle on a shop file: its indexes need our way to cut texts into words and to order names. */
SbDb *
sb_store_open_db (const char *path,
                  SbDbFlags   flags,
                  const char *vfs,
                  GError    **error)
{
  g_autoptr (SbDb) db = sb_db_open (path, flags, vfs, error);

  if (db == NULL || !sb_tokenizer_register (sb_db_get_handle (db), error) || !sb_condition_functions_register (sb_db_get_handle (db), error) ||
      !sb_sort_name_register (sb_db_get_handle (db), error))
    return NULL;

  return g_steal_pointer (&db);
}
