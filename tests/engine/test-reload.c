/* A line gets a new key, other settings or is removed while messages are on their way. */
#include "sb-engine-fixture.h"

static void
new_key (SbEngineFixture *self)
{
  g_assert_true (sb_secrets_set (self->secrets, self->line_id, "token", "new token", NULL));
  sb_engine_reload_line (self->engine, self->line_id);
  sb_fake_settle ();
}

static gint64
other_customer (SbEngineFixture *self,
                guint            n)
{
  g_autofree char *number = g_strdup_printf ("3519120%05u", n);

  sb_fixture_hello (self, number);

  return sb_reader_find_thread (sb_fixture_reader (self), number);
}

static gint64
send_silently (SbEngineFixture *self,
               gint64           thread)
{
  gint64 message;

  self->line->judge = sb_judge_silent;
  message = sb_fixture_send_text (self, thread, "On its way");
  self->line->judge = sb_fake_accepted;

  return message;
}

/* Hands @thread a message and stops where it is claimed and no request has left. */
static gint64
claim_only (SbEngineFixture *self,
            gint64           thread)
{
  SbOutgoingMessage outgoing = { .thread_id = thread, .kind = SB_MESSAGE_TEXT, .text = "Claimed" };
  SbCounts          counts = { 0 };
  gint64            message;

  sb_engine_send_async (self->engine, &outgoing, NULL, NULL);
  for (guint i = 0; i < 1000 && counts.outbox_sending == 0; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      sb_engine_get_counts (self->engine, &counts);
    }
  g_assert_cmpint (counts.outbox_sending, ==, 1);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  message = sb_db_int (sb_fixture_db (self), 0, "SELECT message_id FROM outbox WHERE state = 3", "");

  return message;
}

static void
test_new_key (SbEngineFixture *self,
              gconstpointer    data)
{
  gint64 first = send_silently (self, self->ana);
  gint64 second;

  new_key (self);
  second = sb_fixture_send_text (self, other_customer (self, 1), "With the new key");
  g_assert_cmpint (sb_fixture_status (self, second), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpstr (sb_fixture_request (self, 0)->token, ==, "fake token");
  g_assert_cmpstr (sb_fixture_request (self, 1)->token, ==, "new token");

  sb_fake_line_answer (sb_fixture_request (self, 0), sb_fake_accepted (sb_fixture_request (self, 0), NULL));
  sb_fake_settle ();
  g_assert_cmpint (sb_fixture_status (self, first), ==, SB_STATUS_ACCEPTED);
  second = sb_fixture_send_text (self, self->ana, "And after the answer to the old one");
  g_assert_cmpint (sb_fixture_status (self, second), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpstr (sb_fixture_request (self, 2)->token, ==, "new token");
}

/* That the old key is refused says nothing about the new one. */
static void
test_old_key_refused (SbEngineFixture *self,
                      gconstpointer    data)
{
  gint64             message = send_silently (self, self->ana);
  g_autoptr (SbLine) line = NULL;

  new_key (self);
  sb_fake_line_answer (sb_fixture_request (self, 0), sb_refusal (190, 401, -1));
  sb_fixture_pass (self, 2 * SB_MINUTE_MS);
  line = sb_reader_get_line (sb_fixture_reader (self), self->line_id);
  g_assert_cmpint (line->state, ==, SB_LINE_ACTIVE);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
  g_assert_cmpstr (sb_fixture_request (self, 1)->token, ==, "new token");
}

/* The key was refused and the line stopped; the new one lets all go that waits. */
static void
test_after_refusal (SbEngineFixture *self,
                    gconstpointer    data)
{
  gint64             first = send_silently (self, self->ana);
  gint64             second;
  g_autoptr (SbLine) line = NULL;

  sb_fake_line_answer (sb_fixture_request (self, 0), sb_refusal (190, 401, -1));
  sb_fake_settle ();
  second = sb_fixture_send_text (self, other_customer (self, 1), "Waits for the key");
  sb_fixture_pass (self, SB_HOUR_MS);
  line = sb_reader_get_line (sb_fixture_reader (self), self->line_id);
  g_assert_cmpint (line->state, ==, SB_LINE_NEEDS_KEY);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);

  new_key (self);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, first), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpint (sb_fixture_status (self, second), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 3);
  g_assert_cmpstr (sb_fixture_request (self, 1)->token, ==, "new token");
}

/* As many requests may be without an answer as before, however often the line is loaded again. */
static void
test_limit_holds (SbEngineFixture *self,
                  gconstpointer    data)
{
  guint n;

  for (guint i = 0; i < 20; i++)
    {
      send_silently (self, other_customer (self, i));
      if (i % 5 == 4)
        new_key (self);
    }
  n = sb_fixture_n_requests (self);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (n, ==, 8);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 8);
  for (guint i = 0; i < 8; i++)
    sb_fake_line_answer (sb_fixture_request (self, i), sb_fake_accepted (sb_fixture_request (self, i), NULL));
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 20);
}

static void
test_reload_after_claim (SbEngineFixture *self,
                         gconstpointer    data)
{
  gint64 message = claim_only (self, self->ana);

  new_key (self);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  g_assert_cmpstr (sb_fixture_request (self, 0)->token, ==, "new token");
}

/* Stopped between claim and request, started again in the same program: it goes out, once. */
static void
test_stop_after_claim (SbEngineFixture *self,
                       gconstpointer    data)
{
  gint64 message = claim_only (self, self->ana);

  sb_engine_stop (self->engine);
  sb_fake_settle ();
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_QUEUED);
  sb_engine_start (self->engine);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
}

/* What has left is settled by its answer; what has not says so. */
static void
test_removed (SbEngineFixture *self,
              gconstpointer    data)
{
  gint64                  sent = send_silently (self, self->ana);
  gint64                  waiting = sb_fixture_send_text (self, self->ana, "Behind it");
  g_autoptr (SbOutboxRow) row = NULL;

  g_assert_cmpint (sb_fixture_status (self, waiting), ==, SB_STATUS_QUEUED);
  sb_fixture_set_line_state (self, SB_LINE_REMOVED);
  g_assert_cmpint (sb_fixture_status (self, waiting), ==, SB_STATUS_FAILED);
  row = sb_reader_get_outbox (sb_fixture_reader (self), waiting);
  g_assert_cmpstr (row->error, ==, sb_reason_to_sentence (SB_REASON_LINE_REMOVED));
  sb_fake_line_answer (sb_fixture_request (self, 0), sb_fake_accepted (sb_fixture_request (self, 0), NULL));
  sb_fake_settle ();
  g_assert_cmpint (sb_fixture_status (self, sent), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
}

static void
test_removed_after_claim (SbEngineFixture *self,
                          gconstpointer    data)
{
  gint64 claimed = claim_only (self, self->ana);

  sb_fixture_set_line_state (self, SB_LINE_REMOVED);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, claimed), ==, SB_STATUS_FAILED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
}

#define ADD(path, function) g_test_add ("/engine/reload/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("new-key", test_new_key);
  ADD ("old-key-refused", test_old_key_refused);
  ADD ("after-refusal", test_after_refusal);
  ADD ("limit-holds", test_limit_holds);
  ADD ("reload-after-claim", test_reload_after_claim);
  ADD ("stop-after-claim", test_stop_after_claim);
  ADD ("removed", test_removed);
  ADD ("removed-after-claim", test_removed_after_claim);

  return g_test_run ();
}
