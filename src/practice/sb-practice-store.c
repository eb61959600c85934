#include "sb-practice-store.h"

#include <sqlite3.h>

#include "sb-error.h"

typedef struct
{
  gint64      seq;
  JsonObject *object;
} Entry;

struct _SbPracticeStore
{
  sqlite3    *db;
  GHashTable *kinds; /* name -> (id -> Entry) */
  gint64      last_seq;
  guint       commit_id;
  gboolean    in_transaction;
};

#define SCHEMA                                                                                                      \
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"                                                         \
  "CREATE TABLE IF NOT EXISTS doc (kind TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL," \
  " PRIMARY KEY (kind, id)) STRICT;"                                                                                \
  "CREATE TABLE IF NOT EXISTS blob (id TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  json_object_unref (entry->object);
  g_free (entry);
}

static GHashTable *
shelf (SbPracticeStore *self,
       const char      *kind)
{
  GHashTable *entries = g_hash_table_lookup (self->kinds, kind);

  if (entries == NULL)
    {
      entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
      g_hash_table_insert (self->kinds, g_strdup (kind), entries);
    }

  return entries;
}

static void
load_row (SbPracticeStore *self,
          const char      *kind,
          const char      *id,
          gint64           seq,
          const char      *body)
{
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  Entry               *entry;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  entry = g_new0 (Entry, 1);
  entry->seq = seq;
  entry->object = json_node_dup_object (node);
  g_hash_table_replace (shelf (self, kind), g_strdup (id), entry);
  self->last_seq = MAX (self->last_seq, seq);
}

static gboolean
load (SbPracticeStore *self,
      GError         **error)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_exec (self->db, SCHEMA, NULL, NULL, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (self->db, "SELECT kind, id, seq, body FROM doc ORDER BY seq", -1, &stmt, NULL) != SQLITE_OK)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The practice file cannot be used: %s", sqlite3_errmsg (self->db));
      return FALSE;
    }

  while (sqlite3_step (stmt) == SQLITE_ROW)
    load_row (self, (const char *) sqlite3_column_text (stmt, 0), (const char *) sqlite3_column_text (stmt, 1),
              sqlite3_column_int64 (stmt, 2), (const char *) sqlite3_column_text (stmt, 3));
  sqlite3_finalize (stmt);

  return TRUE;
}

/* Runs one statement with up to four parameters: text, text, integer, text or blob; those not given are left NULL. */
static void
run (SbPracticeStore *self,
     const char      *sql,
     const char      *first,
     const char      *second,
     gint64           number,
     GBytes          *bytes)
{
  sqlite3_stmt *stmt = NULL;
  gsize         size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL) != SQLITE_OK)
    {
      g_critical ("Practice file: %s", sqlite3_errmsg (self->db));
      return;
    }

  sqlite3_bind_text (stmt, 1, first, -1, SQLITE_STATIC);
  if (sqlite3_bind_parameter_count (stmt) > 1)
    sqlite3_bind_text (stmt, 2, second, -1, SQLITE_STATIC);
  if (sqlite3_bind_parameter_count (stmt) > 2)
    sqlite3_bind_int64 (stmt, 3, number);
  if (sqlite3_bind_parameter_count (stmt) > 3)
    sqlite3_bind_blob (stmt, 4, data != NULL ? data : "", size, SQLITE_STATIC);
  if (sqlite3_step (stmt) != SQLITE_DONE)
    g_warning ("Practice file: %s", sqlite3_errmsg (self->db));
  sqlite3_finalize (stmt);
}

static gboolean
commit_cb (gpointer user_data)
{
  SbPracticeStore *self = user_data;

  self->commit_id = 0;
  sb_practice_store_flush (self);

  return G_SOURCE_REMOVE;
}

/* All changes of one turn of the main loop share one commit. */
static void
begin (SbPracticeStore *self)
{
  if (self->in_transaction)
    return;

  sqlite3_exec (self->db, "BEGIN", NULL, NULL, NULL);
  self->in_transaction = TRUE;
  if (self->commit_id == 0)
    self->commit_id = g_idle_add_full (G_PRIORITY_HIGH, commit_cb, self, NULL);
}

SbPracticeStore *
sb_practice_store_open (const char *path,
                        GError    **error)
{
  g_autoptr (SbPracticeStore) self = g_new0 (SbPracticeStore, 1);

  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  if (sqlite3_open (path, &self->db) != SQLITE_OK)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The practice file cannot be opened: %s", sqlite3_errmsg (self->db));
      return NULL;
    }
  sqlite3_busy_timeout (self->db, 3000);

  return load (self, error) ? g_steal_pointer (&self) : NULL;
}

void
sb_practice_store_free (SbPracticeStore *self)
{
  sb_practice_store_flush (self);
  g_clear_handle_id (&self->commit_id, g_source_remove);
  g_hash_table_unref (self->kinds);
  sqlite3_close (self->db);
  g_free (self);
}

void
sb_practice_store_flush (SbPracticeStore *self)
{
  if (self->in_transaction)
    sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
  self->in_transaction = FALSE;
}

/* Stores @object (a reference is taken) under @id; an earlier document keeps its place in the order. */
void
sb_practice_store_put (SbPracticeStore *self,
                       const char      *kind,
                       const char      *id,
                       JsonObject      *object)
{
  GHashTable          *entries = shelf (self, kind);
  Entry               *old = g_hash_table_lookup (entries, id);
  Entry               *entry = g_new0 (Entry, 1);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  char                *text = json_to_string (node, FALSE);
  g_autoptr (GBytes)   bytes = g_bytes_new_take (text, strlen (text));

  entry->seq = old != NULL ? old->seq : ++self->last_seq;
  entry->object = json_object_ref (object);
  begin (self);
  run (self, "INSERT OR REPLACE INTO doc (kind, id, seq, body) VALUES (?, ?, ?, CAST (? AS TEXT))", kind, id, entry->seq, bytes);
  g_hash_table_replace (entries, g_strdup (id), entry);
}

JsonObject *
sb_practice_store_get (SbPracticeStore *self,
                       const char      *kind,
                       const char      *id)
{
  const Entry *entry = id != NULL ? g_hash_table_lookup (shelf (self, kind), id) : NULL;

  return entry != NULL ? entry->object : NULL;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *x = *(const Entry *const *) a, *y = *(const Entry *const *) b;

  return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/* (transfer container): the documents of a kind in the order they first came, each with a reference. */
GPtrArray *
sb_practice_store_list (SbPracticeStore *self,
                        const char      *kind)
{
  g_autoptr (GPtrArray) entries = g_hash_table_get_values_as_ptr_array (shelf (self, kind));
  GPtrArray            *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  g_ptr_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (objects, json_object_ref (((Entry *) entries->pdata[i])->object));

  return objects;
}

guint
sb_practice_store_count (SbPracticeStore *self,
                         const char      *kind)
{
  return g_hash_table_size (shelf (self, kind));
}

void
sb_practice_store_remove (SbPracticeStore *self,
                          const char      *kind,
                          const char      *id)
{
  begin (self);
  run (self, "DELETE FROM doc WHERE kind = ? AND id = ?", kind, id, 0, NULL);
  g_hash_table_remove (shelf (self, kind), id);
}

void
sb_practice_store_clear (SbPracticeStore *self,
                         const char      *kind)
{
  begin (self);
  run (self, "DELETE FROM doc WHERE kind = ?", kind, NULL, 0, NULL);
  g_hash_table_remove_all (shelf (self, kind));
}

void
sb_practice_store_put_blob (SbPracticeStore *self,
                            const char      *id,
                            GBytes          *bytes)
{
  begin (self);
  run (self, "INSERT OR REPLACE INTO blob (id, bytes) SELECT ?1, ?4 WHERE ?2 IS NULL AND ?3 = 0", id, NULL, 0, bytes);
}

GBytes *
sb_practice_store_get_blob (SbPracticeStore *self,
                            const char      *id)
{
  sqlite3_stmt *stmt = NULL;
  GBytes       *bytes = NULL;

  if (sqlite3_prepare_v2 (self->db, "SELECT bytes FROM blob WHERE id = ?", -1, &stmt, NULL) != SQLITE_OK)
    return NULL;

  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    bytes = g_bytes_new (sqlite3_column_blob (stmt, 0), sqlite3_column_bytes (stmt, 0));
  sqlite3_finalize (stmt);

  return bytes;
}

void
sb_practice_store_remove_blob (SbPracticeStore *self,
                               const char      *id)
{
  begin (self);
  run (self, "DELETE FROM blob WHERE id = ?", id, NULL, 0, NULL);
}
