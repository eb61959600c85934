#include <gio/gio.h>
#include <string.h>

#include "sb-inbound.h"

/* 178 bytes that were signed elsewhere; and the same JSON written anew, which must not pass. */
#define SIGNED_BODY \
  "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"value\":{\"messages\":[{\"id\":\"wamid.X\",\"text\":{\"body\":\"Caf\\u00e9 \\ud83d\\ude00 a\\/b\"}}]},\"field\":\"messages\"}]}]}"
#define SIGNATURE "sha256=dddc0d626383d41685c7a4008c77879c387f0d48b9c667717b14b853cd40e2d5"
#define REWRITTEN \
  "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"value\":{\"messages\":[{\"id\":\"wamid.X\",\"text\":{\"body\":\"Café 😀 a/b\"}}]},\"field\":\"messages\"}]}]}"
#define SECRET "appsecret"

typedef enum
{
  KEEP,
  LOSE, /* the disk said no */
  WAIT,
} Policy;

/* A listener and what it handed on. */
typedef struct
{
  SbInbound *source;
  guint16    port;
  Policy     policy;
  guint      n_events;
  GBytes    *body;
  char      *signature;
  GString   *log;
} Ear;

static void
batch_cb (SbInbound  *source,
          const char *epoch,
          GPtrArray  *events,
          gpointer    user_data)
{
  Ear                  *ear = user_data;
  const SbInboundEvent *event = events->pdata[0];

  g_assert_cmpuint (events->len, ==, 1);
  ear->n_events++;
  g_clear_pointer (&ear->body, g_bytes_unref);
  ear->body = g_bytes_ref (event->body);
  g_set_str (&ear->signature, event->signature);
  if (ear->policy != WAIT)
    sb_inbound_stored (source, ear->policy == KEEP);
}

static void
state_cb (SbInbound  *source,
          gboolean    ok,
          const char *sentence,
          gpointer    user_data)
{
  g_string_append_printf (((Ear *) user_data)->log, "%s;", ok ? "ok" : "bad");
}

static guint16
free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16                     port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_assert_cmpuint (port, !=, 0);
  g_socket_listener_close (listener);

  return port;
}

static Ear *
ear_new (guint16     port,
         const char *verify_token)
{
  Ear *ear = g_new0 (Ear, 1);

  ear->port = port;
  ear->source = sb_listener_source_new (port, verify_token);
  ear->log = g_string_new (NULL);
  g_signal_connect (ear->source, "batch", G_CALLBACK (batch_cb), ear);
  g_signal_connect (ear->source, "state", G_CALLBACK (state_cb), ear);
  sb_inbound_start (ear->source, NULL, 0);

  return ear;
}

static void
ear_free (Ear *ear)
{
  g_assert_finalize_object (ear->source);
  g_clear_pointer (&ear->body, g_bytes_unref);
  g_free (ear->signature);
  g_string_free (ear->log, TRUE);
  g_free (ear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ear, ear_free)

/* -- the other side, in threads -- */

typedef struct
{
  guint16  port;
  GString *request;
  gsize    sent;
  char    *answer; /* "" when the connection ended without one */
  gint     done;   /* atomic */
  GThread *thread;
} Call;

static gpointer
call_thread (gpointer data)
{
  Call                         *call = data;
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", call->port, NULL, NULL);
  GString                      *answer = g_string_new (NULL);
  char                          buffer[4096];
  gssize                        got = 0;

  if (connection != NULL)
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), call->request->str, call->request->len, &call->sent, NULL, NULL);
      while ((got = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL)) > 0)
        g_string_append_len (answer, buffer, got);
    }
  call->answer = g_string_free_and_steal (answer);
  g_atomic_int_set (&call->done, 1);

  return NULL;
}

/* Takes @request over. */
static Call *
call_start (Ear     *ear,
            GString *request)
{
  Call *call = g_new0 (Call, 1);

  call->port = ear->port;
  call->request = request;
  call->thread = g_thread_new ("call", call_thread, call);

  return call;
}

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

/* (transfer full): the whole answer. */
static char *
call_end (Call *call)
{
  char *answer;

  for (int i = 0; i < 20000 && !g_atomic_int_get (&call->done); i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
  g_assert_cmpint (g_atomic_int_get (&call->done), ==, 1);
  g_thread_join (call->thread);
  answer = call->answer;
  g_string_free (call->request, TRUE);
  g_free (call);

  return answer;
}

static GString *
request_of (const char *method,
            const char *path,
            const char *headers,
            const char *body)
{
  GString *request = g_string_new (NULL);

  g_string_printf (request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s", method, path, headers);
  if (body != NULL)
    g_string_append_printf (request, "Content-Length: %" G_GSIZE_FORMAT "\r\n", strlen (body));
  g_string_append_printf (request, "\r\n%s", body != NULL ? body : "");

  return request;
}

static guint
status_of (const char *answer)
{
  return g_str_has_prefix (answer, "HTTP/1.1 ") ? strtoul (answer + strlen ("HTTP/1.1 "), NULL, 10) : 0;
}

static guint
ask (Ear        *ear,
     const char *method,
     const char *path,
     const char *headers,
     const char *body)
{
  g_autofree char *answer = call_end (call_start (ear, request_of (method, path, headers, body)));

  return status_of (answer);
}

/* -- tests -- */

static void
test_bytes_arrive_as_they_were (void)
{
  g_autoptr (Ear)    ear = ear_new (free_port (), "verify");
  g_autoptr (GBytes) rewritten = g_bytes_new_static (REWRITTEN, strlen (REWRITTEN));

  g_assert_cmpuint (ask (ear, "POST", "/in", "Content-Type: application/json\r\nX-Hub-Signature-256: " SIGNATURE "\r\n", SIGNED_BODY), ==, 200);
  g_assert_cmpuint (ear->n_events, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (ear->body, NULL), g_bytes_get_size (ear->body), SIGNED_BODY, 178);
  g_assert_cmpstr (ear->signature, ==, SIGNATURE);
  g_assert_true (sb_signature_is_valid (ear->signature, ear->body, SECRET, NULL));
  g_assert_false (sb_signature_is_valid (ear->signature, ear->body, "another", NULL));
  g_assert_false (sb_signature_is_valid (ear->signature, rewritten, SECRET, NULL));
  g_assert_true (sb_signature_is_valid ("sha256=3cefd388b45d53170edcc60aaabbf8f4efb4a6a2caa2fc414656dbb1ac378989", rewritten, SECRET, NULL));
}

/* Nothing is read of a body here, so nothing in it can hurt; what to make of it is decided behind the signature. */
static void
test_rubbish_is_handed_on_unread (void)
{
  g_autoptr (Ear) ear = ear_new (free_port (), "verify");

  g_assert_cmpuint (ask (ear, "POST", "/", "", "\xff\xfe not JSON"), ==, 200);
  g_assert_null (ear->signature);
  g_assert_cmpmem (g_bytes_get_data (ear->body, NULL), g_bytes_get_size (ear->body), "\xff\xfe not JSON", 11);
  g_assert_cmpuint (ask (ear, "POST", "/", "", ""), ==, 200);
  g_assert_cmpuint (g_bytes_get_size (ear->body), ==, 0);
}

static void
test_a_full_disk_is_told (void)
{
  g_autoptr (Ear) ear = ear_new (free_port (), "verify");

  ear->policy = LOSE;
  g_assert_cmpuint (ask (ear, "POST", "/", "", "{}"), ==, 503);
  ear->policy = KEEP;
  g_assert_cmpuint (ask (ear, "POST", "/", "", "{}"), ==, 200);
}

/* The sender waits for the disk; others wait behind it, in order; a stop sends all of them away. */
static void
test_the_sender_waits (void)
{
  g_autoptr (Ear)  ear = ear_new (free_port (), "verify");
  Call            *first, *second;
  g_autofree char *answer = NULL, *late = NULL;

  ear->policy = WAIT;
  first = call_start (ear, request_of ("POST", "/", "", "{\"n\":1}"));
  run_for (200);
  second = call_start (ear, request_of ("POST", "/", "", "{\"n\":2}"));
  run_for (300);
  g_assert_cmpuint (ear->n_events, ==, 1);
  g_assert_cmpint (g_atomic_int_get (&first->done), ==, 0);

  sb_inbound_stored (ear->source, TRUE);
  answer = call_end (first);
  g_assert_cmpuint (status_of (answer), ==, 200);
  g_assert_cmpuint (ear->n_events, ==, 2);
  g_assert_cmpmem (g_bytes_get_data (ear->body, NULL), g_bytes_get_size (ear->body), "{\"n\":2}", 7);

  sb_inbound_stop (ear->source);
  late = call_end (second);
  g_assert_cmpuint (status_of (late), !=, 200);
}

/* A sender that hung up while its event was being written must not take the listener along. */
static void
test_the_sender_hangs_up (void)
{
  g_autoptr (Ear)               ear = ear_new (free_port (), "verify");
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", ear->port, NULL, NULL);
  g_autoptr (GString)           request = request_of ("POST", "/", "", "{}");

  ear->policy = WAIT;
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request->str, request->len, NULL, NULL, NULL);
  run_for (200);
  g_assert_cmpuint (ear->n_events, ==, 1);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  run_for (200);
  sb_inbound_stored (ear->source, TRUE);
  run_for (100);

  ear->policy = KEEP;
  g_assert_cmpuint (ask (ear, "POST", "/", "", "{}"), ==, 200);
}

static void
test_handshake (void)
{
  static const struct
  {
    const char *query;
    guint       status;
  } cases[] = {
    { "hub.mode=subscribe&hub.verify_token=verify&hub.challenge=1158201444", 200 },
    { "hub.mode=subscribe&hub.verify_token=verify&hub.challenge=Ab_-9", 200 },
    { "hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1158201444", 403 },
    { "hub.mode=subscribe&hub.verify_token=verif&hub.challenge=1158201444", 403 },
    { "hub.mode=subscribe&hub.verify_token=&hub.challenge=1158201444", 403 },
    { "hub.mode=subscribe&hub.challenge=1158201444", 403 },
    { "hub.mode=unsubscribe&hub.verify_token=verify&hub.challenge=1158201444", 403 },
    { "hub.mode=subscribe&hub.verify_token=verify", 403 },
    { "hub.mode=subscribe&hub.verify_token=verify&hub.challenge=%3Cscript%3E", 403 },
    { "hub.mode=subscribe&hub.verify_token=verify&hub.challenge=00000000000000000000000000000000000000000000000000000000000000000", 403 },
    { "", 403 },
  };
  g_autoptr (Ear)  ear = ear_new (free_port (), "verify");
  g_autofree char *answer = call_end (call_start (ear, request_of ("GET", "/?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=1158201444", "", NULL)));

  g_assert_true (g_str_has_suffix (answer, "\r\n\r\n1158201444"));
  g_assert_nonnull (strstr (answer, "Content-Type: text/plain"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/?", cases[i].query, NULL);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpuint (ask (ear, "GET", path, "", NULL), ==, cases[i].status);
    }
  g_assert_cmpuint (ear->n_events, ==, 0);
}

static void
test_without_a_verify_token (void)
{
  g_autoptr (Ear) ear = ear_new (free_port (), NULL);

  g_assert_cmpuint (ask (ear, "GET", "/?hub.mode=subscribe&hub.verify_token=&hub.challenge=1", "", NULL), ==, 403);
  g_assert_cmpuint (ask (ear, "GET", "/?hub.mode=subscribe&hub.challenge=1", "", NULL), ==, 403);
}

static void
test_refused (void)
{
  static const char *const methods[] = { "PUT", "DELETE", "PATCH", "OPTIONS" };
  g_autoptr (Ear)          ear = ear_new (free_port (), "verify");

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    g_assert_cmpuint (ask (ear, methods[i], "/", "", "{}"), ==, 405);
  g_assert_cmpuint (ask (ear, "POST", "/", "Origin: https://evil.example\r\n", "{}"), ==, 403);
  g_assert_cmpuint (ask (ear, "GET", "/?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=1", "Origin: null\r\n", NULL), ==, 403);
  g_assert_cmpuint (ear->n_events, ==, 0);
}

static void
test_limits (void)
{
  g_autoptr (Ear)  ear = ear_new (free_port (), "verify");
  g_autofree char *fits = g_strnfill (4 * 1024 * 1024, 'x');
  g_autofree char *over = g_strnfill (4 * 1024 * 1024 + 1, 'x');
  g_autofree char *answer = NULL;
  GString         *chunked = g_string_new ("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");

  g_assert_cmpuint (ask (ear, "POST", "/", "", fits), ==, 200);
  g_assert_cmpuint (g_bytes_get_size (ear->body), ==, 4 * 1024 * 1024);
  g_assert_cmpuint (ask (ear, "POST", "/", "", over), ==, 413);
  g_assert_cmpuint (ear->n_events, ==, 1);

  /* the same without saying so beforehand */
  for (int i = 0; i < 9; i++)
    {
      g_string_append (chunked, "80000\r\n");
      g_string_append_len (chunked, fits, 0x80000);
      g_string_append (chunked, "\r\n");
    }
  g_string_append (chunked, "0\r\n\r\n");
  answer = call_end (call_start (ear, chunked));
  g_assert_cmpuint (status_of (answer), ==, 413);
  g_assert_cmpuint (ear->n_events, ==, 1);

  /* and a size that is only announced is refused before it comes */
  g_assert_cmpuint (ask (ear, "POST", "/", "Content-Length: 4194305\r\nExpect: 100-continue\r\n", NULL), ==, 413);
  g_assert_cmpuint (ask (ear, "POST", "/", "", "{}"), ==, 200);
}

static void
test_long_queue (void)
{
  g_autoptr (Ear) ear = ear_new (free_port (), "verify");
  Call           *calls[70];
  guint           n_sent_away = 0;

  ear->policy = WAIT;
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      calls[i] = call_start (ear, request_of ("POST", "/", "", "{}"));
      run_for (10);
    }
  run_for (300);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    n_sent_away += g_atomic_int_get (&calls[i]->done);
  g_assert_cmpuint (n_sent_away, ==, 6);

  ear->policy = KEEP;
  sb_inbound_stored (ear->source, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    g_free (call_end (calls[i]));
  g_assert_cmpuint (ear->n_events, ==, 64);
}

static void
test_port (void)
{
  g_autoptr (Ear) first = ear_new (free_port (), "verify");
  g_autoptr (Ear) second = ear_new (first->port, "verify");

  g_assert_cmpstr (first->log->str, ==, "ok;");
  g_assert_cmpstr (second->log->str, ==, "bad;");
  sb_inbound_stop (first->source);
  sb_inbound_start (second->source, NULL, 0);
  g_assert_cmpstr (second->log->str, ==, "bad;ok;");
  g_assert_cmpuint (ask (second, "POST", "/", "", "{}"), ==, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listener/hands-on-the-very-bytes", test_bytes_arrive_as_they_were);
  g_test_add_func ("/listener/reads-nothing-of-a-body", test_rubbish_is_handed_on_unread);
  g_test_add_func ("/listener/answers-503-when-the-disk-says-no", test_a_full_disk_is_told);
  g_test_add_func ("/listener/lets-the-sender-wait-for-the-disk", test_the_sender_waits);
  g_test_add_func ("/listener/survives-a-sender-that-hangs-up", test_the_sender_hangs_up);
  g_test_add_func ("/listener/answers-the-handshake", test_handshake);
  g_test_add_func ("/listener/needs-a-verify-token", test_without_a_verify_token);
  g_test_add_func ("/listener/refuses-other-methods-and-web-pages", test_refused);
  g_test_add_func ("/listener/takes-4-mib-and-no-more", test_limits);
  g_test_add_func ("/listener/sends-away-what-it-cannot-keep", test_long_queue);
  g_test_add_func ("/listener/says-that-the-port-is-taken", test_port);

  return g_test_run ();
}
