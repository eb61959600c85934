/* What an import keeps beside the people it brought: the rows nobody could use, and what the owner said of the list. */
#include "sb-import-record.h"

#include "sb-store-private.h"

gboolean
sb_writer_set_import_about (SbWriter   *self,
                            gint64      import_id,
                            const char *about,
                            GError    **error)
{
  return sb_db_exec (self->db, error, "UPDATE import SET about = ? WHERE id = ?", "si", about, import_id);
}

gboolean
sb_writer_add_rejected (SbWriter   *self,
                        gint64      import_id,
                        guint       number,
                        GPtrArray  *cells,
                        const char *reason,
                        GError    **error)
{
  g_autoptr (JsonArray) array = json_array_sized_new (cells->len);
  g_autoptr (JsonNode)  node = json_node_init_array (json_node_alloc (), array);
  g_autofree char      *text = NULL;

  for (guint i = 0; i < cells->len; i++)
    json_array_add_string_element (array, cells->pdata[i]);
  text = sb_json_node_text (node);

  return sb_db_exec (self->db, error, "INSERT OR REPLACE INTO import_rejected (import_id, number, cells, reason) VALUES (?, ?, ?, ?)", "iiss",
                     import_id, (gint64) number, text, reason);
}

void
sb_rejected_row_free (SbRejectedRow *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self->reason);
  g_free (self);
}

static GPtrArray *
cells_of (const char *text)
{
  GPtrArray           *cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) node = sb_json_parse (text, -1, NULL);
  JsonArray           *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; i < sb_json_length (array); i++)
    g_ptr_array_add (cells, g_strdup (json_array_get_string_element (array, i)));

  return cells;
}

GPtrArray *
sb_reader_list_rejected (SbReader *self,
                         gint64    import_id,
                         guint     after_number,
                         guint     limit)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_rejected_row_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT number, cells, reason FROM import_rejected WHERE import_id = ? AND number > ? ORDER BY number LIMIT ?", "iin",
                                 import_id, (gint64) after_number, (int) limit);

  while (sb_db_step (db, s, NULL))
    {
      SbRejectedRow *row = g_new0 (SbRejectedRow, 1);

      row->number = (guint) sqlite3_column_int64 (s, 0);
      row->cells = cells_of ((const char *) sqlite3_column_text (s, 1));
      row->reason = sb_db_dup_column (s, 2);
      g_ptr_array_add (rows, row);
    }

  return rows;
}

/* (nullable) */
char *
sb_reader_get_import_about (SbReader *self,
                            gint64    import_id)
{
  return sb_db_text (sb_reader_get_db (self), "SELECT about FROM import WHERE id = ?", "i", import_id);
}

/* (nullable): who brought it in */
char *
sb_reader_get_import_author (SbReader *self,
                             gint64    import_id)
{
  return sb_db_text (sb_reader_get_db (self), "SELECT staff.name FROM import JOIN staff ON staff.id = staff_id WHERE import.id = ?", "i", import_id);
}
