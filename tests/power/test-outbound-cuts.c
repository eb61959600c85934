/*
 * Messages are queued, and the engine sends them to a network that takes, refuses, loses answers and lets wait. Wherever the
 * power fails: what was queued is there, nothing reaches the network a second time, what was under way and nothing else is
 * unknown, and each message comes to an end that is true.
 */
#include <string.h>

#include "sb-power-story.h"
#include "sb-status.h"

#define N_MESSAGES  12
#define N_CUSTOMERS 6

/* A row that says "sending" or "unknown", from the operation before the first commit that may say so to the last. */
typedef struct
{
  gint64 outbox_id;
  int    state;
  guint  from;
  guint  to;
} Span;

typedef struct
{
  char  *text; /* also the key of the send */
  gint64 thread_id;
  guint  queued_at; /* operation of the acknowledgement */
} Message;

/* Something the network took. */
typedef struct
{
  guint text;
  guint at;
} Taken;

typedef struct
{
  SbRecording base;
  GPtrArray  *messages;
  GArray     *taken;
  GArray     *spans;

  SbPowerShop *shop;    /* while it runs */
  guint        watched; /* operations when the rows were last looked at */
  GPtrArray   *waiting; /* SbFakeRequest without an answer */
} Recording;

static void
message_free (gpointer data)
{
  Message *message = data;

  g_free (message->text);
  g_free (message);
}

static void
recording_free (gpointer data)
{
  Recording *self = data;

  sb_tear_disk_free (self->base.disk);
  g_ptr_array_unref (self->messages);
  g_array_unref (self->taken);
  g_array_unref (self->spans);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

static guint
number_of (const char *text)
{
  return g_ascii_strtoull (text + strlen ("out-"), NULL, 10);
}

/* -- the network of the recording -- */

static SbSendResult *
refused (int code)
{
  SbSendResult *result = sb_send_result_new (SB_SEND_REFUSED);

  result->code = code;
  result->http_status = 400;
  result->error = g_strdup ("refused");

  return result;
}

static SbSendResult *
answer_of (Recording     *self,
           SbFakeRequest *request,
           gboolean       is_taken)
{
  /* The answer may be lost, whether it was taken or not. */
  if (sb_random_below (self->shop->chaos, 6) == 0)
    return sb_send_result_new (SB_SEND_UNKNOWN);
  if (is_taken)
    return sb_fake_accepted (request, NULL);

  return refused (sb_random_below (self->shop->chaos, 3) == 0 ? 131026 : 131000);
}

static SbSendResult *
judge (SbFakeRequest *request,
       gpointer       user_data)
{
  Recording *self = user_data;
  guint      dice = sb_random_below (self->shop->chaos, 100);
  Taken      taken = { number_of (request->text), sb_power_operations (self->shop) };

  if (dice < 6)
    return sb_send_result_new (SB_SEND_NOT_SENT);
  if (dice < 80)
    g_array_append_val (self->taken, taken);
  if (dice % 3 == 0)
    return answer_of (self, request, dice < 80);

  g_ptr_array_add (self->waiting, request);

  return NULL;
}

static gboolean
is_taken (Recording  *self,
          const char *text)
{
  for (guint i = 0; i < self->taken->len; i++)
    if (g_array_index (self->taken, Taken, i).text == number_of (text))
      return TRUE;

  return FALSE;
}

static void
answer_some (Recording *self,
             guint      at_most)
{
  while (self->waiting->len > 0 && at_most-- > 0)
    {
      SbFakeRequest *request = g_ptr_array_steal_index (self->waiting, sb_random_below (self->shop->chaos, self->waiting->len));

      sb_fake_line_answer (request, answer_of (self, request, is_taken (self, request->text)));
    }
}

/* The ticks of what was taken come by webhook, sometimes before the answer does. */
static void
tick_some (Recording *self)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);

  for (guint i = 0; i < self->shop->line->requests->len; i++)
    {
      const SbFakeRequest *request = self->shop->line->requests->pdata[i];
      g_autofree char     *wamid = g_strdup_printf ("wamid.%s", request->tag);
      g_autofree char     *body = NULL;

      if (!is_taken (self, request->text) || sb_random_below (self->shop->chaos, 5) != 0)
        continue;
      body = sb_fake_status_body (wamid, "sent", request->tag, SB_POWER_NOW);
      g_ptr_array_add (batch, sb_fake_event (500 + i, SB_POWER_NOW, body));
    }
  if (batch->len > 0 && self->shop->line->source != NULL)
    sb_fake_line_give (self->shop->line, batch);
}

/* -- watching the rows -- */

static Span *
open_span (Recording *self,
           gint64     outbox_id,
           int        state)
{
  for (guint i = 0; i < self->spans->len; i++)
    {
      Span *span = &g_array_index (self->spans, Span, i);

      if (span->outbox_id == outbox_id && span->state == state && span->to == G_MAXUINT)
        return span;
    }

  return NULL;
}

/* What the rows say now. They may have said so since the last look. */
static void
watch (Recording *self)
{
  guint         now = sb_power_operations (self->shop);
  SbDb         *db = sb_power_shop_get_db (self->shop);
  sqlite3_stmt *rows;

  if (now == self->watched)
    return;

  rows = sb_db_query (db, NULL, "SELECT id, state FROM outbox", "");
  while (sb_db_step (db, rows, NULL))
    {
      gint64 id = sqlite3_column_int64 (rows, 0);
      int    state = sqlite3_column_int (rows, 1);

      for (int watched = SB_STATUS_SENDING; watched <= SB_STATUS_UNKNOWN; watched += SB_STATUS_UNKNOWN - SB_STATUS_SENDING)
        {
          Span *span = open_span (self, id, watched);

          if (span != NULL && state != watched)
            span->to = now;
          else if (span == NULL && state == watched)
            {
              Span begun = { id, watched, self->watched, G_MAXUINT };

              g_array_append_val (self->spans, begun);
            }
        }
    }
  self->watched = now;
}

/* One turn of the main loop at a time, so that the moment of each commit is known. */
static void
turn (Recording *self,
      guint      at_most)
{
  while (at_most-- > 0 && g_main_context_iteration (NULL, FALSE))
    watch (self);
}

/* -- the work -- */

typedef struct
{
  Recording *recording;
  Message   *message;
} Sending;

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (GError)  error = NULL;

  g_assert_cmpint (sb_engine_send_finish (SB_ENGINE (object), result, &error), !=, 0);
  g_assert_no_error (error);
  if (sending->message != NULL)
    sending->message->queued_at = sb_power_operations (sending->recording->shop);
}

static void
send_text (Recording *self,
           SbEngine  *engine,
           Message   *message,
           gboolean   again)
{
  SbOutgoingMessage outgoing = { .thread_id = message->thread_id, .kind = SB_MESSAGE_TEXT, .text = message->text, .client_key = message->text };
  Sending          *sending = g_new0 (Sending, 1);

  sending->recording = self;
  sending->message = again ? NULL : message;
  sb_engine_send_async (engine, &outgoing, sent_cb, sending);
}

static void
write_one (Recording *self,
           guint      number)
{
  /* From one customer, who is soon held back by the rate, to six. */
  g_autofree char *customer = sb_power_customer (number % (1 + self->base.seed % N_CUSTOMERS));
  Message         *message = g_new0 (Message, 1);

  message->text = g_strdup_printf ("out-%u", number);
  message->thread_id = sb_reader_find_thread (sb_engine_get_reader (self->shop->engine), customer);
  message->queued_at = G_MAXUINT;
  g_ptr_array_add (self->messages, message);
  send_text (self, self->shop->engine, message, FALSE);
  watch (self);
}

static void
work (Recording *self)
{
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      write_one (self, i);
      turn (self, 1 + sb_random_below (self->shop->chaos, 12));
      answer_some (self, sb_random_below (self->shop->chaos, 3));
      turn (self, sb_random_below (self->shop->chaos, 6));
      if (i % 4 == 3)
        tick_some (self);
      sb_power_shop_mingle (self->shop);
      if (sb_random_below (self->shop->chaos, 2) == 0)
        sb_clock_advance (self->shop->clock, 700);
      watch (self);
    }
  for (guint i = 0; i < 8; i++)
    {
      turn (self, G_MAXUINT);
      sb_clock_advance (self->shop->clock, 20 * SB_SECOND_MS);
      turn (self, G_MAXUINT);
      answer_some (self, 2);
      sb_power_shop_mingle (self->shop);
      watch (self);
    }
  turn (self, G_MAXUINT);
}

static gpointer
record (guint64  seed,
        gboolean lying)
{
  g_autoptr (GError)      error = NULL;
  Recording              *self = g_new0 (Recording, 1);
  g_autoptr (SbPowerShop) shop = NULL;
  SbTearDisk             *disk = sb_tear_disk_copy (sb_power_story_base ());

  self->base.seed = seed;
  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  self->waiting = g_ptr_array_new ();
  self->base.first = sb_tear_disk_n_operations (disk);
  sb_tear_disk_set_lying (disk, lying);
  shop = sb_power_shop_new (disk, seed, &error);
  g_assert_no_error (error);
  self->shop = shop;
  shop->line->judge = judge;
  shop->line->judge_data = self;
  sb_power_shop_add_company (shop);
  sb_engine_start (shop->engine);
  turn (self, G_MAXUINT);
  work (self);
  watch (self);
  sb_power_shop_close_engine (shop);
  self->base.last = sb_power_operations (shop);
  self->base.disk = sb_power_shop_end (shop);
  self->shop = NULL;

  return self;
}

/* -- after a cut -- */

/* Counts by number of the message. */
static SbSendResult *
count_and_accept (SbFakeRequest *request,
                  gpointer       user_data)
{
  ((guint *) user_data)[number_of (request->text)]++;

  return sb_fake_accepted (request, NULL);
}

static gboolean
was (Recording *self,
     gint64     outbox_id,
     int        state,
     guint      cut)
{
  for (guint i = 0; i < self->spans->len; i++)
    {
      const Span *span = &g_array_index (self->spans, Span, i);

      if (span->outbox_id == outbox_id && span->state == state && span->from <= cut && cut <= span->to)
        return TRUE;
    }

  return FALSE;
}

static guint
count_spans (Recording *self,
             int        state,
             guint      cut)
{
  guint n = 0;

  for (guint i = 0; i < self->spans->len; i++)
    {
      const Span *span = &g_array_index (self->spans, Span, i);

      n += span->state == state && span->from <= cut && cut <= span->to;
    }

  return n;
}

/* Those whose answer was lost before the cut are unknown in any case; the others must have been under way. */
static void
examine_unknown (Recording   *self,
                 SbPowerShop *shop,
                 guint        cut,
                 SbTotals    *totals)
{
  SbDb         *db = sb_power_shop_get_db (shop);
  sqlite3_stmt *rows = sb_db_query (db, NULL, "SELECT id FROM outbox WHERE state = 9", "");
  guint         n = 0, n_in_flight = count_spans (self, SB_STATUS_SENDING, cut);

  while (sb_db_step (db, rows, NULL))
    {
      gint64 id = sqlite3_column_int64 (rows, 0);

      if (was (self, id, SB_STATUS_SENDING, cut))
        n++;
      else if (!was (self, id, SB_STATUS_UNKNOWN, cut))
        {
          totals->wrong++;
          sb_totals_blame (totals, self->base.seed, cut, "a row is unknown that was not under way");
        }
    }
  totals->unknown += n;
  totals->in_flight += n_in_flight;
  if (n > n_in_flight)
    {
      totals->wrong++;
      sb_totals_blame (totals, self->base.seed, cut, "%u unknown, %u in flight", n, n_in_flight);
    }
}

static void
count_lost (Recording   *self,
            SbPowerShop *shop,
            guint        cut,
            SbTotals    *totals)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      const Message *message = self->messages->pdata[i];

      if (message->queued_at <= cut && sb_db_int (sb_power_shop_get_db (shop), 0, "SELECT count(*) FROM outbox WHERE client_key = ?", "s", message->text) != 1)
        {
          totals->lost++;
          sb_totals_blame (totals, self->base.seed, cut, "%s was queued and is gone", message->text);
        }
    }
}

/* The person presses again where no answer came, and an hour passes. */
static void
finish_work (Recording   *self,
             SbPowerShop *shop,
             guint        cut)
{
  sb_fake_settle ();
  for (guint i = 0; i < self->messages->len; i++)
    {
      Message *message = self->messages->pdata[i];

      if (message->queued_at > cut)
        send_text (self, shop->engine, message, TRUE);
    }
  sb_fake_settle ();
  for (guint i = 0; i < 6; i++)
    {
      sb_clock_advance (shop->clock, 2 * SB_MINUTE_MS);
      sb_fake_settle ();
    }
}

/* Each message is there once and ended, its end is what the network knows, and the network has it once at most. */
static void
examine_ends (Recording   *self,
              SbPowerShop *shop,
              guint        cut,
              const guint *n_taken,
              SbTotals    *totals)
{
  SbDb         *db = sb_power_shop_get_db (shop);
  sqlite3_stmt *rows = sb_db_query (db, NULL, "SELECT text, status FROM message WHERE direction = 1 AND text LIKE 'out-%' ORDER BY id", "");
  guint         n_rows[N_MESSAGES] = { 0 };

  while (sb_db_step (db, rows, NULL))
    {
      g_autofree char *text = sb_db_dup_column (rows, 0);
      SbStatus         status = sqlite3_column_int (rows, 1);
      guint            number = number_of (text);
      gboolean         says_sent = status == SB_STATUS_ACCEPTED || status == SB_STATUS_SENT;

      n_rows[number]++;
      if ((says_sent && n_taken[number] != 1) || (status == SB_STATUS_FAILED && n_taken[number] != 0) ||
          (!says_sent && status != SB_STATUS_FAILED && status != SB_STATUS_UNKNOWN))
        {
          totals->wrong++;
          sb_totals_blame (totals, self->base.seed, cut, "%s is %s, and the network has it %u times", text, sb_status_to_name (status), n_taken[number]);
        }
    }

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      totals->twice += n_taken[i] > 1 || n_rows[i] > 1;
      totals->lost += n_rows[i] == 0;
      if (n_taken[i] > 1 || n_rows[i] != 1)
        sb_totals_blame (totals, self->base.seed, cut, "out-%u: %u rows, sent %u times", i, n_rows[i], n_taken[i]);
    }
}

static guint
stage (gconstpointer recording,
       guint         cut)
{
  const Recording *self = recording;
  guint            n = 0;

  for (guint i = 0; i < self->messages->len; i++)
    n += ((const Message *) self->messages->pdata[i])->queued_at <= cut;
  for (guint i = 0; i < self->taken->len; i++)
    n += g_array_index (self->taken, Taken, i).at <= cut;
  for (guint i = 0; i < self->spans->len; i++)
    {
      const Span *span = &g_array_index (self->spans, Span, i);

      n += (span->from <= cut) + (span->to < cut);
    }

  return n;
}

static void
examine (gpointer    recording,
         SbTearDisk *left,
         guint       cut,
         SbRandom   *random,
         SbTotals   *totals)
{
  Recording              *self = recording;
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbPowerShop) shop = sb_power_shop_new_after_cut (left, self->base.seed + 1, &error);
  g_autofree char        *why = NULL;
  guint                   n_taken[N_MESSAGES] = { 0 };

  totals->cuts++;
  if (shop == NULL || sb_reader_find_thread (sb_engine_get_reader (shop->engine), "16505550000") == 0)
    {
      totals->corrupt++;
      sb_totals_blame (totals, self->base.seed, cut, "%s", error != NULL ? error->message : "the shop is empty");
      return;
    }

  for (guint i = 0; i < self->taken->len; i++)
    if (g_array_index (self->taken, Taken, i).at <= cut)
      n_taken[g_array_index (self->taken, Taken, i).text]++;
  shop->line->judge = count_and_accept;
  shop->line->judge_data = n_taken;
  sb_clock_advance (shop->clock, 5 * SB_MINUTE_MS);
  count_lost (self, shop, cut, totals);
  examine_unknown (self, shop, cut, totals);
  sb_engine_start (shop->engine);
  finish_work (self, shop, cut);
  examine_ends (self, shop, cut, n_taken, totals);
  if (!sb_power_shop_is_whole (shop, &why))
    {
      totals->corrupt++;
      sb_totals_blame (totals, self->base.seed, cut, "%s", why);
    }
}

static const SbPowerStory story = { "outbound", record, stage, examine, recording_free };

int
main (int    argc,
      char **argv)
{
  return sb_power_story_main (argc, argv, N_CUSTOMERS, NULL, (const SbPowerStory *const[]) { &story, NULL });
}
