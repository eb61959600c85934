#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "mock-graph.h"
#include "sb-channel.h"

#define ACCEPTED "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"351912000111\",\"wa_id\":\"351912000111\"}],\"messages\":[{\"id\":\"wamid.A\"}]}"

static SbChannel *
make_channel (const char *url)
{
  g_autoptr (SbLine) line = sb_line_new ();

  line->kind = SB_LINE_CLOUD;
  line->base_url = g_strdup (url);
  line->phone_number_id = g_strdup ("106500011122233");
  line->waba_id = g_strdup ("2001");

  return sb_cloud_channel_new (line, "key-of-the-test");
}

typedef struct
{
  SbSendResult *result;
  GMainLoop    *loop;
} Answer;

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Answer            *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->result = sb_channel_send_finish (SB_CHANNEL (object), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (answer->loop);
}

static SbSendResult *
send_message (SbChannel    *channel,
              SbMessage    *message,
              GCancellable *cancellable)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Answer                answer = { NULL, loop };
  SbSendJob             job = { message, "351912000111", FALSE, NULL, "outbox:1" };

  sb_channel_send_async (channel, &job, cancellable, sent_cb, &answer);
  g_main_loop_run (loop);
  g_assert_nonnull (answer.result);

  return answer.result;
}

static SbSendResult *
send_text (SbChannel *channel)
{
  g_autoptr (SbMessage) message = sb_message_new ();

  message->kind = SB_MESSAGE_TEXT;
  message->text = g_strdup ("Hello");

  return send_message (channel, message, NULL);
}

static void
check_outcome (MockGraph    *mock,
               SbSendOutcome wanted)
{
  g_autofree char      *url = mock_graph_dup_url (mock);
  g_autoptr (SbChannel) channel = make_channel (url);
  SbSendResult         *result = send_text (channel);

  g_test_message ("%s", result->error);
  g_assert_cmpint (result->outcome, ==, wanted);
  sb_send_result_free (result);
}

static void
test_accepted (void)
{
  g_autoptr (MockGraph)   mock = mock_graph_new ();
  g_autofree char        *url = mock_graph_dup_url (mock);
  g_autoptr (SbChannel)   channel = make_channel (url);
  g_autoptr (MockRequest) request = NULL;
  SbSendResult           *result;

  mock_graph_set_answer (mock, 200, "Date: Sat, 21 Nov 2026 06:00:00 GMT\r\n", ACCEPTED, -1);
  result = send_text (channel);
  request = mock_graph_pop_request (mock);

  g_assert_cmpint (result->outcome, ==, SB_SEND_ACCEPTED);
  g_assert_cmpstr (result->wamid, ==, "wamid.A");
  g_assert_cmpstr (result->wa_id, ==, "351912000111");
  g_assert_cmpint (result->server_date_ms, ==, G_GINT64_CONSTANT (1795240800000));
  g_assert_true (g_str_has_prefix (request->head, "POST /v25.0/106500011122233/messages HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request->head, "Authorization: Bearer key-of-the-test"));
  g_assert_nonnull (strstr (request->body, "\"biz_opaque_callback_data\":\"outbox:1\""));
  sb_send_result_free (result);
}

static void
test_held (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autofree char      *url = mock_graph_dup_url (mock);
  g_autoptr (SbChannel) channel = make_channel (url);
  SbSendResult         *result;

  mock_graph_set_answer (mock, 200, "", "{\"contacts\":[{\"user_id\":\"PT.1\"}],\"messages\":[{\"id\":\"wamid.B\",\"message_status\":\"held_for_quality_assessment\"}]}", -1);
  result = send_text (channel);

  g_assert_cmpint (result->outcome, ==, SB_SEND_ACCEPTED);
  g_assert_true (result->held);
  g_assert_null (result->wa_id);
  sb_send_result_free (result);
}

/* Every kind of answer, and what is known after it. */
static const struct
{
  guint         status;
  const char   *headers;
  const char   *body;
  SbSendOutcome outcome;
  int           code;
} answers[] = {
  { 400, "", "{\"error\":{\"message\":\"m\",\"code\":100,\"error_data\":{\"details\":\"d\"}}}", SB_SEND_REFUSED, 100 },
  { 400, "", "{\"error\":{\"message\":\"m\",\"code\":132000,\"error_data\":\"as text\"}}", SB_SEND_REFUSED, 132000 },
  { 400, "", "{\"error\":{\"message\":\"m\",\"code\":\"131047\"}}", SB_SEND_REFUSED, 131047 },
  { 401, "", "{\"error\":{\"message\":\"m\",\"code\":190,\"error_subcode\":463}}", SB_SEND_REFUSED, 190 },
  { 403, "", "{\"error\":{\"message\":\"m\",\"code\":10}}", SB_SEND_REFUSED, 10 },
  { 404, "", "{\"error\":{\"message\":\"m\",\"code\":132001}}", SB_SEND_REFUSED, 132001 },
  { 429, "Retry-After: 7\r\n", "{\"error\":{\"message\":\"m\",\"code\":130429}}", SB_SEND_REFUSED, 130429 },
  { 400, "", "{\"error\":{\"message\":\"m\",\"code\":131056}}", SB_SEND_REFUSED, 131056 },
  { 500, "", "{\"error\":{\"message\":\"m\",\"code\":131000}}", SB_SEND_UNKNOWN, 131000 },
  { 503, "", "{\"error\":{\"message\":\"m\",\"code\":2}}", SB_SEND_UNKNOWN, 2 },
  { 500, "Content-Type: text/html\r\n", "<html>", SB_SEND_UNKNOWN, 0 },
  { 502, "", "", SB_SEND_UNKNOWN, 0 },
  { 200, "", "", SB_SEND_UNKNOWN, 0 },
  { 200, "", "{}", SB_SEND_UNKNOWN, 0 },
  { 200, "", "[]", SB_SEND_UNKNOWN, 0 },
  { 200, "", "null", SB_SEND_UNKNOWN, 0 },
  { 200, "", "{\"messages\":[]}", SB_SEND_UNKNOWN, 0 },
  { 200, "", "{\"messages\":[{\"id\":\"\"}]}", SB_SEND_UNKNOWN, 0 },
  { 200, "", "{\"messages\":[{\"id\":5}]}", SB_SEND_UNKNOWN, 0 },
  { 200, "", "{\"messages\":{\"id\":\"wamid.X\"}}", SB_SEND_UNKNOWN, 0 },
  { 200, "Content-Type: text/html\r\n", "<html>Sign in to the hotel</html>", SB_SEND_UNKNOWN, 0 },
  { 301, "Location: https://elsewhere.example/\r\n", "", SB_SEND_NOT_SENT, 0 },
  { 302, "Location: /v25.0/x\r\n", "<html>", SB_SEND_NOT_SENT, 0 },
  { 307, "Location: /v25.0/x\r\n", "", SB_SEND_NOT_SENT, 0 },
  { 308, "Location: /v25.0/x\r\n", "", SB_SEND_NOT_SENT, 0 },
  { 403, "Content-Type: text/html\r\n", "<html>blocked by your company</html>", SB_SEND_NOT_SENT, 0 },
  { 407, "", "", SB_SEND_NOT_SENT, 0 },
  { 429, "Retry-After: 7\r\nContent-Type: text/html\r\n", "<html>", SB_SEND_NOT_SENT, 0 },
};

static void
test_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (MockGraph) mock = mock_graph_new ();
      g_autofree char      *url = mock_graph_dup_url (mock);
      g_autoptr (SbChannel) channel = make_channel (url);
      SbSendResult         *result;

      mock_graph_set_answer (mock, answers[i].status, answers[i].headers, answers[i].body, -1);
      result = send_text (channel);

      g_test_message ("%u %s: %s", answers[i].status, answers[i].body, result->error);
      g_assert_cmpint (result->outcome, ==, answers[i].outcome);
      g_assert_cmpint (result->code, ==, answers[i].code);
      g_assert_cmpuint (result->http_status, ==, answers[i].status);
      g_assert_cmpint (result->retry_after_ms, ==, strstr (answers[i].headers, "Retry-After") != NULL ? 7000 : -1);
      g_assert_cmpuint (mock_graph_n_requests (mock), ==, 1);
      g_assert_nonnull (result->error);
      g_assert_null (strstr (result->error, "key-of-the-test"));
      sb_send_result_free (result);
    }
}

/* Broken off at every byte of the answer but the last: it had left, so nobody knows. */
static void
test_cut_answers (void)
{
  gsize n = strlen ("HTTP/1.1 200 X\r\nContent-Length: 000\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n") + strlen (ACCEPTED);

  for (gsize at = 0; at < n; at += at < 20 || at + 20 > n ? 1 : 7)
    {
      g_autoptr (MockGraph) mock = mock_graph_new ();

      mock_graph_set_answer (mock, 200, "", ACCEPTED, -1);
      mock_graph_cut_answer (mock, at);
      check_outcome (mock, SB_SEND_UNKNOWN);
      g_assert_cmpuint (mock_graph_n_requests (mock), ==, 1);
    }
}

static void
test_cut_requests (void)
{
  gboolean whole = FALSE;
  gssize   at;

  for (at = 1; !whole; at += 13)
    {
      g_autoptr (MockGraph) mock = mock_graph_new ();
      g_autofree char      *url = mock_graph_dup_url (mock);
      g_autoptr (SbChannel) channel = make_channel (url);
      SbSendResult         *result;

      mock_graph_set_answer (mock, 200, "", ACCEPTED, -1);
      mock_graph_cut_request (mock, at);
      result = send_text (channel);
      whole = mock_graph_n_requests (mock) == 1;
      g_assert_cmpint (result->outcome, ==, whole ? SB_SEND_ACCEPTED : SB_SEND_UNKNOWN);
      sb_send_result_free (result);
    }

  g_assert_cmpint (at, >, 300);
}

static void
test_nobody_there (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autofree char      *url = mock_graph_dup_url (mock);
  g_autoptr (SbChannel) channel = make_channel (url);
  g_autoptr (SbChannel) nowhere = make_channel ("http://no-such-host.invalid");
  g_autoptr (SbChannel) no_address = make_channel ("not an address");
  SbSendResult         *result;

  g_clear_pointer (&mock, mock_graph_free);
  result = send_text (channel);
  g_assert_cmpint (result->outcome, ==, SB_SEND_NOT_SENT);
  sb_send_result_free (result);

  result = send_text (nowhere);
  g_assert_cmpint (result->outcome, ==, SB_SEND_NOT_SENT);
  sb_send_result_free (result);

  result = send_text (no_address);
  g_assert_cmpint (result->outcome, ==, SB_SEND_NOT_SENT);
  sb_send_result_free (result);
}

static gboolean
abort_cb (gpointer user_data)
{
  sb_channel_abort (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_silence (void)
{
  g_autoptr (MockGraph)    mock = mock_graph_new ();
  g_autofree char         *url = mock_graph_dup_url (mock);
  g_autoptr (SbChannel)    channel = make_channel (url);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SbMessage)    message = sb_message_new ();
  SbSendResult            *result;

  message->kind = SB_MESSAGE_TEXT;
  message->text = g_strdup ("Hello");
  mock_graph_set_silent (mock, TRUE);

  g_timeout_add (200, abort_cb, channel);
  result = send_text (channel);
  g_assert_cmpint (result->outcome, ==, SB_SEND_UNKNOWN);
  sb_send_result_free (result);

  g_timeout_add (200, cancel_cb, cancellable);
  result = send_message (channel, message, cancellable);
  g_assert_cmpint (result->outcome, ==, SB_SEND_UNKNOWN);
  sb_send_result_free (result);

  /* cancelled before it began */
  result = send_message (channel, message, cancellable);
  g_assert_cmpint (result->outcome, ==, SB_SEND_NOT_SENT);
  sb_send_result_free (result);
}

/* -- files -- */

static SbMessage *
file_message (SbMessageKind kind,
              const char   *mime,
              const char   *content,
              gsize         length)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile)         file = g_file_new_tmp ("sb-test-XXXXXX", &stream, NULL);
  SbMessage                *message = sb_message_new ();
  SbAttachment             *attachment = sb_attachment_new ();

  g_assert_true (g_file_replace_contents (file, content, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
  attachment->path = g_file_get_path (file);
  attachment->mime = g_strdup (mime);
  attachment->filename = g_strdup ("cake.jpg");
  message->kind = kind;
  message->text = g_strdup ("Look");
  sb_message_add_attachment (message, attachment);

  return message;
}

static void
remove_file (SbMessage *message)
{
  g_unlink (((SbAttachment *) message->attachments->pdata[0])->path);
}

static void
test_file (void)
{
  g_autoptr (MockGraph)   mock = mock_graph_new ();
  g_autofree char        *url = mock_graph_dup_url (mock);
  g_autoptr (SbChannel)   channel = make_channel (url);
  g_autoptr (SbMessage)   message = file_message (SB_MESSAGE_AUDIO, "audio/ogg", "OggS....", 8);
  g_autoptr (MockRequest) upload = NULL;
  g_autoptr (MockRequest) sent = NULL;
  SbSendResult           *result;

  mock_graph_queue_answer (mock, 200, "", "{\"id\":\"1200345\"}");
  mock_graph_queue_answer (mock, 200, "", ACCEPTED);
  result = send_message (channel, message, NULL);
  upload = mock_graph_pop_request (mock);
  sent = mock_graph_pop_request (mock);

  g_assert_cmpint (result->outcome, ==, SB_SEND_ACCEPTED);
  g_assert_true (g_str_has_prefix (upload->head, "POST /v25.0/106500011122233/media "));
  g_assert_nonnull (strstr (upload->head, "multipart/form-data"));
  g_assert_nonnull (strstr (upload->body, "audio/ogg; codecs=opus"));
  g_assert_nonnull (strstr (upload->body, "OggS...."));
  g_assert_nonnull (strstr (sent->body, "\"audio\":{\"id\":\"1200345\"}"));
  sb_send_result_free (result);
  remove_file (message);
}

static const struct
{
  SbMessageKind kind;
  const char   *mime;
  gsize         size;
  gboolean      taken;
} files[] = {
  { SB_MESSAGE_IMAGE, "image/jpeg", 5 * 1024 * 1024, TRUE },
  { SB_MESSAGE_IMAGE, "image/jpeg", 5 * 1024 * 1024 + 1, FALSE },
  { SB_MESSAGE_IMAGE, "image/webp", 100, FALSE },
  { SB_MESSAGE_IMAGE, NULL, 100, FALSE },
  { SB_MESSAGE_IMAGE, "image/png", 0, FALSE },
  { SB_MESSAGE_STICKER, "image/webp", 500 * 1024, TRUE },
  { SB_MESSAGE_STICKER, "image/webp", 500 * 1024 + 1, FALSE },
  { SB_MESSAGE_VIDEO, "video/mp4", 100, TRUE },
  { SB_MESSAGE_VIDEO, "video/x-matroska", 100, FALSE },
  { SB_MESSAGE_AUDIO, "audio/ogg; codecs=opus", 100, TRUE },
  { SB_MESSAGE_AUDIO, "audio/oggx", 100, FALSE },
  { SB_MESSAGE_AUDIO, "audio/mpeg", 16 * 1024 * 1024 + 1, FALSE },
  { SB_MESSAGE_DOCUMENT, "application/zip", 100, TRUE },
};

static void
test_files_are_checked_before (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (MockGraph) mock = mock_graph_new ();
      g_autofree char      *url = mock_graph_dup_url (mock);
      g_autoptr (SbChannel) channel = make_channel (url);
      g_autofree char      *content = g_malloc0 (files[i].size + 1);
      g_autoptr (SbMessage) message = file_message (files[i].kind, files[i].mime, content, files[i].size);
      SbSendResult         *result;

      mock_graph_queue_answer (mock, 200, "", "{\"id\":\"1\"}");
      mock_graph_set_answer (mock, 200, "", ACCEPTED, -1);
      result = send_message (channel, message, NULL);

      g_test_message ("%s %s", files[i].mime, result->error);
      g_assert_cmpint (result->outcome, ==, files[i].taken ? SB_SEND_ACCEPTED : SB_SEND_REFUSED);
      g_assert_cmpint (result->code, ==, files[i].taken ? 0 : 131053);
      g_assert_cmpuint (mock_graph_n_requests (mock), ==, files[i].taken ? 2 : 0);
      sb_send_result_free (result);
      remove_file (message);
    }
}

/* An upload reaches nobody: whatever becomes of it, the message was not sent. */
static void
test_failed_uploads (void)
{
  static const guint statuses[] = { 500, 502, 200, 302 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (MockGraph) mock = mock_graph_new ();
      g_autofree char      *url = mock_graph_dup_url (mock);
      g_autoptr (SbChannel) channel = make_channel (url);
      g_autoptr (SbMessage) message = file_message (SB_MESSAGE_IMAGE, "image/jpeg", "x", 1);
      SbSendResult         *result;

      mock_graph_set_answer (mock, statuses[i], "", "<html>", -1);
      result = send_message (channel, message, NULL);
      g_assert_cmpint (result->outcome, ==, SB_SEND_NOT_SENT);
      g_assert_cmpuint (mock_graph_n_requests (mock), ==, 1);
      sb_send_result_free (result);
      remove_file (message);
    }
}

static void
test_missing_file (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autofree char      *url = mock_graph_dup_url (mock);
  g_autoptr (SbChannel) channel = make_channel (url);
  g_autoptr (SbMessage) message = file_message (SB_MESSAGE_IMAGE, "image/jpeg", "x", 1);
  SbSendResult         *result;

  remove_file (message);
  result = send_message (channel, message, NULL);
  g_assert_cmpint (result->outcome, ==, SB_SEND_REFUSED);
  g_assert_cmpuint (mock_graph_n_requests (mock), ==, 0);
  sb_send_result_free (result);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/is-accepted-with-an-id", test_accepted);
  g_test_add_func ("/send/knows-a-held-message", test_held);
  g_test_add_func ("/send/puts-every-answer-in-its-class", test_answers);
  g_test_add_func ("/send/does-not-know-after-a-cut-answer", test_cut_answers);
  g_test_add_func ("/send/does-not-know-after-a-cut-request", test_cut_requests);
  g_test_add_func ("/send/knows-that-nobody-is-there", test_nobody_there);
  g_test_add_func ("/send/does-not-know-after-silence", test_silence);
  g_test_add_func ("/send/uploads-a-file-first", test_file);
  g_test_add_func ("/send/checks-files-before-asking", test_files_are_checked_before);
  g_test_add_func ("/send/has-not-sent-when-an-upload-fails", test_failed_uploads);
  g_test_add_func ("/send/refuses-a-file-that-is-gone", test_missing_file);

  return g_test_run ();
}
