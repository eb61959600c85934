/* Customers see that they were read only when the owner wants it and somebody had the conversation open. */
#include "sb-engine-fixture.h"

static const char *
told (SbEngineFixture *self,
      guint            index)
{
  g_assert_cmpuint (index, <, self->line->read->len);

  return self->line->read->pdata[index];
}

static void
write_and_read (SbEngineFixture *self,
                const char      *wamid)
{
  sb_fixture_give_message (self, wamid, "\"type\":\"text\",\"text\":{\"body\":\"Are you there?\"}");
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  sb_fake_settle ();
}

static void
test_off (SbEngineFixture *self,
          gconstpointer    data)
{
  g_assert_false (sb_engine_get_read_receipts (self->engine));
  sb_engine_set_open_thread (self->engine, self->ana);
  write_and_read (self, "wamid.one");
  g_assert_cmpuint (self->line->read->len, ==, 0);
}

static void
test_on (SbEngineFixture *self,
         gconstpointer    data)
{
  sb_engine_set_read_receipts (self->engine, TRUE);
  sb_engine_set_open_thread (self->engine, self->ana);
  sb_fixture_give_message (self, "wamid.one", "\"type\":\"text\",\"text\":{\"body\":\"One\"}");
  sb_fixture_pass (self, 2000);
  write_and_read (self, "wamid.two");
  g_assert_cmpuint (self->line->read->len, ==, 1);
  g_assert_cmpstr (told (self, 0), ==, "wamid.two");

  /* What was told is not told again; a message after it is. */
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  sb_fixture_send_text (self, self->ana, "Yes");
  g_assert_cmpuint (self->line->read->len, ==, 1);
  sb_fixture_pass (self, 2000);
  write_and_read (self, "wamid.three");
  g_assert_cmpuint (self->line->read->len, ==, 2);
  g_assert_cmpstr (told (self, 1), ==, "wamid.three");

  sb_engine_set_read_receipts (self->engine, FALSE);
  sb_fixture_pass (self, 2000);
  write_and_read (self, "wamid.four");
  g_assert_cmpuint (self->line->read->len, ==, 2);
}

/* In a list, from another desk, by an undo: nobody had it before their eyes. */
static void
test_not_open (SbEngineFixture *self,
               gconstpointer    data)
{
  sb_engine_set_read_receipts (self->engine, TRUE);
  write_and_read (self, "wamid.one");
  sb_engine_set_open_thread (self->engine, self->ana + 1);
  sb_fixture_pass (self, 2000);
  write_and_read (self, "wamid.two");
  g_assert_cmpuint (self->line->read->len, ==, 0);
}

static void
test_unread_again (SbEngineFixture *self,
                   gconstpointer    data)
{
  sb_engine_set_read_receipts (self->engine, TRUE);
  sb_engine_set_open_thread (self->engine, self->ana);
  write_and_read (self, "wamid.one");
  sb_fixture_act (self, SB_ACT_UNREAD, self->ana, 0, 0);
  g_assert_cmpuint (self->line->read->len, ==, 1);
}

/* No tick leaves a line that is paused, or a computer without a network. */
static void
test_held (SbEngineFixture *self,
           gconstpointer    data)
{
  sb_engine_set_read_receipts (self->engine, TRUE);
  sb_engine_set_open_thread (self->engine, self->ana);
  sb_fixture_set_line_state (self, SB_LINE_PAUSED);
  write_and_read (self, "wamid.one");
  sb_fixture_set_line_state (self, SB_LINE_ACTIVE);
  sb_fixture_pass (self, 2000);
  sb_engine_set_online (self->engine, FALSE);
  write_and_read (self, "wamid.two");
  g_assert_cmpuint (self->line->read->len, ==, 0);
}

#define ADD(path, function) g_test_add ("/engine/read/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("off", test_off);
  ADD ("on", test_on);
  ADD ("not-open", test_not_open);
  ADD ("unread-again", test_unread_again);
  ADD ("held", test_held);

  return g_test_run ();
}
