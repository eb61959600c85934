/* The search box at full size: any word must be as quick to find as a conversation is to open. */
#include <string.h>

#include "bench.h"
#include "fill.h"
#include "sb-store-private.h"

#define ROUNDS 5
#define EACH   40
#define COMMON 20

typedef char *(*MakeQuery) (SbRandom *random);

static char *
common_word (SbRandom *random)
{
  return bench_word (sb_random_below (random, COMMON));
}

static char *
middle_word (SbRandom *random)
{
  return bench_word (200 + sb_random_below (random, 800));
}

static char *
rare_word (SbRandom *random)
{
  return bench_word (4000 + sb_random_below (random, 2000));
}

static char *
two_words (SbRandom *random)
{
  g_autofree char *one = bench_word (sb_random_below (random, 100));
  g_autofree char *two = bench_word (100 + sb_random_below (random, 900));

  return g_strconcat (one, " ", two, NULL);
}

static char *
prefix (SbRandom *random)
{
  g_autofree char *word = bench_word (400 + sb_random_below (random, 4000));

  return g_strndup (word, 4);
}

static char *
absent_word (SbRandom *random)
{
  return g_strdup_printf ("qq%uxx", sb_random_below (random, 1000000));
}

static char *
number (SbRandom *random)
{
  return g_strdup_printf ("+44 79 %u", 11000000 + sb_random_below (random, bench_n_threads (bench_size ())));
}

static char *
part_of_number (SbRandom *random)
{
  return g_strdup_printf ("%04u", sb_random_below (random, 10000));
}

static char *
operators (SbRandom *random)
{
  g_autofree char *word = bench_word (sb_random_below (random, COMMON));

  return g_strdup_printf ("%s after:2024-06-01 has:photo", word);
}

static const struct
{
  const char *metric;
  MakeQuery   make;
  gboolean    finds;
  double      ratio;    /* to opening a conversation; 0: no such goal */
  double      limit_ms; /* 0: none */
  gboolean    typed;    /* what comes before the last letter was asked for just before */
} kinds[] = {
  { "search, one of the 20 most common words, p95", common_word, TRUE, 3, 0 },
  { "search, one of the 20 most common words, its last letter after the others, p95", common_word, TRUE, 3, 0, TRUE },
  { "search, a middling word, p95", middle_word, TRUE, 3, 0 },
  { "search, a rare word, p95", rare_word, TRUE, 3, 0 },
  { "search, two words, p95", two_words, TRUE, 3, 0 },
  { "search, first four letters, p95", prefix, TRUE, 0, 5 },
  { "search, a word that is nowhere, p95", absent_word, FALSE, 3, 0 },
  { "search, a telephone number, p95", number, TRUE, 0, 20 },
  { "search, four digits of a number, p95", part_of_number, FALSE, 0, 20 },
  { "search, a common word with after: and has:, p95", operators, TRUE, 0, 20 },
};

static double
ask (SbReader   *reader,
     const char *query,
     guint      *found)
{
  g_autoptr (GError)    error = NULL;
  double                start = bench_cpu_ms ();
  g_autoptr (GPtrArray) hits = sb_reader_search (reader, query, 50, &error);

  g_assert_no_error (error);
  *found += hits->len;

  return bench_cpu_ms () - start;
}

static double
open_thread (SbReader *reader,
             SbRandom *random)
{
  double                start = bench_cpu_ms ();
  g_autoptr (GPtrArray) page = sb_reader_list_messages (reader, bench_thread_id (sb_random_below (random, bench_n_threads (bench_size ()))), 0, 0, 50);

  return bench_cpu_ms () - start;
}

/* What a program without an index does. */
static double
look_through (SbReader   *reader,
              const char *word)
{
  g_autofree char *pattern = g_strconcat ("%", word, "%", NULL);
  double           start = bench_cpu_ms ();
  sqlite3_stmt    *s = sb_db_query (sb_reader_get_db (reader), NULL, "SELECT id FROM message WHERE text LIKE ? ORDER BY id DESC LIMIT 50", "s", pattern);

  while (sb_db_step (sb_reader_get_db (reader), s, NULL))
    ;

  return bench_cpu_ms () - start;
}

static void
against_looking_through (SbReader *reader,
                         SbRandom *random)
{
  g_autoptr (GArray) ours = bench_samples_new ();
  g_autoptr (GArray) naive = bench_samples_new ();
  guint              found = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *word = absent_word (random);

      bench_add (ours, ask (reader, word, &found));
      bench_add (naive, look_through (reader, word));
    }
  g_assert_cmpuint (found, ==, 0);
  bench_ratio ("search, a word that is nowhere, median", bench_median (ours), "ms of a core", "LIKE over all messages", bench_median (naive), BENCH_AT_MOST, 0.01);
}

static void
measure (SbReader *reader,
         SbRandom *random,
         guint     kind)
{
  g_autoptr (GArray) ours = bench_samples_new ();
  g_autoptr (GArray) anchor = bench_samples_new ();
  guint              found = 0;
  double             p95;

  for (guint i = 0; i < ROUNDS * EACH; i++)
    {
      g_autofree char *query = kinds[kind].make (random);
      g_autofree char *begun = g_strndup (query, strlen (query) - 1);

      if (kinds[kind].typed)
        ask (reader, begun, &found);
      bench_add (ours, ask (reader, query, &found));
      bench_add (anchor, open_thread (reader, random));
    }
  g_assert_true (!kinds[kind].finds || found > 0);
  p95 = bench_percentile (ours, 0.95);
  if (kinds[kind].ratio > 0)
    bench_ratio (kinds[kind].metric, p95, "ms of a core", "opening a conversation, p95", bench_percentile (anchor, 0.95), BENCH_AT_MOST, kinds[kind].ratio);
  if (kinds[kind].limit_ms > 0)
    bench_limit (kinds[kind].metric, p95, "ms of a core", BENCH_AT_MOST, kinds[kind].limit_ms);
}

int
main (void)
{
  g_autofree char     *folder = bench_shop (bench_size ());
  g_autoptr (GError)   error = NULL;
  g_autoptr (SbClock)  clock = sb_clock_new_virtual (BENCH_NOW_MS);
  g_autoptr (SbRandom) random = sb_random_new_seeded (11);
  g_autoptr (SbStore)  store = sb_store_open (folder, SB_STORE_READ_ONLY, clock, random, NULL, &error);

  g_assert_no_error (error);
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    measure (sb_store_get_reader (store), random, kind);
  against_looking_through (sb_store_get_reader (store), random);
  sb_store_close (store);

  return 0;
}
