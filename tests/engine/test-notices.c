/* What is told to the person, and as how many notifications. */
#include <string.h>

#include "sb-engine-fixture.h"

static void
say (SbEngineFixture *self,
     const char      *wamid,
     const char      *text)
{
  g_autofree char *members = g_strdup_printf ("\"type\":\"text\",\"text\":{\"body\":\"%s\"}", text);

  sb_fixture_give_message (self, wamid, members);
}

/* Ana's hello of the set-up is told and read. */
static void
calm (SbEngineFixture *self)
{
  sb_fixture_pass (self, 20 * SB_SECOND_MS);
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  self->n_notices = 0;
}

static void
test_burst (SbEngineFixture *self,
            gconstpointer    data)
{
  calm (self);
  say (self, "wamid.1", "Hi");
  sb_fixture_pass (self, SB_SECOND_MS);
  say (self, "wamid.2", "Are you open?");
  sb_fixture_pass (self, SB_SECOND_MS);
  say (self, "wamid.3", "On Sunday?");
  g_assert_cmpuint (self->n_notices, ==, 0);
  sb_fixture_pass (self, 3 * SB_SECOND_MS);
  g_assert_cmpuint (self->n_notices, ==, 1);
  g_assert_true (g_str_has_suffix (self->last_notice, ": 3 messages"));
  g_assert_cmpstr (self->last_words, ==, "Hi\nAre you open?\nOn Sunday?");

  /* A little later one more: the same notification, with all of them and the last words. */
  sb_fixture_pass (self, 3 * SB_SECOND_MS);
  say (self, "wamid.4", "Please");
  sb_fixture_pass (self, 3 * SB_SECOND_MS);
  g_assert_cmpuint (self->n_notices, ==, 2);
  g_assert_true (g_str_has_suffix (self->last_notice, ": 4 messages"));
  g_assert_cmpstr (self->last_words, ==, "Are you open?\nOn Sunday?\nPlease");

  /* Much later it is another. */
  sb_fixture_pass (self, SB_MINUTE_MS);
  say (self, "wamid.5", "Hello?");
  sb_fixture_pass (self, 3 * SB_SECOND_MS);
  g_assert_cmpuint (self->n_notices, ==, 3);
  g_assert_null (strstr (self->last_notice, "messages"));
  g_assert_cmpstr (self->last_words, ==, "Hello?");
}

/* Somebody who never stops is told of all the same. */
static void
test_no_silence (SbEngineFixture *self,
                 gconstpointer    data)
{
  calm (self);
  for (int i = 0; i < 8; i++)
    {
      g_autofree char *wamid = g_strdup_printf ("wamid.%d", i);

      say (self, wamid, "And");
      sb_fixture_pass (self, SB_SECOND_MS);
    }
  g_assert_cmpuint (self->n_notices, >=, 1);
  g_assert_cmpuint (self->n_notices, <=, 2);
}

static void
test_read_meanwhile (SbEngineFixture *self,
                     gconstpointer    data)
{
  calm (self);
  say (self, "wamid.1", "Hi");
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  sb_fixture_pass (self, 10 * SB_SECOND_MS);
  g_assert_cmpuint (self->n_notices, ==, 0);
  /* What was read before does not count. */
  say (self, "wamid.2", "Hello");
  sb_fixture_pass (self, 3 * SB_SECOND_MS);
  g_assert_cmpstr (self->last_words, ==, "Hello");
}

static void
test_hidden (SbEngineFixture *self,
             gconstpointer    data)
{
  SbNoticePolicy policy = { .enabled = TRUE, .show_content = FALSE };

  calm (self);
  sb_engine_set_notice_policy (self->engine, &policy);
  say (self, "wamid.1", "My secret");
  say (self, "wamid.2", "Another");
  sb_fixture_pass (self, 3 * SB_SECOND_MS);
  g_assert_cmpstr (self->last_words, ==, "New messages");
}

static void
test_two_customers (SbEngineFixture *self,
                    gconstpointer    data)
{
  calm (self);
  say (self, "wamid.1", "Hi");
  sb_fixture_hello (self, SB_BEN);
  sb_fixture_pass (self, 3 * SB_SECOND_MS);
  g_assert_cmpuint (self->n_notices, ==, 2);
}

/* What is under way, a file that is fetched, holds a shop that was left for a while. */
static void
test_shop_left (SbEngineFixture *self,
                gconstpointer    data)
{
  g_autoptr (SbEngine) held = NULL;

  calm (self);
  say (self, "wamid.1", "Hi");
  held = g_object_ref (self->engine);
  sb_fixture_close (self);
  sb_fixture_pass (self, 10 * SB_SECOND_MS);
  g_assert_cmpuint (self->n_notices, ==, 0);
  sb_fixture_open (self);
}

/* What came while nobody was there is told in one line; what waited since before there was a shop was not missed. */
static void
test_away (SbEngineFixture *self,
           gconstpointer    data)
{
  gint64 began = sb_clock_now (self->clock);

  calm (self);
  sb_fixture_give_message_of (self, began - SB_HOUR_MS, "wamid.1", "\"type\":\"text\",\"text\":{\"body\":\"Before the shop\"}");
  sb_fixture_pass (self, 10 * SB_SECOND_MS);
  g_assert_cmpuint (self->n_notices, ==, 0);

  sb_fixture_pass (self, 3 * SB_HOUR_MS);
  sb_fixture_give_message_of (self, began + SB_HOUR_MS, "wamid.2", "\"type\":\"text\",\"text\":{\"body\":\"Anybody?\"}");
  sb_fixture_pass (self, 10 * SB_SECOND_MS);
  g_assert_cmpuint (self->n_notices, ==, 1);
  g_assert_cmpstr (self->last_notice, ==, "While Shopbell was away");
  g_assert_cmpstr (self->last_words, ==, "1 message arrived");
}

/* It was to go out later, and the 24 hours ended before the network was back: whoever planned it does not sit before it. */
static void
test_too_late (SbEngineFixture *self,
               gconstpointer    data)
{
  SbOutgoingMessage outgoing = { .thread_id = self->ana, .kind = SB_MESSAGE_TEXT, .text = "At ten", .not_before = sb_clock_now (self->clock) + SB_HOUR_MS };
  gint64            message;

  calm (self);
  message = sb_fixture_send (self, &outgoing, NULL);
  g_assert_cmpint (message, !=, 0);
  sb_engine_set_online (self->engine, FALSE);
  sb_fixture_pass (self, SB_DAY_MS);
  g_assert_cmpuint (self->n_notices, ==, 0);
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_FAILED);
  g_assert_cmpuint (self->n_notices, ==, 1);
  g_assert_true (g_str_has_prefix (self->last_notice, "Not sent to "));
  g_assert_nonnull (strstr (self->last_words, "More than 24 hours"));
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
}

#define ADD(name, test) g_test_add ("/engine/notices/" name, SbEngineFixture, NULL, sb_fixture_set_up, test, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("messages-within-seconds-are-one", test_burst);
  ADD ("who-never-stops-is-told-of", test_no_silence);
  ADD ("what-is-read-is-not-told", test_read_meanwhile);
  ADD ("words-are-hidden-where-wanted", test_hidden);
  ADD ("each-customer-has-one-of-their-own", test_two_customers);
  ADD ("what-came-too-late-is-told", test_too_late);
  ADD ("a-shop-that-was-left-tells-nothing", test_shop_left);
  ADD ("only-what-came-while-it-was-away-is-told-so", test_away);

  return g_test_run ();
}
