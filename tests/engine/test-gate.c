/* The one question before a message goes out, and each of its answers. */
#include <glib/gstdio.h>

#include "sb-engine-fixture.h"
#include "sb-json.h"

static SbReason
ask (SbEngineFixture         *self,
     const SbOutgoingMessage *outgoing)
{
  return sb_engine_ask_gate (self->engine, outgoing, NULL);
}

static SbOutgoingMessage
text_to_ana (SbEngineFixture *self)
{
  return (SbOutgoingMessage) { .thread_id = self->ana, .kind = SB_MESSAGE_TEXT, .text = "Hello" };
}

/* What the gate refuses cannot be sent either, and leaves a trace with its reason; what only waits is queued. */
static void
assert_answer (SbEngineFixture         *self,
               const SbOutgoingMessage *outgoing,
               SbReason                 reason)
{
  g_autoptr (GError) error = NULL;
  gint64             before = sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM event WHERE kind = 23", "");
  gint64             id;

  g_assert_cmpstr (sb_reason_to_name (ask (self, outgoing)), ==, sb_reason_to_name (reason));
  id = sb_fixture_send (self, outgoing, &error);
  if (reason == SB_REASON_ALLOWED || sb_reason_is_wait (reason))
    {
      g_assert_no_error (error);
      g_assert_cmpint (sb_fixture_status (self, id), ==, reason == SB_REASON_ALLOWED ? SB_STATUS_ACCEPTED : SB_STATUS_QUEUED);
      return;
    }

  g_assert_error (error, SB_ERROR, (int) (reason == SB_REASON_WINDOW_CLOSED ? SB_ERROR_WINDOW_CLOSED : SB_ERROR_REFUSED));
  g_assert_cmpstr (error->message, ==, sb_reason_to_sentence (reason));
  g_assert_cmpint (id, ==, 0);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM event WHERE kind = 23", ""), ==, before + 1);
  g_assert_cmpint (sb_db_int (sb_fixture_db (self), 0, "SELECT count(*) FROM outbox WHERE state = 2", ""), ==, 0);
}

static void
test_window (SbEngineFixture *self,
             gconstpointer    data)
{
  SbOutgoingMessage outgoing = text_to_ana (self);

  assert_answer (self, &outgoing, SB_REASON_ALLOWED);
  sb_fixture_pass (self, SB_DAY_MS - 3 * SB_MINUTE_MS);
  assert_answer (self, &outgoing, SB_REASON_ALLOWED);
  /* The clocks may differ: the last two minutes are not used. */
  sb_fixture_pass (self, 90 * SB_SECOND_MS);
  assert_answer (self, &outgoing, SB_REASON_WINDOW_CLOSED);
  sb_fixture_pass (self, SB_DAY_MS);
  assert_answer (self, &outgoing, SB_REASON_WINDOW_CLOSED);
  sb_fixture_hello (self, SB_ANA);
  assert_answer (self, &outgoing, SB_REASON_ALLOWED);
}

/* What is to go out later is judged by that time, and goes out then. */
static void
test_later (SbEngineFixture *self,
            gconstpointer    data)
{
  SbOutgoingMessage  outgoing = text_to_ana (self);
  g_autoptr (GError) error = NULL;
  gint64             now = sb_clock_now (self->clock);
  gint64             id;

  outgoing.not_before = now + SB_DAY_MS;
  assert_answer (self, &outgoing, SB_REASON_WINDOW_CLOSED);
  outgoing.not_before = now + 3 * SB_HOUR_MS;
  g_assert_cmpint (ask (self, &outgoing), ==, SB_REASON_ALLOWED);
  id = sb_fixture_send (self, &outgoing, &error);
  g_assert_no_error (error);
  sb_fixture_pass (self, 2 * SB_HOUR_MS);
  g_assert_cmpint (sb_fixture_status (self, id), ==, SB_STATUS_QUEUED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  sb_fixture_pass (self, 2 * SB_HOUR_MS);
  g_assert_cmpint (sb_fixture_status (self, id), ==, SB_STATUS_ACCEPTED);
}

/* Somebody who never wrote has no open window. */
static void
test_stranger (SbEngineFixture *self,
               gconstpointer    data)
{
  SbOutgoingMessage to_number = { .number = "+351912000999", .kind = SB_MESSAGE_TEXT, .text = "Hello" };
  SbOutgoingMessage to_nobody = { .kind = SB_MESSAGE_TEXT, .text = "Hello" };

  assert_answer (self, &to_number, SB_REASON_WINDOW_CLOSED);
  assert_answer (self, &to_nobody, SB_REASON_NO_ADDRESS);
}

static void
test_line_states (SbEngineFixture *self,
                  gconstpointer    data)
{
  static const struct
  {
    SbLineState state;
    SbReason    reason;
  } states[] = {
    { SB_LINE_PAUSED, SB_REASON_LINE_PAUSED },
    { SB_LINE_NEEDS_KEY, SB_REASON_LINE_NEEDS_KEY },
    { SB_LINE_BLOCKED, SB_REASON_LINE_BLOCKED },
  };
  SbOutgoingMessage outgoing = text_to_ana (self);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      sb_fixture_set_line_state (self, states[i].state);
      assert_answer (self, &outgoing, states[i].reason);
      sb_fixture_pass (self, SB_MINUTE_MS);
      g_assert_cmpuint (sb_fixture_n_requests (self), ==, i);
      sb_fixture_set_line_state (self, SB_LINE_ACTIVE);
      sb_fixture_pass (self, SB_SECOND_MS);
      g_assert_cmpuint (sb_fixture_n_requests (self), ==, i + 1);
    }
  sb_fixture_set_line_state (self, SB_LINE_REMOVED);
  assert_answer (self, &outgoing, SB_REASON_LINE_REMOVED);
}

static void
test_blocked (SbEngineFixture *self,
              gconstpointer    data)
{
  SbOutgoingMessage outgoing = text_to_ana (self);

  sb_fixture_act (self, SB_ACT_BLOCK, self->ana, 0, 1);
  assert_answer (self, &outgoing, SB_REASON_BLOCKED);
  sb_fixture_act (self, SB_ACT_BLOCK, self->ana, 0, 0);
  assert_answer (self, &outgoing, SB_REASON_ALLOWED);
}

/* Blocked while it waited: the gate is asked once more at the moment of sending. */
static void
test_blocked_while_waiting (SbEngineFixture *self,
                            gconstpointer    data)
{
  gint64 message;

  sb_engine_set_online (self->engine, FALSE);
  message = sb_fixture_send_text (self, self->ana, "Hello");
  sb_fixture_act (self, SB_ACT_BLOCK, self->ana, 0, 1);
  sb_engine_set_online (self->engine, TRUE);
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_FAILED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
}

static void
test_text (SbEngineFixture *self,
           gconstpointer    data)
{
  g_autofree char  *longest = g_strnfill (4096, 'x');
  g_autofree char  *too_long = g_strnfill (4097, 'x');
  SbOutgoingMessage outgoing = text_to_ana (self);

  outgoing.text = " \n\t ";
  assert_answer (self, &outgoing, SB_REASON_EMPTY);
  outgoing.text = NULL;
  assert_answer (self, &outgoing, SB_REASON_EMPTY);
  outgoing.text = too_long;
  assert_answer (self, &outgoing, SB_REASON_TOO_LONG);
  outgoing.text = longest;
  assert_answer (self, &outgoing, SB_REASON_ALLOWED);
  outgoing.kind = SB_MESSAGE_NOTE;
  assert_answer (self, &outgoing, SB_REASON_IS_A_NOTE);
  outgoing.kind = SB_MESSAGE_LOCATION;
  assert_answer (self, &outgoing, SB_REASON_EMPTY);
}

static void
test_files (SbEngineFixture *self,
            gconstpointer    data)
{
  static const char png[] = "\x89PNG\r\n\x1a\n";
  g_autofree char  *picture = g_build_filename (self->folder, "a.png", NULL);
  g_autofree char  *song = g_build_filename (self->folder, "a.flac", NULL);
  g_autofree char  *empty = g_build_filename (self->folder, "empty.png", NULL);
  g_autofree char  *huge = g_build_filename (self->folder, "huge.png", NULL);
  g_autofree char  *caption = g_strnfill (1025, 'x');
  SbOutgoingMessage outgoing = { .thread_id = self->ana, .kind = SB_MESSAGE_IMAGE, .path = picture };
  GString          *big = g_string_new_len (png, sizeof png - 1);

  g_string_set_size (big, 5 * 1024 * 1024 + 1);
  g_assert_true (g_file_set_contents (picture, png, sizeof png - 1, NULL));
  g_assert_true (g_file_set_contents (song, "fLaC", 4, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_true (g_file_set_contents (huge, big->str, big->len, NULL));
  g_string_free (big, TRUE);

  assert_answer (self, &outgoing, SB_REASON_ALLOWED);
  outgoing.text = caption;
  assert_answer (self, &outgoing, SB_REASON_TOO_LONG);
  outgoing.text = NULL;
  outgoing.path = huge;
  assert_answer (self, &outgoing, SB_REASON_FILE_TOO_LARGE);
  outgoing.path = empty;
  assert_answer (self, &outgoing, SB_REASON_EMPTY);
  outgoing.path = "/nowhere/at/all.png";
  assert_answer (self, &outgoing, SB_REASON_EMPTY);
  outgoing.path = song;
  assert_answer (self, &outgoing, SB_REASON_FILE_TYPE);
  outgoing.kind = SB_MESSAGE_AUDIO;
  assert_answer (self, &outgoing, SB_REASON_FILE_TYPE);
}

/* As a document goes what the network lists; what it would refuse is named before. */
static void
test_documents (SbEngineFixture *self,
                gconstpointer    data)
{
  static const struct
  {
    const char *name;
    SbReason    reason;
  } rows[] = {
    { "invoice.pdf", SB_REASON_ALLOWED },
    { "note.txt", SB_REASON_ALLOWED },
    { "prices.csv", SB_REASON_ALLOWED },
    { "letter.docx", SB_REASON_ALLOWED },
    { "prices.xls", SB_REASON_ALLOWED },
    { "letter.odt", SB_REASON_FILE_TYPE },
    { "setup.exe", SB_REASON_FILE_TYPE },
    { "logo.svg", SB_REASON_FILE_TYPE },
    { "IMG_0042.heic", SB_REASON_FILE_TYPE },
    { "song.flac", SB_REASON_FILE_TYPE },
    { "all.zip", SB_REASON_FILE_TYPE },
    { "nothing-known", SB_REASON_FILE_TYPE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char  *path = g_build_filename (self->folder, rows[i].name, NULL);
      SbOutgoingMessage outgoing = { .thread_id = self->ana, .kind = SB_MESSAGE_DOCUMENT, .path = path };

      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
      assert_answer (self, &outgoing, rows[i].reason);
    }
}

/* -- templates -- */

static gboolean
save_template (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  SbEngineFixture      *self = data;
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_template_free);
  g_autoptr (JsonNode)  node = sb_json_parse ("[{\"type\":\"BODY\",\"text\":\"Your order {{1}} is ready\"}]", -1, NULL);
  SbTemplate *template = sb_template_new ();

  g_set_str (&template->name, "order_ready");
  g_set_str (&template->language, "en");
  g_set_str (&template->category, "UTILITY");
  g_set_str (&template->status, "APPROVED");
  g_clear_pointer (&template->components, json_array_unref);
  template->components = json_array_ref (json_node_get_array (node));
  g_ptr_array_add (templates, template);

  return sb_writer_sync_templates (writer, self->line_id, templates, error);
}

static void
test_template (SbEngineFixture *self,
               gconstpointer    data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray)  templates = NULL;
  SbOutgoingMessage      outgoing = { .thread_id = self->ana, .kind = SB_MESSAGE_TEMPLATE };

  assert_answer (self, &outgoing, SB_REASON_TEMPLATE_NOT_APPROVED);
  g_assert_true (sb_store_run (self->engine->store, save_template, self, &error));
  templates = sb_reader_list_templates (sb_fixture_reader (self), self->line_id, TRUE);
  g_assert_cmpuint (templates->len, ==, 1);
  outgoing.template_id = ((SbTemplate *) templates->pdata[0])->id;
  assert_answer (self, &outgoing, SB_REASON_TEMPLATE_INCOMPLETE);
  g_hash_table_insert (values, (char *) "body.1", (char *) "204");
  outgoing.values = values;
  assert_answer (self, &outgoing, SB_REASON_ALLOWED);
  g_assert_cmpstr (sb_fixture_request (self, 0)->text, ==, "Your order 204 is ready");
  /* It needs no open window. */
  sb_fixture_pass (self, 3 * SB_DAY_MS);
  assert_answer (self, &outgoing, SB_REASON_ALLOWED);
  /* The network pauses it. */
  sb_fixture_give_value (self, "message_template_status_update",
                         "{\"event\":\"PAUSED\",\"message_template_name\":\"order_ready\",\"message_template_language\":\"en\",\"reason\":\"NONE\"}");
  assert_answer (self, &outgoing, SB_REASON_TEMPLATE_NOT_APPROVED);
}

#define ADD(path, function) g_test_add ("/engine/gate/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("window", test_window);
  ADD ("later", test_later);
  ADD ("stranger", test_stranger);
  ADD ("line-states", test_line_states);
  ADD ("blocked", test_blocked);
  ADD ("blocked-while-waiting", test_blocked_while_waiting);
  ADD ("text", test_text);
  ADD ("files", test_files);
  ADD ("documents-of-other-types-are-named", test_documents);
  ADD ("template", test_template);

  return g_test_run ();
}
