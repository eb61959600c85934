#include <string.h>

#include "mock-graph.h"
#include "sb-channel.h"
#include "sb-error.h"

/* What a line says of itself, and the lists it fetches. */

#define KEY     "key-of-the-test"
#define NUMBER  "{\"id\":\"1065\",\"display_phone_number\":\"+351 21 000 0000\",\"verified_name\":\"Cake Shop\"}"
#define NUMBERS "{\"data\":[{\"id\":\"9\"},{\"id\":\"1065\"}]}"
#define APPS    "{\"data\":[{\"whatsapp_business_api_data\":{\"id\":\"3\"}}]}"
#define LETTERS "{\"data\":[]}"

static SbChannel *
make_channel (MockGraph *mock)
{
  g_autoptr (SbLine) line = sb_line_new ();

  line->kind = SB_LINE_CLOUD;
  line->base_url = mock_graph_dup_url (mock);
  line->phone_number_id = g_strdup ("1065");
  line->waba_id = g_strdup ("2001");

  return sb_cloud_channel_new (line, KEY);
}

typedef struct
{
  GMainLoop *loop;
  GPtrArray *list;
  gboolean   done;
  char      *text;
  GError    *error;
} Wait;

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Wait *wait = user_data;

  wait->list = sb_channel_check_finish (SB_CHANNEL (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wait *wait = user_data;

  wait->list = sb_channel_list_templates_finish (SB_CHANNEL (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
fixed_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Wait *wait = user_data;

  wait->done = sb_channel_fix_finish (SB_CHANNEL (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Wait *wait = user_data;

  wait->done = sb_channel_mark_read_finish (SB_CHANNEL (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

/* "key:ok number:failed(…)", without the clock, which depends on the day. Nothing of it may hold the key. */
static char *
check (MockGraph *mock)
{
  g_autoptr (SbChannel) channel = make_channel (mock);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait                  wait = { .loop = loop };
  g_autoptr (GPtrArray) checks = NULL;
  GString              *text = g_string_new (NULL);
  static const char    *states[] = { "ok", "failed", "warning", "not-tried" };

  sb_channel_check_async (channel, NULL, checked_cb, &wait);
  g_main_loop_run (loop);
  g_assert_no_error (wait.error);
  checks = wait.list;
  for (guint i = 0; i < checks->len; i++)
    {
      const SbCheck *one = checks->pdata[i];

      g_assert_nonnull (one->title);
      g_assert_true (one->details == NULL || strstr (one->details, KEY) == NULL);
      if (!g_str_equal (one->id, "clock"))
        g_string_append_printf (text, "%s%s:%s%s", text->len > 0 ? " " : "", one->id, states[one->state], one->fix != NULL ? "!" : "");
    }

  return g_string_free_and_steal (text);
}

/* What each question is answered with in turn, and what that tells. */
static const struct
{
  guint       status[4];
  const char *bodies[4];
  const char *wanted;
} cases[] = {
  { { 200, 200, 200, 200 }, { NUMBER, NUMBERS, APPS, LETTERS }, "key:ok number:ok account:ok subscription:ok templates:ok" },
  { { 200, 200, 200, 200 }, { NUMBER, "{\"data\":[]}", "{\"data\":[]}", LETTERS }, "key:ok number:ok account:failed subscription:failed! templates:ok" },
  { { 200, 403, 403, 403 }, { NUMBER, "{\"error\":{\"code\":10,\"message\":\"no\"}}", "{\"error\":{\"code\":10,\"message\":\"no\"}}", "{\"error\":{\"code\":10,\"message\":\"no\"}}" }, "key:ok number:ok account:failed subscription:warning templates:warning" },
  { { 401 }, { "{\"error\":{\"code\":190,\"error_subcode\":463,\"message\":\"expired " KEY "\"}}" }, "key:failed" },
  { { 403 }, { "{\"error\":{\"code\":10,\"message\":\"no right\"}}" }, "key:failed" },
  { { 400 }, { "{\"error\":{\"code\":190,\"message\":\"Malformed access token " KEY "\"}}" }, "key:failed" },
  { { 404, 200, 200, 200 }, { "{\"error\":{\"code\":100,\"message\":\"no such object\"}}", NUMBERS, APPS, LETTERS }, "key:ok number:failed account:ok subscription:ok templates:ok" },
  { { 200 }, { "<html>Sign in to the hotel</html>" }, "key:failed" },
  { { 302 }, { "" }, "key:failed" },
  { { 500 }, { "{\"error\":{\"code\":131000,\"message\":\"oops\"}}" }, "key:failed" },
  { { 200 }, { "[]" }, "key:failed" },
};

static void
test_checks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MockGraph) mock = mock_graph_new ();
      g_autofree char      *seen = NULL;

      for (guint k = 0; k < 4 && cases[i].bodies[k] != NULL; k++)
        mock_graph_queue_answer (mock, cases[i].status[k], "", cases[i].bodies[k]);
      seen = check (mock);
      g_test_message ("%u %s", cases[i].status[0], cases[i].bodies[0]);
      g_assert_cmpstr (seen, ==, cases[i].wanted);
    }
}

/* What the network's date, so many seconds from ours, makes of this computer's clock. The sentence's beginning. */
static const struct
{
  int          off_s;
  SbCheckState state;
  const char  *sentence;
} clocks[] = {
  { 0, SB_CHECK_OK, NULL },
  { 4 * 60, SB_CHECK_OK, NULL },
  { -4 * 60, SB_CHECK_OK, NULL },
  { 5 * 60 + 20, SB_CHECK_FAILED, "It is 5 minutes behind. Set it right: " },
  { -5 * 60 - 20, SB_CHECK_FAILED, "It is 5 minutes ahead. Set it right: " },
  { 61 * 60 + 30, SB_CHECK_FAILED, "It is 61 minutes behind. " },
  { -150 * 60, SB_CHECK_FAILED, "It is 2 hours ahead. " },
  { 73 * 3600, SB_CHECK_FAILED, "It is 3 days behind. " },
  { -400 * 86400 - 60, SB_CHECK_FAILED, "It is 400 days ahead. " },
};

static SbCheck *
dup_clock_check (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      SbCheck *one = checks->pdata[i];

      if (g_str_equal (one->id, "clock"))
        return sb_check_new (one->id, one->state, one->title, one->sentence);
    }

  return NULL;
}

static SbCheck *
check_clock (const char *header)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (SbChannel) channel = make_channel (mock);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) checks = NULL;
  Wait                  wait = { .loop = loop };

  mock_graph_queue_answer (mock, 200, header, NUMBER);
  mock_graph_queue_answer (mock, 200, header, NUMBERS);
  mock_graph_queue_answer (mock, 200, header, APPS);
  mock_graph_queue_answer (mock, 200, header, LETTERS);
  sb_channel_check_async (channel, NULL, checked_cb, &wait);
  g_main_loop_run (loop);
  g_assert_no_error (wait.error);
  checks = wait.list;

  return dup_clock_check (checks);
}

static void
test_clock (void)
{
  g_autoptr (SbCheck) nothing = check_clock ("");

  /* Without a date nothing is known. */
  g_assert_null (nothing);
  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (GDateTime) told = g_date_time_add_seconds (now, clocks[i].off_s);
      g_autofree char      *header = g_date_time_format (told, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n");
      g_autoptr (SbCheck)   seen = check_clock (header);

      g_test_message ("%d seconds: %s", clocks[i].off_s, seen->sentence != NULL ? seen->sentence : seen->title);
      g_assert_cmpint (seen->state, ==, clocks[i].state);
      if (clocks[i].sentence == NULL)
        g_assert_null (seen->sentence);
      else
        g_assert_true (g_str_has_prefix (seen->sentence, clocks[i].sentence));
    }
}

static void
test_fix (void)
{
  g_autoptr (MockGraph)   mock = mock_graph_new ();
  g_autoptr (SbChannel)   channel = make_channel (mock);
  g_autoptr (GMainLoop)   loop = g_main_loop_new (NULL, FALSE);
  Wait                    wait = { .loop = loop };
  g_autoptr (MockRequest) request = NULL;

  mock_graph_queue_answer (mock, 200, "", "{\"success\":true}");
  mock_graph_set_answer (mock, 403, "", "{\"error\":{\"code\":10,\"message\":\"no right\"}}", -1);
  sb_channel_fix_async (channel, "subscribe", "https://m.example/in/box", "verify", NULL, fixed_cb, &wait);
  g_main_loop_run (loop);
  request = mock_graph_pop_request (mock);
  g_assert_no_error (wait.error);
  g_assert_true (wait.done);
  g_assert_true (g_str_has_prefix (request->head, "POST /v25.0/2001/subscribed_apps "));
  g_assert_cmpstr (request->body, ==, "{\"override_callback_uri\":\"https://m.example/in/box\",\"verify_token\":\"verify\"}");

  sb_channel_fix_async (channel, "subscribe", NULL, "verify", NULL, fixed_cb, &wait);
  g_main_loop_run (loop);
  g_assert_false (wait.done);
  g_assert_error (wait.error, SB_ERROR, SB_ERROR_REMOTE);
  g_clear_error (&wait.error);
}

static void
test_mark_read (void)
{
  g_autoptr (MockGraph)   mock = mock_graph_new ();
  g_autoptr (SbChannel)   channel = make_channel (mock);
  g_autoptr (GMainLoop)   loop = g_main_loop_new (NULL, FALSE);
  Wait                    wait = { .loop = loop };
  g_autoptr (MockRequest) request = NULL;

  mock_graph_set_answer (mock, 200, "", "{\"success\":true}", -1);
  sb_channel_mark_read_async (channel, "wamid.A", TRUE, NULL, read_cb, &wait);
  g_main_loop_run (loop);
  request = mock_graph_pop_request (mock);
  g_assert_no_error (wait.error);
  g_assert_true (wait.done);
  g_assert_true (g_str_has_prefix (request->head, "POST /v25.0/1065/messages "));
  g_assert_nonnull (strstr (request->body, "\"status\":\"read\",\"message_id\":\"wamid.A\""));
  g_assert_nonnull (strstr (request->body, "\"typing_indicator\":{\"type\":\"text\"}"));
}

static void
history_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Wait *wait = user_data;

  wait->text = sb_channel_history_finish (SB_CHANNEL (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
test_history (void)
{
  static const struct
  {
    const char *wamid;
    guint       status;
    const char *path;
  } asked[] = {
    { NULL, 200, "GET /v25.0/1065/message_history?limit=100&fields=id,message_id,events%7Bdelivery_status,timestamp%7D " },
    { "wamid.A+B=", 200, "GET /v25.0/1065/message_history?limit=100&fields=id,message_id,events%7Bdelivery_status,timestamp%7D&message_id=wamid.A%2BB%3D " },
    { NULL, 400, "GET /v25.0/1065/message_history?" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (MockGraph)   mock = mock_graph_new ();
      g_autoptr (SbChannel)   channel = make_channel (mock);
      g_autoptr (GMainLoop)   loop = g_main_loop_new (NULL, FALSE);
      Wait                    wait = { .loop = loop };
      g_autoptr (MockRequest) request = NULL;
      g_autofree char        *text = NULL;

      mock_graph_set_answer (mock, asked[i].status, "", "{\"data\":[]}", -1);
      sb_channel_history_async (channel, asked[i].wamid, NULL, history_cb, &wait);
      g_main_loop_run (loop);
      text = wait.text;
      request = mock_graph_pop_request (mock);
      g_test_message ("%s", request->head);
      g_assert_no_error (wait.error);
      g_assert_cmpstr (text, ==, asked[i].status == 200 ? "{\"data\":[]}" : NULL);
      g_assert_true (g_str_has_prefix (request->head, asked[i].path));
    }
}

/* -- templates -- */

static void
list (MockGraph *mock,
      Wait      *wait)
{
  g_autoptr (SbChannel) channel = make_channel (mock);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  *wait = (Wait) { .loop = loop };
  sb_channel_list_templates_async (channel, NULL, listed_cb, wait);
  g_main_loop_run (loop);
}

#define LETTER(name) "{\"id\":\"7\",\"name\":\"" name "\",\"language\":\"en\",\"status\":\"APPROVED\",\"category\":\"UTILITY\",\"components\":[{\"type\":\"BODY\",\"text\":\"Hi\"}]}"

static void
test_pages (void)
{
  g_autoptr (MockGraph)   mock = mock_graph_new ();
  g_autoptr (GPtrArray)   templates = NULL;
  g_autoptr (MockRequest) first = NULL;
  g_autoptr (MockRequest) second = NULL;
  g_autoptr (MockRequest) third = NULL;
  Wait                    wait;

  /* The address of the next page is only mined for its cursor: no other host is ever asked. */
  mock_graph_queue_answer (mock, 200, "", "{\"data\":[" LETTER ("a") "," LETTER ("b") "],\"paging\":{\"cursors\":{\"after\":\"c/1\"},\"next\":\"https://evil.example/?after=c1\"}}");
  mock_graph_queue_answer (mock, 200, "", "{\"data\":[{\"name\":5},null," LETTER ("c") "],\"paging\":{\"next\":\"https://evil.example/?x=1&after=c2\"}}");
  mock_graph_queue_answer (mock, 200, "", "{\"data\":[" LETTER ("d") "],\"paging\":{\"cursors\":{\"after\":\"c3\"}}}");
  list (mock, &wait);
  templates = wait.list;
  first = mock_graph_pop_request (mock);
  second = mock_graph_pop_request (mock);
  third = mock_graph_pop_request (mock);

  g_assert_no_error (wait.error);
  g_assert_cmpuint (templates->len, ==, 4);
  g_assert_cmpstr (((SbTemplate *) templates->pdata[3])->name, ==, "d");
  g_assert_true (g_str_has_prefix (first->head, "GET /v25.0/2001/message_templates?limit=100 "));
  g_assert_true (g_str_has_prefix (second->head, "GET /v25.0/2001/message_templates?limit=100&after=c%2F1 "));
  g_assert_true (g_str_has_prefix (third->head, "GET /v25.0/2001/message_templates?limit=100&after=c2 "));
  g_assert_cmpuint (mock_graph_n_requests (mock), ==, 3);
}

/* A server whose pages never end is left after a hundred of them. */
static void
test_endless_pages (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (GPtrArray) templates = NULL;
  Wait                  wait;

  mock_graph_set_answer (mock, 200, "", "{\"data\":[" LETTER ("a") "],\"paging\":{\"cursors\":{\"after\":\"c\"},\"next\":\"x\"}}", -1);
  list (mock, &wait);
  templates = wait.list;
  g_assert_no_error (wait.error);
  g_assert_cmpuint (mock_graph_n_requests (mock), ==, 100);
}

static void
test_no_list (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    int         code;
  } answers[] = {
    { 401, "{\"error\":{\"code\":190,\"message\":\"m\"}}", SB_ERROR_AUTH },
    { 403, "{\"error\":{\"code\":10,\"message\":\"m\"}}", SB_ERROR_AUTH },
    { 500, "", SB_ERROR_REMOTE },
    { 200, "<html>", SB_ERROR_REMOTE },
    { 200, "{}", SB_ERROR_REMOTE },
    { 200, "[][1]", SB_ERROR_REMOTE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (MockGraph) mock = mock_graph_new ();
      Wait                  wait;

      mock_graph_set_answer (mock, answers[i].status, "", answers[i].body, -1);
      list (mock, &wait);
      g_assert_null (wait.list);
      g_assert_error (wait.error, SB_ERROR, answers[i].code);
      g_clear_error (&wait.error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/tells-what-is-wrong", test_checks);
  g_test_add_func ("/check/names-a-wrong-clock", test_clock);
  g_test_add_func ("/check/puts-the-subscription-right", test_fix);
  g_test_add_func ("/check/marks-as-read", test_mark_read);
  g_test_add_func ("/check/history", test_history);
  g_test_add_func ("/templates/come-page-by-page", test_pages);
  g_test_add_func ("/templates/end-some-time", test_endless_pages);
  g_test_add_func ("/templates/say-why-there-are-none", test_no_list);

  return g_test_run ();
}
