/* A list of 100,000 contacts: what reading, planning and writing cost beside the one thing nobody can spare, reading the numbers. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>

#include "bench.h"
#include "sb-contacts-out.h"
#include "sb-engine-import.h"
#include "sb-phone.h"

#define ROWS 100000

static char *
number_of (guint i)
{
  return g_strdup_printf ("06 %02u %02u %02u %02u", 10 + i / 1000000 % 90, i / 10000 % 100, i / 100 % 100, i % 100);
}

static char *
make_csv (const char *folder)
{
  g_autoptr (GString) text = g_string_new ("Nom;Téléphone;E-mail;Ville\r\n");
  char               *path = g_build_filename (folder, "import.csv", NULL);

  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *number = number_of (i);

      g_string_append_printf (text, "Cliente Numéro %u;%s;client%u@example.org;Ville %u\r\n", i, number, i, i % 40);
    }
  if (!g_file_set_contents (path, text->str, (gssize) text->len, NULL))
    g_error ("%s cannot be written", path);

  return path;
}

/* Rows a second when nothing is done but reading the numbers. */
static double
normalise_rate (void)
{
  double start = bench_now_ms ();

  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *number = number_of (i);
      g_autofree char *digits = sb_phone_normalize (number, "FR");

      if (digits == NULL)
        g_error ("%s was not understood", number);
    }

  return ROWS * 1000.0 / (bench_now_ms () - start);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* The longest the main loop was away from its other work meanwhile. */
static double
await (GAsyncResult **result)
{
  double longest = 0;

  while (*result == NULL)
    {
      double start = bench_now_ms ();

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      else
        longest = MAX (longest, bench_now_ms () - start);
    }

  return longest;
}

static SbImportPlan *
plan (SbEngine   *engine,
      const char *path,
      double     *rate)
{
  const SbImportOptions     options = { .country = "FR" };
  g_autoptr (GAsyncResult)  read = NULL;
  g_autoptr (GAsyncResult)  result = NULL;
  g_autoptr (SbImportTable) table = NULL;
  g_autoptr (GError)        error = NULL;
  double                    start = bench_now_ms ();
  SbImportPlan             *made;

  sb_engine_read_import_async (engine, path, NULL, NULL, NULL, done_cb, &read);
  await (&read);
  table = sb_engine_read_import_finish (engine, read, &error);
  if (table == NULL)
    g_error ("%s", error->message);
  sb_engine_plan_import_async (engine, table, &options, NULL, done_cb, &result);
  await (&result);
  made = sb_engine_plan_import_finish (engine, result, &error);
  if (made == NULL)
    g_error ("%s", error->message);
  *rate = ROWS * 1000.0 / (bench_now_ms () - start);

  return made;
}

static gint64
apply (SbEngine     *engine,
       SbImportPlan *made,
       double       *rate,
       double       *longest)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  double                   start = bench_now_ms ();
  gint64                   id;

  sb_engine_apply_import_async (engine, made, NULL, NULL, NULL, NULL, done_cb, &result);
  *longest = await (&result);
  id = sb_engine_apply_import_finish (engine, result, &error);
  g_assert_no_error (error);
  *rate = ROWS * 1000.0 / (bench_now_ms () - start);

  return id;
}

static double
undo (SbEngine *engine,
      gint64    id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  double                   start = bench_now_ms ();
  guint                    n = 0;

  sb_engine_undo_import_async (engine, id, done_cb, &result);
  await (&result);
  if (!sb_engine_undo_import_finish (engine, result, &n, &error) || n != ROWS)
    g_error ("not everything was taken back: %u", n);

  return ROWS * 1000.0 / (bench_now_ms () - start);
}

/* -- the least that could be done -- */

static void
execute (sqlite3    *db,
         const char *words)
{
  if (sqlite3_exec (db, words, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", words, sqlite3_errmsg (db));
}

static void
insert (sqlite3_stmt *statement,
        guint         id,
        const char   *text)
{
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text (statement, 2, text, -1, SQLITE_TRANSIENT);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("a plain row was not written");
  sqlite3_reset (statement);
}

/* Rows a second when name, number and mail of each go into tables of their own, nothing read, nothing kept to take back. */
static double
plain_rate (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "plain.db", NULL);
  sqlite3         *db = NULL;
  sqlite3_stmt    *statements[3];
  double           start;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s cannot be opened", path);
  execute (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE contact (id INTEGER PRIMARY KEY, name TEXT) STRICT;"
               "CREATE TABLE identity (id INTEGER PRIMARY KEY, value TEXT UNIQUE) STRICT; CREATE TABLE field (id INTEGER PRIMARY KEY, value TEXT) STRICT;");
  sqlite3_prepare_v2 (db, "INSERT INTO contact VALUES (?, ?)", -1, &statements[0], NULL);
  sqlite3_prepare_v2 (db, "INSERT INTO identity VALUES (?, ?)", -1, &statements[1], NULL);
  sqlite3_prepare_v2 (db, "INSERT INTO field VALUES (?, ?)", -1, &statements[2], NULL);
  start = bench_now_ms ();
  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *number = number_of (i);

      if (i % 1000 == 0)
        execute (db, i == 0 ? "BEGIN" : "COMMIT; BEGIN");
      insert (statements[0], i + 1, "Cliente Numéro");
      insert (statements[1], i + 1, number);
      insert (statements[2], i + 1, "client@example.org");
    }
  execute (db, "COMMIT");
  start = bench_now_ms () - start;
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    sqlite3_finalize (statements[i]);
  sqlite3_close (db);

  return ROWS * 1000.0 / start;
}

/* -- workbooks -- */

static SbCard *
next_card (gpointer data)
{
  guint           *i = data;
  SbCard          *card;
  g_autofree char *number = NULL;
  g_autofree char *digits = NULL;

  if (*i == ROWS)
    return NULL;
  card = sb_card_new ();
  number = number_of ((*i)++);
  digits = g_strconcat ("33", number + 1, NULL);
  card->name = g_strdup_printf ("Cliente Numéro %u", *i);
  sb_card_add_number (card, digits);
  sb_card_set_field (card, "email", "client@example.org");

  return card;
}

static gboolean
count_cb (const SbRow *row,
          gpointer     data,
          GError     **error)
{
  (*(guint *) data)++;

  return TRUE;
}

static double
read_rate (const char *path)
{
  g_auto (SbFileAbout) about = { 0 };
  guint                n = 0;
  double               start = bench_now_ms ();

  if (!sb_rows_read_file (path, NULL, &about, count_cb, &n, NULL, NULL) || n != ROWS + 1)
    g_error ("%s was not read: %u rows", path, n);

  return n * 1000.0 / (bench_now_ms () - start);
}

static long
peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_maxrss;
}

static void
bench_workbook (const char *folder,
                const char *csv)
{
  static char      *no_fields[] = { (char *) "email", NULL };
  const SbCardShape shape = { 1, no_fields };
  g_autofree char  *path = g_build_filename (folder, "import.xlsx", NULL);
  guint             next = 0;
  long              before;
  double            rate;

  if (!sb_contacts_write (SB_CONTACTS_XLSX, path, &shape, next_card, &next, NULL))
    g_error ("%s cannot be written", path);
  before = peak_kib ();
  rate = read_rate (path);
  bench_limit ("import-xlsx-memory", (double) (peak_kib () - before) / 1024, "MiB", BENCH_AT_MOST, 32);
  bench_ratio ("import-xlsx-read", rate, "rows/s", "csv-read", read_rate (csv), BENCH_AT_LEAST, 0.05);
  g_unlink (path);
}

int
main (void)
{
  const char           *data = g_getenv ("SHOPBELL_BENCH_DATA") != NULL ? g_getenv ("SHOPBELL_BENCH_DATA") : g_get_tmp_dir ();
  g_autofree char      *folder = g_build_filename (data, "import-XXXXXX", NULL);
  g_autofree char      *csv = NULL;
  g_autofree char      *shop = NULL;
  g_autofree char      *remove = NULL;
  g_autoptr (SbEngine)  engine = NULL;
  g_autoptr (GError)    error = NULL;
  const SbEngineOptions options = { 0 };
  SbImportPlan         *made;
  double                anchor, plan_rate = 0, apply_rate = 0, again_rate = 0, longest = 0;
  gint64                id;

  if (g_mkdtemp (folder) == NULL)
    g_error ("%s cannot be made", folder);
  csv = make_csv (folder);
  bench_workbook (folder, csv);
  shop = g_build_filename (folder, "shop", NULL);
  engine = sb_engine_open (shop, SB_ENGINE_CREATE, &options, &error);
  g_assert_no_error (error);

  anchor = normalise_rate ();
  made = plan (engine, csv, &plan_rate);
  g_assert_cmpuint (made->counts[SB_FATE_NEW], ==, ROWS);
  id = apply (engine, made, &apply_rate, &longest);
  sb_import_plan_free (made);
  made = plan (engine, csv, &again_rate);
  g_assert_cmpuint (made->counts[SB_FATE_SAME], ==, ROWS);
  sb_import_plan_free (made);

  bench_ratio ("import-plan", plan_rate, "rows/s", "normalise", anchor, BENCH_AT_LEAST, 0.5);
  bench_ratio ("import-write", apply_rate, "rows/s", "normalise", anchor, BENCH_AT_LEAST, 0.2);
  bench_ratio ("import-again", again_rate, "rows/s", "normalise", anchor, BENCH_AT_LEAST, 0.3);
  bench_limit ("import-50000-rows", 50000 / plan_rate + 50000 / apply_rate, "s", BENCH_AT_MOST, 10);
  bench_ratio ("import-beside-plain", ROWS * 1000.0 / (ROWS * 1000.0 / plan_rate + ROWS * 1000.0 / apply_rate), "rows/s", "plain-insert", plain_rate (folder), BENCH_AT_LEAST, 0.01);
  bench_limit ("import-main-loop", longest, "ms", BENCH_AT_MOST, 16);
  bench_limit ("import-undo", undo (engine, id), "rows/s", BENCH_AT_LEAST, 5000);

  sb_engine_close (engine);
  remove = g_strdup_printf ("rm -rf '%s'", folder);

  return g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL) ? 0 : 1;
}
