/*
 * Erasing one person. In one transaction: what waits to go out to them, raw events, log, undo steps, due rows, and then the
 * contact with all that hangs on it, the search index included. What remains is the ledger without a name, and a hash.
 */
#include <string.h>

#include "sb-erasure-journal.h"
#include "sb-json.h"
#include "sb-person-traces.h"
#include "sb-random.h"
#include "sb-store-private.h"
#include "sb-writer-refusals.h"

void
sb_erasure_free (SbErasure *self)
{
  g_clear_pointer (&self->identities, g_ptr_array_unref);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->counts, json_object_unref);
  g_free (self);
}

char *
sb_writer_get_erasure_salt (SbWriter *self,
                            GError  **error)
{
  g_autofree char     *known = sb_reader_get_meta (self->reader, "erasure-salt");
  g_autoptr (SbRandom) random = known == NULL ? sb_random_new_system () : NULL;
  g_autofree char     *salt = random != NULL ? sb_random_token (random, 32) : NULL;

  if (known != NULL)
    return g_steal_pointer (&known);

  return sb_writer_set_meta (self, "erasure-salt", salt, error) ? g_steal_pointer (&salt) : NULL;
}

static void
count (SbErasure  *erasure,
       const char *table,
       gint64      n)
{
  if (n > 0)
    json_object_set_int_member (erasure->counts, table, sb_json_int (erasure->counts, table, 0) + n);
}

/* -- what only mentions the person -- */

/* A raw event stays as a hash, so that the same event is not read again when it is delivered once more. */
static gboolean
empty_raw (SbWriter  *self,
           SbErasure *erasure,
           gint64     contact_id,
           GPtrArray *values,
           GError   **error)
{
  static const SbPersonPlace place = { "inbound_raw", "id", SB_PERSON_RAW, SB_PERSON_EMPTIED };
  g_autofree char           *condition = sb_person_condition (&place);
  g_autofree char           *sql = g_strdup_printf ("UPDATE inbound_raw SET body = x'7b7d', error = NULL WHERE %s", condition);

  if (!sb_db_exec (self->db, error, g_intern_string (sql), "i", contact_id))
    return FALSE;
  count (erasure, "inbound_raw", sb_db_changes (self->db));

  for (guint i = 0; i < values->len; i++)
    {
      g_autoptr (GBytes) value = g_bytes_new (values->pdata[i], strlen (values->pdata[i]));

      if (!sb_db_exec (self->db, error, "UPDATE inbound_raw SET body = x'7b7d', error = NULL WHERE instr (body, ?) > 0", "b", value))
        return FALSE;
      count (erasure, "inbound_raw", sb_db_changes (self->db));
      if (!sb_db_exec (self->db, error, "DELETE FROM forged WHERE instr (head, ?) > 0", "b", value))
        return FALSE;
      count (erasure, "forged", sb_db_changes (self->db));
      if (!sb_db_exec (self->db, error, "DELETE FROM event WHERE instr (data, ?) > 0", "s", values->pdata[i]))
        return FALSE;
      count (erasure, "event", sb_db_changes (self->db));
    }

  return TRUE;
}

/* The network's ids have the number inside, written in base64. */
static gboolean
names_person (const char *wamid,
              GPtrArray  *values)
{
  const char        *coded = g_str_has_prefix (wamid, "wamid.") ? wamid + strlen ("wamid.") : wamid;
  gsize              size = 0;
  g_autofree guchar *bytes = g_base64_decode (coded, &size);

  for (guint i = 0; i < values->len; i++)
    if (strstr (wamid, values->pdata[i]) != NULL || memmem (bytes, size, values->pdata[i], strlen (values->pdata[i])) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
delete_orphans (SbWriter  *self,
                SbErasure *erasure,
                GPtrArray *values,
                GError   **error)
{
  g_autoptr (GPtrArray) wamids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt         *s = sb_db_query (self->db, error, "SELECT DISTINCT wamid FROM status_orphan", "");

  if (s == NULL)
    return FALSE;
  while (sb_db_step (self->db, s, error))
    {
      g_autofree char *wamid = sb_db_dup_column (s, 0);

      if (names_person (wamid, values))
        g_ptr_array_add (wamids, g_steal_pointer (&wamid));
    }
  for (guint i = 0; i < wamids->len; i++)
    if (!sb_db_exec (self->db, error, "DELETE FROM status_orphan WHERE wamid = ?", "s", wamids->pdata[i]))
      return FALSE;
  count (erasure, "status_orphan", wamids->len);

  return TRUE;
}

/* -- rows -- */

static gboolean
delete_rows (SbWriter            *self,
             SbErasure           *erasure,
             const SbPersonPlace *place,
             gint64               contact_id,
             GError             **error)
{
  g_autofree char *condition = sb_person_condition (place);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE %s", place->table, condition);

  if (!sb_db_exec (self->db, error, g_intern_string (sql), "i", contact_id))
    return FALSE;
  count (erasure, place->table, sb_db_changes (self->db));

  return TRUE;
}

/* Tables that a newer part of the program brought and nobody listed: whatever refers to the person goes. */
static gboolean
delete_unlisted (SbWriter  *self,
                 SbErasure *erasure,
                 gint64     contact_id,
                 GError   **error)
{
  static const struct
  {
    const char *column;
    SbPersonRef ref;
  } columns[] = { { "contact_id", SB_PERSON_CONTACT }, { "thread_id", SB_PERSON_THREAD }, { "message_id", SB_PERSON_MESSAGE } };
  gsize                n;
  const SbPersonPlace *listed = sb_person_get_places (&n);

  for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
    {
      g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
      sqlite3_stmt         *s = sb_db_query (self->db, error, "SELECT t.name FROM sqlite_schema t, pragma_table_info (t.name) i WHERE t.type = 'table' AND i.name = ?", "s", columns[c].column);

      while (s != NULL && sb_db_step (self->db, s, error))
        g_ptr_array_add (tables, sb_db_dup_column (s, 0));
      for (guint i = 0; i < tables->len; i++)
        {
          SbPersonPlace place = { g_intern_string (tables->pdata[i]), columns[c].column, columns[c].ref, SB_PERSON_ERASED };
          gboolean      known = FALSE;

          for (gsize j = 0; j < n; j++)
            known = known || g_str_equal (listed[j].table, place.table);
          if (!known && !delete_rows (self, erasure, &place, contact_id, error))
            return FALSE;
        }
    }

  return TRUE;
}

/* Steps about somebody else that name this person: they could be neither undone nor done again. */
static gboolean
forget_steps (SbWriter  *self,
              SbErasure *erasure,
              gint64     contact_id,
              GError   **error)
{
  if (!sb_db_exec (self->db, error,
                   "DELETE FROM before_image WHERE (target GLOB 'contact.apart:*' AND CAST (substr (target, 15) AS INTEGER) IN (" SB_PERSON_IDS ")) OR "
                   "(target = 'contact.merged' AND (before ->> '$.into' IN (" SB_PERSON_IDS ") OR after ->> '$.into' IN (" SB_PERSON_IDS ")))",
                   "i", contact_id))
    return FALSE;
  count (erasure, "before_image", sb_db_changes (self->db));

  return TRUE;
}

/* From the outside in: what refers goes before what it refers to; the contact takes the rest with it. */
static gboolean
delete_person (SbWriter  *self,
               SbErasure *erasure,
               gint64     contact_id,
               GError   **error)
{
  static const char *const order[] = { "outbox", "before_image", "due", "event", "reaction", "status_fact", "attachment", "draft", "draft_aside", "draft_file", "draft_note", "away_answer", "closing", "reading", "consent_question", "contact_merge_row", "contact_merge", "contact_apart",
                                       "segment_member", "message", "thread_tag", "thread_line", "thread", "contact_stat", "contact_tag", "contact_field", "identity", "contact" };
  gsize                    n;
  const SbPersonPlace     *places = sb_person_get_places (&n);

  if (!forget_steps (self, erasure, contact_id, error) || !sb_person_traces_erase (self->db, contact_id, erasure->counts, erasure->media, error) || !delete_unlisted (self, erasure, contact_id, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    for (gsize j = 0; j < n; j++)
      if (g_str_equal (places[j].table, order[i]) && (places[j].fate & SB_PERSON_ERASED) && !delete_rows (self, erasure, &places[j], contact_id, error))
        return FALSE;

  return sb_db_exec (self->db, error, "DELETE FROM undo_step WHERE NOT EXISTS (SELECT 1 FROM before_image WHERE step_id = undo_step.id)", "");
}

/* -- files -- */

/* Whether any table names the file, by whatever column keeps names of the media folder. */
static gboolean
is_used (SbWriter   *self,
         GPtrArray  *columns,
         const char *hash)
{
  for (guint i = 0; i < columns->len; i++)
    if (sb_db_int (self->db, 0, columns->pdata[i], "s", hash) != 0)
      return TRUE;

  return FALSE;
}

static GPtrArray *
list_hash_columns (SbWriter *self)
{
  GPtrArray    *columns = g_ptr_array_new ();
  sqlite3_stmt *s = sb_db_query (self->db, NULL,
                                 "SELECT 'SELECT 1 FROM ' || t.name || ' WHERE ' || i.name || ' = ? LIMIT 1' FROM sqlite_schema t, pragma_table_info (t.name) i "
                                 "WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND i.type = 'TEXT' AND t.name NOT IN ('erased', 'refused_stranger') "
                                 "AND (i.name LIKE '%hash%' OR i.name IN ('evidence', 'media', 'photo', 'picture', 'file'))",
                                 "");

  while (s != NULL && sb_db_step (self->db, s, NULL))
    g_ptr_array_add (columns, (gpointer) g_intern_string ((const char *) sqlite3_column_text (s, 0)));

  return columns;
}

static void
keep_only_unused (SbWriter  *self,
                  GPtrArray *media)
{
  g_autoptr (GPtrArray) columns = list_hash_columns (self);

  for (guint i = media->len; i > 0; i--)
    if (is_used (self, columns, media->pdata[i - 1]))
      g_ptr_array_remove_index (media, i - 1);
}

/* -- the whole -- */

static gboolean
remember (SbWriter        *self,
          SbErasure       *erasure,
          GArray          *ids,
          const SbRefusal *refusal,
          const char      *salt,
          GError         **error)
{
  const char *hash = erasure->identities->len > 0 ? erasure->identities->pdata[0] : NULL;

  for (guint i = 0; i < erasure->identities->len; i++)
    if (!sb_writer_note_erased (self, erasure->identities->pdata[i], erasure->at, error))
      return FALSE;
  /* Should they ever come back, they said no. */
  if (!sb_writer_keep_refusal (self, refusal, erasure->identities, salt, error))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!sb_db_exec (self->db, error, "UPDATE consent SET person = ? WHERE contact_id = ?", "si", hash, g_array_index (ids, gint64, i)))
      return FALSE;

  return TRUE;
}

static GArray *
list_ids (SbWriter *self,
          gint64    contact_id)
{
  GArray       *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *s = sb_db_query (self->db, NULL, SB_PERSON_IDS, "i", contact_id);

  while (s != NULL && sb_db_step (self->db, s, NULL))
    {
      gint64 id = sqlite3_column_int64 (s, 0);

      g_array_append_val (ids, id);
    }

  return ids;
}

/* Before the first row goes, so that no cut of the power can leave the person half erased and forgotten about. */
static gboolean
note_in_journal (SbWriter   *self,
                 SbErasure  *erasure,
                 const char *salt,
                 GError    **error)
{
  g_autoptr (SbErasureJournal) journal = NULL;
  g_autofree char             *n = NULL;

  if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!sb_erasure_journal_append (self->folder, salt, erasure->at, erasure->identities, error))
    return FALSE;
  journal = sb_erasure_journal_read (self->folder, error);
  n = g_strdup_printf ("%u", journal != NULL ? journal->lines->len : 0);

  return journal != NULL && sb_writer_set_meta (self, "erasures-applied", n, error);
}

static SbErasure *
erase (SbWriter *self,
       gint64    contact_id,
       gboolean  again,
       GError  **error)
{
  g_autoptr (SbErasure) erasure = g_new0 (SbErasure, 1);
  g_autoptr (GPtrArray) values = sb_person_list_values (self->db, contact_id);
  g_autofree char      *salt = sb_writer_get_erasure_salt (self, error);
  g_autoptr (GArray)    ids = list_ids (self, contact_id);
  SbRefusal             refusal = sb_writer_get_refusal (self, contact_id);

  if (salt == NULL)
    return NULL;
  if (sb_db_int (self->db, 0, "SELECT 1 FROM contact WHERE id = ?", "i", contact_id) == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such contact");
      return NULL;
    }
  if (sb_db_int (self->db, 0, "SELECT 1 FROM outbox WHERE state = 3 AND thread_id IN (SELECT id FROM thread WHERE contact_id IN (" SB_PERSON_IDS "))", "i", contact_id) != 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_BUSY, "A message to this person is on its way right now");
      return NULL;
    }

  erasure->at = sb_writer_now (self);
  erasure->counts = json_object_new ();
  erasure->identities = sb_reader_hash_identities (self->reader, contact_id, salt);
  erasure->media = sb_person_list_media (self->db, contact_id);
  if (!again && !note_in_journal (self, erasure, salt, error))
    return NULL;
  erasure->evidence = sb_person_traces_release_evidence (self->db, contact_id, erasure->counts, error);
  if (erasure->evidence == NULL || !empty_raw (self, erasure, contact_id, values, error) || !delete_orphans (self, erasure, values, error) || !delete_person (self, erasure, contact_id, error) ||
      !remember (self, erasure, ids, &refusal, salt, error) || !sb_writer_event (self, SB_EVENT_CONSENT, 0, 0, g_strdup ("{\"what\":\"erased\"}"), error))
    return NULL;
  keep_only_unused (self, erasure->media);
  count (erasure, "files", erasure->media->len);

  return g_steal_pointer (&erasure);
}

SbErasure *
sb_writer_erase_person (SbWriter *self,
                        gint64    contact_id,
                        GError  **error)
{
  return erase (self, sb_person_of (self->db, contact_id), FALSE, error);
}

SbErasure *
sb_writer_erase_again (SbWriter *self,
                       gint64    contact_id,
                       GError  **error)
{
  return erase (self, sb_person_of (self->db, contact_id), TRUE, error);
}
