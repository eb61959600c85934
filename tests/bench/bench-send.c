/*
 * Sending against the practice network on loopback: the whole way of a message - outbox, request, what came back, its
 * statuses - against a bare loop that posts the same bytes and forgets them.
 */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "bench.h"
#include "fill.h"
#include "sb-engine.h"
#include "wire.h"

#define ROUNDS   5
#define EACH     300
#define PACED    400
#define STALLED  1000
#define STALL_MS 2000
#define STALL_PACE 100

typedef struct
{
  Wire       *wire;
  SbEngine   *engine;
  gint64      line_id;
  guint       n_queued;
  guint       n_customers;
  guint       next;
  GHashTable *left;  /* ids of messages that the network took */
  GArray     *times; /* when it did */
} Shop;

static void
turn_until (gboolean (*is_done) (Shop *shop),
            Shop      *shop,
            double     seconds)
{
  double end = bench_now_ms () + seconds * 1000;

  while (!is_done (shop))
    {
      g_assert_cmpfloat (bench_now_ms (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
event_cb (SbEngine *engine,
          SbEvent  *event,
          gpointer  user_data)
{
  Shop  *shop = user_data;
  double now = bench_now_ms ();

  shop->n_customers += event->kind == SB_EVENT_MESSAGE_IN;
  if (event->kind != SB_EVENT_MESSAGE_STATUS || strstr (event->data, "queued") != NULL || strstr (event->data, "sending") != NULL)
    return;
  g_assert_null (strstr (event->data, "failed"));
  g_assert_null (strstr (event->data, "unknown"));
  if (g_hash_table_add (shop->left, g_memdup2 (&event->message_id, sizeof event->message_id)))
    g_array_append_val (shop->times, now);
}

/* -- the shop -- */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Shop              *shop = user_data;
  g_autoptr (GError) error = NULL;

  shop->line_id = sb_engine_save_line_finish (SB_ENGINE (object), result, &error);
  g_assert_no_error (error);
}

static gboolean
has_line (Shop *shop)
{
  return shop->line_id != 0;
}

static void
save_line (Shop  *shop,
           int    pace,
           gint64 line_id)
{
  g_autoptr (SbLine) line = line_id != 0 ? sb_reader_get_line (sb_engine_get_reader (shop->engine), line_id) : sb_line_new ();

  if (line_id == 0)
    {
      line->name = g_strdup ("Bench");
      line->kind = SB_LINE_PRACTICE;
      line->base_url = g_strdup (wire_key (shop->wire, "url"));
      line->phone_number_id = g_strdup (wire_key (shop->wire, "phone_number_id"));
      line->waba_id = g_strdup (wire_key (shop->wire, "waba_id"));
      line->inbound = SB_INBOUND_PRACTICE;
      line->inbound_url = g_strdup (wire_key (shop->wire, "url"));
      line->inbound_box = g_strdup (wire_key (shop->wire, "box"));
    }
  line->pace_per_second = pace;
  shop->line_id = 0;
  sb_engine_save_line_async (shop->engine, line, saved_cb, shop);
  turn_until (has_line, shop, 10);
}

static void
shop_open (Shop *shop,
           Wire *wire)
{
  g_autofree char      *folder = g_build_filename (wire->folder, "shop", NULL);
  g_autoptr (SbSecrets) secrets = sb_secrets_new_memory ();
  SbEngineOptions       options = { .secrets = secrets };
  g_autoptr (GError)    error = NULL;

  shop->wire = wire;
  shop->left = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  shop->times = bench_samples_new ();
  shop->engine = sb_engine_open (folder, SB_ENGINE_CREATE, &options, &error);
  g_assert_no_error (error);
  g_signal_connect (shop->engine, "event", G_CALLBACK (event_cb), shop);
  save_line (shop, 1000, 0);
  sb_secrets_set (secrets, shop->line_id, "token", wire_key (wire, "token"), &error);
  sb_secrets_set (secrets, shop->line_id, "app-secret", wire_key (wire, "app_secret"), &error);
  sb_secrets_set (secrets, shop->line_id, "mailbox-token", wire_key (wire, "box_token"), &error);
  g_assert_no_error (error);
  sb_engine_reload_line (shop->engine, shop->line_id);
  sb_engine_start (shop->engine);
}

static gboolean
has_customers (Shop *shop)
{
  return shop->n_customers == ROUNDS * EACH * 2 + PACED + STALLED;
}

static gboolean
is_paused (Shop *shop)
{
  g_autoptr (SbLine) line = sb_reader_get_line (sb_engine_get_reader (shop->engine), shop->line_id);

  return line->state == SB_LINE_PAUSED;
}

static void
queued_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Shop              *shop = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sb_engine_send_finish (SB_ENGINE (object), result, &error), !=, 0);
  g_assert_no_error (error);
  shop->n_queued++;
}

static gboolean
is_queued (Shop *shop)
{
  return shop->n_queued == shop->next;
}

static gboolean
is_sent (Shop *shop)
{
  return shop->times->len == shop->next;
}

static guint n_events;

static gboolean
is_quiet (Shop *shop)
{
  static guint  seen;
  static double since;
  guint         now = n_events;

  if (now != seen || since <= 0)
    {
      seen = now;
      since = bench_now_ms ();
    }

  return bench_now_ms () - since > 700;
}

static void
count_cb (SbEngine *engine,
          SbEvent  *event,
          gpointer  user_data)
{
  n_events++;
}

/* @n messages to as many customers wait behind a paused line. */
static void
queue (Shop *shop,
       guint first,
       guint n)
{
  sb_engine_set_line_paused (shop->engine, shop->line_id, TRUE, 0);
  turn_until (is_paused, shop, 10);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char  *number = wire_number (first + i);
      SbOutgoingMessage outgoing = { .number = number, .kind = SB_MESSAGE_TEXT, .text = "Your cake is ready" };

      shop->next++;
      sb_engine_send_async (shop->engine, &outgoing, queued_cb, shop);
    }
  turn_until (is_queued, shop, 60);
  turn_until (is_quiet, shop, 60);
}

/* -- the figures -- */

static double
rate (Shop *shop,
      guint first)
{
  double start;

  queue (shop, first, EACH);
  start = bench_now_ms ();
  sb_engine_set_line_paused (shop->engine, shop->line_id, FALSE, 0);
  turn_until (is_sent, shop, 60);

  return EACH * 1000.0 / (bench_now_ms () - start);
}

static guint
throughput (Shop *shop)
{
  g_autoptr (GArray) ours = bench_samples_new ();
  g_autoptr (GArray) bare = bench_samples_new ();
  guint              first = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      bench_add (ours, rate (shop, first));
      turn_until (is_quiet, shop, 60);
      bench_add (bare, wire_bare_rate (shop->wire, first + EACH, EACH));
      turn_until (is_quiet, shop, 60);
      first += 2 * EACH;
    }
  bench_ratio ("sending, outbox to acceptance", bench_median (ours), "1/s", "a bare loop over eight connections", bench_median (bare), BENCH_AT_LEAST, 0.7);

  return first;
}

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* The usual pace of a number, with the statuses that come back. */
static void
paced (Shop *shop,
       guint first)
{
  double start, cpu, seconds;

  queue (shop, first, PACED);
  save_line (shop, 80, shop->line_id);
  start = bench_now_ms ();
  cpu = cpu_seconds ();
  sb_engine_set_line_paused (shop->engine, shop->line_id, FALSE, 0);
  turn_until (is_sent, shop, 60);
  seconds = (bench_now_ms () - start) / 1000;
  bench_limit ("a core's share at 80 messages a second", (cpu_seconds () - cpu) / seconds, "cores", BENCH_AT_MOST, 0.15);
  bench_ratio ("sending, paced", PACED / seconds, "1/s", "the pace that was asked for", 80, BENCH_AT_MOST, 1.3);
  turn_until (is_quiet, shop, 60);
}

static gboolean
resume_cb (gpointer user_data)
{
  g_subprocess_send_signal (user_data, SIGCONT);

  return G_SOURCE_REMOVE;
}

static gboolean
is_half_sent (Shop *shop)
{
  return shop->times->len + STALLED / 2 >= shop->next;
}

/* How many were taken in the second after @at. */
static guint
taken_after (Shop  *shop,
             double at)
{
  guint n = 0;

  for (guint i = 0; i < shop->times->len; i++)
    {
      double time = g_array_index (shop->times, double, i);

      n += time >= at && time < at + 1000;
    }

  return n;
}

/* The network stands still for two seconds; how soon is the pace there again, and was anything lost or doubted? */
static void
stalled (Shop *shop,
         guint first)
{
  double start, resumed, at;

  queue (shop, first, STALLED);
  save_line (shop, STALL_PACE, shop->line_id);
  start = bench_now_ms ();
  sb_engine_set_line_paused (shop->engine, shop->line_id, FALSE, 0);
  turn_until (is_half_sent, shop, 60);
  g_subprocess_send_signal (shop->wire->process, SIGSTOP);
  resumed = bench_now_ms () + STALL_MS;
  g_timeout_add (STALL_MS, resume_cb, shop->wire->process);
  turn_until (is_sent, shop, 60);
  g_assert_cmpfloat (bench_now_ms (), >, start);

  for (at = resumed; taken_after (shop, at) < 0.95 * STALL_PACE && at < resumed + 10000; at += 20)
    ;
  bench_limit ("back at the pace after the network stood still for two seconds", (at - resumed) / 1000, "s", BENCH_AT_MOST, 3);
}

int
main (void)
{
  Wire  wire = wire_start ();
  Shop  shop = { 0 };
  guint tick = g_timeout_add (20, tick_cb, NULL);
  guint first;

  shop_open (&shop, &wire);
  g_signal_connect (shop.engine, "event", G_CALLBACK (count_cb), NULL);
  wire_customers (&wire, ROUNDS * EACH * 2 + PACED + STALLED);
  turn_until (has_customers, &shop, 60);
  first = throughput (&shop);
  paced (&shop, first);
  stalled (&shop, first + PACED);

  sb_engine_stop (shop.engine);
  sb_engine_close (shop.engine);
  g_object_unref (shop.engine);
  g_hash_table_unref (shop.left);
  g_array_unref (shop.times);
  g_source_remove (tick);
  wire_stop (&wire);

  return 0;
}
