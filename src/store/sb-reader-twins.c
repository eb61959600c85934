/* Two contacts that may be one person. Only suggested: whether they are is for a person to say. */
#include "sb-reader-contacts.h"

#include "sb-phone.h"
#include "sb-store-private.h"

typedef struct
{
  SbReader   *reader;
  GArray     *twins;
  GHashTable *seen; /* "one:other" */
  guint       limit;
} Search;

static gboolean
is_apart (SbReader *self,
          gint64    one_id,
          gint64    other_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT 1 FROM contact_apart WHERE one_id = ? AND other_id = ?", "ii", one_id, other_id) != 0;
}

static gboolean
is_full (const Search *search)
{
  return search->twins->len >= search->limit;
}

static void
add (Search  *search,
     gint64   a,
     gint64   b,
     gboolean by_number)
{
  SbTwins twins = { MIN (a, b), MAX (a, b), by_number };
  char   *key;

  if (a == b || is_full (search) || is_apart (search->reader, twins.one_id, twins.other_id))
    return;
  key = g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, twins.one_id, twins.other_id);
  if (g_hash_table_add (search->seen, key))
    g_array_append_val (search->twins, twins);
}

static gint64
owner_of (SbReader   *self,
          const char *digits,
          gint64      not_this)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT contact_id FROM identity i JOIN contact c ON c.id = i.contact_id WHERE i.kind IN (1, 2) AND i.value = ? AND i.contact_id != ? AND c.removed = 0 LIMIT 1",
                    "si", digits, not_this);
}

static void
look_for_number (Search     *search,
                 gint64      contact_id,
                 const char *digits)
{
  g_auto (GStrv) variants = sb_phone_variants (digits);

  for (char **variant = variants; *variant != NULL; variant++)
    {
      gint64 other = owner_of (search->reader, *variant, contact_id);

      if (other != 0)
        add (search, contact_id, other, TRUE);
    }
}

static Search
search_new (SbReader *reader,
            guint     limit)
{
  return (Search) { reader, g_array_new (FALSE, FALSE, sizeof (SbTwins)), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), limit };
}

static void
by_numbers (Search     *search,
            const char *sql,
            gint64      contact_id)
{
  SbDb                 *db = sb_reader_get_db (search->reader);
  sqlite3_stmt         *s = sb_db_query (db, NULL, sql, "i", contact_id);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray)    owners = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (sb_db_step (db, s, NULL))
    {
      gint64 owner = sqlite3_column_int64 (s, 0);

      g_array_append_val (owners, owner);
      g_ptr_array_add (numbers, sb_db_dup_column (s, 1));
    }
  for (guint i = 0; i < numbers->len && !is_full (search); i++)
    look_for_number (search, g_array_index (owners, gint64, i), numbers->pdata[i]);
}

/* The same name is only asked about when it is one of at least two words: there are many Marias. */
#define SAME_NAME                                                                                                                    \
  "SELECT min (id), max (id) FROM contact WHERE removed = 0 AND instr (trim (coalesce (nullif (name, ''), profile_name)), ' ') > 0 " \
  "GROUP BY shop_sort (name, profile_name) HAVING count (*) BETWEEN 2 AND 5"
#define NAMED_LIKE                                                                                                                                                          \
  "SELECT c.id FROM contact c JOIN contact o ON o.id = ? WHERE c.removed = 0 AND c.id != o.id AND shop_sort (c.name, c.profile_name) = shop_sort (o.name, o.profile_name) " \
  "AND instr (trim (coalesce (nullif (c.name, ''), c.profile_name)), ' ') > 0 LIMIT 5"

GArray *
sb_reader_list_twins (SbReader *self,
                      guint     limit)
{
  Search                 search = search_new (self, limit);
  g_autoptr (GHashTable) seen = search.seen;
  SbDb                  *db = sb_reader_get_db (self);
  sqlite3_stmt          *s;

  by_numbers (&search, "SELECT i.contact_id, i.value FROM identity i JOIN contact c ON c.id = i.contact_id WHERE i.kind IN (1, 2) AND i.id > ? AND c.removed = 0", 0);
  s = sb_db_query (db, NULL, SAME_NAME, "");
  while (sb_db_step (db, s, NULL))
    {
      if (is_full (&search))
        {
          sb_db_done (s);
          break;
        }
      add (&search, sqlite3_column_int64 (s, 0), sqlite3_column_int64 (s, 1), FALSE);
    }

  return search.twins;
}

GArray *
sb_reader_find_twins (SbReader *self,
                      gint64    contact_id,
                      guint     limit)
{
  Search                 search = search_new (self, limit);
  g_autoptr (GHashTable) seen = search.seen;
  SbDb                  *db = sb_reader_get_db (self);
  sqlite3_stmt          *s;

  by_numbers (&search, "SELECT contact_id, value FROM identity WHERE kind IN (1, 2) AND contact_id = ?", contact_id);
  s = sb_db_query (db, NULL, NAMED_LIKE, "i", contact_id);
  while (sb_db_step (db, s, NULL))
    add (&search, contact_id, sqlite3_column_int64 (s, 0), FALSE);

  return search.twins;
}
