/* People: whom a list shows and in which order, and the rows of a page of them. */
#include "sb-reader-contacts.h"

#include <string.h>

#include "sb-card.h"
#include "sb-json.h"
#include "sb-reader-private.h"
#include "sb-store-private.h"

/* -- whom -- */

/* Words as the index of names takes them: all must begin so. (transfer full) (nullable) */
static char *
match_of (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n@\"()+-./*", -1);
  GString       *match = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++)
    if ((*word)[0] != '\0')
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " " : "", *word);
  if (match->len > 0)
    return g_string_free (match, FALSE);
  g_string_free (match, TRUE);

  return NULL;
}

/* Digits among signs, as somebody types a number or part of it; else what was typed, for user names and fields. (transfer full) */
static char *
pattern_of (const char *text,
            gboolean   *is_number)
{
  GString *kept = g_string_new ("%");

  *is_number = strspn (text, "+0123456789 ()-./") == strlen (text);
  for (const char *p = *is_number ? text + strspn (text, "+0 ") : text + strspn (text, "@ "); *p != '\0'; p++)
    if (*is_number ? g_ascii_isdigit (*p) : *p != '%' && *p != '_')
      g_string_append_c (kept, *p);
  g_string_append_c (kept, '%');

  return g_string_free (kept, FALSE);
}

#define NAME_ORDER "shop_sort (c.name, c.profile_name)"
#define THREAD     "LEFT JOIN thread t ON t.contact_id = c.id "

static const struct
{
  const char *join;
  const char *forwards;
  const char *backwards;
} orders[] = {
  [SB_PEOPLE_BY_LAST] = { THREAD, "t.last_at DESC NULLS LAST, c.id DESC", "t.last_at NULLS LAST, c.id" },
  [SB_PEOPLE_BY_NAME] = { "", NAME_ORDER ", c.id", NAME_ORDER " DESC, c.id DESC" },
  [SB_PEOPLE_BY_STAGE] = { THREAD "LEFT JOIN stage s ON s.id = c.stage_id ", "s.position NULLS LAST, s.id, t.last_at DESC NULLS LAST, c.id DESC", "s.position DESC NULLS LAST, s.id, t.last_at DESC NULLS LAST, c.id DESC" },
  [SB_PEOPLE_BY_CONSENT] = { THREAD, "CASE c.consent WHEN 2 THEN 0 WHEN 1 THEN 1 WHEN 0 THEN 2 ELSE 3 END, t.last_at DESC NULLS LAST, c.id DESC", "CASE c.consent WHEN 2 THEN 0 WHEN 1 THEN 1 WHEN 0 THEN 2 ELSE 3 END DESC, t.last_at DESC NULLS LAST, c.id DESC" },
  [SB_PEOPLE_BY_LANGUAGE] = { "", "c.language NULLS LAST, c.id", "c.language DESC NULLS LAST, c.id" },
  [SB_PEOPLE_BY_COUNTRY] = { "", "c.country NULLS LAST, c.id", "c.country DESC NULLS LAST, c.id" },
  [SB_PEOPLE_BY_SOURCE] = { "", "c.source NULLS LAST, c.id", "c.source DESC NULLS LAST, c.id" },
  [SB_PEOPLE_BY_BLOCKED] = { "", "c.blocked DESC, c.id DESC", "c.blocked, c.id DESC" },
  [SB_PEOPLE_BY_ADDED] = { "", "c.id DESC", "c.id" },
  [SB_PEOPLE_BY_FIELD] = { "LEFT JOIN contact_field f ON f.contact_id = c.id AND f.name = ?7 ",
                           "CASE ?8 WHEN 2 THEN CAST (f.value AS REAL) ELSE shop_sort (f.value) END NULLS LAST, c.id", "f.value IS NULL, CASE ?8 WHEN 2 THEN CAST (f.value AS REAL) ELSE shop_sort (f.value) END DESC, c.id" },
};

/* Conditions that are not asked still take their number. */
static const char *
statement_of (const SbPeopleQuery *query)
{
  g_autofree char *sql = g_strconcat ("SELECT c.id FROM contact c ", orders[query->sort].join, "WHERE c.removed = 0",
                                      query->stage_id == SB_PEOPLE_NO_STAGE ? " AND c.stage_id = 0 AND ?1 = ?1" : query->stage_id != 0 ? " AND c.stage_id = ?1 AND c.stage_id != 0"
                                                                                                                                       : " AND ?1 = ?1",
                                      query->tag_id != 0 ? " AND c.id IN (SELECT contact_id FROM contact_tag WHERE tag_id = ?2)" : " AND ?2 = ?2",
                                      query->consent != 0 ? " AND c.consent = ?3 - 1" : " AND ?3 = ?3",
                                      query->blocked == 1 ? " AND c.blocked = 1 AND ?4 = ?4" : query->blocked == 2 ? " AND c.blocked = 0 AND ?4 = ?4"
                                                                                                                   : " AND ?4 = ?4",
                                      query->words != NULL && query->words[0] != '\0' ? " AND (c.id IN (SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?5) "
                                                                                        "OR c.id IN (SELECT contact_id FROM identity WHERE value LIKE ?6) "
                                                                                        "OR c.id IN (SELECT contact_id FROM contact_field WHERE value LIKE ?6))"
                                                                                      : " AND ?5 IS NULL AND ?6 IS NULL",
                                      " AND (?7 IS NULL OR ?8 >= 0) ORDER BY ", query->backwards ? orders[query->sort].backwards : orders[query->sort].forwards, NULL);

  return g_intern_string (sql);
}

static GHashTable *
set_of (const GArray *ids)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, &g_array_index (ids, gint64, i));

  return set;
}

GArray *
sb_reader_list_people (SbReader            *self,
                       const SbPeopleQuery *query)
{
  SbDb                  *db = sb_reader_get_db (self);
  GArray                *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean               is_number = FALSE;
  gboolean               by_words = query->words != NULL && query->words[0] != '\0';
  g_autofree char       *match = by_words ? match_of (query->words) : NULL;
  g_autofree char       *pattern = by_words ? pattern_of (query->words, &is_number) : NULL;
  g_autoptr (SbField)    field = query->field != NULL ? sb_reader_find_field (self, query->field) : NULL;
  g_autoptr (GHashTable) only = query->only != NULL ? set_of (query->only) : NULL;
  sqlite3_stmt          *s;

  /* An empty text of FTS is a mistake, and no word finds nobody. */
  if (by_words && match == NULL)
    return ids;

  s = sb_db_query (db, NULL, statement_of (query), "iinnsssn", query->stage_id, query->tag_id, query->consent, query->blocked, match, pattern, query->field, field != NULL ? (int) field->kind : 0);
  while (sb_db_step (db, s, NULL))
    {
      gint64 id = sqlite3_column_int64 (s, 0);

      if (only == NULL || g_hash_table_contains (only, &id))
        g_array_append_val (ids, id);
    }

  return ids;
}

/* -- rows -- */

#define NUMBER_OF   "(SELECT value FROM identity i WHERE i.contact_id = c.id AND kind IN (2, 1) ORDER BY kind DESC, id DESC LIMIT 1)"
#define USERNAME_OF "(SELECT value FROM identity i WHERE i.contact_id = c.id AND kind = 5 LIMIT 1)"
#define TAGS_OF     "(SELECT group_concat (name, ', ') FROM (SELECT tag.name FROM contact_tag g JOIN tag ON tag.id = g.tag_id WHERE g.contact_id = c.id ORDER BY tag.folded))"
#define PERSON                                                                                                                                       \
  "SELECT c.id, c.name, c.profile_name, " NUMBER_OF ", " USERNAME_OF ", c.stage_id, s.name, c.consent, c.blocked, c.hidden, c.language, c.country, " \
  "c.time_zone, c.source, " TAGS_OF ", t.id, t.last_at, t.last_direction, t.last_kind, t.preview, t.last_message_id FROM contact c "                 \
  "LEFT JOIN thread t ON t.contact_id = c.id LEFT JOIN stage s ON s.id = c.stage_id WHERE c.id = ?"

static gboolean
is_filled (const char *text)
{
  return text != NULL && text[0] != '\0';
}

static void
name_person (SbReader     *self,
             SbPerson     *person,
             sqlite3_stmt *s)
{
  const char *name = (const char *) sqlite3_column_text (s, 1);
  const char *profile_name = (const char *) sqlite3_column_text (s, 2);
  const char *number = (const char *) sqlite3_column_text (s, 3);
  const char *username = (const char *) sqlite3_column_text (s, 4);
  const char *shown = is_filled (number) ? sb_reader_format_number (self, number) : NULL;

  person->handle = is_filled (shown) ? g_strdup (shown) : is_filled (username) ? g_strconcat ("@", username, NULL)
                                                                               : g_strdup ("");
  person->name = g_strdup (is_filled (name) ? name : is_filled (profile_name) ? profile_name
                                                 : is_filled (person->handle) ? person->handle
                                                                              : "?");
}

static SbPerson *
person_from (SbReader     *self,
             sqlite3_stmt *s)
{
  SbPerson *person = sb_person_new ();

  person->id = sqlite3_column_int64 (s, 0);
  name_person (self, person, s);
  person->stage_id = sqlite3_column_int64 (s, 5);
  person->stage = sb_db_dup_column (s, 6);
  person->consent = sqlite3_column_int (s, 7);
  person->blocked = sqlite3_column_int (s, 8) != 0;
  person->hidden = sqlite3_column_int (s, 9) != 0;
  person->language = sb_db_dup_column (s, 10);
  person->country = sb_db_dup_column (s, 11);
  person->time_zone = sb_db_dup_column (s, 12);
  person->source = sb_db_dup_column (s, 13);
  person->tags = sb_db_dup_column (s, 14);
  person->thread_id = sqlite3_column_int64 (s, 15);
  if (sqlite3_column_int64 (s, 20) != 0)
    {
      person->last_at = sqlite3_column_int64 (s, 16);
      person->last_direction = sqlite3_column_int (s, 17);
      person->last_kind = sqlite3_column_int (s, 18);
      person->preview = sb_db_dup_column (s, 19);
    }

  return person;
}

static void
fill_fields (SbReader *self,
             SbPerson *person)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT name, value FROM contact_field WHERE contact_id = ?", "i", person->id);

  while (sb_db_step (db, s, NULL))
    {
      SbCardField *field = g_new0 (SbCardField, 1);

      field->name = sb_db_dup_column (s, 0);
      field->value = sb_db_dup_column (s, 1);
      g_ptr_array_add (person->fields, field);
    }
}

static SbPerson *
read_person (SbReader   *self,
             const char *sql,
             gint64      contact_id)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, sql, "i", contact_id);
  SbPerson     *person = sb_db_step (db, s, NULL) ? person_from (self, s) : NULL;

  sb_db_done (s);
  if (person != NULL)
    fill_fields (self, person);

  return person;
}

/* (nullable) */
SbPerson *
sb_reader_get_person (SbReader *self,
                      gint64    contact_id)
{
  return read_person (self, PERSON " AND c.removed = 0", contact_id);
}

GPtrArray *
sb_reader_get_people (SbReader     *self,
                      const gint64 *ids,
                      guint         n)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_person_free);

  for (guint i = 0; i < n; i++)
    {
      SbPerson *person = read_person (self, PERSON, ids[i]);

      if (person != NULL)
        g_ptr_array_add (people, person);
    }

  return people;
}

gint64
sb_reader_get_contact_thread (SbReader *self,
                              gint64    contact_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id);
}

GPtrArray *
sb_reader_list_identities (SbReader *self,
                           gint64    contact_id)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *identities = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_identity_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT id, kind, value FROM identity WHERE contact_id = ? ORDER BY CASE kind WHEN 2 THEN 0 ELSE kind END, id DESC", "i", contact_id);

  while (sb_db_step (db, s, NULL))
    {
      SbIdentity *identity = g_new0 (SbIdentity, 1);

      identity->id = sqlite3_column_int64 (s, 0);
      identity->kind = sqlite3_column_int (s, 1);
      identity->value = sb_db_dup_column (s, 2);
      if (identity->kind == SB_IDENTITY_PHONE || identity->kind == SB_IDENTITY_WA_ID)
        identity->shown = g_strdup (sb_reader_format_number (self, identity->value));
      else if (identity->kind == SB_IDENTITY_USERNAME)
        identity->shown = g_strconcat ("@", identity->value, NULL);
      if (!is_filled (identity->shown))
        g_set_str (&identity->shown, identity->value);
      g_ptr_array_add (identities, identity);
    }

  return identities;
}

static GPtrArray *
list_named (SbReader   *self,
            const char *sql,
            gint64      id)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *list = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, sql, "i", id);

  while (sb_db_step (db, s, NULL))
    {
      SbNamed *named = sb_named_new ();

      named->id = sqlite3_column_int64 (s, 0);
      named->name = sb_db_dup_column (s, 1);
      named->colour = sqlite3_column_int (s, 2);
      named->position = sqlite3_column_int (s, 3);
      g_ptr_array_add (list, named);
    }

  return list;
}

GPtrArray *
sb_reader_list_contact_tags (SbReader *self,
                             gint64    contact_id)
{
  return list_named (self, "SELECT tag.id, tag.name, tag.colour, 0 FROM contact_tag g JOIN tag ON tag.id = g.tag_id WHERE g.contact_id = ? ORDER BY tag.folded", contact_id);
}

GPtrArray *
sb_reader_list_stages (SbReader *self)
{
  return list_named (self, "SELECT id, name, 0, position FROM stage WHERE id > ? ORDER BY position, id", 0);
}

/* -- the owner's columns -- */

static char **
choices_of (const char *text)
{
  g_autoptr (JsonNode)     node = text != NULL ? sb_json_parse (text, -1, NULL) : NULL;
  JsonArray               *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();

  for (guint i = 0; i < sb_json_length (array); i++)
    g_strv_builder_add (choices, json_array_get_string_element (array, i));

  return g_strv_builder_end (choices);
}

static SbField *
field_from (sqlite3_stmt *s)
{
  SbField         *field = sb_field_new ();
  g_autofree char *choices = sb_db_dup_column (s, 3);

  field->id = sqlite3_column_int64 (s, 0);
  field->name = sb_db_dup_column (s, 1);
  field->kind = sqlite3_column_int (s, 2);
  field->choices = choices_of (choices);
  field->position = sqlite3_column_int (s, 4);

  return field;
}

GPtrArray *
sb_reader_list_fields (SbReader *self)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_field_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT id, name, kind, choices, position FROM field ORDER BY position, id", "");

  while (sb_db_step (db, s, NULL))
    g_ptr_array_add (fields, field_from (s));

  return fields;
}

/* (nullable) */
/* Whom it is of; 0: nobody. Numbers are found by sb_reader_find_number (). */
gint64
sb_reader_find_identity (SbReader      *self,
                         SbIdentityKind kind,
                         const char    *value)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT contact_id FROM identity WHERE kind = ? AND value = ?", "ns", (int) kind, value);
}

SbField *
sb_reader_find_field (SbReader   *self,
                      const char *name)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT id, name, kind, choices, position FROM field WHERE name = ?", "s", name);
  SbField      *field = sb_db_step (db, s, NULL) ? field_from (s) : NULL;

  sb_db_done (s);

  return field;
}
