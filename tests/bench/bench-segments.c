/* Counting groups of people in a shop of 120,000: what the chips and the rule builder ask while somebody types. */
#include <glib/gstdio.h>
#include <string.h>

#include "bench.h"
#include "fill.h"
#include "sb-condition-json.h"
#include "sb-reader-segments.h"
#include "sb-store-private.h"

#define N_PEOPLE 120000
#define EACH     15
#define NOW_MS   BENCH_NOW_MS

static void
make_people (SbDb *db)
{
  g_autoptr (GError) error = NULL;
  guint64            state = 42;

  sb_db_script (db,
                "PRAGMA foreign_keys = OFF; BEGIN;"
                "INSERT INTO tag (id, name, folded) VALUES (1, 'VIP', 'vip'), (2, 'Wedding', 'wedding');"
                "INSERT INTO stage (id, name, folded) VALUES (1, 'Regular', 'regular'), (2, 'Quote', 'quote')",
                &error);
  g_assert_no_error (error);
  for (gint64 i = 1; i <= N_PEOPLE; i++)
    {
      gint64           id = (BENCH_START_MS + i * 60000) << 21;
      gint64           last = NOW_MS - (i * 7919) % 700 * SB_DAY_MS;
      g_autofree char *name = bench_text (&state);
      g_autofree char *number = g_strdup_printf ("4477%08d", (int) i);
      g_autofree char *spent = g_strdup_printf ("%d", (int) (i % 500));
      gboolean         done;

      name[MIN (strlen (name), 16)] = '\0';
      done = sb_db_exec (db, &error, "INSERT INTO contact (id, name, language, stage_id, consent, updated_at) VALUES (?, ?, ?, ?, ?, 0)", "issnn", id, name, i % 3 ? "en" : "fr", (int) (i % 3),
                         (int) (i % 4)) &&
             sb_db_exec (db, &error, "INSERT INTO identity (contact_id, kind, value) VALUES (?, 2, ?)", "is", id, number) &&
             sb_db_exec (db, &error, "INSERT INTO thread (id, contact_id, last_at) VALUES (?, ?, ?)", "iii", id + 1, id, last) &&
             sb_db_exec (db, &error, "INSERT INTO contact_stat VALUES (?, ?, ?, ?)", "iiii", id, last, last - SB_DAY_MS, i % 40) &&
             sb_db_exec (db, &error, "INSERT INTO contact_field VALUES (?, 'Spent', ?)", "is", id, spent) &&
             (i % 10 != 0 || sb_db_exec (db, &error, "INSERT INTO contact_tag VALUES (?, ?)", "ii", id, i % 20 ? (gint64) 1 : (gint64) 2));
      g_assert_no_error (error);
      g_assert_true (done);
    }
  sb_db_script (db, "COMMIT", &error);
  g_assert_no_error (error);
}

static const struct
{
  const char *metric;
  const char *rule;
  double      limit_ms;
  gint64      least; /* people, so that nothing is measured that finds nobody */
} questions[] = {
  { "count everybody of 120,000", "{\"all\":[]}", 20, N_PEOPLE },
  { "count a tag", "{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[{\"id\":\"1\"}]}", 30, 5000 },
  { "count a stage and a consent", "{\"all\":[{\"subject\":\"stage\",\"op\":\"is\",\"value\":{\"id\":\"1\"}},{\"subject\":\"consent\",\"op\":\"is\",\"value\":\"offers\"}]}", 50, 5000 },
  { "count a tag and a time", "{\"all\":[{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[{\"id\":\"1\"}]},{\"subject\":\"last-in\",\"op\":\"older-than-days\",\"value\":30}]}", 60, 2000 },
  { "count who wrote in the last week", "{\"subject\":\"last-in\",\"op\":\"within-days\",\"value\":7}", 30, 500 },
  { "count the beginning of a number", "{\"subject\":\"number\",\"op\":\"begins\",\"value\":\"+44 77 0000\"}", 30, 5000 },
  { "count a word in the name", "{\"subject\":\"name\",\"op\":\"contains\",\"value\":\"an\"}", 150, 1000 },
  { "count a number in a field", "{\"subject\":\"field\",\"field\":\"Spent\",\"type\":\"number\",\"op\":\"more\",\"value\":400}", 150, 10000 },
};

static void
measure (SbReader *reader,
         guint     q)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbCondition) condition = sb_condition_parse (questions[q].rule, &error);
  g_autoptr (GTimeZone)   zone = g_time_zone_new_utc ();
  g_autoptr (GArray)      samples = bench_samples_new ();
  SbGroupQuery            query = { .condition = condition, .now = NOW_MS, .zone = zone };

  g_assert_no_error (error);
  for (guint i = 0; i < EACH; i++)
    {
      double start = bench_cpu_ms ();
      gint64 n = sb_reader_count_people (reader, &query, 0, NULL, &error);

      bench_add (samples, bench_cpu_ms () - start);
      g_assert_no_error (error);
      g_assert_cmpint (n, >=, questions[q].least);
    }
  bench_limit (questions[q].metric, bench_median (samples), "ms of a core", BENCH_AT_MOST, questions[q].limit_ms);
}

int
main (void)
{
  g_autofree char    *folder = g_dir_make_tmp ("bench-segments-XXXXXX", NULL);
  g_autoptr (GError)  error = NULL;
  g_autoptr (SbClock) clock = sb_clock_new_virtual (NOW_MS);
  SbRandom           *random = sb_random_new_seeded (7);
  SbStore            *store = sb_store_open (folder, SB_STORE_CREATE | SB_STORE_INLINE, clock, random, NULL, &error);
  g_autofree char    *path = g_build_filename (folder, "shop.db", NULL);

  g_assert_no_error (error);
  make_people (sb_reader_get_db (sb_writer_get_reader (store->writer)));
  for (guint q = 0; q < G_N_ELEMENTS (questions); q++)
    measure (sb_store_get_reader (store), q);
  sb_store_close (store);
  g_object_unref (store);
  sb_random_free (random);
  g_unlink (path);

  return 0;
}
