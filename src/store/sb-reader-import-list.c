#include "sb-reader-import-list.h"

#include "sb-import-image.h"
#include "sb-store-private.h"

void
sb_listed_row_free (SbListedRow *self)
{
  g_free (self->name);
  g_free (self->number_text);
  g_free (self->reason);
  g_free (self);
}

/* Of somebody who was deleted since nothing is left but that there was a row. */
GPtrArray *
sb_reader_list_import_rows (SbReader *self,
                            gint64    import_id,
                            gint64    after_number,
                            guint     limit)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_listed_row_free);
  sqlite3_stmt *s = sb_db_query (db, NULL,
                                 "SELECT number, before IS NULL, undone, before IS '" SB_IMPORT_SAME "', after ->> '$.name', after ->> '$.numbers[0]', NULL FROM import_row WHERE import_id = ?1 AND number > ?2 "
                                 "UNION ALL SELECT number, 0, 0, 0, NULL, NULL, reason FROM import_rejected WHERE import_id = ?1 AND number > ?2 ORDER BY 1 LIMIT ?3",
                                 "iin", import_id, after_number, (int) limit);

  while (sb_db_step (db, s, NULL))
    {
      SbListedRow *row = g_new0 (SbListedRow, 1);

      row->number = (guint) sqlite3_column_int64 (s, 0);
      row->is_new = sqlite3_column_int (s, 1) != 0;
      row->undone = sqlite3_column_int (s, 2);
      row->is_same = sqlite3_column_int (s, 3) != 0;
      row->name = sb_db_dup_column (s, 4);
      row->number_text = sb_db_dup_column (s, 5);
      row->reason = sb_db_dup_column (s, 6);
      g_ptr_array_add (rows, row);
    }

  return rows;
}
