/* Groups of people: who is in, how many, and what conditions may speak of. */
#include "sb-reader-segments.h"

#include "sb-condition-sql.h"
#include "sb-id.h"
#include "sb-json.h"
#include "sb-phone.h"
#include "sb-store-private.h"
#include "sb-value.h"

void
sb_segment_free (SbSegment *self)
{
  g_free (self->name);
  g_free (self->rule);
  g_free (self);
}

/* -- segments -- */

#define SEGMENT_COLUMNS "SELECT id, name, kind, rule, position FROM segment "

static SbSegment *
segment_from (sqlite3_stmt *s)
{
  SbSegment *segment = g_new0 (SbSegment, 1);

  segment->id = sqlite3_column_int64 (s, 0);
  segment->name = sb_db_dup_column (s, 1);
  segment->kind = sqlite3_column_int (s, 2);
  segment->rule = sb_db_dup_column (s, 3);
  segment->position = sqlite3_column_int (s, 4);

  return segment;
}

GPtrArray *
sb_reader_list_segments (SbReader *self)
{
  GPtrArray    *segments = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_segment_free);
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, SEGMENT_COLUMNS "ORDER BY position, id", "");

  while (sb_db_step (db, s, NULL))
    g_ptr_array_add (segments, segment_from (s));

  return segments;
}

static SbSegment *
one_segment (SbDb         *db,
             sqlite3_stmt *s)
{
  SbSegment *segment = sb_db_step (db, s, NULL) ? segment_from (s) : NULL;

  sb_db_done (s);

  return segment;
}

SbSegment *
sb_reader_get_segment (SbReader *self,
                       gint64    segment_id)
{
  SbDb *db = sb_reader_get_db (self);

  return one_segment (db, sb_db_query (db, NULL, SEGMENT_COLUMNS "WHERE id = ?", "i", segment_id));
}

SbSegment *
sb_reader_find_segment (SbReader   *self,
                        const char *name)
{
  SbDb            *db = sb_reader_get_db (self);
  g_autofree char *folded = sb_fold_name (name);

  return one_segment (db, sb_db_query (db, NULL, SEGMENT_COLUMNS "WHERE folded = ?", "s", folded));
}

/* -- what conditions speak of -- */

static void
add_rows (SbDb         *db,
          GPtrArray    *rows,
          sqlite3_stmt *s)
{
  while (sb_db_step (db, s, NULL))
    {
      SbNamed *row = sb_named_new ();

      row->id = sqlite3_column_int64 (s, 0);
      row->name = sb_db_dup_column (s, 1);
      if (row->name == NULL)
        row->name = g_strdup ("");
      g_ptr_array_add (rows, row);
    }
}

static char **
choices_from (const char *json)
{
  g_autoptr (JsonNode)     node = json != NULL ? sb_json_parse (json, -1, NULL) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (node), i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }

  return g_strv_builder_end (builder);
}

/* Names are jumped through one by one: the index holds each as often as it is used. */
#define USED_NAMES                                                                                               \
  "WITH RECURSIVE used (name) AS (SELECT min (name) FROM contact_field UNION ALL "                               \
  "SELECT (SELECT min (name) FROM contact_field WHERE name > used.name) FROM used WHERE used.name IS NOT NULL) " \
  "SELECT name FROM used WHERE name IS NOT NULL AND name NOT IN (SELECT name FROM field) LIMIT 2000"

static void
add_fields (SbDb         *db,
            SbShopSchema *schema)
{
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT id, name, kind, choices FROM field ORDER BY position, id", "");

  while (sb_db_step (db, s, NULL))
    {
      g_autofree char *name = sb_db_dup_column (s, 1);
      g_autofree char *choices = sb_db_dup_column (s, 3);
      int              kind = sqlite3_column_int (s, 2);

      sb_shop_schema_add_field (schema, sqlite3_column_int64 (s, 0), name, kind >= SB_VALUE_TEXT && kind <= SB_VALUE_YES_NO ? kind : SB_VALUE_TEXT, choices_from (choices));
    }

  s = sb_db_query (db, NULL, USED_NAMES, "");
  while (sb_db_step (db, s, NULL))
    {
      g_autofree char *name = sb_db_dup_column (s, 0);

      /* Of the columns an import knows this one is a day. */
      sb_shop_schema_add_field (schema, 0, name, g_str_equal (name, "birthday") ? SB_VALUE_DATE : SB_VALUE_TEXT, NULL);
    }
}

SbShopSchema *
sb_reader_get_shop_schema (SbReader *self)
{
  SbShopSchema *schema = sb_shop_schema_new ();
  SbDb         *db = sb_reader_get_db (self);

  add_rows (db, schema->tags, sb_db_query (db, NULL, "SELECT id, name FROM tag ORDER BY folded", ""));
  add_rows (db, schema->stages, sb_db_query (db, NULL, "SELECT id, name FROM stage ORDER BY position, id", ""));
  add_rows (db, schema->staff, sb_db_query (db, NULL, "SELECT id, name FROM staff WHERE active = 1 ORDER BY position, id", ""));
  add_rows (db, schema->lines, sb_db_query (db, NULL, "SELECT id, name FROM line WHERE state != 5 ORDER BY id", ""));
  add_rows (db, schema->imports,
            sb_db_query (db, NULL,
                         "SELECT id, coalesce (file_name, '') || ' (' || strftime ('%Y-%m-%d', at / 1000, 'unixepoch') || ')' FROM import WHERE state != 4 ORDER BY id DESC LIMIT 2000", ""));
  add_fields (db, schema);

  return schema;
}

/* -- one person -- */

static void
add_ids (SbDb         *db,
         GArray       *ids,
         sqlite3_stmt *s)
{
  while (sb_db_step (db, s, NULL))
    {
      gint64 id = sqlite3_column_int64 (s, 0);

      g_array_append_val (ids, id);
    }
}

static void
fill_thread (SbDb      *db,
             SbDossier *person)
{
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT unread > 0, unanswered, status, assignee_id, line_id FROM thread WHERE contact_id = ?", "i", person->contact_id);

  if (sb_db_step (db, s, NULL))
    {
      person->unread = sqlite3_column_int (s, 0) != 0;
      person->unanswered = sqlite3_column_int (s, 1) != 0;
      person->status = sqlite3_column_int (s, 2);
      person->assignee_id = sqlite3_column_int64 (s, 3);
      person->line_id = sqlite3_column_int64 (s, 4);
    }
  sb_db_done (s);

  s = sb_db_query (db, NULL, "SELECT last_in_at, last_out_at, n_messages FROM contact_stat WHERE contact_id = ?", "i", person->contact_id);
  if (sb_db_step (db, s, NULL))
    {
      person->last_in_at = sqlite3_column_int64 (s, 0);
      person->last_out_at = sqlite3_column_int64 (s, 1);
      person->n_messages = sqlite3_column_int64 (s, 2);
    }
  sb_db_done (s);
}

static void
fill_person (SbDb      *db,
             SbDossier *person)
{
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT value FROM identity WHERE contact_id = ? AND kind IN (1, 2)", "i", person->contact_id);

  while (sb_db_step (db, s, NULL))
    g_ptr_array_add (person->numbers, sb_db_dup_column (s, 0));
  s = sb_db_query (db, NULL, "SELECT name, value FROM contact_field WHERE contact_id = ?", "i", person->contact_id);
  while (sb_db_step (db, s, NULL))
    g_hash_table_insert (person->fields, sb_db_dup_column (s, 0), sb_db_dup_column (s, 1));
  add_ids (db, person->tags, sb_db_query (db, NULL, "SELECT tag_id FROM contact_tag WHERE contact_id = ?", "i", person->contact_id));
  add_ids (db, person->imports, sb_db_query (db, NULL, "SELECT DISTINCT import_id FROM import_row WHERE contact_id = ? AND undone != 1", "i", person->contact_id));
  fill_thread (db, person);
}

/* (nullable): there is no such contact */
SbDossier *
sb_reader_get_dossier (SbReader *self,
                       gint64    contact_id)
{
  SbDb         *db = sb_reader_get_db (self);
  SbDossier    *person = NULL;
  sqlite3_stmt *s = sb_db_query (db, NULL,
                                 "SELECT coalesce (nullif (name, ''), profile_name), country, language, source, stage_id, consent, blocked FROM contact WHERE id = ?", "i", contact_id);

  if (sb_db_step (db, s, NULL))
    {
      person = sb_dossier_new ();
      person->contact_id = contact_id;
      person->name = sb_db_dup_column (s, 0);
      person->country = sb_db_dup_column (s, 1);
      person->language = sb_db_dup_column (s, 2);
      person->source = sb_db_dup_column (s, 3);
      person->stage_id = sqlite3_column_int64 (s, 4);
      person->consent = sqlite3_column_int (s, 5);
      person->blocked = sqlite3_column_int (s, 6) != 0;
      person->first_seen_at = sb_id_get_time (contact_id);
    }
  sb_db_done (s);
  if (person != NULL)
    fill_person (db, person);

  return person;
}

/* -- many people -- */

/* Everybody who may be in a group at all; a condition follows. */
#define PEOPLE "FROM contact c WHERE c.removed = 0 AND "

static int
give_up_cb (gpointer data)
{
  return g_cancellable_is_cancelled (data);
}

/* @before and @after stand round the condition in the statement. */
static sqlite3_stmt *
ask (SbReader           *self,
     const SbGroupQuery *query,
     const char         *before,
     const char         *after,
     gint64              value,
     GCancellable       *cancellable,
     GError            **error)
{
  g_autoptr (SbConditionSql) condition = sb_condition_sql_new (query);
  g_autofree char           *sql = g_strconcat (before, condition->sql->str, after, NULL);
  SbDb                      *db = sb_reader_get_db (self);
  sqlite3_stmt              *statement = g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL : sb_db_prepare (db, sql, error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, sb_condition_sql_bind (condition, statement) + 1, value);
  if (cancellable != NULL)
    sqlite3_progress_handler (sb_db_get_handle (db), 2000, give_up_cb, cancellable);

  return statement;
}

/* TRUE when @result was an end and no fault. */
static gboolean
end (SbReader     *self,
     sqlite3_stmt *statement,
     int           result,
     GCancellable *cancellable,
     GError      **error)
{
  SbDb    *db = sb_reader_get_db (self);
  gboolean is_good = result == SQLITE_ROW || result == SQLITE_DONE;

  if (!is_good && !g_cancellable_set_error_if_cancelled (cancellable, error))
    sb_db_fail (db, error);
  sqlite3_finalize (statement);
  sqlite3_progress_handler (sb_db_get_handle (db), 0, NULL, NULL);

  return is_good;
}

gint64
sb_reader_count_people (SbReader           *self,
                        const SbGroupQuery *query,
                        gint64              at_most,
                        GCancellable       *cancellable,
                        GError            **error)
{
  const char   *before = at_most > 0 ? "SELECT count (*) FROM (SELECT 1 " PEOPLE : "SELECT count (*) " PEOPLE;
  sqlite3_stmt *statement = ask (self, query, before, at_most > 0 ? " LIMIT ?)" : "", at_most, cancellable, error);
  gint64        n = 0;
  int           result;

  if (statement == NULL)
    return -1;
  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    n = sqlite3_column_int64 (statement, 0);

  return end (self, statement, result, cancellable, error) ? n : -1;
}

/* How somebody is called: by name, or number, or name of the network. */
#define SHOWN_NAME                                                                                                                                      \
  "coalesce (nullif (c.name, ''), nullif (c.profile_name, ''), (SELECT value FROM identity i WHERE i.contact_id = c.id AND i.kind IN (1, 2) LIMIT 1), " \
  "(SELECT '@' || value FROM identity i WHERE i.contact_id = c.id AND i.kind = 5 LIMIT 1), '')"

GPtrArray *
sb_reader_sample_people (SbReader           *self,
                         const SbGroupQuery *query,
                         guint               limit,
                         GCancellable       *cancellable,
                         GError            **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);
  sqlite3_stmt         *statement = ask (self, query, "SELECT c.id, " SHOWN_NAME " " PEOPLE, " ORDER BY c.id DESC LIMIT ?", limit, cancellable, error);
  int                   result;

  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      SbNamed         *person = sb_named_new ();
      g_autofree char *name = sb_db_dup_column (statement, 1);

      person->id = sqlite3_column_int64 (statement, 0);
      person->name = name != NULL && sb_phone_is_digits (name) ? sb_phone_format (name) : g_strdup (name);
      g_ptr_array_add (people, person);
    }

  return end (self, statement, result, cancellable, error) ? g_steal_pointer (&people) : NULL;
}

GArray *
sb_reader_list_people_ids (SbReader           *self,
                           const SbGroupQuery *query,
                           GCancellable       *cancellable,
                           GError            **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt      *statement = ask (self, query, "SELECT c.id " PEOPLE, " ORDER BY c.id", 0, cancellable, error);
  int                result;

  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }

  return end (self, statement, result, cancellable, error) ? g_steal_pointer (&ids) : NULL;
}

gboolean
sb_reader_is_among (SbReader           *self,
                    const SbGroupQuery *query,
                    gint64              contact_id,
                    gboolean           *is_among,
                    GError            **error)
{
  sqlite3_stmt *statement = ask (self, query, "SELECT 1 " PEOPLE, " AND c.id = ?", contact_id, NULL, error);
  int           result;

  if (statement == NULL)
    return FALSE;
  result = sqlite3_step (statement);
  *is_among = result == SQLITE_ROW;

  return end (self, statement, result, NULL, error);
}
