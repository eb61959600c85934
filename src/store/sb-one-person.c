/* One person as the shop file holds them: where, as rows to be given away, and as hashes. */
#include "sb-one-person.h"

#include <string.h>

#include "sb-json.h"
#include "sb-one-person-private.h"
#include "sb-person-traces.h"
#include "sb-phone.h"
#include "sb-reader-declared.h"
#include "sb-store-private.h"

#define OUT  (SB_PERSON_EXPORTED | SB_PERSON_ERASED)
#define KEPT (SB_PERSON_EXPORTED | SB_PERSON_EMPTIED)

static const SbPersonPlace places[] = {
  { "contact", "id", SB_PERSON_CONTACT, OUT },
  { "identity", "contact_id", SB_PERSON_CONTACT, OUT },
  { "contact_field", "contact_id", SB_PERSON_CONTACT, OUT },
  { "contact_tag", "contact_id", SB_PERSON_CONTACT, OUT },
  { "consent", "contact_id", SB_PERSON_CONTACT, KEPT },
  { "consent_question", "contact_id", SB_PERSON_CONTACT, OUT },
  { "consent_question", "message_id", SB_PERSON_MESSAGE, OUT },
  { "import_row", "contact_id", SB_PERSON_CONTACT, KEPT },
  { "contact_merge", "gone_id", SB_PERSON_CONTACT, OUT },
  { "contact_merge", "kept_id", SB_PERSON_CONTACT, OUT },
  { "contact_merge_row", "row_id", SB_PERSON_ANY, SB_PERSON_ERASED },
  /* Who is not the same person: the other one is nobody's business. */
  { "contact_apart", "one_id", SB_PERSON_CONTACT, SB_PERSON_ERASED },
  { "contact_apart", "other_id", SB_PERSON_CONTACT, SB_PERSON_ERASED },
  { "segment_member", "contact_id", SB_PERSON_CONTACT, OUT },
  { "contact_stat", "contact_id", SB_PERSON_CONTACT, OUT },
  { "thread", "contact_id", SB_PERSON_CONTACT, OUT },
  { "thread_line", "thread_id", SB_PERSON_THREAD, OUT },
  { "thread_tag", "thread_id", SB_PERSON_THREAD, OUT },
  { "draft", "thread_id", SB_PERSON_THREAD, OUT },
  { "draft_aside", "thread_id", SB_PERSON_THREAD, OUT },
  { "draft_file", "thread_id", SB_PERSON_THREAD, OUT },
  { "draft_note", "thread_id", SB_PERSON_THREAD, OUT },
  { "away_answer", "thread_id", SB_PERSON_THREAD, OUT },
  { "away_answer", "message_id", SB_PERSON_MESSAGE, OUT },
  { "closing", "thread_id", SB_PERSON_THREAD, OUT },
  { "closing", "message_id", SB_PERSON_MESSAGE, OUT },
  { "reading", "thread_id", SB_PERSON_THREAD, OUT },
  { "message", "thread_id", SB_PERSON_THREAD, OUT },
  { "outbox", "thread_id", SB_PERSON_THREAD, OUT },
  { "outbox", "message_id", SB_PERSON_MESSAGE, OUT },
  { "status_fact", "message_id", SB_PERSON_MESSAGE, OUT },
  { "attachment", "message_id", SB_PERSON_MESSAGE, OUT },
  /* Goes by itself with the last message that has the picture. */
  { "media_text", "hash", SB_PERSON_FILE, OUT },
  { "reaction", "message_id", SB_PERSON_MESSAGE, OUT },
  { "inbound_raw", "id", SB_PERSON_RAW, KEPT },
  { "event", "contact_id", SB_PERSON_CONTACT, OUT },
  { "event", "thread_id", SB_PERSON_THREAD, OUT },
  { "event", "message_id", SB_PERSON_MESSAGE, OUT },
  { "due", "subject_id", SB_PERSON_ANY, OUT },
  { "before_image", "row_id", SB_PERSON_ANY, OUT },
  { "consent", "message_id", SB_PERSON_MESSAGE, SB_PERSON_EMPTIED },
};

const SbPersonPlace *
sb_person_get_places (gsize *n)
{
  *n = G_N_ELEMENTS (places);

  return places;
}

/* Those who became this person are this person. */
#define THREADS  "SELECT id FROM thread WHERE contact_id IN (" SB_PERSON_IDS ")"
#define MESSAGES "SELECT m.id FROM message m JOIN thread t ON t.id = m.thread_id WHERE t.contact_id IN (" SB_PERSON_IDS ")"
#define FILES    "SELECT hash FROM attachment WHERE message_id IN (" MESSAGES ") AND hash IS NOT NULL"

/* Whom a merged contact is now. */
gint64
sb_person_of (SbDb  *db,
              gint64 contact_id)
{
  return sb_db_int (db, contact_id, "SELECT merged_into FROM contact WHERE id = ? AND merged_into != 0", "i", contact_id);
}

/* The rows of a place, as a condition on the person ?1. */
char *
sb_person_condition (const SbPersonPlace *place)
{
  switch (place->ref)
    {
    case SB_PERSON_CONTACT:
      return g_strdup_printf ("%s IN (" SB_PERSON_IDS ")", place->column);
    case SB_PERSON_THREAD:
      return g_strdup_printf ("%s IN (" THREADS ")", place->column);
    case SB_PERSON_MESSAGE:
      return g_strdup_printf ("%s IN (" MESSAGES ")", place->column);
    case SB_PERSON_RAW:
      return g_strdup_printf ("%s IN (SELECT m.raw_id FROM message m JOIN thread t ON t.id = m.thread_id WHERE t.contact_id IN (" SB_PERSON_IDS ") AND m.raw_id != 0)", place->column);
    case SB_PERSON_FILE:
      return g_strdup_printf ("%s IN (" FILES ")", place->column);
    case SB_PERSON_ANY:
    default:
      return g_strdup_printf ("%s IN (" SB_PERSON_IDS " UNION " THREADS " UNION " MESSAGES " UNION SELECT id FROM consent WHERE contact_id IN (" SB_PERSON_IDS ") UNION "
                              "SELECT id FROM consent_question WHERE contact_id IN (" SB_PERSON_IDS ") UNION SELECT id FROM segment_member WHERE contact_id IN (" SB_PERSON_IDS "))",
                              place->column);
    }
}

/* -- giving it away -- */

/* Our ids have more digits than a number of JSON keeps everywhere. */
static void
set_cell (JsonObject   *row,
          sqlite3_stmt *s,
          int           column)
{
  const char *name = sqlite3_column_name (s, column);

  switch (sqlite3_column_type (s, column))
    {
    case SQLITE_NULL:
      break;
    case SQLITE_INTEGER:
      if (g_str_equal (name, "id") || g_str_has_suffix (name, "_id"))
        {
          g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (s, column));

          json_object_set_string_member (row, name, text);
        }
      else
        json_object_set_int_member (row, name, sqlite3_column_int64 (s, column));
      break;
    case SQLITE_FLOAT:
      json_object_set_double_member (row, name, sqlite3_column_double (s, column));
      break;
    case SQLITE_BLOB:
      {
        const char      *bytes = sqlite3_column_blob (s, column);
        gsize            size = sqlite3_column_bytes (s, column);
        g_autofree char *text = g_utf8_validate (bytes, size, NULL) ? g_strndup (bytes, size) : g_base64_encode ((const guchar *) bytes, size);

        json_object_set_string_member (row, name, text);
        break;
      }
    case SQLITE_TEXT:
    default:
      json_object_set_string_member (row, name, (const char *) sqlite3_column_text (s, column));
    }
}

static JsonArray *
rows_of (SbDb                *db,
         const SbPersonPlace *place,
         gint64               contact_id,
         GError             **error)
{
  g_autofree char *condition = sb_person_condition (place);
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE %s ORDER BY 1", place->table, condition);
  sqlite3_stmt    *s = sb_db_query (db, error, g_intern_string (sql), "i", contact_id);
  JsonArray       *rows = json_array_new ();

  while (s != NULL && sb_db_step (db, s, error))
    {
      JsonObject *row = json_object_new ();

      for (int i = 0; i < sqlite3_column_count (s); i++)
        set_cell (row, s, i);
      json_array_add_object_element (rows, row);
    }

  return rows;
}

static void
add_hashes (GPtrArray    *media,
            SbDb         *db,
            sqlite3_stmt *s)
{
  while (s != NULL && sb_db_step (db, s, NULL))
    {
      g_autofree char *hash = sb_db_dup_column (s, 0);

      if (hash != NULL && !g_ptr_array_find_with_equal_func (media, hash, g_str_equal, NULL))
        g_ptr_array_add (media, g_steal_pointer (&hash));
    }
}

/* Names in the media folder: what was sent and received, and what proves consent. */
GPtrArray *
sb_person_list_media (SbDb  *db,
                      gint64 contact_id)
{
  GPtrArray *media = g_ptr_array_new_with_free_func (g_free);

  add_hashes (media, db, sb_db_query (db, NULL, FILES, "i", contact_id));
  add_hashes (media, db, sb_db_query (db, NULL, "SELECT evidence FROM consent WHERE contact_id IN (" SB_PERSON_IDS ") AND evidence IS NOT NULL", "i", contact_id));

  return media;
}

/* What the shop said of the lists that brought them. */
static JsonArray *
declarations_of (SbReader *self,
                 gint64    contact_id)
{
  g_autoptr (GPtrArray) declared = sb_reader_list_declarations (self, contact_id);
  JsonArray            *rows = json_array_new ();

  for (guint i = 0; i < declared->len; i++)
    {
      const SbDeclaration *one = declared->pdata[i];
      g_autofree char     *text = sb_declaration_text (one);

      json_array_add_object_element (rows, sb_json_make ("i:at", one->at, "s:text", text, "s:wording", one->wording, NULL));
    }

  return rows;
}

JsonObject *
sb_reader_export_person (SbReader   *self,
                         gint64      contact_id,
                         GPtrArray **media,
                         GError    **error)
{
  SbDb                  *db = sb_reader_get_db (self);
  g_autoptr (JsonObject) tables = json_object_new ();
  g_autoptr (GError)     failure = NULL;

  contact_id = sb_person_of (db, contact_id);
  if (sb_db_int (db, 0, "SELECT 1 FROM contact WHERE id = ?", "i", contact_id) == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such contact");
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places) && failure == NULL; i++)
    if (places[i].fate & SB_PERSON_EXPORTED)
      {
        g_autoptr (JsonArray) rows = rows_of (db, &places[i], contact_id, &failure);

        /* A table with two references to the person is one list. */
        if (!json_object_has_member (tables, places[i].table) || json_array_get_length (rows) > json_array_get_length (json_object_get_array_member (tables, places[i].table)))
          json_object_set_array_member (tables, places[i].table, g_steal_pointer (&rows));
      }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  *media = sb_person_list_media (db, contact_id);
  sb_person_traces_export (db, contact_id, tables);
  json_object_set_array_member (tables, "said_by_shop", declarations_of (self, contact_id));

  return g_steal_pointer (&tables);
}

/* -- hashes -- */

char *
sb_person_hash (const char *salt,
                const char *value)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) salt, strlen (salt), value, -1);
}

/* Each of the numbers in each of its variants, and the other names. */
GPtrArray *
sb_reader_hash_identities (SbReader   *self,
                           gint64      contact_id,
                           const char *salt)
{
  GPtrArray            *hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = sb_person_list_values (sb_reader_get_db (self), contact_id);

  for (guint i = 0; i < values->len; i++)
    {
      const char    *value = values->pdata[i];
      g_auto (GStrv) variants = sb_phone_is_digits (value) ? sb_phone_variants (value) : NULL;

      g_ptr_array_add (hashes, sb_person_hash (salt, value));
      for (char **variant = variants; variant != NULL && *variant != NULL; variant++)
        if (!g_str_equal (*variant, value))
          g_ptr_array_add (hashes, sb_person_hash (salt, *variant));
    }

  return hashes;
}

GPtrArray *
sb_person_list_values (SbDb  *db,
                       gint64 contact_id)
{
  GPtrArray    *values = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT DISTINCT value FROM identity WHERE contact_id IN (" SB_PERSON_IDS ") ORDER BY kind", "i", contact_id);

  while (s != NULL && sb_db_step (db, s, NULL))
    g_ptr_array_add (values, sb_db_dup_column (s, 0));

  return values;
}

gint64
sb_reader_get_thread_of (SbReader *self,
                         gint64    contact_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id);
}

gboolean
sb_reader_is_erased (SbReader   *self,
                     const char *digits)
{
  g_autofree char *salt = sb_reader_get_meta (self, "erasure-salt");
  g_autofree char *hash = salt != NULL ? sb_person_hash (salt, digits) : NULL;

  return hash != NULL && sb_db_int (sb_reader_get_db (self), 0, "SELECT 1 FROM erased WHERE hash = ?", "s", hash) != 0;
}

/* Whoever came to the shop after their erasure came by themselves, or was brought back by a person who was asked. */
GArray *
sb_reader_list_returned (SbReader   *self,
                         const char *salt)
{
  SbDb         *db = sb_reader_get_db (self);
  GArray       *found = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT contact_id, value FROM identity ORDER BY contact_id", "");
  gint64        last = 0;

  while (s != NULL && sb_db_step (db, s, NULL))
    {
      gint64           contact_id = sqlite3_column_int64 (s, 0);
      g_autofree char *hash = sb_person_hash (salt, (const char *) sqlite3_column_text (s, 1));

      if (contact_id != last && sb_db_int (db, 0, "SELECT at FROM erased WHERE hash = ?", "s", hash) > sb_id_get_time (contact_id))
        {
          g_array_append_val (found, contact_id);
          last = contact_id;
        }
    }

  return found;
}

gboolean
sb_writer_note_erased (SbWriter   *self,
                       const char *hash,
                       gint64      at,
                       GError    **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO erased (hash, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max (at, excluded.at)", "si", hash, at);
}
