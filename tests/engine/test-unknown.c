/* What may or may not have arrived: never sent again by itself, settled by evidence or by a person. */
#include "sb-engine-fixture.h"
#include "sb-json.h"

#include <string.h>

static SbOutboxRow *
row_of (SbEngineFixture *self,
        gint64           message)
{
  SbOutboxRow *row = sb_reader_get_outbox (sb_fixture_reader (self), message);

  g_assert_nonnull (row);

  return row;
}

static gint64
send_and_lose (SbEngineFixture *self,
               const char      *text)
{
  gint64 message;

  self->line->judge = sb_judge_unknown;
  message = sb_fixture_send_text (self, self->ana, text);
  self->line->judge = sb_fake_accepted;
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_UNKNOWN);

  return message;
}

static char *
state_of_rung (SbEngineFixture *self,
               gint64           message,
               const char      *id)
{
  g_autoptr (SbOutboxRow) row = row_of (self, message);
  g_autoptr (JsonNode)    node = sb_json_parse (row->evidence, -1, NULL);
  JsonArray              *rungs = sb_json_array (sb_json_root (node), "rungs");

  for (guint i = 0; i < sb_json_length (rungs); i++)
    if (g_strcmp0 (sb_json_string (sb_json_at (rungs, i), "id"), id) == 0)
      return g_strdup (sb_json_string (sb_json_at (rungs, i), "state"));

  return NULL;
}

/* A day passes, the network comes and goes, the program ends and starts: one request, and one only. */
static void
test_never_again (SbEngineFixture *self,
                  gconstpointer    data)
{
  gint64 message = send_and_lose (self, "Perhaps");

  sb_fixture_pass (self, 12 * SB_HOUR_MS);
  sb_engine_set_online (self->engine, FALSE);
  sb_fake_settle ();
  sb_engine_set_online (self->engine, TRUE);
  sb_fake_settle ();
  sb_fixture_restart (self);
  sb_fixture_pass (self, 12 * SB_HOUR_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_UNKNOWN);
}

/* What is written after it goes out all the same. */
static void
test_blocks_nobody (SbEngineFixture *self,
                    gconstpointer    data)
{
  SbCounts counts;
  gint64   next;

  send_and_lose (self, "Perhaps");
  next = sb_fixture_send_text (self, self->ana, "Next");
  g_assert_cmpint (sb_fixture_status (self, next), ==, SB_STATUS_ACCEPTED);
  sb_engine_get_counts (self->engine, &counts);
  g_assert_cmpint (counts.outbox_unknown, ==, 1);
}

/* The program ends between request and answer. */
static void
test_crash_in_flight (SbEngineFixture *self,
                      gconstpointer    data)
{
  g_autoptr (SbOutboxRow) row = NULL;
  gint64                  message;

  self->line->judge = sb_judge_silent;
  message = sb_fixture_send_text (self, self->ana, "Perhaps");
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_SENDING);
  self->line->judge = sb_fake_accepted;
  sb_fixture_restart (self);
  sb_fixture_pass (self, SB_HOUR_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_UNKNOWN);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  row = row_of (self, message);
  g_assert_nonnull (row->evidence);
}

/* The tick that carries our tag proves it, and binds the id, so that later ticks find it. */
static void
test_tick_settles (SbEngineFixture *self,
                   gconstpointer    data)
{
  gint64               message = send_and_lose (self, "Perhaps");
  const char          *tag = sb_fixture_request (self, 0)->tag;
  g_autoptr (SbThread) thread = NULL;

  sb_fixture_tick (self, "wamid.unknown-to-us", "delivered", tag);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_DELIVERED);
  sb_fixture_tick (self, "wamid.unknown-to-us", "read", NULL);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_READ);
  thread = sb_reader_get_thread (sb_fixture_reader (self), self->ana);
  g_assert_cmpint (thread->n_unknown, ==, 0);
}

/* The tick comes before the answer does; the late answer changes nothing. */
static void
test_tick_before_answer (SbEngineFixture *self,
                         gconstpointer    data)
{
  SbFakeRequest *request;
  gint64         message;

  self->line->judge = sb_judge_silent;
  message = sb_fixture_send_text (self, self->ana, "Quick");
  request = sb_fixture_request (self, 0);
  sb_fixture_tick (self, "wamid.quick", "read", request->tag);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_READ);
  sb_fake_line_answer (request, sb_send_result_new (SB_SEND_UNKNOWN));
  sb_fake_settle ();
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_READ);
  sb_fixture_pass (self, SB_HOUR_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
}

/* A tag that is not ours, or of a message that has its id, settles nothing. */
static void
test_foreign_tick (SbEngineFixture *self,
                   gconstpointer    data)
{
  gint64 message = send_and_lose (self, "Perhaps");

  sb_fixture_tick (self, "wamid.foreign", "sent", "outbox:1");
  sb_fixture_tick (self, "wamid.foreign", "delivered", "something else");
  sb_fixture_tick (self, "wamid.foreign", "read", NULL);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_UNKNOWN);
}

/* The customer answers a message whose id we never got: it must be that one. */
static void
test_quote_settles (SbEngineFixture *self,
                    gconstpointer    data)
{
  gint64                message = send_and_lose (self, "At five?");
  g_autoptr (SbMessage) answer = NULL;
  gint64                id;

  sb_fixture_pass (self, SB_MINUTE_MS);
  id = sb_fixture_give_message (self, "wamid.answer", "\"type\":\"text\",\"text\":{\"body\":\"Yes\"},\"context\":{\"from\":\"351210000000\",\"id\":\"wamid.never-told\"}");
  answer = sb_reader_get_message (sb_fixture_reader (self), id);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpint (answer->quote_id, ==, message);
}

/* With two unknown ones a quote proves neither. */
static void
test_quote_of_two (SbEngineFixture *self,
                   gconstpointer    data)
{
  gint64 first = send_and_lose (self, "One");
  gint64 second = send_and_lose (self, "Two");

  sb_fixture_give_message (self, "wamid.answer", "\"type\":\"text\",\"text\":{\"body\":\"Yes\"},\"context\":{\"from\":\"351210000000\",\"id\":\"wamid.never-told\"}");
  g_assert_cmpint (sb_fixture_status (self, first), ==, SB_STATUS_UNKNOWN);
  g_assert_cmpint (sb_fixture_status (self, second), ==, SB_STATUS_UNKNOWN);
}

/* A quarter of an hour later it looks again and says what it saw. */
static void
test_looks_again (SbEngineFixture *self,
                  gconstpointer    data)
{
  gint64           message = send_and_lose (self, "Perhaps");
  g_autofree char *before = state_of_rung (self, message, "later");
  g_autofree char *after = NULL;
  g_autofree char *answer = NULL;

  g_assert_cmpstr (before, ==, "later");
  sb_fixture_pass (self, 5 * SB_MINUTE_MS);
  sb_fixture_hello (self, SB_ANA);
  sb_fixture_pass (self, 11 * SB_MINUTE_MS);
  after = state_of_rung (self, message, "later");
  answer = state_of_rung (self, message, "answer");
  g_assert_cmpstr (after, ==, "no");
  g_assert_cmpstr (answer, ==, "yes");
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_UNKNOWN);
}

/* The network's list, with an id made for @number, at @after seconds. */
static void
set_history (SbEngineFixture *self,
             const char      *number,
             int              after)
{
  g_autofree char *raw = g_strdup_printf ("\x1c\x18\x0c%s\x15\x02", number);
  g_autofree char *id = g_base64_encode ((const guchar *) raw, strlen (raw));

  g_free (self->line->history);
  self->line->history = g_strdup_printf ("{\"data\":[{\"id\":\"1\",\"message_id\":\"wamid.%s\",\"events\":{\"data\":[{\"id\":\"2\",\"delivery_status\":\"SENT\",\"timestamp\":%" G_GINT64_FORMAT "}]}}]}",
                                         id, sb_clock_now (self->clock) / 1000 + after);
}

static void
assert_history (SbEngineFixture *self,
                const char      *number,
                int              after,
                const char      *expected)
{
  gint64           message;
  guint            n = self->line->n_history;
  g_autofree char *state = NULL;
  g_autofree char *kept = NULL;

  if (number != NULL)
    set_history (self, number, after);
  message = send_and_lose (self, "Perhaps");
  sb_fixture_pass (self, 16 * SB_MINUTE_MS);
  state = state_of_rung (self, message, "history");
  g_assert_cmpstr (state, ==, expected);
  g_assert_cmpuint (self->line->n_history, ==, n + 1);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_UNKNOWN);
  kept = state_of_rung (self, message, "later");
  g_assert_cmpstr (kept, ==, "no");
}

/* A hint and nothing more: whatever the list says, the message stays unknown. */
static void
test_history (SbEngineFixture *self,
              gconstpointer    data)
{
  assert_history (self, NULL, 0, "none");
  assert_history (self, SB_ANA, 2, "yes");
  assert_history (self, SB_BEN, 2, "later");
  assert_history (self, SB_ANA, -SB_HOUR_MS / 1000, "no");
  assert_history (self, SB_ANA, 2 * SB_HOUR_MS / 1000, "no");
  g_free (self->line->history);
  self->line->history = g_strdup ("{\"data\":[]}");
  assert_history (self, NULL, 0, "no");
  g_free (self->line->history);
  self->line->history = g_strdup ("<html>");
  assert_history (self, NULL, 0, "none");
}

/* One of ours in the list says nothing. */
static void
test_history_of_known (SbEngineFixture *self,
                       gconstpointer    data)
{
  gint64           message;
  g_autofree char *state = NULL;

  sb_fixture_send_text (self, self->ana, "Known");
  self->line->history = g_strdup_printf ("{\"data\":[{\"id\":\"1\",\"message_id\":\"wamid.%s\"}]}", sb_fixture_request (self, 0)->tag);
  message = send_and_lose (self, "Perhaps");
  sb_fixture_pass (self, 16 * SB_MINUTE_MS);
  state = state_of_rung (self, message, "history");
  g_assert_cmpstr (state, ==, "no");
}

/* Offline nobody is asked; as soon as there is a network again, within a quarter of an hour. Also after a crash. */
static void
test_history_after_offline (SbEngineFixture *self,
                            gconstpointer    data)
{
  gint64           message;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  self->line->judge = sb_judge_silent;
  message = sb_fixture_send_text (self, self->ana, "Perhaps");
  self->line->judge = sb_fake_accepted;
  set_history (self, SB_ANA, 2);
  sb_fixture_restart (self);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_UNKNOWN);
  sb_engine_set_online (self->engine, FALSE);
  sb_fixture_pass (self, 3 * SB_HOUR_MS);
  before = state_of_rung (self, message, "history");
  g_assert_null (before);
  g_assert_cmpuint (self->line->n_history, ==, 0);
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, 16 * SB_MINUTE_MS);
  after = state_of_rung (self, message, "history");
  g_assert_cmpstr (after, ==, "yes");
  g_assert_cmpuint (self->line->n_history, ==, 1);
}

static void
test_send_again (SbEngineFixture *self,
                 gconstpointer    data)
{
  gint64 message = send_and_lose (self, "Perhaps");

  sb_fixture_act (self, SB_ACT_SEND_AGAIN, 0, message, 0);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
}

static void
test_leave (SbEngineFixture *self,
            gconstpointer    data)
{
  gint64   message = send_and_lose (self, "Perhaps");
  SbCounts counts;

  sb_fixture_act (self, SB_ACT_LEAVE, 0, message, 0);
  sb_fixture_pass (self, SB_HOUR_MS);
  sb_engine_get_counts (self->engine, &counts);
  g_assert_cmpint (counts.outbox_unknown, ==, 0);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  /* And a late tick is still believed. */
  sb_fixture_tick (self, "wamid.late", "delivered", sb_fixture_request (self, 0)->tag);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_DELIVERED);
}

#define ADD(path, function) g_test_add ("/engine/unknown/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("never-again", test_never_again);
  ADD ("blocks-nobody", test_blocks_nobody);
  ADD ("crash-in-flight", test_crash_in_flight);
  ADD ("tick-settles", test_tick_settles);
  ADD ("tick-before-answer", test_tick_before_answer);
  ADD ("foreign-tick", test_foreign_tick);
  ADD ("quote-settles", test_quote_settles);
  ADD ("quote-of-two", test_quote_of_two);
  ADD ("looks-again", test_looks_again);
  ADD ("history", test_history);
  ADD ("history-of-known", test_history_of_known);
  ADD ("history-after-offline", test_history_after_offline);
  ADD ("send-again", test_send_again);
  ADD ("leave", test_leave);

  return g_test_run ();
}
