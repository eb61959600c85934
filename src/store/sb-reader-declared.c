#include "sb-reader-declared.h"

#include "sb-store-private.h"

/* Rows of somebody who became this person went over to them when they did. */
#define DECLARED                                                                                                                         \
  "SELECT DISTINCT i.id, i.at, i.file_name, i.about ->> '$.consent.method', i.about ->> '$.consent.wording', "                           \
  "(SELECT name FROM staff s WHERE s.id = i.staff_id) FROM import_row r JOIN import i ON i.id = r.import_id WHERE r.contact_id = ? AND " \
  "r.undone != 1 AND i.about ->> '$.consent.method' IS NOT NULL ORDER BY i.at, i.id LIMIT 50"

GPtrArray *
sb_reader_list_declarations (SbReader *self,
                             gint64    contact_id)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *list = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_declaration_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, DECLARED, "i", contact_id);

  while (s != NULL && sb_db_step (db, s, NULL))
    {
      SbDeclaration *declaration = g_new0 (SbDeclaration, 1);

      declaration->import_id = sqlite3_column_int64 (s, 0);
      declaration->at = sqlite3_column_int64 (s, 1);
      declaration->file_name = sb_db_dup_column (s, 2);
      declaration->method = sb_db_dup_column (s, 3);
      declaration->wording = sb_db_dup_column (s, 4);
      declaration->staff_name = sb_db_dup_column (s, 5);
      g_ptr_array_add (list, declaration);
    }

  return list;
}

gboolean
sb_reader_has_declaration (SbReader   *self,
                           gint64      contact_id,
                           const char *method,
                           const char *wording)
{
  return sb_db_int (sb_reader_get_db (self), 0,
                    "SELECT 1 FROM import_row r JOIN import i ON i.id = r.import_id WHERE r.contact_id = ? AND r.undone != 1 AND i.about ->> '$.consent.method' = ? "
                    "AND coalesce (i.about ->> '$.consent.wording', '') = coalesce (?, '') LIMIT 1",
                    "iss", contact_id, method, wording) != 0;
}
