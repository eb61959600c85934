/* What a message of a customer costs until it is safe on the disk, with all that is kept about it. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "fill.h"
#include "sb-store-private.h"

#define ROUNDS      5
#define ONE_BY_ONE  200
#define BATCHES     5
#define BATCH       100
#define SIZE_SAMPLE 20000

typedef struct
{
  SbStore  *store;
  SbClock  *clock;
  SbRandom *random;
  guint64   state;
  guint     index;
  guint     n_threads;
  gint64    line_id;
} Shop;

/* A page appended and flushed: the least a durable commit can cost on this disk. */
static double
disk_rate (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "anchor", NULL);
  int              fd = open (path, O_CREAT | O_WRONLY | O_TRUNC | O_APPEND, 0600);
  char             page[4096];
  double           start = bench_now_ms ();

  memset (page, 'x', sizeof page);
  for (guint i = 0; i < ONE_BY_ONE; i++)
    if (write (fd, page, sizeof page) != sizeof page || fdatasync (fd) != 0)
      g_error ("the anchor file cannot be written");
  close (fd);
  unlink (path);

  return ONE_BY_ONE * 1000.0 / (bench_now_ms () - start);
}

typedef struct
{
  Shop *shop;
  guint n;
} Batch;

static gboolean
add_batch (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Batch *batch = data;
  Shop  *shop = batch->shop;

  for (guint i = 0; i < batch->n; i++)
    {
      g_autofree char *text = bench_text (&shop->state);
      g_autofree char *wamid = bench_wamid (50000000 + shop->index++);
      SbMessage        message = { .thread_id = bench_thread_id (sb_random_below (shop->random, shop->n_threads)), .line_id = shop->line_id, .kind = SB_MESSAGE_TEXT, .direction = SB_DIRECTION_IN, .author = SB_AUTHOR_CUSTOMER, .sent_at = sb_clock_now (shop->clock), .text = text, .wamid = wamid };

      sb_clock_advance (shop->clock, 10);
      if (sb_writer_add_message (writer, &message, 0, error) == 0)
        return FALSE;
    }

  return TRUE;
}

static double
rate (Shop *shop,
      guint n_commits,
      guint n_each)
{
  Batch              batch = { shop, n_each };
  g_autoptr (GError) error = NULL;
  double             start = bench_now_ms ();

  for (guint i = 0; i < n_commits; i++)
    {
      sb_store_run (shop->store, add_batch, &batch, &error);
      g_assert_no_error (error);
    }

  return n_commits * n_each * 1000.0 / (bench_now_ms () - start);
}

static void
shop_open (Shop       *shop,
           const char *folder,
           guint       n_threads)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  shop->clock = sb_clock_new_virtual (BENCH_NOW_MS);
  shop->random = sb_random_new_seeded (3);
  shop->state = 99;
  shop->n_threads = n_threads;
  shop->store = sb_store_open (folder, SB_STORE_INLINE, shop->clock, shop->random, NULL, &error);
  g_assert_no_error (error);
  lines = sb_reader_list_lines (sb_store_get_reader (shop->store));
  shop->line_id = ((SbLine *) lines->pdata[0])->id;
}

static void
shop_close (Shop *shop)
{
  sb_store_close (shop->store);
  g_clear_object (&shop->store);
  g_clear_object (&shop->clock);
  g_clear_pointer (&shop->random, sb_random_free);
}

/* -- the same by plain SQL -- */

#define BARE_MESSAGE "INSERT INTO message (id, thread_id, line_id, kind, direction, author, sent_at, text, wamid, wamid_hash, flags) VALUES (?, ?, ?, 1, 0, 1, ?, ?, ?, ?, 0)"
#define BARE_THREAD                                                                                                           \
  "UPDATE thread SET last_at = ?, last_direction = 0, last_kind = 1, last_status = 0, last_author = 1, last_message_id = ?, " \
  "preview = substr (?, 1, 100), unread = unread + 1, unanswered = 1, status = 1 WHERE id = ?"
#define BARE_LINE  "INSERT INTO thread_line (thread_id, line_id, last_in_at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET last_in_at = excluded.last_in_at"
#define BARE_EVENT "INSERT INTO event (id, at, kind, thread_id, message_id, line_id, actor, staff_id, stale) VALUES (?, ?, 1, ?, ?, ?, 1, 0, 0)"

/* The rows that must change, and no more, in prepared statements on a handle with the same settings. */
static double
bare_rate (SbDb *db,
           Shop *shop,
           guint n_commits,
           guint n_each)
{
  double   start = bench_now_ms ();
  gboolean ok = TRUE;

  for (guint c = 0; c < n_commits; c++)
    {
      ok = ok && sb_db_exec (db, NULL, "BEGIN IMMEDIATE", "");
      for (guint i = 0; i < n_each; i++)
        {
          g_autofree char *text = bench_text (&shop->state);
          g_autofree char *wamid = bench_wamid (90000000 + shop->index++);
          gint64           at = BENCH_NOW_MS + shop->index * 10;
          gint64           id = at << 21, thread = bench_thread_id (sb_random_below (shop->random, shop->n_threads));

          ok = ok && sb_db_exec (db, NULL, BARE_MESSAGE, "iiiissi", id, thread, shop->line_id, at, text, wamid, sb_wamid_hash (wamid)) &&
               sb_db_exec (db, NULL, BARE_THREAD, "iisi", at, id, text, thread) && sb_db_exec (db, NULL, BARE_LINE, "iii", thread, shop->line_id, at) &&
               sb_db_exec (db, NULL, BARE_EVENT, "iiiii", id + 1, at, thread, id, shop->line_id);
        }
      ok = ok && sb_db_exec (db, NULL, "COMMIT", "");
    }
  g_assert_true (ok);

  return n_commits * n_each * 1000.0 / (bench_now_ms () - start);
}

/* -- the big shop -- */

typedef struct
{
  GArray *disk, *one, *hundred, *bare_one, *bare_hundred;
} Rates;

static void
measure_rounds (const char *folder,
                Rates      *rates)
{
  g_autofree char *path = g_build_filename (folder, "shop.db", NULL);

  for (guint round = 0; round < ROUNDS; round++)
    {
      Shop               shop = { .index = round * 100000 };
      g_autoptr (GError) error = NULL;
      SbDb              *db;

      bench_add (rates->disk, disk_rate (folder));
      shop_open (&shop, folder, bench_n_threads (bench_size ()));
      sb_clock_advance (shop.clock, (round + 1) * SB_DAY_MS);
      rate (&shop, 1, BATCH);
      bench_add (rates->one, rate (&shop, ONE_BY_ONE, 1));
      bench_add (rates->hundred, rate (&shop, BATCHES, BATCH));
      sb_store_close (shop.store);

      db = sb_store_open_db (path, 0, NULL, &error);
      g_assert_no_error (error);
      bare_rate (db, &shop, 1, BATCH);
      bench_add (rates->bare_one, bare_rate (db, &shop, ONE_BY_ONE, 1));
      bench_add (rates->bare_hundred, bare_rate (db, &shop, BATCHES, BATCH));
      sb_db_close (db);
      shop_close (&shop);
    }
}

static void
at_full_size (void)
{
  char *folder = bench_shop_copy (bench_size ());
  Rates rates = { bench_samples_new (), bench_samples_new (), bench_samples_new (), bench_samples_new (), bench_samples_new () };

  measure_rounds (folder, &rates);
  bench_remove_copy (folder);
  bench_ratio ("customer's message, durable, one a commit", bench_median (rates.one), "1/s", "4 KiB appended and flushed", bench_median (rates.disk), BENCH_AT_LEAST, 0.25);
  bench_ratio ("customer's message, durable, 100 a commit", bench_median (rates.hundred), "1/s", "4 KiB appended and flushed", bench_median (rates.disk), BENCH_AT_LEAST, 0.6);
  bench_ratio ("customer's message, one a commit", bench_median (rates.one), "1/s", "the same rows by plain SQL", bench_median (rates.bare_one), BENCH_AT_LEAST, 0.7);
  bench_ratio ("customer's message, 100 a commit", bench_median (rates.hundred), "1/s", "the same rows by plain SQL", bench_median (rates.bare_hundred), BENCH_AT_LEAST, 0.7);
  g_array_unref (rates.disk);
  g_array_unref (rates.one);
  g_array_unref (rates.hundred);
  g_array_unref (rates.bare_one);
  g_array_unref (rates.bare_hundred);
}

/* -- with and without the index of words -- */

static gint64
bytes_of (Shop *shop)
{
  SbDb *db = sb_reader_get_db (sb_store_get_reader (shop->store));

  return sb_db_int (db, 0, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", "");
}

static char *
shop_without_words (void)
{
  g_autofree char   *small = bench_shop_copy (10000);
  char              *folder = g_strconcat (small, "-wordless", NULL);
  g_autofree char   *path = g_build_filename (folder, "shop.db", NULL);
  g_autoptr (GError) error = NULL;
  SbDb              *db;

  g_assert_cmpint (rename (small, folder), ==, 0);
  db = sb_store_open_db (path, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sb_db_script (db, "DROP TRIGGER message_fts_insert; DROP TRIGGER message_fts_delete; DROP TRIGGER message_fts_update; DROP TABLE message_fts; VACUUM", &error));
  sb_db_close (db);

  return folder;
}

static void
words_against_none (void)
{
  char              *wordless = shop_without_words ();
  char              *folder = bench_shop_copy (10000);
  g_autoptr (GArray) with = bench_samples_new ();
  g_autoptr (GArray) without = bench_samples_new ();
  Shop               a = { 0 }, b = { 0 };
  gint64             bytes_a, bytes_b;

  shop_open (&a, folder, bench_n_threads (10000));
  shop_open (&b, wordless, bench_n_threads (10000));
  bytes_a = bytes_of (&a);
  bytes_b = bytes_of (&b);
  for (guint round = 0; round < 2 * ROUNDS; round++)
    {
      bench_add (with, rate (&a, SIZE_SAMPLE / BATCH / 2 / ROUNDS, BATCH));
      bench_add (without, rate (&b, SIZE_SAMPLE / BATCH / 2 / ROUNDS, BATCH));
    }
  bytes_a = bytes_of (&a) - bytes_a;
  bytes_b = bytes_of (&b) - bytes_b;
  shop_close (&a);
  shop_close (&b);
  bench_remove_copy (folder);
  bench_remove_copy (wordless);
  bench_ratio ("customer's message with the index of words, 100 a commit", bench_median (with), "1/s", "without that index", bench_median (without), BENCH_AT_LEAST, 0.75);
  bench_ratio ("file for each message, log of events included", bytes_a / (double) SIZE_SAMPLE, "bytes", "without the index of words", bytes_b / (double) SIZE_SAMPLE, BENCH_AT_MOST, 1.22);
}

int
main (void)
{
  at_full_size ();
  words_against_none ();

  return 0;
}
