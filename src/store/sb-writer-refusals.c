#include "sb-writer-refusals.h"

#include "sb-journal.h"
#include "sb-one-person.h"
#include "sb-person-traces.h"
#include "sb-store-private.h"
#include "sb-writer-consent.h"

#define NAME    "opted-out.journal"
#define APPLIED "refusals-applied"

static gint64
refused_at (SbReader *reader,
            gint64    contact_id,
            SbPurpose purpose)
{
  return sb_reader_get_answer (reader, contact_id, purpose) == SB_ANSWER_NO ? sb_reader_get_answer_time (reader, contact_id, purpose) : 0;
}

SbRefusal
sb_writer_get_refusal (SbWriter *self,
                       gint64    contact_id)
{
  gint64 person = sb_person_of (self->db, contact_id);

  return (SbRefusal) { refused_at (self->reader, person, SB_PURPOSE_OFFERS), refused_at (self->reader, person, SB_PURPOSE_ORDERS) };
}

static JsonObject *
line_of (SbWriter        *self,
         gint64           person,
         const SbRefusal *refusal,
         const char      *salt)
{
  g_autoptr (GPtrArray) hashes = sb_reader_hash_identities (self->reader, person, salt);
  JsonArray            *people;

  if (hashes->len == 0)
    return NULL;
  people = json_array_new ();
  for (guint i = 0; i < hashes->len; i++)
    json_array_add_string_element (people, hashes->pdata[i]);

  return sb_json_make ("s:salt", salt, "i:offers", refusal->offers, "i:orders", refusal->orders, "a:people", people, NULL);
}

/* How far the file knows the list. */
static gboolean
set_applied (SbWriter *self,
             GError  **error)
{
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, sb_journal_get_size (self->folder, NAME));

  return sb_writer_set_meta (self, APPLIED, size, error);
}

/* A shop in memory has nothing beside it. */
static gboolean
has_folder (SbWriter *self)
{
  return g_file_test (self->folder, G_FILE_TEST_IS_DIR);
}

gboolean
sb_writer_note_refusal (SbWriter        *self,
                        gint64           contact_id,
                        const SbRefusal *was,
                        GError         **error)
{
  gint64                person = sb_person_of (self->db, contact_id);
  SbRefusal             is = sb_writer_get_refusal (self, person);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char      *salt = NULL;
  JsonObject           *line;

  if ((is.offers == was->offers && is.orders == was->orders) || !has_folder (self))
    return TRUE;
  salt = sb_writer_get_erasure_salt (self, error);
  if (salt == NULL)
    return FALSE;
  line = line_of (self, person, &is, salt);
  if (line == NULL)
    return TRUE;
  g_ptr_array_add (lines, line);

  return sb_journal_append (self->folder, NAME, lines, error) && set_applied (self, error);
}

/* -- after a restore -- */

gboolean
sb_store_needs_refusals (SbStore *self)
{
  g_autofree char *applied = sb_reader_get_meta (self->reader, APPLIED);

  return self->vfs == NULL && sb_journal_get_size (self->folder, NAME) != (applied != NULL ? g_ascii_strtoll (applied, NULL, 10) : 0);
}

/* The last line of each person, by hash; its salts in the order in which they came. */
static GHashTable *
last_lines (GPtrArray *nodes,
            GPtrArray *salts)
{
  GHashTable *lines = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < nodes->len; i++)
    {
      JsonObject *line = sb_json_root (nodes->pdata[i]);
      JsonArray  *people = sb_json_array (line, "people");
      const char *salt = sb_json_string (line, "salt");

      if (salt != NULL && !g_ptr_array_find_with_equal_func (salts, salt, g_str_equal, NULL))
        g_ptr_array_add (salts, (gpointer) salt);
      for (guint j = 0; j < sb_json_length (people); j++)
        g_hash_table_insert (lines, (gpointer) json_array_get_string_element (people, j), line);
    }

  return lines;
}

static gboolean
enter (SbWriter *self,
       gint64    person,
       SbPurpose purpose,
       gint64    at,
       GError  **error)
{
  SbConsentEntry entry = { .contact_id = person, .at = at, .purpose = purpose, .answer = SB_ANSWER_NO, .method = SB_METHOD_JOURNAL, .channel = SB_CONSENT_CHANNEL_FILE, .author = SB_AUTHOR_SHOPBELL };
  gint64         id = sb_writer_add_consent (self, &entry, error);

  return id != 0 && sb_writer_cancel_refused (self, person, id, error) >= 0;
}

/* What they said since, as the file has it, stands. */
static gboolean
carry_over (SbWriter        *self,
            gint64           person,
            const SbRefusal *refusal,
            GError         **error)
{
  SbRefusal was = sb_writer_get_refusal (self, person);
  gint64    offers = refusal->offers;
  gint64    orders = refusal->orders;
  gboolean  no_offers = offers != 0 && was.offers == 0 && sb_reader_get_answer_time (self->reader, person, SB_PURPOSE_OFFERS) <= offers;
  gboolean  no_orders = orders != 0 && was.orders == 0 && sb_reader_get_answer_time (self->reader, person, SB_PURPOSE_ORDERS) <= orders;

  if (no_offers && no_orders && offers == orders)
    return enter (self, person, SB_PURPOSE_EVERYTHING, offers, error);

  return (!no_offers || enter (self, person, SB_PURPOSE_OFFERS, offers, error)) && (!no_orders || enter (self, person, SB_PURPOSE_ORDERS, orders, error));
}

typedef struct
{
  gint64      person;
  JsonObject *line;
} Found;

/* @met: lines of people whom the file knows are added. */
static GArray *
find_people (SbWriter   *self,
             GHashTable *lines,
             GPtrArray  *salts,
             GHashTable *met)
{
  GArray       *found = g_array_new (FALSE, FALSE, sizeof (Found));
  sqlite3_stmt *s = sb_db_query (self->db, NULL, "SELECT contact_id, value FROM identity ORDER BY contact_id", "");

  while (s != NULL && sb_db_step (self->db, s, NULL))
    for (guint i = 0; i < salts->len; i++)
      {
        g_autofree char *hash = sb_person_hash (salts->pdata[i], (const char *) sqlite3_column_text (s, 1));
        Found            one = { sqlite3_column_int64 (s, 0), g_hash_table_lookup (lines, hash) };

        if (one.line == NULL)
          continue;
        g_array_append_val (found, one);
        g_hash_table_add (met, one.line);
      }

  return found;
}

/* -- strangers -- */

gboolean
sb_writer_keep_refusal (SbWriter        *self,
                        const SbRefusal *refusal,
                        GPtrArray       *hashes,
                        const char      *salt,
                        GError         **error)
{
  for (guint i = 0; i < hashes->len; i++)
    if ((refusal->offers != 0 || refusal->orders != 0) &&
        !sb_db_exec (self->db, error, "INSERT OR REPLACE INTO refused_stranger (hash, salt, offers, orders) VALUES (?, ?, ?, ?)", "ssii", hashes->pdata[i], salt, refusal->offers, refusal->orders))
      return FALSE;

  return TRUE;
}

/* Whom the list has and the file has not. */
static gboolean
keep_strangers (SbWriter   *self,
                GHashTable *lines,
                GHashTable *met,
                GError    **error)
{
  GHashTableIter iter;
  gpointer       hash, line;

  g_hash_table_iter_init (&iter, lines);
  while (g_hash_table_iter_next (&iter, &hash, &line))
    {
      SbRefusal             refusal = { sb_json_int (line, "offers", 0), sb_json_int (line, "orders", 0) };
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, hash);
      if (!g_hash_table_contains (met, line) && !sb_writer_keep_refusal (self, &refusal, one, sb_json_string (line, "salt"), error))
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
list_salts (SbDb *db)
{
  GPtrArray    *salts = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT DISTINCT salt FROM refused_stranger", "");

  while (s != NULL && sb_db_step (db, s, NULL))
    g_ptr_array_add (salts, sb_db_dup_column (s, 0));

  return salts;
}

static SbRefusal
stranger_called (SbDb       *db,
                 const char *value)
{
  SbRefusal             refusal = { 0 };
  g_autoptr (GPtrArray) salts = list_salts (db);

  for (guint i = 0; i < salts->len && refusal.offers == 0 && refusal.orders == 0; i++)
    {
      g_autofree char *hash = sb_person_hash (salts->pdata[i], value);

      refusal.offers = sb_db_int (db, 0, "SELECT offers FROM refused_stranger WHERE hash = ?", "s", hash);
      refusal.orders = sb_db_int (db, 0, "SELECT orders FROM refused_stranger WHERE hash = ?", "s", hash);
    }

  return refusal;
}

gboolean
sb_reader_is_refused_stranger (SbReader   *self,
                               const char *value)
{
  SbRefusal refusal = stranger_called (sb_reader_get_db (self), value);

  return refusal.offers != 0 || refusal.orders != 0;
}

static gboolean
forget_strangers (SbWriter *self,
                  gint64    contact_id,
                  GError  **error)
{
  g_autoptr (GPtrArray) salts = list_salts (self->db);

  for (guint i = 0; i < salts->len; i++)
    {
      g_autoptr (GPtrArray) hashes = sb_reader_hash_identities (self->reader, contact_id, salts->pdata[i]);

      for (guint j = 0; j < hashes->len; j++)
        if (!sb_db_exec (self->db, error, "DELETE FROM refused_stranger WHERE hash = ?", "s", hashes->pdata[j]))
          return FALSE;
    }

  return TRUE;
}

gboolean
sb_writer_meet_stranger (SbWriter   *self,
                         gint64      contact_id,
                         const char *value,
                         GError    **error)
{
  SbRefusal refusal = stranger_called (self->db, value);

  if (refusal.offers == 0 && refusal.orders == 0)
    return TRUE;
  if (!carry_over (self, sb_person_of (self->db, contact_id), &refusal, error))
    return FALSE;

  /* It is in the ledger now, where a person may take it back. */
  return forget_strangers (self, contact_id, error);
}

gboolean
sb_writer_stay_refused (SbWriter *self,
                        gint64    contact_id,
                        GError  **error)
{
  SbRefusal             refusal = sb_writer_get_refusal (self, contact_id);
  g_autofree char      *salt = refusal.offers != 0 || refusal.orders != 0 ? sb_writer_get_erasure_salt (self, error) : NULL;
  g_autoptr (GPtrArray) hashes = salt != NULL ? sb_reader_hash_identities (self->reader, contact_id, salt) : NULL;

  if (refusal.offers == 0 && refusal.orders == 0)
    return TRUE;

  return hashes != NULL && sb_writer_keep_refusal (self, &refusal, hashes, salt, error);
}

/* The list is gone, or older than the file: what the file knows is written into it. */
static gboolean
write_again (SbWriter *self,
             GError  **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char      *salt = sb_writer_get_erasure_salt (self, error);
  sqlite3_stmt         *s = salt != NULL ? sb_db_query (self->db, error, "SELECT id FROM contact WHERE merged_into = 0 AND id IN (SELECT coalesce (nullif (p.merged_into, 0), p.id) FROM consent c JOIN contact p ON p.id = c.contact_id WHERE c.answer = 2)", "") : NULL;

  if (s == NULL)
    return FALSE;
  while (sb_db_step (self->db, s, error))
    {
      gint64      person = sqlite3_column_int64 (s, 0);
      SbRefusal   refusal = sb_writer_get_refusal (self, person);
      JsonObject *line = refusal.offers != 0 || refusal.orders != 0 ? line_of (self, person, &refusal, salt) : NULL;

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }

  return lines->len == 0 || sb_journal_append (self->folder, NAME, lines, error);
}

gboolean
sb_writer_reapply_refusals (SbWriter *self,
                            gpointer  data,
                            GError  **error)
{
  g_autoptr (GError)     failure = NULL;
  g_autoptr (GPtrArray)  nodes = sb_journal_read (self->folder, NAME, &failure);
  g_autoptr (GPtrArray)  salts = g_ptr_array_new ();
  g_autoptr (GHashTable) lines = nodes != NULL ? last_lines (nodes, salts) : NULL;
  g_autoptr (GHashTable) met = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray)     found = nodes != NULL ? find_people (self, lines, salts, met) : NULL;
  g_autofree char       *applied = sb_reader_get_meta (self->reader, APPLIED);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  sb_writer_set_actor (self, SB_AUTHOR_SHOPBELL, 0);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const Found *one = &g_array_index (found, Found, i);
      SbRefusal    refusal = { sb_json_int (one->line, "offers", 0), sb_json_int (one->line, "orders", 0) };

      if (!carry_over (self, sb_person_of (self->db, one->person), &refusal, error))
        return FALSE;
    }
  if (lines != NULL && !keep_strangers (self, lines, met, error))
    return FALSE;
  if (sb_journal_get_size (self->folder, NAME) < (applied != NULL ? g_ascii_strtoll (applied, NULL, 10) : 0) && !write_again (self, error))
    return FALSE;

  return set_applied (self, error);
}
