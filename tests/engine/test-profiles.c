/* Two people at one desk, one after the other. */
#include "sb-engine-fixture.h"
#include "sb-engine-profile.h"

typedef struct
{
  gint64   id;
  gboolean done;
} Saved;

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  Saved             *saved = user_data;

  saved->id = sb_engine_save_named_finish (SB_ENGINE (object), result, &error);
  g_assert_no_error (error);
  saved->done = TRUE;
}

static gint64
add_person (SbEngineFixture *self,
            const char      *name)
{
  Saved   saved = { 0 };
  SbNamed person = { .name = (char *) name, .colour = 2, .role = SB_ROLE_STAFF, .active = TRUE };

  sb_engine_save_named_async (self->engine, "staff", &person, saved_cb, &saved);
  while (!saved.done)
    g_main_context_iteration (NULL, TRUE);

  return saved.id;
}

static void
expect_unread (SbEngineFixture *self,
               int              unread)
{
  g_autoptr (SbThread) thread = sb_reader_get_thread (sb_fixture_reader (self), self->ana);
  SbCounts             counts;

  sb_engine_get_counts (self->engine, &counts);
  g_assert_cmpint (thread->unread, ==, unread);
  g_assert_cmpint (counts.threads_unread, ==, unread > 0);
}

static void
write_as_ana (SbEngineFixture *self,
              const char      *wamid)
{
  sb_fixture_pass (self, 2000);
  sb_fixture_give_message (self, wamid, "\"type\":\"text\",\"text\":{\"body\":\"Hello?\"}");
}

static void
test_each (SbEngineFixture *self,
           gconstpointer    data)
{
  gint64 owner = sb_engine_get_staff (self->engine);
  gint64 bea = add_person (self, "Bea");

  write_as_ana (self, "wamid.one");
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  expect_unread (self, 0);
  sb_engine_set_staff (self->engine, bea);
  expect_unread (self, 2);
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  write_as_ana (self, "wamid.two");
  expect_unread (self, 1);
  sb_engine_set_staff (self->engine, owner);
  expect_unread (self, 1);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_engine_set_staff (self->engine, bea);
  expect_unread (self, 0);
  sb_fixture_assert_whole (self);
}

/* What is done is signed by whoever sits there. */
static void
test_signed (SbEngineFixture *self,
             gconstpointer    data)
{
  gint64                bea = add_person (self, "Bea");
  g_autoptr (SbMessage) answer = NULL;
  g_autoptr (GPtrArray) events = NULL;

  sb_engine_set_staff (self->engine, bea);
  answer = sb_reader_get_message (sb_fixture_reader (self), sb_fixture_send_text (self, self->ana, "Yes"));
  g_assert_cmpint (answer->staff_id, ==, bea);
  sb_fixture_act (self, SB_ACT_PIN, self->ana, 0, 1);
  events = sb_reader_list_newest_events (sb_fixture_reader (self), self->ana, 1);
  g_assert_cmpint (((SbEvent *) events->pdata[0])->staff_id, ==, bea);
}

static void
test_remembered (SbEngineFixture *self,
                 gconstpointer    data)
{
  gint64           owner = sb_engine_get_staff (self->engine);
  gint64           bea = add_person (self, "Bea");
  g_autofree char *place = NULL;
  g_autofree char *other = NULL;

  sb_engine_set_place (self->engine, "{\"view\":\"0\"}");
  sb_engine_set_staff (self->engine, bea);
  sb_engine_set_place (self->engine, "{\"view\":\"2\"}");
  sb_fixture_restart (self);
  g_assert_cmpint (sb_engine_get_staff (self->engine), ==, bea);
  place = sb_engine_dup_place (self->engine);
  g_assert_cmpstr (place, ==, "{\"view\":\"2\"}");
  sb_engine_set_staff (self->engine, owner);
  other = sb_engine_dup_place (self->engine);
  g_assert_cmpstr (other, ==, "{\"view\":\"0\"}");
}

static void
count_cb (SbEngine *engine,
          int      *n)
{
  (*n)++;
}

/* Whoever was removed makes room, and cannot sit down again. */
static void
test_removed (SbEngineFixture *self,
              gconstpointer    data)
{
  gint64 owner = sb_engine_get_staff (self->engine);
  gint64 bea = add_person (self, "Bea");
  int    n_changed = 0;

  g_signal_connect (self->engine, "profile-changed", G_CALLBACK (count_cb), &n_changed);
  sb_engine_set_staff (self->engine, bea);
  sb_fixture_act (self, SB_ACT_STAFF_GONE, 0, 0, bea);
  g_assert_cmpint (sb_engine_get_staff (self->engine), ==, owner);
  g_assert_cmpint (n_changed, ==, 2);
  sb_engine_set_staff (self->engine, bea);
  g_assert_cmpint (sb_engine_get_staff (self->engine), ==, owner);
  sb_fixture_act (self, SB_ACT_STAFF_BACK, 0, 0, bea);
  sb_engine_set_staff (self->engine, bea);
  g_assert_cmpint (sb_engine_get_staff (self->engine), ==, bea);
}

/* The customer sees one tick, whoever of the shop reads first. */
static void
test_tick (SbEngineFixture *self,
           gconstpointer    data)
{
  gint64 bea = add_person (self, "Bea");

  sb_engine_set_read_receipts (self->engine, TRUE);
  sb_engine_set_open_thread (self->engine, self->ana);
  write_as_ana (self, "wamid.one");
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  g_assert_cmpuint (self->line->read->len, ==, 1);
  sb_engine_set_staff (self->engine, bea);
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  g_assert_cmpuint (self->line->read->len, ==, 1);
}

static void
withdraw_cb (SbEngine *engine,
             gint64    thread_id,
             int      *n)
{
  (*n)++;
}

typedef struct
{
  gint64 thread;
  gint64 staff;
} Reading;

/* As if it came from another window of the same shop. */
static gboolean
read_elsewhere (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  const Reading *reading = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, reading->staff);

  return sb_writer_mark_read (writer, reading->thread, 0, error);
}

/* A notification goes when it was read here, not when a colleague read. */
static void
test_notice (SbEngineFixture *self,
             gconstpointer    data)
{
  Reading reading = { self->ana, add_person (self, "Bea") };
  int     n_withdrawn = 0;

  g_signal_connect (self->engine, "withdraw", G_CALLBACK (withdraw_cb), &n_withdrawn);
  write_as_ana (self, "wamid.one");
  g_assert_true (sb_store_run (self->engine->store, read_elsewhere, &reading, NULL));
  sb_fake_settle ();
  g_assert_cmpint (n_withdrawn, ==, 0);
  expect_unread (self, 2);
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  g_assert_cmpint (n_withdrawn, ==, 1);
}

#define ADD(path, function) g_test_add ("/engine/profiles/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each", test_each);
  ADD ("signed", test_signed);
  ADD ("remembered", test_remembered);
  ADD ("removed", test_removed);
  ADD ("tick", test_tick);
  ADD ("notice", test_notice);

  return g_test_run ();
}
