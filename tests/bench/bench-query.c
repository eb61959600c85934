/* The window's questions, at full size against a small shop: what it shows must not depend on how long the shop exists. */
#include "bench.h"
#include "fill.h"
#include "sb-store-private.h"

#define SMALL  10000
#define ROUNDS 5
#define EACH   200

typedef struct
{
  SbStore    *store;
  SbReader   *reader;
  guint       n_threads;
  guint       n_messages;
  SbRandom   *random;
  gint64      tag_common;
  gint64      tag_rare;
  SbThreadKey middle; /* of the whole list */
} Shop;

typedef guint (*Ask) (Shop *shop);

static guint
answer (GPtrArray *rows)
{
  guint n = rows->len;

  g_ptr_array_unref (rows);

  return n;
}

static guint
random_thread (Shop *shop)
{
  return answer (sb_reader_list_messages (shop->reader, bench_thread_id (sb_random_below (shop->random, shop->n_threads)), 0, 0, 50));
}

static guint
largest_thread (Shop *shop)
{
  return answer (sb_reader_list_messages (shop->reader, bench_thread_id (0), 0, 0, 50));
}

static guint
older_page (Shop *shop)
{
  gint64 span = BENCH_NOW_MS - BENCH_START_MS;
  gint64 at = BENCH_START_MS + span / 2 + (gint64) (sb_random_unit (shop->random) * (span / 2));

  return answer (sb_reader_list_messages (shop->reader, bench_thread_id (0), at, G_MAXINT64, 50));
}

static guint
inbox (Shop                 *shop,
       const SbThreadFilter *filter)
{
  return answer (sb_reader_list_threads (shop->reader, filter, NULL, 50));
}

static guint
inbox_all (Shop *shop)
{
  return inbox (shop, NULL);
}

static guint
inbox_plain (Shop *shop)
{
  return inbox (shop, &(SbThreadFilter) { .not_closed = TRUE });
}

static guint
inbox_unread (Shop *shop)
{
  return inbox (shop, &(SbThreadFilter) { .unread_only = TRUE });
}

static guint
inbox_unanswered (Shop *shop)
{
  return inbox (shop, &(SbThreadFilter) { .unanswered_only = TRUE });
}

static guint
inbox_mine (Shop *shop)
{
  return inbox (shop, &(SbThreadFilter) { .assignee_id = 2 });
}

static guint
inbox_closed (Shop *shop)
{
  return inbox (shop, &(SbThreadFilter) { .status = SB_THREAD_CLOSED });
}

static guint
inbox_common_tag (Shop *shop)
{
  return inbox (shop, &(SbThreadFilter) { .tag_ids = { shop->tag_common } });
}

static guint
inbox_rare_tag (Shop *shop)
{
  return inbox (shop, &(SbThreadFilter) { .tag_ids = { shop->tag_rare } });
}

static guint
inbox_four (Shop *shop)
{
  return inbox (shop, &(SbThreadFilter) { .tag_ids = { shop->tag_common }, .status = SB_THREAD_OPEN, .assignee_id = 2, .unread_only = TRUE });
}

static guint
inbox_deep (Shop *shop)
{
  return answer (sb_reader_list_threads (shop->reader, NULL, &shop->middle, 50));
}

static guint
counts (Shop *shop)
{
  SbCounts counts = { 0 };

  sb_reader_get_counts (shop->reader, &counts);

  return counts.threads_unread;
}

static guint
by_wamid (Shop *shop)
{
  g_autofree char *wamid = bench_wamid (sb_random_below (shop->random, shop->n_messages));

  return sb_reader_find_wamid (shop->reader, wamid) != 0;
}

static const struct
{
  const char *metric;
  Ask         ask;
  double      limit_ms; /* 0: none but the ratio */
  Ask         anchor;   /* where a small shop cannot fill a page with the same; NULL: the same */
} questions[] = {
  { "open a random thread, last 50, p95", random_thread },
  { "open the largest thread, last 50, p95", largest_thread },
  { "older page in the largest thread, p95", older_page },
  { "inbox page, all, p95", inbox_all },
  { "inbox page, not done, p95", inbox_plain },
  { "inbox page, unread, p95", inbox_unread },
  { "inbox page, unanswered, p95", inbox_unanswered },
  { "inbox page, of one assignee, p95", inbox_mine },
  { "inbox page, done, p95", inbox_closed },
  { "inbox page, common tag, p95", inbox_common_tag },
  { "inbox page, rare tag, p95", inbox_rare_tag, 0, inbox_common_tag },
  { "inbox page, four filters, p95", inbox_four, 5 },
  { "inbox page, from the middle, p95", inbox_deep },
  { "all counts of the sidebar, p95", counts },
  { "find a message by its network id, p95", by_wamid },
};

static SbThreadKey
middle_of (Shop *shop)
{
  g_autoptr (GPtrArray) half = sb_reader_list_threads (shop->reader, NULL, NULL, shop->n_threads / 2);
  const SbThread       *last = half->pdata[half->len - 1];

  return (SbThreadKey) { .pinned = last->pinned, .last_at = last->last_at, .id = last->id };
}

static Shop
open_shop (guint n_messages)
{
  g_autofree char      *folder = bench_shop (n_messages);
  g_autoptr (GError)    error = NULL;
  g_autoptr (SbClock)   clock = sb_clock_new_virtual (BENCH_NOW_MS);
  g_autoptr (GPtrArray) tags = NULL;
  Shop                  shop = { .n_threads = bench_n_threads (n_messages), .n_messages = n_messages };

  shop.random = sb_random_new_seeded (7);
  shop.store = sb_store_open (folder, SB_STORE_READ_ONLY, clock, shop.random, NULL, &error);
  g_assert_no_error (error);
  shop.reader = sb_store_get_reader (shop.store);
  tags = sb_reader_list_tags (shop.reader);
  for (guint i = 0; i < tags->len; i++)
    {
      const SbNamed *tag = tags->pdata[i];

      if (g_str_equal (tag->name, "Tag 0"))
        shop.tag_common = tag->id;
      if (g_str_equal (tag->name, "Tag 11"))
        shop.tag_rare = tag->id;
    }
  g_assert_cmpint (shop.tag_rare, !=, 0);
  shop.middle = middle_of (&shop);

  return shop;
}

static void
close_shop (Shop *shop)
{
  sb_store_close (shop->store);
  g_object_unref (shop->store);
  sb_random_free (shop->random);
}

static void
ask_often (Shop   *shop,
           Ask     ask,
           GArray *samples)
{
  guint found = 0;

  for (guint i = 0; i < EACH; i++)
    {
      double start = bench_cpu_ms ();

      found += ask (shop);
      bench_add (samples, bench_cpu_ms () - start);
    }
  g_assert_cmpuint (found, >, 0);
}

/* The page of conversations against the bare rows of the same index: what names, numbers and structures cost. */
static void
against_bare (Shop *shop)
{
  g_autoptr (GArray) ours = bench_samples_new ();
  g_autoptr (GArray) bare = bench_samples_new ();
  SbDb              *db = sb_reader_get_db (shop->reader);

  for (guint i = 0; i < ROUNDS * EACH; i++)
    {
      double        start = bench_cpu_ms ();
      sqlite3_stmt *s;
      guint         n = inbox_all (shop);

      bench_add (ours, bench_cpu_ms () - start);
      start = bench_cpu_ms ();
      s = sb_db_query (db, NULL, "SELECT * FROM thread t JOIN contact c ON c.id = t.contact_id ORDER BY pinned DESC, last_at DESC, t.id DESC LIMIT 50", "");
      while (sb_db_step (db, s, NULL))
        n--;
      bench_add (bare, bench_cpu_ms () - start);
      g_assert_cmpuint (n, ==, 0);
    }
  bench_ratio ("inbox page, median", bench_median (ours), "ms of a core", "the bare rows through the C API", bench_median (bare), BENCH_AT_MOST, 5);
}

int
main (void)
{
  Shop big = open_shop (bench_size ());
  Shop small = open_shop (SMALL);

  for (guint q = 0; q < G_N_ELEMENTS (questions); q++)
    {
      g_autoptr (GArray) ours = bench_samples_new ();
      g_autoptr (GArray) anchor = bench_samples_new ();

      for (guint round = 0; round < ROUNDS; round++)
        {
          ask_often (&big, questions[q].ask, ours);
          ask_often (&small, questions[q].anchor != NULL ? questions[q].anchor : questions[q].ask, anchor);
        }
      if (questions[q].limit_ms <= 0)
        bench_ratio (questions[q].metric, bench_percentile (ours, 0.95), "ms of a core",
                     questions[q].anchor != NULL ? "a common tag with 10,000 messages" : "the same with 10,000 messages", bench_percentile (anchor, 0.95), BENCH_AT_MOST, 2);
      else
        bench_limit (questions[q].metric, bench_percentile (ours, 0.95), "ms of a core", BENCH_AT_MOST, questions[q].limit_ms);
    }
  against_bare (&big);
  close_shop (&big);
  close_shop (&small);

  return 0;
}
