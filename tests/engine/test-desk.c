/* What the shop does by itself: closed, asked, given back; and macros. Each once, also over a crash. */
#include <string.h>

#include "sb-desk-private.h"
#include "sb-engine-fixture.h"
#include "sb-json.h"

/* SB_TEST_NOW is Friday 21 November 2025, 04:40 UTC. */
#define OPEN_AT_9 "{\"hours\":{\"zone\":\"Europe/Lisbon\",\"days\":[{\"open\":true,\"from\":540,\"to\":1080},{\"open\":true,\"from\":540,\"to\":1080},{\"open\":true,\"from\":540,\"to\":1080},{\"open\":true,\"from\":540,\"to\":1080},{\"open\":true,\"from\":540,\"to\":1080},{\"open\":false},{\"open\":false}]}"
#define AWAY      ",\"away\":true,\"away_text\":\"Hello {{first_name}}, back {{opens}}.\"}"

static void
set_desk (SbEngineFixture *self,
          const char      *json)
{
  g_autoptr (SbDesk) desk = sb_desk_from_text (json);
  g_autoptr (GError) error = NULL;

  g_assert_true (sb_engine_set_desk (self->engine, desk, &error));
  g_assert_no_error (error);
}

static gint64
count (SbEngineFixture *self,
       const char      *sql)
{
  return sb_db_int (sb_fixture_db (self), -1, sql, "");
}

#define N_OUT      "SELECT count(*) FROM message WHERE direction = 1"
#define N_SYSTEM   "SELECT count(*) FROM message WHERE direction = 3"
#define UNANSWERED "SELECT unanswered FROM thread"

static void
write_text (SbEngineFixture *self,
            const char      *wamid)
{
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  g_assert_cmpint (sb_fixture_give_message (self, wamid, "\"type\":\"text\",\"text\":{\"body\":\"Are you open?\"}"), !=, 0);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
}

/* -- while the shop is closed -- */

static void
test_away_once (SbEngineFixture *self,
                gconstpointer    data)
{
  g_autofree char *text = NULL;

  set_desk (self, OPEN_AT_9 AWAY);
  write_text (self, "wamid.1");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  g_assert_cmpstr (sb_fixture_request (self, 0)->text, ==, "Hello Ana, back today at 09:00.");
  /* It says nothing that the customer waits for. */
  g_assert_cmpint (count (self, UNANSWERED), ==, 1);
  g_assert_cmpint (count (self, "SELECT author FROM message WHERE direction = 1"), ==, SB_AUTHOR_SHOPBELL);
  text = sb_db_text (sb_fixture_db (self), "SELECT json_extract (data, '$.why') FROM message WHERE direction = 1", "");
  g_assert_cmpstr (text, ==, "closed");

  write_text (self, "wamid.2");
  sb_fixture_restart (self);
  write_text (self, "wamid.3");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);

  /* The next night is another closed time. */
  sb_fixture_pass (self, 15 * SB_HOUR_MS);
  write_text (self, "wamid.4");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
  g_assert_cmpstr (sb_fixture_request (self, 1)->text, ==, "Hello Ana, back Monday at 09:00.");
}

static gboolean
give_marks (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  return sb_db_exec (writer->db, error, "UPDATE contact SET name = ?", "s", "\342\201\250Vera\342\201\251 Reis");
}

/* By the word that is seen: marks of direction around a name are no part of it. */
static void
test_away_first_name (SbEngineFixture *self,
                      gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  set_desk (self, OPEN_AT_9 AWAY);
  g_assert_true (sb_store_run (self->engine->store, give_marks, self, &error));
  write_text (self, "wamid.1");
  g_assert_cmpstr (sb_fixture_request (self, 0)->text, ==, "Hello Vera, back today at 09:00.");
}

static void
test_away_not_open (SbEngineFixture *self,
                    gconstpointer    data)
{
  set_desk (self, OPEN_AT_9 AWAY);
  sb_fixture_pass (self, 6 * SB_HOUR_MS);
  write_text (self, "wamid.1");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  set_desk (self, OPEN_AT_9 "}");
  sb_fixture_pass (self, 12 * SB_HOUR_MS);
  write_text (self, "wamid.2");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
}

static void
test_away_not_where_somebody_is (SbEngineFixture *self,
                                 gconstpointer    data)
{
  set_desk (self, OPEN_AT_9 AWAY);
  sb_fixture_send_text (self, self->ana, "We are here");
  sb_fixture_pass (self, 29 * SB_MINUTE_MS);
  write_text (self, "wamid.1");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  sb_fixture_pass (self, 2 * SB_MINUTE_MS);
  write_text (self, "wamid.2");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
}

static void
test_away_never_to_the_blocked (SbEngineFixture *self,
                                gconstpointer    data)
{
  set_desk (self, OPEN_AT_9 AWAY);
  sb_fixture_act (self, SB_ACT_BLOCK, self->ana, 0, 1);
  write_text (self, "wamid.1");
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  g_assert_cmpint (count (self, N_OUT), ==, 0);
  g_assert_cmpint (count (self, N_SYSTEM), ==, 0);
}

/* What waited in the mailbox while the computer was off is shown; a person answers it. */
static void
test_away_never_to_the_old (SbEngineFixture *self,
                            gconstpointer    data)
{
  g_autofree char *body = sb_fake_text_body (SB_ANA, "wamid.old", "Hello?", sb_clock_now (self->clock) - 2 * SB_HOUR_MS);

  set_desk (self, OPEN_AT_9 AWAY);
  sb_fixture_give (self, body);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
}

static gboolean
rewind_cursor (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  return sb_writer_set_cursor (writer, "desk", 0, error);
}

/* The event was stored, and the program ended before the desk came to read it. */
static void
test_away_after_a_crash (SbEngineFixture *self,
                         gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  write_text (self, "wamid.1");
  set_desk (self, OPEN_AT_9 AWAY);
  g_assert_true (sb_store_run (self->engine->store, rewind_cursor, NULL, &error));
  sb_fixture_restart (self);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);

  /* Reading all of it once more, as after a file was put back, answers nobody twice. */
  g_assert_true (sb_store_run (self->engine->store, rewind_cursor, NULL, &error));
  sb_fixture_restart (self);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);

  /* And hours later the same event is old. */
  sb_fixture_hello (self, SB_BEN);
  g_assert_true (sb_store_run (self->engine->store, rewind_cursor, NULL, &error));
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
}

/* No answer of the night goes out in the morning. */
static void
test_away_is_withdrawn (SbEngineFixture *self,
                        gconstpointer    data)
{
  set_desk (self, OPEN_AT_9 AWAY);
  sb_engine_set_online (self->engine, FALSE);
  write_text (self, "wamid.1");
  g_assert_cmpint (count (self, "SELECT state FROM outbox"), ==, SB_STATUS_QUEUED);
  sb_fixture_pass (self, 16 * SB_MINUTE_MS);
  g_assert_cmpint (count (self, "SELECT state FROM outbox"), ==, SB_STATUS_CANCELLED);
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
}

static void
test_away_says_why_not (SbEngineFixture *self,
                        gconstpointer    data)
{
  g_autofree char *what = NULL;

  set_desk (self, OPEN_AT_9 AWAY);
  sb_fixture_set_line_state (self, SB_LINE_PAUSED);
  write_text (self, "wamid.1");
  g_assert_cmpint (count (self, N_OUT), ==, 0);
  what = sb_db_text (sb_fixture_db (self), "SELECT json_extract (data, '$.what') || ' ' || json_extract (data, '$.reason') FROM message WHERE direction = 3", "");
  g_assert_cmpstr (what, ==, "away-held line-paused");
}

/* -- how it was -- */

#define ASKS  OPEN_AT_9 ",\"asks\":true}"
#define ASKS5 OPEN_AT_9 ",\"asks\":true,\"scale\":5}"

static void
answer (SbEngineFixture *self,
        const char      *wamid,
        const char      *kind,
        int              score)
{
  g_autofree char *members = g_strdup_printf ("\"type\":\"interactive\",\"interactive\":{\"type\":\"%s\",\"%s\":{\"id\":\"sb-rate:%" G_GINT64_FORMAT ":%d\",\"title\":\"Good\"}}", kind, kind,
                                              count (self, "SELECT max (id) FROM closing"), score);

  sb_fixture_give_message (self, wamid, members);
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
}

static void
test_question (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autofree char *line = NULL;

  set_desk (self, ASKS);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_pass (self, 100 * SB_SECOND_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  sb_fixture_pass (self, 25 * SB_SECOND_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
  g_assert_cmpint (sb_fixture_request (self, 0)->kind, ==, SB_MESSAGE_INTERACTIVE);
  g_assert_cmpint (count (self, "SELECT status FROM thread"), ==, SB_THREAD_CLOSED);

  /* The mark asks for nothing: the conversation stays done and read. */
  answer (self, "wamid.mark", "button_reply", 3);
  g_assert_cmpint (count (self, "SELECT score FROM closing"), ==, 3);
  g_assert_cmpint (count (self, "SELECT staff_id FROM closing"), ==, sb_engine_get_staff (self->engine));
  g_assert_cmpint (count (self, "SELECT status FROM thread"), ==, SB_THREAD_CLOSED);
  g_assert_cmpint (count (self, "SELECT unread FROM thread"), ==, 0);
  line = sb_db_text (sb_fixture_db (self), "SELECT json_extract (data, '$.what') || json_extract (data, '$.score') FROM message WHERE direction = 3", "");
  g_assert_cmpstr (line, ==, "rated3");

  /* Once more the same tap: nothing new. */
  answer (self, "wamid.mark2", "button_reply", 3);
  g_assert_cmpint (count (self, N_SYSTEM), ==, 1);
  sb_fixture_restart (self);
  sb_fixture_pass (self, 10 * SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
}

static void
test_question_of_five (SbEngineFixture *self,
                       gconstpointer    data)
{
  set_desk (self, ASKS5);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_pass (self, 125 * SB_SECOND_MS);
  answer (self, "wamid.6", "list_reply", 6);
  g_assert_cmpint (count (self, "SELECT score FROM closing"), ==, 0);
  g_assert_cmpint (count (self, "SELECT status FROM thread"), ==, SB_THREAD_OPEN);
  answer (self, "wamid.5", "list_reply", 5);
  g_assert_cmpint (count (self, "SELECT score FROM closing"), ==, 5);
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sb_engine_undo_finish (SB_ENGINE (object), result, &error));
  g_assert_no_error (error);
}

static void
undo (SbEngineFixture *self)
{
  sb_engine_undo_async (self->engine, 0, undone_cb, NULL);
  sb_fake_settle ();
}

static void
test_undo_takes_the_question_back (SbEngineFixture *self,
                                   gconstpointer    data)
{
  set_desk (self, ASKS);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_pass (self, SB_MINUTE_MS);
  undo (self);
  g_assert_cmpint (count (self, "SELECT count(*) FROM due"), ==, 0);
  sb_fixture_pass (self, 10 * SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);

  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_pass (self, 3 * SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
}

/* Pressing Done twice, and reopening with Undo of that, is one end of the conversation. */
static void
test_asked_once_for_one_closing (SbEngineFixture *self,
                                 gconstpointer    data)
{
  set_desk (self, ASKS);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_pass (self, 3 * SB_MINUTE_MS);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_pass (self, 3 * SB_MINUTE_MS);
  sb_fixture_act (self, SB_ACT_OPEN, self->ana, 0, 0);
  undo (self);
  g_assert_cmpint (count (self, "SELECT status FROM thread"), ==, SB_THREAD_CLOSED);
  sb_fixture_pass (self, 3 * SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);

  /* They write again, and it is done again: that is another. */
  write_text (self, "wamid.again");
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_pass (self, 3 * SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 2);
}

static void
test_not_asked_when_slept_through (SbEngineFixture *self,
                                   gconstpointer    data)
{
  g_autofree char *why = NULL;

  set_desk (self, ASKS);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_close (self);
  sb_clock_advance (self->clock, SB_HOUR_MS);
  sb_fixture_open (self);
  sb_engine_start (self->engine);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  why = sb_db_text (sb_fixture_db (self), "SELECT json_extract (data, '$.reason') FROM message WHERE direction = 3", "");
  g_assert_cmpstr (why, ==, "late");
}

/* A crash within the wait: the row is there, the question comes once. */
static void
test_question_after_a_crash (SbEngineFixture *self,
                             gconstpointer    data)
{
  set_desk (self, ASKS);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_restart (self);
  sb_fixture_pass (self, 3 * SB_MINUTE_MS);
  sb_fixture_restart (self);
  sb_fixture_pass (self, 3 * SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 1);
}

static void
test_not_asked_outside_the_window (SbEngineFixture *self,
                                   gconstpointer    data)
{
  g_autofree char *why = NULL;

  set_desk (self, ASKS);
  sb_fixture_pass (self, 25 * SB_HOUR_MS);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  sb_fixture_pass (self, 3 * SB_MINUTE_MS);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  why = sb_db_text (sb_fixture_db (self), "SELECT json_extract (data, '$.reason') FROM message WHERE direction = 3", "");
  g_assert_cmpstr (why, ==, "window-closed");
}

/* -- the same person as last time -- */

typedef struct
{
  const char *name;
  gint64      id;
  gboolean    active;
} Person;

static gboolean
save_person (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Person *person = data;
  SbNamed named = { .id = person->id, .name = (char *) person->name, .role = SB_ROLE_STAFF, .active = person->active };

  person->id = sb_writer_save_named (writer, "staff", &named, error);

  return person->id != 0;
}

static void
test_same_person (SbEngineFixture *self,
                  gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  Person             bea = { "Bea", 0, TRUE };

  g_assert_true (sb_store_run (self->engine->store, save_person, &bea, &error));
  sb_fixture_act (self, SB_ACT_ASSIGN, self->ana, 0, bea.id);
  sb_fixture_act (self, SB_ACT_ASSIGN, self->ana, 0, 0);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  write_text (self, "wamid.off");
  g_assert_cmpint (count (self, "SELECT assignee_id FROM thread"), ==, 0);

  set_desk (self, OPEN_AT_9 ",\"same_person\":true}");
  write_text (self, "wamid.open"); /* it was not closed */
  g_assert_cmpint (count (self, "SELECT assignee_id FROM thread"), ==, 0);
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  write_text (self, "wamid.on");
  g_assert_cmpint (count (self, "SELECT assignee_id FROM thread"), ==, bea.id);
  g_assert_cmpint (count (self, "SELECT count(*) FROM message WHERE json_extract (data, '$.what') = 'came-back'"), ==, 1);

  /* Whoever left gets nothing any more. */
  sb_fixture_act (self, SB_ACT_DONE, self->ana, 0, 0);
  bea.active = FALSE;
  g_assert_true (sb_store_run (self->engine->store, save_person, &bea, &error));
  write_text (self, "wamid.left");
  g_assert_cmpint (count (self, "SELECT assignee_id FROM thread"), ==, 0);
}

/* -- macros -- */

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError **error = user_data;

  sb_engine_act_finish (SB_ENGINE (object), result, error);
}

static gint64
save_macro (SbEngineFixture *self,
            const char      *steps)
{
  g_autoptr (SbMacro) macro = sb_macro_new ();
  g_autoptr (GError)  error = NULL;

  macro->name = g_strdup ("Picked up");
  g_assert_true (sb_macro_take_steps (macro, steps, &error));
  sb_engine_save_macro_async (self->engine, macro, acted_cb, &error);
  sb_fake_settle ();
  g_assert_no_error (error);

  return count (self, "SELECT max (id) FROM macro");
}

static gint64
tag_of (SbEngineFixture *self)
{
  SbAct act = { .kind = SB_ACT_TAG, .thread_ids = &self->ana, .n_threads = 1, .text = "Pickup" };

  sb_engine_act_async (self->engine, &act, NULL, NULL);
  sb_fake_settle ();
  undo (self);

  return count (self, "SELECT id FROM tag");
}

static char *
state_of (SbEngineFixture *self)
{
  return sb_db_text (sb_fixture_db (self),
                     "SELECT group_concat (status || ' ' || assignee_id || ' ' || unread || ' ' || (SELECT count(*) FROM thread_tag g WHERE g.thread_id = t.id) || ' ' || "
                     "coalesce ((SELECT text FROM draft d WHERE d.thread_id = t.id), '-') || ' ' || (SELECT count(*) FROM message m WHERE m.thread_id = t.id AND m.direction = 2)) FROM thread t",
                     "");
}

static void
test_macro (SbEngineFixture *self,
            gconstpointer    data)
{
  gint64             tag = tag_of (self);
  g_autofree char   *steps = g_strdup_printf ("{\"steps\":[{\"do\":\"tag\",\"value\":%" G_GINT64_FORMAT ",\"text\":\"Pickup\"},{\"do\":\"assign-me\"},{\"do\":\"note\",\"text\":\"Picked up by {{first_name}}\"},"
                                                "{\"do\":\"answer\",\"text\":\"Thank you, {{first_name}}, {{when}}\"},{\"do\":\"status\",\"value\":3}]}",
                                              tag);
  gint64             macro = save_macro (self, steps);
  gint64             threads[2] = { self->ana, 0 };
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  g_autofree char   *undone = NULL;
  g_autofree char   *note = NULL;
  g_autofree char   *draft = NULL;
  g_autoptr (GError) error = NULL;

  sb_fixture_hello (self, SB_BEN);
  threads[1] = sb_reader_find_thread (sb_fixture_reader (self), SB_BEN);
  before = state_of (self);
  sb_engine_run_macro_async (self->engine, macro, threads, 2, acted_cb, &error);
  sb_fake_settle ();
  g_assert_no_error (error);
  g_assert_cmpint (count (self, "SELECT count(*) FROM thread WHERE status = 3 AND assignee_id != 0 AND unread = 0"), ==, 2);
  g_assert_cmpint (count (self, "SELECT count(*) FROM thread_tag"), ==, 2);
  note = sb_db_text (sb_fixture_db (self), "SELECT text FROM message WHERE direction = 2 AND thread_id = ?", "i", self->ana);
  draft = sb_db_text (sb_fixture_db (self), "SELECT text FROM draft WHERE thread_id = ?", "i", self->ana);
  g_assert_true (g_str_has_prefix (note, "Picked up by"));
  g_assert_nonnull (strstr (draft, "{{when}}"));
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);

  /* One step takes all of it back, and brings all of it again. */
  after = state_of (self);
  undo (self);
  undone = state_of (self);
  g_assert_cmpstr (undone, ==, before);
  sb_engine_redo_async (self->engine, NULL, NULL);
  sb_fake_settle ();
  g_free (undone);
  undone = state_of (self);
  g_assert_cmpstr (undone, ==, after);
}

static gboolean
delete_tag (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  return sb_db_exec (writer->db, error, "DELETE FROM tag", "");
}

static void
test_macro_needs_attention (SbEngineFixture *self,
                            gconstpointer    data)
{
  gint64              tag = tag_of (self);
  g_autofree char    *steps = g_strdup_printf ("{\"steps\":[{\"do\":\"status\",\"value\":3},{\"do\":\"tag\",\"value\":%" G_GINT64_FORMAT ",\"text\":\"Pickup\"}]}", tag);
  gint64              id = save_macro (self, steps);
  g_autoptr (SbMacro) macro = sb_reader_get_macro (sb_fixture_reader (self), id);
  g_autofree char    *fine = sb_macro_problem (sb_fixture_reader (self), macro);
  g_autofree char    *problem = NULL;
  g_autoptr (GError)  error = NULL;

  g_assert_null (fine);
  g_assert_true (sb_store_run (self->engine->store, delete_tag, NULL, &error));
  problem = sb_macro_problem (sb_fixture_reader (self), macro);
  g_assert_cmpstr (problem, ==, "The tag “Pickup” no longer exists.");

  /* Nothing of it is done, not even what could be. */
  sb_engine_run_macro_async (self->engine, id, &self->ana, 1, acted_cb, &error);
  sb_fake_settle ();
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, problem);
  g_assert_cmpint (count (self, "SELECT status FROM thread"), ==, SB_THREAD_OPEN);
}

#define ADD(name, test) g_test_add ("/engine/desk/" name, SbEngineFixture, NULL, sb_fixture_set_up, test, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("answers-once-while-closed", test_away_once);
  ADD ("answers-by-first-name", test_away_first_name);
  ADD ("answers-nobody-while-open-or-off", test_away_not_open);
  ADD ("answers-nobody-whom-a-person-just-wrote", test_away_not_where_somebody_is);
  ADD ("answers-nobody-who-is-blocked", test_away_never_to_the_blocked);
  ADD ("answers-nothing-old", test_away_never_to_the_old);
  ADD ("answers-once-over-a-crash", test_away_after_a_crash);
  ADD ("takes-an-answer-back-that-could-not-leave", test_away_is_withdrawn);
  ADD ("says-why-it-did-not-answer", test_away_says_why_not);
  ADD ("asks-after-done-and-keeps-the-mark", test_question);
  ADD ("takes-only-marks-of-the-scale", test_question_of_five);
  ADD ("undo-takes-the-question-back", test_undo_takes_the_question_back);
  ADD ("asks-once-for-one-closing", test_asked_once_for_one_closing);
  ADD ("does-not-ask-what-was-slept-through", test_not_asked_when_slept_through);
  ADD ("asks-once-over-a-crash", test_question_after_a_crash);
  ADD ("does-not-ask-outside-the-window", test_not_asked_outside_the_window);
  ADD ("gives-a-customer-back-to-who-had-them", test_same_person);
  ADD ("runs-a-macro-as-one-step", test_macro);
  ADD ("refuses-a-macro-that-names-what-is-gone", test_macro_needs_attention);

  return g_test_run ();
}
