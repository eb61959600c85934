/* The end was a crash: the window does not wait for the whole file to be read, but the network does. */
#include "sb-engine-fixture.h"

#include <glib/gstdio.h>

static char *
inside (SbEngineFixture *self,
        const char      *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* As a crash leaves it: the mark that the file is open lies beside it. */
static void
begin_after_crash (SbEngineFixture *self)
{
  g_autofree char *mark = inside (self, "shop.open");

  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  sb_fixture_open (self);
}

static SbCheckState
health (SbEngineFixture *self)
{
  g_autoptr (GPtrArray) rows = sb_engine_list_health (self->engine);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((SbCheck *) rows->pdata[i])->id, "computer:file"))
      return ((SbCheck *) rows->pdata[i])->state;

  return SB_CHECK_OK;
}

static void
wait_for (SbEngineFixture *self,
          SbFileState      state)
{
  for (guint i = 0; i < 5000 && sb_store_get_file_state (self->engine->store) != state; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpint (sb_store_get_file_state (self->engine->store), ==, state);
  sb_fake_settle ();
}

/* Garbage where no start looks. */
static void
hurt (SbEngineFixture *self)
{
  g_autofree char *path = inside (self, "shop.db");
  g_autofree char *garbage = g_strnfill (4096, '#');
  sqlite3         *db;
  sqlite3_stmt    *statement;
  gint64           page;
  FILE            *file;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT rootpage FROM sqlite_schema WHERE name = 'template'", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  page = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  file = g_fopen (path, "r+");
  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, (page - 1) * 4096, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (garbage, 1, 4096, file), ==, 4096);
  fclose (file);
}

static void
test_whole (SbEngineFixture *self,
            gconstpointer    data)
{
  g_autofree char *sentence = NULL;
  gint64           message;

  sb_fixture_close (self);
  begin_after_crash (self);
  sb_engine_start (self->engine);
  g_assert_cmpint (health (self), ==, SB_CHECK_WARNING);
  g_assert_cmpint (sb_engine_get_link (self->engine, self->line_id, &sentence), ==, SB_LINK_CONNECTING);
  /* Taken, and held until the file is known to be whole. */
  message = sb_fixture_send_text (self, self->ana, "Early");
  g_assert_cmpint (message, !=, 0);
  wait_for (self, SB_FILE_TRUSTED);
  sb_fixture_pass (self, 2000);
  g_assert_cmpint (health (self), ==, SB_CHECK_OK);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  sb_fixture_restart (self);
  g_assert_cmpint (sb_store_get_file_state (self->engine->store), ==, SB_FILE_TRUSTED);
}

/* Ended before it was through: the next start looks again. */
static void
test_ended_early (SbEngineFixture *self,
                  gconstpointer    data)
{
  g_autofree char *mark = inside (self, "shop.open");

  sb_fixture_close (self);
  begin_after_crash (self);
  sb_fixture_close (self);
  g_assert_true (g_file_test (mark, G_FILE_TEST_EXISTS));
  sb_fixture_open (self);
  g_assert_cmpint (sb_store_get_file_state (self->engine->store), ==, SB_FILE_UNCHECKED);
  sb_engine_start (self->engine);
  wait_for (self, SB_FILE_TRUSTED);
  sb_fixture_close (self);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  sb_fixture_open (self);
}

static void
test_damaged (SbEngineFixture *self,
              gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *copy = NULL;
  SbOutgoingMessage  outgoing = { .thread_id = self->ana, .kind = SB_MESSAGE_TEXT, .text = "Lost?" };
  guint              told = self->n_notices;

  sb_fixture_close (self);
  hurt (self);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  begin_after_crash (self);
  sb_engine_start (self->engine);
  wait_for (self, SB_FILE_DAMAGED);
  g_assert_cmpuint (self->n_notices, ==, told + 1);
  g_assert_cmpint (health (self), ==, SB_CHECK_FAILED);
  g_assert_cmpint (sb_engine_get_link (self->engine, self->line_id, NULL), ==, SB_LINK_TROUBLE);
  g_assert_cmpint (sb_engine_ask_gate (self->engine, &outgoing, NULL), ==, SB_REASON_DAMAGED);
  g_assert_cmpint (sb_fixture_send (self, &outgoing, &error), ==, 0);
  g_assert_error (error, SB_ERROR, SB_ERROR_REFUSED);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  g_assert_null (sb_engine_get_damaged_copy (self->engine));
  sb_fixture_close (self);

  sb_fixture_open (self);
  copy = sb_engine_get_damaged_copy (self->engine);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_cmpint (sb_store_get_file_state (self->engine->store), ==, SB_FILE_TRUSTED);
}

#define ADD(path, function) g_test_add ("/engine/file-look/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole", test_whole);
  ADD ("ended-early", test_ended_early);
  ADD ("damaged", test_damaged);

  return g_test_run ();
}
