/* The list of people in a shop of 120,000: opened, sorted otherwise, a page of it shown, searched, and a group of it counted. */
#include <glib/gstdio.h>
#include <string.h>

#include "bench.h"
#include "fill.h"
#include "sb-condition-json.h"
#include "sb-reader-contacts.h"
#include "sb-reader-segments.h"
#include "sb-store-private.h"

#define N_PEOPLE 120000
#define PAGE     64
#define EACH     9
#define NOW_MS   BENCH_NOW_MS

static gboolean
add_person (SbDb    *db,
            gint64   i,
            guint64 *state,
            GError **error)
{
  gint64           id = (BENCH_START_MS + i * 60000) << 21;
  gint64           last = NOW_MS - (i * 7919) % 700 * SB_DAY_MS;
  g_autofree char *name = bench_text (state);
  g_autofree char *number = g_strdup_printf ("4477%08d", (int) i);

  name[MIN (strlen (name), 16)] = '\0';

  return sb_db_exec (db, error, "INSERT INTO contact (id, name, language, country, stage_id, consent, updated_at) VALUES (?, ?, ?, 'GB', ?, ?, 0)", "issnn", id, name, i % 3 ? "en" : "fr", (int) (i % 3),
                     (int) (i % 4)) &&
         sb_db_exec (db, error, "INSERT INTO identity (contact_id, kind, value) VALUES (?, 2, ?)", "is", id, number) &&
         sb_db_exec (db, error, "INSERT INTO thread (id, contact_id, last_at, preview) VALUES (?, ?, ?, 'Is the cake ready?')", "iii", id + 1, id, last) &&
         (i % 10 != 0 || sb_db_exec (db, error, "INSERT INTO contact_tag VALUES (?, 1)", "i", id));
}

static void
make_people (SbDb *db)
{
  g_autoptr (GError) error = NULL;
  guint64            state = 42;

  sb_db_script (db, "PRAGMA foreign_keys = OFF; BEGIN; INSERT INTO tag (id, name, folded) VALUES (1, 'VIP', 'vip'); INSERT INTO stage (id, name, folded) VALUES (1, 'Regular', 'regular'), (2, 'Quote', 'quote')", &error);
  for (gint64 i = 1; i <= N_PEOPLE && error == NULL; i++)
    add_person (db, i, &state, &error);
  g_assert_no_error (error);
  sb_db_script (db, "COMMIT; ANALYZE", &error);
  g_assert_no_error (error);
}

/* The least that must be done to list everybody: their ids, out of the index of the table. */
static double
plain_ids (SbReader *reader)
{
  sqlite3_stmt      *s = sb_db_query (sb_reader_get_db (reader), NULL, "SELECT id FROM contact", "");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  double             start = bench_cpu_ms ();

  while (sb_db_step (sb_reader_get_db (reader), s, NULL))
    {
      gint64 id = sqlite3_column_int64 (s, 0);

      g_array_append_val (ids, id);
    }
  g_assert_cmpuint (ids->len, ==, N_PEOPLE);

  return bench_cpu_ms () - start;
}

static const struct
{
  const char   *metric;
  SbPeopleQuery query;
  guint         least;
  double        limit; /* times the plain ids */
} lists[] = {
  { "open the list of 120,000 people", { .sort = SB_PEOPLE_BY_LAST }, N_PEOPLE, 40 },
  { "sort 120,000 people by name", { .sort = SB_PEOPLE_BY_NAME }, N_PEOPLE, 40 },
  { "sort 120,000 people by stage", { .sort = SB_PEOPLE_BY_STAGE }, N_PEOPLE, 60 },
  { "find people by a word", { .sort = SB_PEOPLE_BY_LAST, .words = (char *) "sha" }, 1000, 80 },
  { "find people by a number", { .sort = SB_PEOPLE_BY_LAST, .words = (char *) "+44 77 0000 12" }, 10, 80 },
};

static void
measure_list (SbReader *reader,
              guint     l)
{
  g_autoptr (GArray) ours = bench_samples_new ();
  g_autoptr (GArray) plain = bench_samples_new ();

  for (guint i = 0; i < EACH; i++)
    {
      double             start = bench_cpu_ms ();
      g_autoptr (GArray) ids = sb_reader_list_people (reader, &lists[l].query);

      bench_add (ours, bench_cpu_ms () - start);
      g_assert_cmpuint (ids->len, >=, lists[l].least);
      bench_add (plain, plain_ids (reader));
    }
  bench_ratio (lists[l].metric, bench_median (ours), "ms of a core", "ids of everybody", bench_median (plain), BENCH_AT_MOST, lists[l].limit);
}

/* What a person waits for who scrolls. */
static void
measure_page (SbReader *reader)
{
  const SbPeopleQuery query = { .sort = SB_PEOPLE_BY_NAME };
  g_autoptr (GArray)  ids = sb_reader_list_people (reader, &query);
  g_autoptr (GArray)  fresh = bench_samples_new ();
  g_autoptr (GArray)  seen = bench_samples_new ();

  for (guint from = 0; from + PAGE < ids->len; from += ids->len / 50)
    {
      double                start = bench_cpu_ms ();
      g_autoptr (GPtrArray) people = sb_reader_get_people (reader, &g_array_index (ids, gint64, from), PAGE);
      g_autoptr (GPtrArray) again = NULL;

      bench_add (fresh, bench_cpu_ms () - start);
      start = bench_cpu_ms ();
      again = sb_reader_get_people (reader, &g_array_index (ids, gint64, from), PAGE);
      bench_add (seen, bench_cpu_ms () - start);
      g_assert_cmpuint (people->len, ==, PAGE);
      g_assert_cmpuint (again->len, ==, PAGE);
    }
  /* Half a frame of 60 in a second; most of it is writing numbers as people do, once for each. */
  bench_limit ("a page of 64 people", bench_percentile (fresh, 0.95), "ms of a core", BENCH_AT_MOST, 8);
  bench_limit ("a page of 64 people, seen before", bench_percentile (seen, 0.95), "ms of a core", BENCH_AT_MOST, 1);
}

static void
measure_group (SbReader *reader)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbCondition) condition = sb_condition_parse ("{\"all\":[{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[{\"id\":\"1\"}]},{\"subject\":\"consent\",\"op\":\"is\",\"value\":\"offers\"}]}", &error);
  g_autoptr (GTimeZone)   zone = g_time_zone_new_utc ();
  g_autoptr (GArray)      ours = bench_samples_new ();
  g_autoptr (GArray)      plain = bench_samples_new ();
  SbGroupQuery            query = { .condition = condition, .now = NOW_MS, .zone = zone };

  g_assert_no_error (error);
  for (guint i = 0; i < EACH; i++)
    {
      double start = bench_cpu_ms ();

      g_assert_cmpint (sb_reader_count_people (reader, &query, 0, NULL, &error), >, 1000);
      bench_add (ours, bench_cpu_ms () - start);
      g_assert_no_error (error);
      bench_add (plain, plain_ids (reader));
    }
  bench_ratio ("count a group of people", bench_median (ours), "ms of a core", "ids of everybody", bench_median (plain), BENCH_AT_MOST, 10);
}

int
main (void)
{
  g_autofree char    *folder = g_dir_make_tmp ("bench-contacts-XXXXXX", NULL);
  g_autoptr (GError)  error = NULL;
  g_autoptr (SbClock) clock = sb_clock_new_virtual (NOW_MS);
  SbRandom           *random = sb_random_new_seeded (7);
  SbStore            *store = sb_store_open (folder, SB_STORE_CREATE | SB_STORE_INLINE, clock, random, NULL, &error);
  g_autofree char    *path = g_build_filename (folder, "shop.db", NULL);

  g_assert_no_error (error);
  make_people (sb_reader_get_db (sb_writer_get_reader (store->writer)));
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    measure_list (sb_store_get_reader (store), l);
  measure_page (sb_store_get_reader (store));
  measure_group (sb_store_get_reader (store));
  sb_store_close (store);
  g_object_unref (store);
  sb_random_free (random);
  g_unlink (path);

  return 0;
}
