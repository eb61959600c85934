/* All that the shop has of one person: given away, or gone to the last byte. */
#include <glib/gstdio.h>
#include <string.h>

#include "sb-engine-consent.h"
#include "sb-engine-fixture.h"
#include "sb-engine-person.h"
#include "sb-json.h"
#include "sb-one-person.h"
#include "sb-writer-contacts.h"

#define CANARY     "Zwq7Canary"
#define N_CANARIES 1000

#define PAGE_OF_ANA    "a0a0000000000000000000000000000000000000000000000000000000000001"
#define PAGE_OF_OTHERS "a0a0000000000000000000000000000000000000000000000000000000000002"
/* Read letter by letter; only the number tells whose it is. */
#define SIGN(t)   "{\"t\":\"" t "\"}"
#define PAPER_ROW "{\"page\":1,\"note\":\"" CANARY "-paper\",\"phone\":{\"signs\":[" SIGN ("0") "," SIGN ("9") "," SIGN ("1") "," SIGN ("2") "," SIGN ("0") "," SIGN ("0") "," SIGN ("0") "," SIGN ("1") "," SIGN ("1") "," SIGN ("1") "]}}"

/* -- the list is whole -- */

/* Every column that refers to a person is in the list, and every entry of the list is in the schema. */
static void
test_schema (SbEngineFixture *self,
             gconstpointer    data)
{
  static const char    walk[] = "SELECT t.name, i.name FROM sqlite_schema t, pragma_table_info (t.name) i WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND "
                                "t.name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' AND (i.name IN ('contact_id', 'thread_id', 'message_id', 'subject_id', 'row_id', 'person_id', 'customer_id') OR "
                                "EXISTS (SELECT 1 FROM pragma_foreign_key_list (t.name) f WHERE f.\"from\" = i.name AND f.\"table\" IN ('contact', 'thread', 'message')))";
  gsize                n;
  const SbPersonPlace *places = sb_person_get_places (&n);
  SbDb                *db = sb_fixture_db (self);
  sqlite3_stmt        *s = sb_db_query (db, NULL, walk, "");
  guint                missing = 0, seen = 0;

  while (sb_db_step (db, s, NULL))
    {
      const char *table = (const char *) sqlite3_column_text (s, 0);
      const char *column = (const char *) sqlite3_column_text (s, 1);
      gboolean    listed = FALSE;

      for (gsize i = 0; i < n; i++)
        listed = listed || (g_str_equal (places[i].table, table) && g_str_equal (places[i].column, column));
      seen++;
      if (!listed)
        {
          g_test_message ("%s.%s refers to people and is not in the list of sb-person.c", table, column);
          missing++;
        }
    }
  g_assert_cmpuint (seen, >, 15);
  g_assert_cmpuint (missing, ==, 0);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (places[i].fate & (SB_PERSON_ERASED | SB_PERSON_EMPTIED));
      g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM pragma_table_info (?) WHERE name = ?", "ss", places[i].table, places[i].column), ==, 1);
    }
}

/* -- canaries -- */

static gint64
contact_of (SbEngineFixture *self,
            gint64           thread_id)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM thread WHERE id = ?", "i", thread_id);
}

/* Into what came later: people who became one, lists, work of others, rows of files and of paper, texts of pictures. */
static gboolean
plant_more_rows (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  SbEngineFixture *self = data;
  SbDb            *db = writer->db;
  gint64           contact = sb_db_int (db, 0, "SELECT contact_id FROM thread WHERE id = ?", "i", self->ana);
  gint64           ben = sb_db_int (db, 0, "SELECT contact_id FROM identity WHERE value = ?", "s", SB_BEN);
  gint64           message = sb_db_int (db, 0, "SELECT max (id) FROM message WHERE thread_id = ?", "i", self->ana);
  gint64           file = sb_db_int (db, 0, "SELECT min (a.id) FROM attachment a JOIN message m ON m.id = a.message_id WHERE m.thread_id = ?", "i", self->ana);
  gint64           twin = sb_writer_create_contact (writer, CANARY " Reis", "351912000333", NULL, error);

  g_assert_cmpint (twin, !=, 0);
  g_assert_true (sb_writer_keep_apart (writer, contact, ben, error));
  g_assert_cmpint (sb_writer_begin_undo (writer, "merge", error), !=, 0);
  g_assert_true (sb_writer_merge_contacts (writer, contact, twin, NULL, error));

  return sb_db_exec (db, error, "UPDATE contact_merge SET stood = ? WHERE gone_id = ?", "si", "{\"gone\":{\"draft\":\"" CANARY "-stood\"}}", twin) &&
         sb_db_exec (db, error, "INSERT INTO consent (id, contact_id, at, recorded_at, purpose, answer, method, channel, words, author) VALUES (?, ?, 1, 1, 1, 1, 6, 2, ?, 2)", "iis",
                     sb_writer_new_id (writer), twin, CANARY "-twin-words") &&
         sb_db_exec (db, error, "INSERT INTO segment (id, name, folded, kind) VALUES (5, 'Weddings', 'weddings', 2)", "") &&
         sb_db_exec (db, error, "INSERT INTO segment_member (id, segment_id, contact_id) VALUES (51, 5, ?), (52, 5, ?)", "ii", contact, ben) &&
         sb_db_exec (db, error, "INSERT INTO draft_aside (thread_id, staff_id, text, edited_at) VALUES (?, 9, ?, 1)", "is", self->ana, CANARY "-aside") &&
         sb_db_exec (db, error, "INSERT INTO away_answer (thread_id, closed_since, at, message_id) VALUES (?, 1, 2, ?)", "ii", self->ana, message) &&
         sb_db_exec (db, error, "INSERT INTO closing (id, thread_id, staff_id, closed_at, message_id) VALUES (3, ?, 1, 1, ?)", "ii", self->ana, message) &&
         sb_db_exec (db, error, "INSERT INTO meta (key, value) VALUES ('import-draft', ?)", "s", "{\"text\": \"Ana, 4477\"}") &&
         sb_db_exec (db, error, "INSERT INTO import_rejected (import_id, number, cells, reason) VALUES (7, 1, ?, 'number'), (7, 2, ?, 'number'), (7, 3, ?, 'number')", "sss",
                     "[\"" CANARY "-cell\",\"(0) 91 2000-111\"]", "[\"ana  reis\",\"" CANARY "-name\",\"" CANARY "-mail@example.com\"]", "[\"Carla Dias\",\"91 2000 999\"]") &&
         sb_db_exec (db, error, "UPDATE contact_field SET value = ? WHERE contact_id = ?", "si", CANARY "-mail@example.com", contact) &&
         sb_db_exec (db, error, "INSERT INTO paper (id, at, staff_id, state) VALUES (8, 1, 1, 1)", "") &&
         sb_db_exec (db, error, "INSERT INTO paper_page (paper_id, number, hash, verdict) VALUES (8, 1, ?, 'good'), (8, 2, ?, 'good')", "ss", PAGE_OF_ANA, PAGE_OF_OTHERS) &&
         sb_db_exec (db, error, "INSERT INTO paper_row (paper_id, number, data) VALUES (8, 1, ?), (8, 2, '{\"page\":2,\"name\":{\"signs\":[{\"t\":\"C\"}]}}')", "s", PAPER_ROW) &&
         sb_db_exec (db, error, "INSERT INTO media_text (id, hash, read_at, confidence, text) SELECT 6, hash, 1, 90, ? FROM attachment WHERE id = ?", "si", CANARY "-seen", file);
}

/* Into every column of text that can hold something of a person. */
static gboolean
plant_rows (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  SbEngineFixture *self = data;
  gint64           contact = sb_db_int (writer->db, 0, "SELECT contact_id FROM thread WHERE id = ?", "i", self->ana);
  gint64           message = sb_db_int (writer->db, 0, "SELECT max (id) FROM message WHERE thread_id = ?", "i", self->ana);
  gint64           out = sb_db_int (writer->db, 0, "SELECT max (message_id) FROM outbox WHERE thread_id = ?", "i", self->ana);

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  g_assert_cmpint (sb_writer_begin_undo (writer, "change", error), !=, 0);
  g_assert_true (sb_writer_rename_contact (writer, contact, CANARY "-name", error));
  g_assert_cmpint (sb_writer_add_note (writer, self->ana, CANARY "-note", error), !=, 0);
  g_assert_true (sb_writer_save_draft (writer, self->ana, CANARY "-draft", 0, error));

  return sb_db_exec (writer->db, error, "UPDATE contact SET profile_name = ?, language = ?, source = ?, time_zone = ? WHERE id = ?", "ssssi", CANARY "-profile", CANARY "-lang", CANARY "-source",
                     CANARY "-zone", contact) &&
         sb_db_exec (writer->db, error, "INSERT INTO contact_field (contact_id, name, value) VALUES (?, 'mail', ?)", "is", contact, CANARY "-mail") &&
         sb_db_exec (writer->db, error, "INSERT INTO identity (id, contact_id, kind, value) VALUES (?, ?, 5, ?)", "iis", sb_writer_new_id (writer), contact, CANARY "-user") &&
         sb_db_exec (writer->db, error, "INSERT INTO import (id, at, staff_id, state) VALUES (7, 1, 1, 2)", "") &&
         sb_db_exec (writer->db, error, "INSERT INTO import_row (import_id, number, contact_id, before, after) VALUES (7, 1, ?, ?, ?)", "iss", contact, "{\"name\":\"" CANARY "-b\"}",
                     "{\"name\":\"" CANARY "-a\"}") &&
         sb_db_exec (writer->db, error, "INSERT INTO status_fact (message_id, status, at, data) VALUES (?, 5, 1, ?)", "is", message, CANARY "-fact") &&
         sb_db_exec (writer->db, error, "INSERT INTO reaction (message_id, direction, emoji, at) VALUES (?, 0, ?, 1)", "is", message, CANARY "-emoji") &&
         sb_db_exec (writer->db, error, "UPDATE outbox SET address = ?, error = ?, evidence = ? WHERE message_id = ?", "sssi", CANARY "-to", CANARY "-error", "{\"a\":\"" CANARY "-ev\"}", out) &&
         sb_db_exec (writer->db, error, "INSERT INTO due (id, at, kind, subject_id, data) VALUES (?, 9e17, 'test', ?, ?)", "iis", sb_writer_new_id (writer), message, CANARY "-due") &&
         sb_db_exec (writer->db, error, "INSERT INTO forged (id, line_id, why, size, head) VALUES (?, ?, 'x', 1, CAST (? AS BLOB))", "iis", sb_writer_new_id (writer), self->line_id,
                     SB_ANA " " CANARY "-forged") &&
         sb_db_exec (writer->db, error, "INSERT INTO status_orphan (wamid, status, at, data) VALUES ('wamid.HBgMMzUxOTEyMDAwMTExFQIA', 5, 1, ?)", "s", CANARY "-orphan") &&
         sb_db_exec (writer->db, error, "INSERT INTO consent (id, contact_id, at, recorded_at, purpose, answer, method, channel, words, note, author) VALUES (?, ?, 1, 1, 2, 1, 6, 2, ?, ?, 2)", "iiss",
                     sb_writer_new_id (writer), contact, CANARY "-words", CANARY "-consent-note");
}

static void
plant_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
plant_page (SbEngineFixture *self,
            const char      *hash,
            const char      *text)
{
  g_autofree char *path = sb_store_media_path (self->engine->store, hash);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The picture that was made of a video. */
static void
plant_thumbnail (SbEngineFixture *self,
                 const char      *hash)
{
  g_autofree char *name = g_strconcat ("thumbnails/", hash, ".jpg", NULL);

  plant_page (self, name, CANARY "-frame");
}

/* Messages of the person with words of their own, some with a file that only they have, and one that Ben has, too. */
static void
plant (SbEngineFixture *self)
{
  g_autoptr (GError) error = NULL;
  SbOutgoingMessage  picture = { .thread_id = self->ana, .kind = SB_MESSAGE_DOCUMENT };
  g_autofree char   *own = g_build_filename (self->folder, "..", "own-" CANARY ".txt", NULL);
  g_autofree char   *both = g_build_filename (self->folder, "..", "both.txt", NULL);
  gint64             ben;

  for (guint i = 0; i < N_CANARIES; i++)
    {
      g_autofree char *wamid = g_strdup_printf ("wamid." CANARY "-id-%u", i);
      g_autofree char *text = g_strdup_printf (CANARY "-%u and plain words", i);
      g_autofree char *body = sb_fake_text_body (SB_ANA, wamid, text, sb_clock_now (self->clock));

      sb_fixture_give (self, body);
    }
  g_assert_true (g_file_set_contents (own, CANARY "-file", -1, NULL));
  g_assert_true (g_file_set_contents (both, "the price list", -1, NULL));
  picture.path = own;
  g_assert_cmpint (sb_fixture_send (self, &picture, &error), !=, 0);
  picture.path = both;
  g_assert_cmpint (sb_fixture_send (self, &picture, &error), !=, 0);
  sb_fixture_hello (self, SB_BEN);
  ben = sb_reader_find_thread (sb_fixture_reader (self), SB_BEN);
  picture.thread_id = ben;
  g_assert_cmpint (sb_fixture_send (self, &picture, &error), !=, 0);
  sb_fixture_send_text (self, ben, "Good morning");
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_unlink (own);
  g_unlink (both);
  g_assert_true (sb_store_run (self->engine->store, plant_rows, self, &error));
  g_assert_no_error (error);
  plant_file (self->folder, "shop.db.before-6", CANARY "-old");
  plant_page (self, PAGE_OF_ANA, CANARY "-page");
  plant_thumbnail (self, PAGE_OF_ANA);
  plant_page (self, PAGE_OF_OTHERS, "the list of others");
  g_assert_true (sb_store_run (self->engine->store, plant_more_rows, self, &error));
  g_assert_no_error (error);
}

/* How often @needle lies in the files under @path, whatever they are. */
static guint
count_in (const char *path,
          const char *needle)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;
  guint            n = 0;

  if (folder == NULL)
    {
      g_autofree char *bytes = NULL;
      gsize            size = 0;

      if (strstr (path, needle) != NULL)
        n++;
      if (!g_file_get_contents (path, &bytes, &size, NULL))
        return n;
      for (const char *p = bytes; (p = memmem (p, bytes + size - p, needle, strlen (needle))) != NULL; p++)
        n++;
      if (n > 0)
        g_test_message ("%s: %u", path, n);
      return n;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      n += count_in (inside, needle);
    }

  return n;
}

typedef struct
{
  gboolean done;
  char    *path;
  GError  *error;
} Answer;

static void
erased_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->path = sb_engine_erase_person_finish (SB_ENGINE (object), result, &answer->error);
  answer->done = TRUE;
}

static char *
erase (SbEngineFixture *self,
       gint64           contact_id,
       GError         **error)
{
  Answer answer = { 0 };

  sb_engine_erase_person_async (self->engine, contact_id, erased_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);
  sb_fake_settle ();

  return answer.path;
}

/* What names others in the same lists, files and papers is still there. */
static void
assert_others_stay (SbEngineFixture *self)
{
  SbDb *db = sb_fixture_db (self);

  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM contact", ""), ==, 1);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM segment_member", ""), ==, 1);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT number FROM import_rejected", ""), ==, 3);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM meta WHERE key = 'import-draft'", ""), ==, 0);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT number FROM paper_row", ""), ==, 2);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM paper_page WHERE hash IS NULL", ""), ==, 1);
  g_assert_cmpuint (count_in (self->folder, "the list of others"), ==, 1);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM contact_merge", ""), ==, 0);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM contact_merge_row", ""), ==, 0);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM contact_apart", ""), ==, 0);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM before_image WHERE target GLOB 'contact.*'", ""), ==, 0);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM media_text", ""), ==, 0);
  g_assert_cmpint (sb_db_int (db, 0, "SELECT count(*) FROM consent WHERE words IS NOT NULL AND contact_id NOT IN (SELECT id FROM contact)", ""), ==, 0);
  sb_fixture_assert_whole (self);
}

/* Not one byte of them is left in the shop's folder, in whatever file; what is Ben's stays. */
static void
test_canaries (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = NULL;
  g_autofree char   *certificate = NULL;
  gint64             contact = contact_of (self, self->ana);
  gint64             entries = 0;

  plant (self);
  g_assert_cmpuint (count_in (self->folder, CANARY), >, 3 * N_CANARIES);
  entries = sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM consent WHERE contact_id = ?", "i", contact);
  g_assert_cmpint (entries, >=, 2);
  path = erase (self, contact, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &certificate, NULL, NULL));
  g_assert_nonnull (strstr (certificate, "message"));
  g_assert_null (strstr (certificate, "Not cleaned"));

  g_assert_cmpuint (count_in (self->folder, CANARY), ==, 0);
  g_assert_cmpuint (count_in (self->folder, SB_ANA), ==, 0);
  g_assert_cmpuint (count_in (self->folder, "Ana Reis"), ==, 0);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM message_fts WHERE message_fts MATCH 'plain'", ""), ==, 0);
  /* The proof stays without the name. */
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM consent WHERE contact_id = ? AND person IS NOT NULL AND words IS NULL", "i", contact), ==, entries);
  /* Ben's words and the file that both had. */
  g_assert_cmpint (sb_reader_find_thread (sb_fixture_reader (self), SB_BEN), !=, 0);
  g_assert_cmpuint (count_in (self->folder, "Good morning"), >, 0);
  g_assert_cmpuint (count_in (self->folder, "the price list"), ==, 1);
  assert_others_stay (self);

  sb_fixture_restart (self);
  g_assert_cmpuint (count_in (self->folder, CANARY), ==, 0);
  g_assert_true (sb_reader_is_erased (sb_fixture_reader (self), SB_ANA));
  g_assert_false (sb_reader_is_erased (sb_fixture_reader (self), SB_BEN));
  sb_fixture_hello (self, SB_ANA);
  self->ana = sb_reader_find_thread (sb_fixture_reader (self), SB_ANA);
}

/* What waits goes out of the queue first; what is on its way is waited for. */
static void
test_queue (SbEngineFixture *self,
            gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  gint64             contact = contact_of (self, self->ana);
  g_autofree char   *none = NULL;
  g_autofree char   *path = NULL;
  guint              n;

  self->line->judge = sb_judge_silent;
  sb_fixture_send_text (self, self->ana, "Under way");
  none = erase (self, contact, &error);
  g_assert_null (none);
  g_assert_error (error, SB_ERROR, SB_ERROR_BUSY);
  g_clear_error (&error);
  sb_fake_line_answer (sb_fixture_request (self, 0), sb_fake_accepted (sb_fixture_request (self, 0), NULL));
  sb_fake_settle ();

  sb_engine_set_online (self->engine, FALSE);
  sb_fixture_send_text (self, self->ana, "Waits");
  n = sb_fixture_n_requests (self);
  path = erase (self, contact, &error);
  g_assert_no_error (error);
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, n);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM outbox", ""), ==, 0);
}

static void
copy (const char *folder,
      const char *from,
      const char *to)
{
  g_autofree char *one = g_build_filename (folder, from, NULL);
  g_autofree char *other = g_build_filename (folder, to, NULL);
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (one, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (other, bytes, size, NULL));
}

/* A copy from before the erasure is put back: the journal beside it erases again. Who comes back by themselves stays. */
static void
test_restore (SbEngineFixture *self,
              gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = NULL;
  g_autofree char   *backup = NULL;

  sb_fixture_pass (self, SB_MINUTE_MS);
  sb_fixture_close (self);
  copy (self->folder, "shop.db", "old.db");
  sb_fixture_open (self);
  path = erase (self, contact_of (self, self->ana), &error);
  g_assert_no_error (error);
  sb_fixture_close (self);
  copy (self->folder, "old.db", "shop.db");
  backup = g_build_filename (self->folder, "old.db", NULL);
  g_unlink (backup);

  sb_fixture_open (self);
  g_assert_cmpint (sb_reader_find_thread (sb_fixture_reader (self), SB_ANA), ==, 0);
  g_assert_cmpuint (count_in (self->folder, SB_ANA), ==, 0);
  sb_engine_start (self->engine);
  sb_fake_settle ();
  sb_fixture_pass (self, SB_MINUTE_MS);
  sb_fixture_hello (self, SB_ANA);
  g_assert_cmpint (sb_reader_find_thread (sb_fixture_reader (self), SB_ANA), !=, 0);
  sb_fixture_restart (self);
  g_assert_cmpint (sb_reader_find_thread (sb_fixture_reader (self), SB_ANA), !=, 0);
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sb_engine_export_person_finish (SB_ENGINE (object), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* The page and the file for machines hold all of them and nothing of anybody else. */
static void
test_export (SbEngineFixture *self,
             gconstpointer    data)
{
  g_autofree char     *folder = g_dir_make_tmp ("export-XXXXXX", NULL);
  g_autofree char     *page_path = g_build_filename (folder, "index.html", NULL);
  g_autofree char     *data_path = g_build_filename (folder, "data.json", NULL);
  g_autofree char     *page = NULL;
  g_autofree char     *json = NULL;
  g_autoptr (JsonNode) node = NULL;
  gboolean             done = FALSE;
  JsonObject          *tables;

  plant (self);
  sb_engine_export_person_async (self->engine, contact_of (self, self->ana), folder, exported_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_get_contents (page_path, &page, NULL, NULL));
  g_assert_true (g_file_get_contents (data_path, &json, NULL, NULL));
  node = json_from_string (json, NULL);
  tables = sb_json_object (json_node_get_object (node), "tables");
  for (guint i = 0; i < N_CANARIES; i++)
    {
      g_autofree char *text = g_strdup_printf (CANARY "-%u and", i);

      g_assert_nonnull (strstr (page, text));
    }
  for (const char *const *word = (const char *const[]) { "-name", "-note", "-draft", "-mail", "-user", "-words", "-ev", " Reis", "-stood", "-twin-words", "-aside", "-cell", "-seen", NULL }; *word != NULL; word++)
    {
      g_autofree char *text = g_strconcat (CANARY, *word, NULL);

      g_assert_nonnull (strstr (json, text));
    }
  g_assert_cmpuint (sb_json_length (sb_json_array (tables, "attachment")), ==, 2);
  g_assert_cmpuint (count_in (folder, CANARY "-file"), ==, 1);
  g_assert_cmpuint (count_in (folder, "the price list"), ==, 1);
  g_assert_nonnull (strstr (json, "0912000111"));
  g_assert_null (strstr (json, "Carla"));
  g_assert_cmpuint (count_in (folder, SB_BEN), ==, 0);
  g_assert_cmpuint (count_in (folder, "Good morning"), ==, 0);
}

/* -- pictures that prove a yes -- */

static void
proved_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(gint64 *) user_data = sb_engine_consent_finish (SB_ENGINE (object), result, &error);
  g_assert_no_error (error);
}

static gint64
prove (SbEngineFixture *self,
       const char      *number,
       const char      *path)
{
  SbConsentEntry yes = { .purpose = SB_PURPOSE_OFFERS, .answer = SB_ANSWER_YES, .method = SB_METHOD_FORM, .channel = SB_CONSENT_CHANNEL_PAPER };
  gint64         undo_id = -2;

  yes.contact_id = sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM identity WHERE value = ?", "s", number);
  sb_engine_add_consent_async (self->engine, &yes, path, proved_cb, &undo_id);
  while (undo_id == -2)
    g_main_context_iteration (NULL, TRUE);

  return undo_id;
}

static gboolean
plant_paper (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  return sb_db_exec (writer->db, error, "INSERT INTO paper (id, at, staff_id, state) VALUES (8, 1, 1, 1)", "") &&
         sb_db_exec (writer->db, error, "INSERT INTO paper_page (paper_id, number, hash, verdict) SELECT 8, row_number () OVER (ORDER BY first), evidence, 'good' FROM (SELECT evidence, min (id) first FROM consent WHERE evidence IS NOT NULL GROUP BY evidence)", "");
}

static char *
write_picture (SbEngineFixture *self,
               const char      *name,
               const char      *bytes)
{
  char *path = g_build_filename (self->folder, "..", name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, -1, NULL));

  return path;
}

/* A page of paper that proves only their yes goes, also where it was read as a list; one that proves others', too, stays. */
static void
test_evidence (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *own = write_picture (self, "form.txt", "signed by " CANARY);
  g_autofree char   *both = write_picture (self, "list.txt", "a list that many signed");
  g_autofree char   *own_hash = NULL;
  g_autofree char   *both_hash = NULL;
  g_autofree char   *path = NULL;
  g_autofree char   *paper = NULL;

  sb_fixture_hello (self, SB_BEN);
  prove (self, SB_ANA, own);
  prove (self, SB_ANA, both);
  prove (self, SB_BEN, both);
  g_unlink (own);
  g_unlink (both);
  g_assert_true (sb_store_run (self->engine->store, plant_paper, NULL, &error));
  g_assert_no_error (error);
  own_hash = sb_db_text (sb_fixture_db (self), "SELECT hash FROM paper_page WHERE number = 1", "");
  both_hash = sb_db_text (sb_fixture_db (self), "SELECT hash FROM paper_page WHERE number = 2", "");
  g_assert_cmpuint (count_in (self->folder, "signed by " CANARY), ==, 1);

  path = erase (self, contact_of (self, self->ana), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_in (self->folder, CANARY), ==, 0);
  g_assert_cmpuint (count_in (self->folder, "a list that many signed"), ==, 1);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM paper_page WHERE hash IS NOT NULL", ""), ==, 1);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM consent WHERE evidence IS NOT NULL", ""), ==, 1);
  g_assert_true (g_file_get_contents (path, &paper, NULL, NULL));
  g_test_message ("%s", paper);
  {
    g_autofree char *gone = g_strdup_printf ("%.16s  removed", own_hash);
    g_autofree char *stays = g_strdup_printf ("%.16s  kept", both_hash);

    g_assert_nonnull (strstr (paper, "Evidence of consent"));
    g_assert_nonnull (strstr (paper, gone));
    g_assert_nonnull (strstr (paper, stays));
    g_assert_null (strstr (paper, "form.txt"));
  }
}

#define ADD(path, function) g_test_add ("/engine/person/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("schema", test_schema);
  ADD ("canaries", test_canaries);
  ADD ("queue", test_queue);
  ADD ("restore", test_restore);
  ADD ("export", test_export);
  ADD ("evidence", test_evidence);

  return g_test_run ();
}
