/* The outbox as a durable queue: take, and write down what became of it, with nothing on the wire in between. */
#include "bench.h"
#include "fill.h"
#include "sb-store-private.h"

#define SMALL  10000
#define ROUNDS 5
#define EACH   160

typedef struct
{
  SbStore *store;
  SbClock *clock;
  gint64   line_id;
  guint    batch;
  guint    next;
  guint    done;
} Shop;

static gboolean
queue (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  Shop *shop = data;

  for (guint i = 0; i < EACH; i++)
    {
      guint            index = shop->next++ % bench_n_threads (SMALL);
      g_autofree char *key = g_strdup_printf ("bench-%u", shop->next);
      SbMessage        message = { .thread_id = bench_thread_id (index), .line_id = shop->line_id, .kind = SB_MESSAGE_TEXT, .direction = SB_DIRECTION_OUT, .author = SB_AUTHOR_STAFF, .status = SB_STATUS_QUEUED, .sent_at = sb_clock_now (shop->clock), .text = (char *) "Your cake is ready" };
      SbOutgoing       outgoing = { .line_id = shop->line_id, .client_key = key };

      outgoing.message_id = sb_writer_add_message (writer, &message, 0, error);
      if (outgoing.message_id == 0 || sb_writer_queue (writer, &outgoing, error) == 0)
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  Shop      *shop;
  GPtrArray *rows;
} Claimed;

static gboolean
claim (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  Claimed *claimed = data;

  claimed->rows = sb_writer_claim (writer, claimed->shop->line_id, claimed->shop->batch, error);

  return claimed->rows != NULL;
}

static gboolean
settle (SbWriter *writer,
        gpointer  data,
        GError  **error)
{
  Claimed *claimed = data;

  for (guint i = 0; i < claimed->rows->len; i++)
    {
      const SbOutboxRow *row = claimed->rows->pdata[i];
      g_autofree char   *wamid = bench_wamid (70000000 + claimed->shop->done++);
      SbSettle           settle = { .kind = SB_SETTLE_ACCEPTED, .wamid = wamid, .to = "447911000000" };

      if (!sb_writer_settle (writer, row->id, &settle, error))
        return FALSE;
    }

  return TRUE;
}

static void
run (Shop     *shop,
     SbCommand command,
     gpointer  data)
{
  g_autoptr (GError) error = NULL;

  sb_store_run (shop->store, command, data, &error);
  g_assert_no_error (error);
}

/* Two commits for each batch: claimed, then settled. Messages a second. */
static double
rate (Shop *shop,
      guint batch)
{
  guint  before = shop->done;
  double start;

  run (shop, queue, shop);
  shop->batch = batch;
  start = bench_now_ms ();
  while (shop->done < before + EACH)
    {
      Claimed claimed = { .shop = shop };

      run (shop, claim, &claimed);
      g_assert_cmpuint (claimed.rows->len, >, 0);
      run (shop, settle, &claimed);
      g_ptr_array_unref (claimed.rows);
    }

  return EACH * 1000.0 / (bench_now_ms () - start);
}

static gboolean
activate (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  Shop                 *shop = data;
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_writer_get_reader (writer));

  shop->line_id = ((SbLine *) lines->pdata[0])->id;

  return sb_writer_set_line_state (writer, shop->line_id, SB_LINE_ACTIVE, NULL, 0, error);
}

int
main (void)
{
  char                *folder = bench_shop_copy (SMALL);
  g_autoptr (GError)   error = NULL;
  g_autoptr (SbClock)  clock = sb_clock_new_virtual (BENCH_NOW_MS);
  g_autoptr (SbRandom) random = sb_random_new_seeded (5);
  g_autoptr (GArray)   one = bench_samples_new ();
  g_autoptr (GArray)   eight = bench_samples_new ();
  Shop                 shop = { .clock = clock };
  SbCounts             counts = { 0 };

  shop.store = sb_store_open (folder, SB_STORE_INLINE, clock, random, NULL, &error);
  g_assert_no_error (error);
  run (&shop, activate, &shop);
  for (guint round = 0; round < ROUNDS; round++)
    {
      bench_add (one, rate (&shop, 1));
      bench_add (eight, rate (&shop, 8));
    }
  sb_reader_get_counts (sb_store_get_reader (shop.store), &counts);
  g_assert_cmpint (counts.outbox_waiting + counts.outbox_sending + counts.outbox_failed + counts.outbox_unknown, ==, 0);
  g_assert_cmpuint (shop.done, ==, 2 * ROUNDS * EACH);
  bench_ratio ("outbox, claimed and settled eight at a time", bench_median (eight), "1/s", "one at a time", bench_median (one), BENCH_AT_LEAST, 5);
  sb_store_close (shop.store);
  g_object_unref (shop.store);
  bench_remove_copy (folder);

  return 0;
}
