#include "fill.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>

#include "sb-error.h"
#include "sb-store-private.h"
#include "sb-writer-index.h"

#define VERSION 3

/* What the thread row will say at the end. */
typedef struct
{
  gint64 last_at;
  gint64 last_id;
  gint64 last_in_at;
  gint64 waits_since;
  char   preview[96];
  int    last_direction;
  int    last_status;
  int    unread;
} Tail;

typedef struct
{
  sqlite3 *db;
  guint    n_messages;
  guint    n_threads;
  guint64  state;
  gint64   line_id;
  gint64   tags[BENCH_TAGS];
  Tail    *tails;
} Fill;

guint
bench_size (void)
{
  const char *text = g_getenv ("SHOPBELL_BENCH_MESSAGES");

  return text != NULL && text[0] != '\0' ? (guint) g_ascii_strtoull (text, NULL, 10) : 1000000;
}

guint
bench_n_threads (guint n_messages)
{
  return MAX (n_messages / 20, 10);
}

gint64
bench_thread_id (guint index)
{
  return (BENCH_START_MS << 21) + 2 * (gint64) index + 2;
}

/* splitmix64: small, and the same everywhere. */
static guint64
next (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

static double
unit (guint64 *state)
{
  return (next (state) >> 11) * 0x1.0p-53;
}

char *
bench_word (guint rank)
{
  static const char *const syllables[] = { "ba", "ko", "ri", "men", "tu", "sha", "lo", "pe", "vin", "da", "gos", "ya", "ful", "ne", "cor", "zi", "ham", "ek" };
  GString                 *word = g_string_new (NULL);
  guint                    n = G_N_ELEMENTS (syllables);

  for (guint rest = rank + n; rest > 0; rest /= n)
    g_string_append (word, syllables[rest % n]);

  return g_string_free (word, FALSE);
}

/* Zipf-like: the rank is the exponential of an even number. */
char *
bench_text (guint64 *state)
{
  GString *text = g_string_new (NULL);
  gsize    length = 45 + next (state) % 60;

  while (text->len < length)
    {
      guint            rank = (guint) (exp (unit (state) * log (BENCH_WORDS + 1)) - 1);
      g_autofree char *word = bench_word (rank);

      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, word);
    }

  return g_string_free (text, FALSE);
}

char *
bench_wamid (guint index)
{
  return g_strdup_printf ("wamid.HBgMNDQ3NzAwOTAwMDAwFQIAEhggQzQ1RkE%08XOTNGNkE2RTk1RUEA", index * 2654435761u);
}

/* -- plain SQL -- */

static void
script (Fill       *fill,
        const char *sql)
{
  if (sqlite3_exec (fill->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (fill->db));
}

static sqlite3_stmt *
prepare (Fill       *fill,
         const char *sql)
{
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (fill->db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (fill->db));

  return statement;
}

static void
step (sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  sqlite3_reset (statement);
}

/* Indexes and triggers that are quicker made afterwards; returns what makes them again. */
static GPtrArray *
take_away (Fill *fill)
{
  GPtrArray    *again = g_ptr_array_new_with_free_func (g_free);
  GPtrArray    *drops = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *s = prepare (fill, "SELECT sql, 'DROP ' || type || ' ' || name FROM sqlite_master WHERE sql IS NOT NULL "
                                   "AND tbl_name = 'message' AND type IN ('index', 'trigger')");

  while (sqlite3_step (s) == SQLITE_ROW)
    {
      g_ptr_array_add (again, g_strdup ((const char *) sqlite3_column_text (s, 0)));
      g_ptr_array_add (drops, g_strdup ((const char *) sqlite3_column_text (s, 1)));
    }
  sqlite3_finalize (s);
  for (guint i = 0; i < drops->len; i++)
    script (fill, drops->pdata[i]);
  g_ptr_array_unref (drops);

  return again;
}

/* -- rows -- */

static void
add_people (Fill *fill)
{
  sqlite3_stmt *contact = prepare (fill, "INSERT INTO contact (id, profile_name, updated_at) VALUES (?, ?, ?)");
  sqlite3_stmt *identity = prepare (fill, "INSERT INTO identity (contact_id, kind, value) VALUES (?, 2, ?)");

  for (guint i = 0; i < fill->n_threads; i++)
    {
      g_autofree char *first = bench_word ((guint) (next (&fill->state) % BENCH_WORDS));
      g_autofree char *last = bench_word ((guint) (next (&fill->state) % BENCH_WORDS));
      g_autofree char *name = g_strdup_printf ("%c%s %c%s", g_ascii_toupper (first[0]), first + 1, g_ascii_toupper (last[0]), last + 1);
      g_autofree char *number = g_strdup_printf ("4479%08u", 11000000 + i);

      sqlite3_bind_int64 (contact, 1, bench_thread_id (i) - 1);
      sqlite3_bind_text (contact, 2, name, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int64 (contact, 3, BENCH_START_MS);
      step (contact);
      sqlite3_bind_int64 (identity, 1, bench_thread_id (i) - 1);
      sqlite3_bind_text (identity, 2, number, -1, SQLITE_TRANSIENT);
      step (identity);
    }
  sqlite3_finalize (contact);
  sqlite3_finalize (identity);
}

/* A few customers write much, most write little; the first one is by far the busiest. */
static guint
pick_thread (Fill *fill)
{
  double u = unit (&fill->state);

  return unit (&fill->state) < 0.02 ? 0 : (guint) (u * u * fill->n_threads);
}

static void
remember (Tail       *tail,
          gint64      id,
          gint64      at,
          gboolean    out,
          int         status,
          const char *text)
{
  tail->last_at = at;
  tail->last_id = id;
  tail->last_direction = out;
  tail->last_status = status;
  g_strlcpy (tail->preview, text, sizeof tail->preview);
  tail->waits_since = out ? 0 : tail->waits_since != 0 ? tail->waits_since
                                                       : at;
  tail->unread = out ? 0 : tail->unread + 1;
  if (!out)
    tail->last_in_at = at;
}

static void
add_attachment (Fill         *fill,
                sqlite3_stmt *attachment,
                gint64        message_id,
                guint         index)
{
  gboolean         document = index % 80 == 0;
  g_autofree char *name = document ? g_strdup_printf ("invoice-%u.pdf", index) : NULL;

  sqlite3_bind_int64 (attachment, 1, message_id);
  sqlite3_bind_text (attachment, 2, document ? "application/pdf" : "image/jpeg", -1, SQLITE_STATIC);
  sqlite3_bind_text (attachment, 3, name, -1, SQLITE_TRANSIENT);
  step (attachment);
}

static void
add_messages (Fill *fill)
{
  sqlite3_stmt *message = prepare (fill, "INSERT INTO message (id, thread_id, line_id, kind, direction, author, staff_id, sent_at, text, wamid, wamid_hash, status, status_at, flags) "
                                         "VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)");
  sqlite3_stmt *attachment = prepare (fill, "INSERT INTO attachment (message_id, state, mime, filename, size) VALUES (?, 3, ?, ?, 200000)");
  gint64        pace = (BENCH_NOW_MS - BENCH_START_MS) / (fill->n_messages + 1);

  for (guint i = 0; i < fill->n_messages; i++)
    {
      guint            index = pick_thread (fill);
      gint64           at = BENCH_START_MS + (i + 1) * pace;
      gint64           id = at << 21;
      gboolean         out = next (&fill->state) % 2 == 0;
      gboolean         photo = i % 16 == 0;
      int              status = out ? SB_STATUS_READ : SB_STATUS_NONE;
      g_autofree char *text = bench_text (&fill->state);
      g_autofree char *wamid = bench_wamid (i);

      sqlite3_bind_int64 (message, 1, id);
      sqlite3_bind_int64 (message, 2, bench_thread_id (index));
      sqlite3_bind_int64 (message, 3, fill->line_id);
      sqlite3_bind_int (message, 4, !photo ? SB_MESSAGE_TEXT : i % 80 == 0 ? SB_MESSAGE_DOCUMENT
                                                                           : SB_MESSAGE_IMAGE);
      sqlite3_bind_int (message, 5, out);
      sqlite3_bind_int (message, 6, out ? SB_AUTHOR_STAFF : SB_AUTHOR_CUSTOMER);
      sqlite3_bind_int64 (message, 7, at);
      sqlite3_bind_text (message, 8, text, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (message, 9, wamid, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int64 (message, 10, sb_wamid_hash (wamid));
      sqlite3_bind_int (message, 11, status);
      sqlite3_bind_int64 (message, 12, out ? at : 0);
      sqlite3_bind_int (message, 13, photo ? 8 : 0);
      step (message);
      if (photo)
        add_attachment (fill, attachment, id, i);
      remember (&fill->tails[index], id, at, out, status, text);
    }
  sqlite3_finalize (message);
  sqlite3_finalize (attachment);
}

/* Who was written to long ago is done; two thirds carry a tag, the last tags are rare. */
static void
add_threads (Fill *fill)
{
  sqlite3_stmt *thread = prepare (fill, "INSERT INTO thread (id, contact_id, line_id, status, assignee_id, last_at, last_direction, last_status, last_author, last_message_id, preview, "
                                        "unread, unanswered, unanswered_since, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  sqlite3_stmt *line = prepare (fill, "INSERT INTO thread_line (thread_id, line_id, last_in_at) VALUES (?, ?, ?)");
  sqlite3_stmt *tag = prepare (fill, "INSERT INTO thread_tag (tag_id, pinned, last_at, thread_id) VALUES (?, 0, ?, ?)");

  for (guint i = 0; i < fill->n_threads; i++)
    {
      const Tail *tail = &fill->tails[i];
      gboolean    open = i % 3 == 0;
      gboolean    unread = open && tail->unread > 0;

      sqlite3_bind_int64 (thread, 1, bench_thread_id (i));
      sqlite3_bind_int64 (thread, 2, bench_thread_id (i) - 1);
      sqlite3_bind_int64 (thread, 3, fill->line_id);
      sqlite3_bind_int (thread, 4, open ? SB_THREAD_OPEN : SB_THREAD_CLOSED);
      sqlite3_bind_int (thread, 5, (int) (next (&fill->state) % 4));
      sqlite3_bind_int64 (thread, 6, tail->last_at);
      sqlite3_bind_int (thread, 7, tail->last_direction);
      sqlite3_bind_int (thread, 8, tail->last_status);
      sqlite3_bind_int (thread, 9, tail->last_direction == SB_DIRECTION_OUT ? SB_AUTHOR_STAFF : SB_AUTHOR_CUSTOMER);
      sqlite3_bind_int64 (thread, 10, tail->last_id);
      sqlite3_bind_text (thread, 11, tail->preview, -1, SQLITE_STATIC);
      sqlite3_bind_int (thread, 12, unread ? tail->unread : 0);
      sqlite3_bind_int (thread, 13, tail->waits_since != 0);
      sqlite3_bind_int64 (thread, 14, tail->waits_since);
      sqlite3_bind_int64 (thread, 15, unread ? tail->waits_since - 1 : tail->last_at);
      step (thread);
      if (tail->last_in_at != 0)
        {
          sqlite3_bind_int64 (line, 1, bench_thread_id (i));
          sqlite3_bind_int64 (line, 2, fill->line_id);
          sqlite3_bind_int64 (line, 3, tail->last_in_at);
          step (line);
        }
      if (next (&fill->state) % 3 != 0)
        {
          double u = unit (&fill->state);

          sqlite3_bind_int64 (tag, 1, fill->tags[(int) (u * u * BENCH_TAGS)]);
          sqlite3_bind_int64 (tag, 2, tail->last_at);
          sqlite3_bind_int64 (tag, 3, bench_thread_id (i));
          step (tag);
        }
    }
  sqlite3_finalize (thread);
  sqlite3_finalize (line);
  sqlite3_finalize (tag);
}

/* -- the whole -- */

static gboolean
found (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  Fill              *fill = data;
  g_autoptr (SbLine) line = sb_line_new ();

  line->name = g_strdup ("Bench");
  line->kind = SB_LINE_CLOUD;
  line->state = SB_LINE_PAUSED;
  fill->line_id = sb_writer_save_line (writer, line, error);
  for (guint i = 0; i < BENCH_TAGS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Tag %u", i);

      fill->tags[i] = sb_writer_ensure_tag (writer, name, 1, error);
    }

  return fill->line_id != 0 && fill->tags[BENCH_TAGS - 1] != 0;
}

static gboolean
prove (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);

  if (!sb_writer_recount (writer, FALSE, differences, error))
    return FALSE;
  for (guint i = 0; i < MIN (differences->len, 10); i++)
    g_printerr ("%s\n", (char *) differences->pdata[i]);
  g_assert_cmpuint (differences->len, ==, 0);

  return TRUE;
}

/* As the engine leaves the indexes after some quiet. */
static gboolean
tidy (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  gboolean more = TRUE;

  while (more)
    if (!sb_writer_merge_index (writer, &more, error))
      return FALSE;

  return TRUE;
}

static void
with_store (const char *folder,
            SbCommand   command,
            gpointer    data)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SbClock)  clock = sb_clock_new_virtual (BENCH_NOW_MS);
  g_autoptr (SbRandom) random = sb_random_new_seeded (1);
  g_autoptr (SbStore)  store = sb_store_open (folder, SB_STORE_CREATE | SB_STORE_INLINE, clock, random, NULL, &error);

  g_assert_no_error (error);
  sb_store_run (store, command, data, &error);
  g_assert_no_error (error);
  sb_store_close (store);
}

static void
fill_shop (const char *folder,
           guint       n_messages)
{
  Fill                  fill = { .n_messages = n_messages, .n_threads = bench_n_threads (n_messages), .state = 20250101 };
  g_autofree char      *path = g_build_filename (folder, "shop.db", NULL);
  g_autoptr (SbDb)      db = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError)    error = NULL;

  g_printerr ("making a shop with %u messages in %s\n", n_messages, folder);
  with_store (folder, found, &fill);
  fill.tails = g_new0 (Tail, fill.n_threads);
  db = sb_store_open_db (path, 0, NULL, &error);
  g_assert_no_error (error);
  fill.db = sb_db_get_handle (db);
  script (&fill, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -400000; BEGIN");
  again = take_away (&fill);
  add_people (&fill);
  add_messages (&fill);
  add_threads (&fill);
  for (guint i = 0; i < again->len; i++)
    script (&fill, again->pdata[i]);
  script (&fill, "INSERT INTO stat_daily SELECT sent_at / 86400000, line_id, direction, status, count(*) FROM message GROUP BY 1, 2, 3, 4;"
                 "INSERT INTO contact_stat SELECT contact_id, max (iif (direction = 0, sent_at, 0)), max (iif (direction = 1, sent_at, 0)), count (*) FROM message m "
                 "JOIN thread t ON t.id = m.thread_id WHERE direction IN (0, 1) AND kind NOT IN (14, 16) GROUP BY contact_id;"
                 "INSERT INTO message_fts (message_fts) VALUES ('rebuild'); COMMIT; PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint (TRUNCATE)");
  g_free (fill.tails);
  g_clear_pointer (&db, sb_db_close);
  with_store (folder, tidy, NULL);
  with_store (folder, prove, NULL);
}

char *
bench_shop (guint n_messages)
{
  const char      *data = g_getenv ("SHOPBELL_BENCH_DATA");
  g_autofree char *name = g_strdup_printf ("shop-%u-%d.%d", n_messages, VERSION, sb_schema_version ());
  char            *folder = g_build_filename (data != NULL ? data : g_get_tmp_dir (), "shopbell-bench", name, NULL);
  g_autofree char *done = g_build_filename (folder, "filled", NULL);
  g_autofree char *path = g_build_filename (folder, "shop.db", NULL);

  if (!g_file_test (done, G_FILE_TEST_EXISTS))
    {
      g_unlink (path);
      g_mkdir_with_parents (folder, 0700);
      fill_shop (folder, n_messages);
      g_file_set_contents (done, "", 0, NULL);
    }

  return folder;
}

char *
bench_shop_copy (guint n_messages)
{
  g_autofree char   *folder = bench_shop (n_messages);
  char              *copy = g_strconcat (folder, "-copy", NULL);
  g_autofree char   *path = g_build_filename (folder, "shop.db", NULL);
  const char        *commands[] = { "cp", "--reflink=auto", path, copy, NULL };
  g_autoptr (GError) error = NULL;

  bench_remove_copy (g_strdup (copy));
  g_mkdir_with_parents (copy, 0700);
  g_spawn_sync (NULL, (char **) commands, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return copy;
}

void
bench_remove_copy (char *folder)
{
  const char *commands[] = { "rm", "-rf", folder, NULL };

  g_spawn_sync (NULL, (char **) commands, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (folder);
}
