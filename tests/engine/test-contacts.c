/* What a person does with the shop's people, in the running shop: what it means for what comes in and what goes out. */
#include <string.h>

#include "sb-engine-contacts.h"
#include "sb-engine-fixture.h"
#include "sb-writer-segments.h"

typedef struct
{
  gboolean done;
  gint64   undo;
  gint64   made;
  GError  *error;
} Answer;

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Answer *answer = user_data;

  answer->undo = sb_engine_contact_act_finish (SB_ENGINE (object), result, &answer->made, &answer->error);
  answer->done = TRUE;
}

/* The step of Undo; -1 with @error. */
static gint64
act (SbEngineFixture    *self,
     const SbContactAct *act,
     gint64             *made,
     GError            **error)
{
  Answer answer = { 0 };

  sb_engine_contact_act_async (self->engine, act, acted_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  sb_fake_settle ();
  if (made != NULL)
    *made = answer.made;
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);

  return answer.undo;
}

/* Of one; it must be done. */
static gint64
act_on (SbEngineFixture *self,
        gint64           contact_id,
        SbContactActKind kind,
        gint64           value,
        const char      *name,
        const char      *text)
{
  g_autoptr (GError) error = NULL;
  SbContactAct       one = { .kind = kind, .contact_ids = &contact_id, .n_contacts = 1, .value = value, .name = name, .text = text };
  gint64             undo = act (self, &one, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (undo, >, 0);

  return undo;
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sb_engine_undo_finish (SB_ENGINE (object), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
undo (SbEngineFixture *self,
      gint64           id)
{
  gboolean done = FALSE;

  sb_engine_undo_async (self->engine, id, undone_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  sb_fake_settle ();
}

static gint64
ana (SbEngineFixture *self)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM thread WHERE id = ?", "i", self->ana);
}

static guint
n_people (SbEngineFixture *self)
{
  SbPeopleQuery      query = { 0 };
  g_autoptr (GArray) ids = sb_reader_list_people (sb_fixture_reader (self), &query);

  return ids->len;
}

static guint
n_shown (SbEngineFixture *self)
{
  SbThreadFilter        any = { 0 };
  g_autoptr (GPtrArray) threads = sb_reader_list_threads (sb_fixture_reader (self), &any, NULL, 10);

  return threads->len;
}

static void
hello (SbEngineFixture *self,
       const char      *number)
{
  sb_fixture_pass (self, SB_MINUTE_MS);
  sb_fixture_hello (self, number);
  sb_fixture_pass (self, 20 * SB_SECOND_MS);
}

/* -- made and changed -- */

/* Somebody made by hand is the one who then writes: one person, not two. */
static void
test_create (SbEngineFixture *self,
             gconstpointer    data)
{
  g_autoptr (GError)   error = NULL;
  SbContactAct         create = { .kind = SB_CONTACT_CREATE, .name = "Ben Okafor", .text = "+351 912 000 222" };
  gint64               id, again, step = act (self, &create, &id, &error);
  g_autoptr (SbPerson) person = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (step, >, 0);
  g_assert_cmpuint (n_people (self), ==, 2);
  g_assert_cmpint (act (self, &create, &again, &error), ==, -1);
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
  g_clear_error (&error);
  create.text = "12";
  g_assert_cmpint (act (self, &create, &again, &error), ==, -1);
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);

  hello (self, SB_BEN);
  g_assert_cmpuint (n_people (self), ==, 2);
  person = sb_reader_get_person (sb_fixture_reader (self), id);
  g_assert_cmpstr (person->name, ==, "Ben Okafor");
  g_assert_cmpint (person->thread_id, ==, sb_reader_find_thread (sb_fixture_reader (self), SB_BEN));
  sb_fixture_assert_whole (self);
}

/* Details survive a restart, and go back one by one. */
static void
test_edit (SbEngineFixture *self,
           gconstpointer    data)
{
  gint64               id = ana (self);
  gint64               named = act_on (self, id, SB_CONTACT_SET, 0, "name", "Ana Reis");
  gint64               spoken = act_on (self, id, SB_CONTACT_SET, 0, "language", "pt");
  gint64               tagged = act_on (self, id, SB_CONTACT_TAG, 0, NULL, "VIP");
  g_autoptr (SbPerson) person = NULL;
  g_autoptr (SbPerson) before = NULL;

  sb_fixture_restart (self);
  person = sb_reader_get_person (sb_fixture_reader (self), id);
  g_assert_cmpstr (person->name, ==, "Ana Reis");
  g_assert_cmpstr (person->language, ==, "pt");
  g_assert_cmpstr (person->tags, ==, "VIP");
  undo (self, tagged);
  undo (self, spoken);
  undo (self, named);
  before = sb_reader_get_person (sb_fixture_reader (self), id);
  g_assert_cmpstr (before->name, !=, "Ana Reis");
  g_assert_null (before->language);
  g_assert_null (before->tags);
  sb_fixture_assert_whole (self);
}

/* -- two that are one -- */

static gboolean
list_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));
  const SbSegment    list = { .name = (char *) "Weddings", .kind = SB_SEGMENT_LIST };

  g_array_append_vals (members, data, 1);

  return sb_writer_save_segment (writer, &list, members, error) != 0;
}

static void
put_in_list (SbEngineFixture *self,
             gint64           contact_id)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sb_store_run (self->engine->store, list_command, &contact_id, &error));
  g_assert_no_error (error);
}

static gint64
is_in_list (SbEngineFixture *self,
            gint64           contact_id)
{
  return sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM segment_member WHERE contact_id = ?", "i", contact_id);
}

/* After a merge both numbers come into one conversation; apart again, each into their own. */
static void
test_merge (SbEngineFixture *self,
            gconstpointer    data)
{
  gint64 id = ana (self);
  gint64 thread, ben, step;

  hello (self, SB_BEN);
  thread = sb_reader_find_thread (sb_fixture_reader (self), SB_BEN);
  ben = sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM thread WHERE id = ?", "i", thread);
  put_in_list (self, ben);
  step = act_on (self, id, SB_CONTACT_MERGE, ben, NULL, NULL);
  g_assert_cmpuint (n_people (self), ==, 1);
  g_assert_cmpint (is_in_list (self, id), ==, 1);
  g_assert_cmpuint (n_shown (self), ==, 1);
  hello (self, SB_BEN);
  g_assert_cmpint (sb_reader_find_thread (sb_fixture_reader (self), SB_BEN), ==, self->ana);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM message WHERE thread_id = ? AND direction = 0", "i", self->ana), ==, 3);
  g_assert_cmpuint (n_people (self), ==, 1);
  sb_fixture_assert_whole (self);

  undo (self, step);
  g_assert_cmpuint (n_people (self), ==, 2);
  g_assert_cmpint (is_in_list (self, id), ==, 0);
  g_assert_cmpint (is_in_list (self, ben), ==, 1);
  hello (self, SB_BEN);
  g_assert_cmpint (sb_reader_find_thread (sb_fixture_reader (self), SB_BEN), ==, thread);
  sb_fixture_assert_whole (self);
}

/* A stop to one number is a stop to the other, in the queue, too. */
static void
test_merge_stops (SbEngineFixture *self,
                  gconstpointer    data)
{
  gint64 ben;

  hello (self, SB_BEN);
  ben = sb_db_int (sb_fixture_db (self), 0, "SELECT contact_id FROM identity WHERE value = ? LIMIT 1", "s", SB_BEN);
  {
    g_autofree char *body = sb_fake_text_body (SB_BEN, "wamid.stop", "STOP", sb_clock_now (self->clock));

    sb_fixture_give (self, body);
  }
  sb_fixture_pass (self, SB_SECOND_MS);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT consent FROM contact WHERE id = ?", "i", ben), ==, SB_CONSENT_OPTED_OUT);
  act_on (self, ana (self), SB_CONTACT_MERGE, ben, NULL, NULL);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT consent FROM contact WHERE id = ?", "i", ana (self)), ==, SB_CONSENT_OPTED_OUT);
  sb_fixture_assert_whole (self);
}

/* -- blocked, hidden, removed -- */

/* What waits is refused at the moment of sending, and nothing new is queued. */
static void
test_block (SbEngineFixture *self,
            gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  SbOutgoingMessage  outgoing = { .thread_id = self->ana, .kind = SB_MESSAGE_TEXT, .text = "Still there?" };
  gint64             waiting, step;

  sb_engine_set_online (self->engine, FALSE);
  waiting = sb_fixture_send_text (self, self->ana, "Hello");
  step = act_on (self, ana (self), SB_CONTACT_BLOCK, 1, NULL, NULL);
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, waiting), ==, SB_STATUS_FAILED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  g_assert_cmpint (sb_fixture_send (self, &outgoing, &error), ==, 0);
  g_assert_error (error, SB_ERROR, SB_ERROR_REFUSED);

  undo (self, step);
  sb_fixture_send_text (self, self->ana, "Good morning");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  sb_fixture_assert_whole (self);
}

/* What a hidden one writes is kept; nobody is told and no list shows it. */
static void
test_hide (SbEngineFixture *self,
           gconstpointer    data)
{
  guint  n = self->n_notices;
  gint64 step = act_on (self, ana (self), SB_CONTACT_BLOCK, 2, NULL, NULL);

  hello (self, SB_ANA);
  g_assert_cmpuint (self->n_notices, ==, n);
  g_assert_cmpuint (n_shown (self), ==, 0);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM message WHERE thread_id = ? AND direction = 0", "i", self->ana), ==, 2);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT value FROM counter WHERE key = 'unread'", ""), ==, 0);
  sb_fixture_restart (self);
  hello (self, SB_ANA);
  g_assert_cmpuint (self->n_notices, ==, n);
  sb_fixture_assert_whole (self);

  /* Others are told of. */
  hello (self, SB_BEN);
  g_assert_cmpuint (self->n_notices, >, n);
  g_assert_cmpuint (n_shown (self), ==, 1);
  n = self->n_notices;
  act_on (self, ana (self), SB_CONTACT_BLOCK, 0, NULL, NULL);
  hello (self, SB_ANA);
  g_assert_cmpuint (self->n_notices, >, n);
  g_assert_cmpuint (n_shown (self), ==, 2);
  g_assert_cmpint (step, >, 0);
}

/* Off the lists with what waits for them; who writes again is back, as they were. */
static void
test_remove (SbEngineFixture *self,
             gconstpointer    data)
{
  gint64 id = ana (self);
  gint64 waiting;

  act_on (self, id, SB_CONTACT_SET, 0, "name", "Ana Reis");
  sb_engine_set_online (self->engine, FALSE);
  waiting = sb_fixture_send_text (self, self->ana, "See you");
  act_on (self, id, SB_CONTACT_REMOVE, 0, NULL, NULL);
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  g_assert_cmpint (sb_fixture_status (self, waiting), ==, SB_STATUS_CANCELLED);
  g_assert_cmpuint (n_people (self), ==, 0);
  g_assert_cmpuint (n_shown (self), ==, 0);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT sum (n) FROM consent_count", ""), ==, 0);

  sb_fixture_restart (self);
  hello (self, SB_ANA);
  g_assert_cmpuint (n_people (self), ==, 1);
  g_assert_cmpuint (n_shown (self), ==, 1);
  g_assert_cmpint (ana (self), ==, id);
  {
    g_autoptr (SbPerson) person = sb_reader_get_person (sb_fixture_reader (self), id);

    g_assert_cmpstr (person->name, ==, "Ana Reis");
  }
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT sum (n) FROM consent_count", ""), ==, 1);
  sb_fixture_assert_whole (self);
}

#define ADD(path, function) g_test_add ("/engine/contacts/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("create", test_create);
  ADD ("edit", test_edit);
  ADD ("merge", test_merge);
  ADD ("merge-stops", test_merge_stops);
  ADD ("block", test_block);
  ADD ("hide", test_hide);
  ADD ("remove", test_remove);

  return g_test_run ();
}
