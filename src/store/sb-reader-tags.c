/* Tags with what has them, and what speaks of them. */
#include "sb-tags-private.h"
#include "sb-reader-reading.h"
#include "sb-writer-tags.h"

void
sb_tag_row_free (SbTagRow *self)
{
  g_free (self->name);
  g_free (self);
}

#define COLUMNS                                                                                                                              \
  "SELECT id, name, colour, (SELECT count (*) FROM thread_tag g JOIN thread t ON t.id = g.thread_id JOIN contact c ON c.id = t.contact_id "  \
  "WHERE g.tag_id = tag.id AND c.removed = 0 AND c.hidden = 0), (SELECT count (*) FROM contact_tag g JOIN contact c ON c.id = g.contact_id " \
  "WHERE g.tag_id = tag.id AND c.removed = 0 AND c.hidden = 0) FROM tag "

static GPtrArray *
list (SbReader     *self,
      sqlite3_stmt *s)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_tag_row_free);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbTagRow *row = g_new0 (SbTagRow, 1);

      row->id = sqlite3_column_int64 (s, 0);
      row->name = sb_db_dup_column (s, 1);
      row->colour = sqlite3_column_int (s, 2);
      row->n_threads = (guint) sqlite3_column_int (s, 3);
      row->n_people = (guint) sqlite3_column_int (s, 4);
      g_ptr_array_add (rows, row);
    }

  return rows;
}

GPtrArray *
sb_reader_list_tag_rows (SbReader *self)
{
  return list (self, sb_db_query (sb_reader_get_db (self), NULL, COLUMNS "ORDER BY folded", ""));
}

SbTagRow *
sb_reader_get_tag_row (SbReader *self,
                       gint64    tag_id)
{
  g_autoptr (GPtrArray) rows = list (self, sb_db_query (sb_reader_get_db (self), NULL, COLUMNS "WHERE id = ?", "i", tag_id));

  return rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

static void
add_names (SbReader     *self,
           GPtrArray    *names,
           sqlite3_stmt *s)
{
  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    g_ptr_array_add (names, sb_db_dup_column (s, 0));
}

GPtrArray *
sb_reader_list_tag_users (SbReader *self,
                          gint64    tag_id)
{
  SbDb            *db = sb_reader_get_db (self);
  GPtrArray       *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = sb_db_text (db, "SELECT folded FROM tag WHERE id = ?", "i", tag_id);
  sqlite3_stmt    *s;

  add_names (self, names, sb_db_query (db, NULL, "SELECT name FROM view WHERE staff_id IN (0, ?2) AND EXISTS (SELECT 1 FROM json_each (iif (json_valid (query), query, '{}'), '$.tags') "
                                                 "WHERE value = CAST (?1 AS TEXT)) ORDER BY position, id",
                                       "ii", tag_id, sb_reader_get_staff (self)));
  s = sb_db_query (db, NULL, "SELECT name, rule FROM segment WHERE rule IS NOT NULL ORDER BY position, id", "");
  while (sb_db_step (db, s, NULL))
    {
      g_autofree char *rule = sb_db_dup_column (s, 1);

      if (sb_tag_rule_names (rule, tag_id, folded))
        g_ptr_array_add (names, sb_db_dup_column (s, 0));
    }
  add_names (self, names, sb_db_query (db, NULL, "SELECT name FROM macro WHERE EXISTS (SELECT 1 FROM json_each (iif (json_valid (steps), steps, '{}'), '$.steps') "
                                                 "WHERE json_extract (value, '$.do') IN ('tag', 'untag') AND json_extract (value, '$.value') = ?) ORDER BY position, id",
                                       "i", tag_id));

  return names;
}
