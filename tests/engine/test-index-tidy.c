/* The search indexes are put in order in the quiet, in short steps, and never while something goes on. */
#include "sb-engine-fixture.h"
#include "sb-writer-index.h"

#define QUIET_MS 3000

/* How many parts a search has to look into: the number stands in the upper bits of the rows. */
static gint64
n_parts (SbEngineFixture *self)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT count (DISTINCT id >> 37) FROM message_fts_data WHERE id > 10", "");
}

static guint
n_steps (SbEngineFixture *self)
{
  return sb_index_tidy_get_n_steps (self->engine->tidy);
}

static void
say (SbEngineFixture *self,
     guint            from,
     guint            to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *wamid = g_strdup_printf ("wamid.%u", i);
      g_autofree char *members = g_strdup_printf ("\"type\":\"text\",\"text\":{\"body\":\"bread number%u\"}", i);

      sb_fixture_give_message (self, wamid, members);
    }
}

static guint
n_found (SbEngineFixture *self,
         const char      *words)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = sb_reader_search (sb_fixture_reader (self), words, 100, &error);

  g_assert_no_error (error);

  return hits->len;
}

static void
test_quiet (SbEngineFixture *self,
            gconstpointer    data)
{
  gint64 before;
  guint  steps;

  say (self, 0, 39);
  before = n_parts (self);
  steps = n_steps (self);
  g_assert_cmpint (before, >=, 4);
  sb_fixture_pass (self, QUIET_MS - 100);
  g_assert_cmpuint (n_steps (self), ==, steps);
  g_assert_cmpint (n_parts (self), ==, before);

  sb_fixture_pass (self, 5000);
  g_assert_cmpuint (n_steps (self), >, steps + 1);
  g_assert_cmpint (n_parts (self), <, before);
  g_assert_cmpint (n_parts (self), <=, 3);
  g_assert_cmpuint (n_found (self, "bread"), ==, 39);
  g_assert_cmpuint (n_found (self, "number17"), ==, 1);

  /* Nothing to do: it sleeps. */
  steps = n_steps (self);
  sb_fixture_pass (self, SB_HOUR_MS);
  g_assert_cmpuint (n_steps (self), ==, steps);
}

static void
test_busy (SbEngineFixture *self,
           gconstpointer    data)
{
  guint steps;

  sb_fixture_pass (self, 10000);
  steps = n_steps (self);
  for (guint i = 0; i < 20; i++)
    {
      say (self, i, i + 1);
      sb_fixture_pass (self, QUIET_MS - 500);
    }
  g_assert_cmpuint (n_steps (self), ==, steps);
}

/* A request that has no answer yet is sending, however long it takes. */
static void
test_sending (SbEngineFixture *self,
              gconstpointer    data)
{
  guint steps;

  sb_fixture_pass (self, 10000);
  steps = n_steps (self);
  self->line->judge = sb_judge_silent;
  sb_fixture_send_text (self, self->ana, "On its way");
  say (self, 0, 9);
  sb_fixture_pass (self, 10 * QUIET_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  g_assert_cmpuint (n_steps (self), ==, steps);
}

static gboolean
step_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  return sb_writer_merge_index (writer, data, error);
}

/* After each step, and after a start between two of them, everything is found and the index agrees with the messages. */
static void
test_each_step (SbEngineFixture *self,
                gconstpointer    data)
{
  gboolean more = TRUE;
  guint    n = 0;

  say (self, 0, 39);
  g_assert_cmpint (n_parts (self), >=, 4);
  while (more)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (sb_store_run (self->engine->store, step_command, &more, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (n_found (self, "bread"), ==, 39);
      g_assert_cmpuint (++n, <, 100);
      if (n == 1)
        sb_fixture_restart (self);
    }
  g_assert_cmpuint (n, >, 1);
  g_assert_cmpint (n_parts (self), <=, 3);
  sb_fixture_assert_whole (self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/index-tidy/quiet", SbEngineFixture, NULL, sb_fixture_set_up, test_quiet, sb_fixture_tear_down);
  g_test_add ("/index-tidy/busy", SbEngineFixture, NULL, sb_fixture_set_up, test_busy, sb_fixture_tear_down);
  g_test_add ("/index-tidy/sending", SbEngineFixture, NULL, sb_fixture_set_up, test_sending, sb_fixture_tear_down);
  g_test_add ("/index-tidy/each-step", SbEngineFixture, NULL, sb_fixture_set_up, test_each_step, sb_fixture_tear_down);

  return g_test_run ();
}
