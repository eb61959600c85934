#include "sb-http.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mock-graph.h"

typedef struct
{
  GMainLoop    *loop;
  SbHttpAnswer *answer;
  GError       *error;
} Wait;

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Wait *wait = user_data;

  wait->answer = sb_http_send_finish (SB_HTTP (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static SbHttpAnswer *
ask (SbHttp        *http,
     SbHttpRequest *request,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait                  wait = { loop, NULL, NULL };

  sb_http_send_async (http, request, cancellable, answered_cb, &wait);
  g_main_loop_run (loop);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);

  return wait.answer;
}

static char *
url_of (MockGraph  *mock,
        const char *path)
{
  g_autofree char *base = mock_graph_dup_url (mock);

  return g_strconcat (base, path, NULL);
}

static gboolean
abort_cb (gpointer user_data)
{
  sb_http_abort (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* -- what is said and what comes back -- */

static void
test_request_and_answer (void)
{
  g_autoptr (MockGraph)     mock = mock_graph_new ();
  g_autoptr (SbHttp)        http = sb_http_new (30);
  g_autofree char          *url = url_of (mock, "/a/b?c=d");
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("POST", url);
  g_autoptr (GBytes)        body = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (GError)        error = NULL;
  g_autoptr (SbHttpAnswer)  answer = NULL;
  g_autoptr (MockRequest)   seen = NULL;

  sb_http_request_set_bearer (request, "the-key");
  sb_http_request_set_header (request, "X-One", "1");
  sb_http_request_set_body (request, "application/json", body);
  mock_graph_set_answer (mock, 429, "Retry-After: 7\r\nDate: Sat, 21 Nov 2026 06:00:00 GMT\r\nX-Business-Use-Case-Usage: {}\r\n", "{\"no\":1}", -1);
  answer = ask (http, request, NULL, &error);
  seen = mock_graph_pop_request (mock);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (seen->head, "POST /a/b?c=d HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (seen->head, "\r\nAuthorization: Bearer the-key"));
  g_assert_nonnull (strstr (seen->head, "\r\nX-One: 1"));
  g_assert_nonnull (strstr (seen->head, "\r\nContent-Type: application/json"));
  g_assert_nonnull (strstr (seen->head, "\r\nUser-Agent: Shopbell/"));
  g_assert_cmpstr (seen->body, ==, "{\"a\":1}");
  g_assert_cmpuint (answer->status, ==, 429);
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), "{\"no\":1}", 8);
  g_assert_cmpstr (answer->content_type, ==, "application/json");
  g_assert_cmpstr (answer->usage, ==, "{}");
  g_assert_cmpint (answer->retry_after_ms, ==, 7000);
  g_assert_cmpint (answer->date_ms, ==, G_GINT64_CONSTANT (1795240800000));
}

static void
test_odd_headers (void)
{
  static const struct
  {
    const char *headers;
    gint64      retry_after_ms;
  } cases[] = {
    { "", -1 },
    { "Retry-After: 0\r\n", 0 },
    { "Retry-After: 86400\r\n", 86400000 },
    { "Retry-After: 86401\r\n", -1 },
    { "Retry-After: -5\r\n", -1 },
    { "Retry-After: soon\r\n", -1 },
    { "Retry-After: 99999999999999999999\r\n", -1 },
    { "Date: yesterday\r\n", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MockGraph)     mock = mock_graph_new ();
      g_autoptr (SbHttp)        http = sb_http_new (30);
      g_autofree char          *url = url_of (mock, "/");
      g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", url);
      g_autoptr (SbHttpAnswer)  answer = NULL;

      mock_graph_set_answer (mock, 503, cases[i].headers, "", -1);
      answer = ask (http, request, NULL, NULL);
      g_assert_cmpint (answer->retry_after_ms, ==, cases[i].retry_after_ms);
      g_assert_cmpint (answer->date_ms, ==, 0);
    }
}

/* A byte that is missing at the end is no answer; a byte too many is refused. */
static void
test_lengths (void)
{
  static const struct
  {
    gssize limit;
    gssize cut;
    int    code; /* -1: fine */
  } cases[] = {
    { 1000, -1, -1 },
    { 999, -1, SB_ERROR_TOO_LARGE },
    { 0, -1, SB_ERROR_TOO_LARGE },
    { 1000, 1050, SB_ERROR_UNKNOWN },
    { 1000, 3, SB_ERROR_UNKNOWN },
  };
  g_autofree char *content = g_strnfill (1000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MockGraph)     mock = mock_graph_new ();
      g_autoptr (SbHttp)        http = sb_http_new (30);
      g_autofree char          *url = url_of (mock, "/");
      g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", url);
      g_autoptr (GError)        error = NULL;
      g_autoptr (SbHttpAnswer)  answer = NULL;

      mock_graph_set_answer (mock, 200, "", content, 1000);
      mock_graph_cut_answer (mock, cases[i].cut);
      sb_http_request_set_limit (request, cases[i].limit);
      answer = ask (http, request, NULL, &error);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, SB_ERROR, cases[i].code);
      g_assert_true ((answer != NULL) == (error == NULL));
    }
}

/* -- the two kinds of silence -- */

static void
test_not_sent (void)
{
  static const char *const addresses[] = { "http://127.0.0.1:1/", "http://no-such-host.invalid/", "not an address", "ftp://127.0.0.1/", "" };
  g_autoptr (SbHttp)       http = sb_http_new (30);

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (SbHttpRequest) request = sb_http_request_new ("POST", addresses[i]);
      g_autoptr (GError)        error = NULL;
      g_autoptr (SbHttpAnswer)  answer = NULL;

      sb_http_request_set_bearer (request, "the-key");
      answer = ask (http, request, NULL, &error);
      g_test_message ("%s", addresses[i]);
      g_assert_null (answer);
      g_assert_error (error, SB_ERROR, SB_ERROR_NETWORK);
    }
}

typedef enum
{
  TIME_OUT,
  SILENCE_LIMIT,
  ABORT,
  CANCEL,
} Ending;

static void
test_unknown (void)
{
  for (Ending ending = TIME_OUT; ending <= CANCEL; ending++)
    {
      g_autoptr (MockGraph)     mock = mock_graph_new ();
      g_autoptr (SbHttp)        http = sb_http_new (ending == SILENCE_LIMIT ? 1 : 30);
      g_autofree char          *url = url_of (mock, "/");
      g_autoptr (SbHttpRequest) request = sb_http_request_new ("POST", url);
      g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
      g_autoptr (GError)        error = NULL;
      g_autoptr (SbHttpAnswer)  answer = NULL;

      mock_graph_set_silent (mock, TRUE);
      if (ending == TIME_OUT)
        sb_http_request_set_timeout (request, 1);
      else if (ending == ABORT)
        g_timeout_add (150, abort_cb, http);
      else if (ending == CANCEL)
        g_timeout_add (150, cancel_cb, cancellable);
      answer = ask (http, request, cancellable, &error);
      g_assert_null (answer);
      g_assert_error (error, SB_ERROR, SB_ERROR_UNKNOWN);
      g_assert_cmpuint (mock_graph_n_requests (mock), ==, 1);
    }
}

static void
test_cancelled_before (void)
{
  g_autoptr (MockGraph)     mock = mock_graph_new ();
  g_autoptr (SbHttp)        http = sb_http_new (30);
  g_autofree char          *url = url_of (mock, "/");
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("POST", url);
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (GError)        error = NULL;
  g_autoptr (SbHttpAnswer)  answer = NULL;

  g_cancellable_cancel (cancellable);
  answer = ask (http, request, cancellable, &error);
  g_assert_null (answer);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (mock_graph_n_requests (mock), ==, 0);
}

/* A kept connection that the other side has let go of: a message is not sent a second time over a new one by itself. */
static void
test_stale_connection (void)
{
  g_autoptr (MockGraph)     mock = mock_graph_new ();
  g_autoptr (SbHttp)        http = sb_http_new (30);
  g_autofree char          *url = url_of (mock, "/");
  g_autoptr (SbHttpRequest) first = sb_http_request_new ("POST", url);
  g_autoptr (SbHttpRequest) second = sb_http_request_new ("POST", url);
  g_autoptr (GError)        error = NULL;
  g_autoptr (SbHttpAnswer)  answer = NULL;
  g_autoptr (SbHttpAnswer)  none = NULL;

  mock_graph_set_answer (mock, 200, "", "{}", -1);
  answer = ask (http, first, NULL, &error);
  g_assert_no_error (error);
  mock_graph_cut_answer (mock, 0);
  none = ask (http, second, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, SB_ERROR, SB_ERROR_UNKNOWN);
  g_assert_cmpuint (mock_graph_n_requests (mock), ==, 2);
}

/* -- redirects and the key -- */

static void
test_redirects (void)
{
  static const guint       statuses[] = { 301, 302, 303, 307, 308 };
  static const char *const trusted[] = { "127.0.0.1", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    for (int follow = 0; follow <= 1; follow++)
      {
        g_autoptr (MockGraph)     mock = mock_graph_new ();
        g_autoptr (SbHttp)        http = sb_http_new (30);
        g_autofree char          *url = url_of (mock, "/first");
        g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", url);
        g_autoptr (SbHttpAnswer)  answer = NULL;

        if (follow)
          sb_http_request_set_trusted_hosts (request, trusted);
        mock_graph_queue_answer (mock, statuses[i], "Location: /second\r\n", "");
        mock_graph_set_answer (mock, 200, "", "{}", -1);
        answer = ask (http, request, NULL, NULL);
        g_assert_cmpuint (answer->status, ==, follow ? 200 : statuses[i]);
        g_assert_cmpuint (mock_graph_n_requests (mock), ==, follow ? 2 : 1);
      }
}

static void
test_key_stays_at_home (void)
{
  static const char *const  trusted[] = { "fbsbx.com", NULL };
  g_autoptr (MockGraph)     mock = mock_graph_new ();
  g_autoptr (SbHttp)        http = sb_http_new (30);
  g_autofree char          *url = url_of (mock, "/first");
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", url);
  g_autoptr (SbHttpAnswer)  answer = NULL;
  g_autoptr (MockRequest)   first = NULL;
  g_autoptr (MockRequest)   second = NULL;

  sb_http_request_set_bearer (request, "the-key");
  sb_http_request_set_trusted_hosts (request, trusted);
  mock_graph_queue_answer (mock, 302, "Location: /second\r\n", "");
  mock_graph_set_answer (mock, 200, "", "{}", -1);
  answer = ask (http, request, NULL, NULL);
  first = mock_graph_pop_request (mock);
  second = mock_graph_pop_request (mock);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (first->head, "the-key"));
  g_assert_null (strstr (second->head, "the-key"));
}

static void
test_who_may_see_the_key (void)
{
  static const char *const trusted[] = { "facebook.com", "127.0.0.1", NULL };
  static const struct
  {
    const char *url;
    gboolean    may;
  } cases[] = {
    { "https://facebook.com/x", TRUE },
    { "https://graph.facebook.com/x", TRUE },
    { "https://GRAPH.FACEBOOK.COM/x", TRUE },
    { "http://graph.facebook.com/x", FALSE },
    { "https://evilfacebook.com/", FALSE },
    { "https://facebook.com.evil.example/", FALSE },
    { "https://facebook.com@evil.example/", FALSE },
    { "https://evil.example/?facebook.com", FALSE },
    { "https://evil.example#.facebook.com", FALSE },
    { "http://127.0.0.1:8080/", TRUE },
    { "http://127.0.0.1.evil.example/", FALSE },
    { "https:///nothing", FALSE },
    { "file:///etc/passwd", FALSE },
    { "not an address", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].url);
      g_assert_cmpint (sb_http_may_see_key (cases[i].url, trusted), ==, cases[i].may);
    }
}

/* -- files -- */

static void
test_file (void)
{
  g_autofree char          *folder = g_dir_make_tmp ("sb-http-XXXXXX", NULL);
  g_autofree char          *path = g_build_filename (folder, "part", NULL);
  g_autofree char          *content = g_strnfill (300000, 'x');
  g_autofree char          *wanted = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_autofree char          *kept = NULL;
  g_autoptr (MockGraph)     mock = mock_graph_new ();
  g_autoptr (SbHttp)        http = sb_http_new (30);
  g_autofree char          *url = url_of (mock, "/");
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", url);
  g_autoptr (SbHttpAnswer)  answer = NULL;
  GStatBuf                  info;

  sb_http_request_set_file (request, path);
  mock_graph_set_answer (mock, 200, "", content, 300000);
  answer = ask (http, request, NULL, NULL);

  g_assert_cmpuint (answer->n_bytes, ==, 300000);
  g_assert_cmpstr (answer->sha256, ==, wanted);
  g_assert_cmpuint (g_bytes_get_size (answer->body), ==, 0);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, content);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_unlink (path);
  g_rmdir (folder);
}

/* The words of a refusal are not the file; a place that cannot be written is told as such. */
static void
test_no_file (void)
{
  g_autofree char          *folder = g_dir_make_tmp ("sb-http-XXXXXX", NULL);
  g_autofree char          *path = g_build_filename (folder, "part", NULL);
  g_autofree char          *nowhere = g_build_filename (folder, "no", "such", "folder", NULL);
  g_autoptr (MockGraph)     mock = mock_graph_new ();
  g_autoptr (SbHttp)        http = sb_http_new (30);
  g_autofree char          *url = url_of (mock, "/");
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", url);
  g_autoptr (SbHttpRequest) again = sb_http_request_new ("GET", url);
  g_autoptr (GError)        error = NULL;
  g_autoptr (SbHttpAnswer)  answer = NULL;
  g_autoptr (SbHttpAnswer)  none = NULL;

  sb_http_request_set_file (request, path);
  mock_graph_set_answer (mock, 404, "", "{\"no\":1}", -1);
  answer = ask (http, request, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (answer->body), ==, 8);
  g_assert_null (answer->sha256);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  sb_http_request_set_file (again, nowhere);
  mock_graph_set_answer (mock, 200, "", "{}", -1);
  none = ask (http, again, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, SB_ERROR, SB_ERROR_STORAGE);
  g_rmdir (folder);
}

static void
test_form (void)
{
  g_autoptr (MockGraph)     mock = mock_graph_new ();
  g_autoptr (SbHttp)        http = sb_http_new (30);
  g_autofree char          *url = url_of (mock, "/");
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("POST", url);
  g_autoptr (GBytes)        bytes = g_bytes_new_static ("%PDF-", 5);
  g_autoptr (SbHttpAnswer)  answer = NULL;
  g_autoptr (MockRequest)   seen = NULL;

  sb_http_request_add_field (request, "messaging_product", "whatsapp");
  sb_http_request_add_file (request, "file", "a \"b\".pdf", "application/pdf", bytes);
  mock_graph_set_answer (mock, 200, "", "{}", -1);
  answer = ask (http, request, NULL, NULL);
  seen = mock_graph_pop_request (mock);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (seen->head, "multipart/form-data; boundary="));
  g_assert_nonnull (strstr (seen->body, "name=\"messaging_product\"\r\n\r\nwhatsapp"));
  g_assert_nonnull (strstr (seen->body, "Content-Type: application/pdf"));
  g_assert_nonnull (strstr (seen->body, "\r\n\r\n%PDF-\r\n"));
  g_assert_null (strstr (seen->body, "filename=\"a \"b\"")); /* the name cannot end its own quotes */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/asks-and-reads-the-answer", test_request_and_answer);
  g_test_add_func ("/http/survives-odd-headers", test_odd_headers);
  g_test_add_func ("/http/takes-the-whole-answer-or-none", test_lengths);
  g_test_add_func ("/http/knows-that-nothing-left", test_not_sent);
  g_test_add_func ("/http/knows-that-it-may-have-arrived", test_unknown);
  g_test_add_func ("/http/sends-nothing-when-cancelled-before", test_cancelled_before);
  g_test_add_func ("/http/never-sends-twice-over-a-stale-connection", test_stale_connection);
  g_test_add_func ("/http/follows-redirects-only-where-told", test_redirects);
  g_test_add_func ("/http/leaves-the-key-at-home", test_key_stays_at_home);
  g_test_add_func ("/http/knows-who-may-see-the-key", test_who_may_see_the_key);
  g_test_add_func ("/http/streams-into-a-file", test_file);
  g_test_add_func ("/http/makes-no-file-of-a-refusal", test_no_file);
  g_test_add_func ("/http/fills-a-form", test_form);

  return g_test_run ();
}
