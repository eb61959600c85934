/* The way out: pace, order, what is tried again and what is not, and what nobody knows. */
#include "sb-engine-fixture.h"
#include "sb-json.h"
#include "sb-wa-error.h"

#include <string.h>

/* -- pace -- */

static void
set_pace (SbEngineFixture *self,
          int              pace)
{
  g_autoptr (SbLine) line = sb_reader_get_line (sb_fixture_reader (self), self->line_id);

  line->pace_per_second = pace;
  sb_engine_save_line_async (self->engine, line, NULL, NULL);
  sb_fake_settle ();
}

/* Twelve customers at three a second: what was saved up, then never more than three in any second, and none is forgotten. */
static void
test_pace (SbEngineFixture *self,
           gconstpointer    data)
{
  gint64 threads[12];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *number = g_strdup_printf ("3519130001%02u", i);

      sb_fixture_hello (self, number);
      threads[i] = sb_reader_find_thread (sb_fixture_reader (self), number);
    }
  set_pace (self, 3);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    sb_fixture_send_text (self, threads[i], "Ready");
  sb_fixture_pass (self, 10 * SB_SECOND_MS);

  g_assert_cmpuint (sb_fixture_n_requests (self), ==, G_N_ELEMENTS (threads));
  for (guint i = 6; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpint (sb_fixture_request (self, i)->at - sb_fixture_request (self, i - 3)->at, >=, 950);
  g_assert_cmpint (sb_fixture_request (self, 11)->at - sb_fixture_request (self, 0)->at, <=, 5000);
}

/* One customer: five at once, then one in six seconds, in the order they were written. */
static void
test_pair_rate (SbEngineFixture *self,
                gconstpointer    data)
{
  gint64 first = sb_clock_now (self->clock);

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      sb_fixture_send_text (self, self->ana, text);
    }
  sb_fixture_pass (self, 500);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 5);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_cmpstr (sb_fixture_request (self, i)->text, ==, text);
      if (i >= 5)
        g_assert_cmpint (sb_fixture_request (self, i)->at - first, >=, (gint64) (i - 4) * 6000);
    }
}

/* Two to one customer are never under way together: the second waits for the answer to the first. */
static void
test_one_at_a_time (SbEngineFixture *self,
                    gconstpointer    data)
{
  self->line->judge = sb_judge_silent;
  sb_fixture_send_text (self, self->ana, "first");
  sb_fixture_send_text (self, self->ana, "second");
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  sb_fake_line_answer (sb_fixture_request (self, 0), sb_fake_accepted (sb_fixture_request (self, 0), NULL));
  sb_fake_settle ();
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
  g_assert_cmpstr (sb_fixture_request (self, 1)->text, ==, "second");
}

/* -- refusals -- */

typedef struct
{
  int    code;
  guint  http_status;
  gint64 retry_after_ms;
  guint  n_left; /* how often it refuses before it takes */
} Refusing;

static SbSendResult *
refuse_some (SbFakeRequest *request,
             gpointer       user_data)
{
  Refusing *refusing = user_data;

  if (refusing->n_left == 0)
    return sb_fake_accepted (request, NULL);
  refusing->n_left--;

  return sb_refusal (refusing->code, refusing->http_status, refusing->retry_after_ms);
}

static void
refuse (SbEngineFixture *self,
        Refusing        *refusing)
{
  self->line->judge = refuse_some;
  self->line->judge_data = refusing;
}

/* What the other side asks for is the least that is waited; only this customer waits. */
static void
test_retry_after (SbEngineFixture *self,
                  gconstpointer    data)
{
  Refusing refusing = { 131056, 400, 90 * SB_SECOND_MS, 1 };
  gint64   message, ben;

  refuse (self, &refusing);
  message = sb_fixture_send_text (self, self->ana, "to Ana");
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_QUEUED);
  sb_fixture_hello (self, SB_BEN);
  ben = sb_fixture_send_text (self, sb_reader_find_thread (sb_fixture_reader (self), SB_BEN), "to Ben");
  sb_fixture_pass (self, 80 * SB_SECOND_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
  g_assert_cmpint (sb_fixture_status (self, ben), ==, SB_STATUS_ACCEPTED);
  sb_fixture_pass (self, 20 * SB_SECOND_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpint (sb_fixture_request (self, 2)->at - sb_fixture_request (self, 0)->at, >=, 90 * SB_SECOND_MS);
}

/* Too fast for the number: the whole line waits, and nobody's attempts are used up. */
static void
test_line_wide (SbEngineFixture *self,
                gconstpointer    data)
{
  Refusing                refusing = { 130429, 429, 40 * SB_SECOND_MS, 1 };
  g_autoptr (SbOutboxRow) row = NULL;
  gint64                  message, other;

  sb_fixture_hello (self, SB_BEN);
  refuse (self, &refusing);
  message = sb_fixture_send_text (self, self->ana, "to Ana");
  other = sb_fixture_send_text (self, sb_reader_find_thread (sb_fixture_reader (self), SB_BEN), "to Ben");
  row = sb_reader_get_outbox (sb_fixture_reader (self), message);
  g_assert_cmpint (row->attempts, ==, 0);
  sb_fixture_pass (self, 35 * SB_SECOND_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  sb_fixture_pass (self, 10 * SB_SECOND_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpint (sb_fixture_status (self, other), ==, SB_STATUS_ACCEPTED);
}

typedef enum
{
  ENDS_SENT,   /* tried again until it is taken */
  ENDS_FAILED, /* at once */
  ENDS_KEY,    /* the line asks for a key; the message waits */
  ENDS_BLOCKED,
} Ending;

/* From Meta's table of error codes, not from ours. */
static const struct
{
  int    code;
  guint  http_status;
  Ending ending;
} codes[] = {
  { 4, 400, ENDS_SENT },
  { 80007, 400, ENDS_SENT },
  { 130429, 429, ENDS_SENT },
  { 131000, 500, ENDS_SENT },
  { 131016, 500, ENDS_SENT },
  { 131056, 400, ENDS_SENT },
  { 131057, 500, ENDS_SENT },
  { 133004, 503, ENDS_SENT },
  { 999999, 429, ENDS_SENT },
  { 999999, 400, ENDS_FAILED },
  { 100, 400, ENDS_FAILED },
  { 130472, 400, ENDS_FAILED },
  { 131008, 400, ENDS_FAILED },
  { 131009, 400, ENDS_FAILED },
  { 131021, 400, ENDS_FAILED },
  { 131026, 400, ENDS_FAILED },
  { 131047, 400, ENDS_FAILED },
  { 131049, 400, ENDS_FAILED },
  { 131050, 400, ENDS_FAILED },
  { 131051, 400, ENDS_FAILED },
  { 131053, 400, ENDS_FAILED },
  { 132000, 400, ENDS_FAILED },
  { 132001, 404, ENDS_FAILED },
  { 132007, 400, ENDS_FAILED },
  { 132012, 400, ENDS_FAILED },
  { 132015, 400, ENDS_FAILED },
  { 135000, 400, ENDS_FAILED },
  { 0, 401, ENDS_KEY },
  { 3, 500, ENDS_KEY },
  { 10, 403, ENDS_KEY },
  { 190, 401, ENDS_KEY },
  { 200, 403, ENDS_KEY },
  { 131005, 403, ENDS_KEY },
  { 368, 403, ENDS_BLOCKED },
  { 131031, 403, ENDS_BLOCKED },
  { 131042, 400, ENDS_BLOCKED },
  { 131048, 400, ENDS_BLOCKED },
  { 133010, 400, ENDS_BLOCKED },
};

static void
assert_stopped (SbEngineFixture *self,
                gint64           message,
                SbLineState      state)
{
  g_autoptr (SbLine)      line = sb_reader_get_line (sb_fixture_reader (self), self->line_id);
  g_autoptr (SbOutboxRow) row = sb_reader_get_outbox (sb_fixture_reader (self), message);
  guint                   n = sb_fixture_n_requests (self);

  g_assert_cmpint (line->state, ==, state);
  g_assert_nonnull (line->state_reason);
  g_assert_cmpint (row->state, ==, SB_STATUS_QUEUED);
  g_assert_cmpint (row->attempts, ==, 0);
  g_assert_cmpuint (self->n_notices, ==, 1);
  sb_fixture_pass (self, SB_HOUR_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, n);

  /* The owner put it right. */
  sb_fixture_set_line_state (self, SB_LINE_ACTIVE);
  sb_fixture_pass (self, SB_SECOND_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
}

static void
test_code (SbEngineFixture *self,
           gconstpointer    data)
{
  guint    index = GPOINTER_TO_UINT (data);
  Refusing refusing = { codes[index].code, codes[index].http_status, -1, 1 };
  gint64   message;

  refuse (self, &refusing);
  message = sb_fixture_send_text (self, self->ana, "Ready");
  switch (codes[index].ending)
    {
    case ENDS_SENT:
      g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_QUEUED);
      sb_fixture_pass (self, 10 * SB_MINUTE_MS);
      g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
      g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
      break;
    case ENDS_FAILED:
      {
        g_autoptr (SbMessage) failed = sb_reader_get_message (sb_fixture_reader (self), message);

        g_assert_cmpint (failed->status, ==, SB_STATUS_FAILED);
        g_assert_cmpint (failed->error_code, ==, codes[index].code);
        g_assert_nonnull (failed->error_text);
        sb_fixture_pass (self, SB_HOUR_MS);
        g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
      }
      break;
    case ENDS_KEY:
      assert_stopped (self, message, SB_LINE_NEEDS_KEY);
      break;
    case ENDS_BLOCKED:
    default:
      assert_stopped (self, message, SB_LINE_BLOCKED);
      break;
    }
}

/* A network that never gets better is not asked for ever. */
static void
test_gives_up (SbEngineFixture *self,
               gconstpointer    data)
{
  Refusing refusing = { 131000, 500, -1, 1000 };
  gint64   message;

  refuse (self, &refusing);
  message = sb_fixture_send_text (self, self->ana, "Ready");
  sb_fixture_pass (self, SB_HOUR_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_FAILED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, sb_wa_error_max_attempts (131000));
}

/* No connection: nothing left this computer, so it is tried until it works, however often. */
static void
test_not_sent (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autofree char *words = NULL;
  gint64           message;

  self->line->judge = sb_judge_not_sent;
  message = sb_fixture_send_text (self, self->ana, "Ready");
  sb_fixture_pass (self, 30 * SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_QUEUED);
  g_assert_cmpuint (sb_fixture_n_requests (self), >, 5);
  g_assert_cmpuint (sb_fixture_n_requests (self), <, 120);
  g_assert_cmpint (sb_engine_get_link (self->engine, self->line_id, &words), ==, SB_LINK_TROUBLE);
  self->line->judge = sb_fake_accepted;
  sb_fixture_pass (self, 2 * SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpint (sb_engine_get_link (self->engine, self->line_id, NULL), ==, SB_LINK_OK);
}

/* -- waiting -- */

static void
test_offline (SbEngineFixture *self,
              gconstpointer    data)
{
  gint64 message;

  sb_engine_set_online (self->engine, FALSE);
  message = sb_fixture_send_text (self, self->ana, "Ready");
  sb_fixture_pass (self, SB_HOUR_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  sb_engine_set_online (self->engine, TRUE);
  sb_fake_settle ();
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
}

static void
test_later (SbEngineFixture *self,
            gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  SbOutgoingMessage  outgoing = { .thread_id = self->ana, .kind = SB_MESSAGE_TEXT, .text = "In an hour", .not_before = sb_clock_now (self->clock) + SB_HOUR_MS };
  gint64             later = sb_fixture_send (self, &outgoing, &error);
  gint64             now = sb_fixture_send_text (self, self->ana, "Now");

  g_assert_no_error (error);
  sb_fixture_pass (self, 59 * SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, now), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpint (sb_fixture_status (self, later), ==, SB_STATUS_QUEUED);
  sb_fixture_pass (self, 2 * SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, later), ==, SB_STATUS_ACCEPTED);
}

/* The window closed while it waited: it fails with the reason and is not sent. */
static void
test_window_closes (SbEngineFixture *self,
                    gconstpointer    data)
{
  g_autoptr (SbMessage) message = NULL;
  gint64                id;

  sb_engine_set_line_paused (self->engine, self->line_id, TRUE, 0);
  sb_fake_settle ();
  id = sb_fixture_send_text (self, self->ana, "Too late");
  sb_fixture_pass (self, 25 * SB_HOUR_MS);
  sb_engine_set_line_paused (self->engine, self->line_id, FALSE, 0);
  sb_fixture_pass (self, SB_SECOND_MS);
  message = sb_reader_get_message (sb_fixture_reader (self), id);
  g_assert_cmpint (message->status, ==, SB_STATUS_FAILED);
  g_assert_cmpint (message->error_code, ==, 131047);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
}

static void
test_same_key (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  SbOutgoingMessage  outgoing = { .thread_id = self->ana, .kind = SB_MESSAGE_TEXT, .text = "Once", .client_key = "key-1" };
  gint64             id = sb_fixture_send (self, &outgoing, &error);

  g_assert_cmpint (sb_fixture_send (self, &outgoing, &error), ==, id);
  g_assert_no_error (error);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
}

static void
test_cancel_and_quote (SbEngineFixture *self,
                       gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  gint64             hello = sb_db_int (sb_fixture_db (self), 0, "SELECT max(id) FROM message", "");
  SbOutgoingMessage  reply = { .thread_id = self->ana, .kind = SB_MESSAGE_TEXT, .text = "Answer", .quote_id = hello };
  gint64             cancelled;

  sb_engine_set_online (self->engine, FALSE);
  cancelled = sb_fixture_send_text (self, self->ana, "Never");
  sb_fixture_send (self, &reply, &error);
  g_assert_no_error (error);
  sb_fixture_act (self, SB_ACT_CANCEL, 0, cancelled, 0);
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, cancelled), ==, SB_STATUS_CANCELLED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  g_assert_true (g_str_has_prefix (sb_fixture_request (self, 0)->quote_wamid, "wamid.hello-" SB_ANA));
}

#define ADD(path, function) g_test_add ("/engine/sending/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pace", test_pace);
  ADD ("pair-rate", test_pair_rate);
  ADD ("one-at-a-time", test_one_at_a_time);
  ADD ("retry-after", test_retry_after);
  ADD ("line-wide", test_line_wide);
  ADD ("gives-up", test_gives_up);
  ADD ("not-sent", test_not_sent);
  ADD ("offline", test_offline);
  ADD ("later", test_later);
  ADD ("window-closes", test_window_closes);
  ADD ("same-key", test_same_key);
  ADD ("cancel-and-quote", test_cancel_and_quote);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/sending/code/%d-%u", codes[i].code, codes[i].http_status);

      g_test_add (path, SbEngineFixture, GUINT_TO_POINTER (i), sb_fixture_set_up, test_code, sb_fixture_tear_down);
    }

  return g_test_run ();
}
