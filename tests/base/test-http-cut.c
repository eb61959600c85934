/* A server that breaks off wherever it likes, thousands of times: whatever the network does, the program goes on. */
#include <string.h>

#include "sb-http.h"

#define N_REQUESTS 2500
#define N_SERVERS  10
#define AT_ONCE    6

static const char whole[] = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
static const char part[] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc";

/* Answers the requests of one connection until it breaks off. */
static void
answer (GSocketConnection *connection,
        GRand             *chance)
{
  GInputStream  *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char           buffer[4096];

  for (;;)
    {
      int what = g_rand_int_range (chance, 0, 8);

      if (what == 0 || g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL) <= 0 || what == 1)
        return;
      g_usleep (g_rand_int_range (chance, 0, 4000));
      if (what == 2 || what == 3)
        {
          g_output_stream_write_all (out, what == 2 ? whole : part, what == 2 ? 22 : strlen (part), NULL, NULL, NULL);
          return;
        }
      if (what == 4)
        return;
      g_output_stream_write_all (out, whole, strlen (whole), NULL, NULL, NULL);
    }
}

static gpointer
serve (gpointer data)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);

  for (;;)
    {
      g_autoptr (GSocketConnection) connection = g_socket_listener_accept (data, NULL, NULL, NULL);

      if (connection == NULL)
        return NULL;
      answer (connection, chance);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
}

typedef struct
{
  int running;
  int answered;
  int failed;
} Counts;

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Counts                  *counts = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbHttpAnswer) reply = sb_http_send_finish (SB_HTTP (object), result, &error);

  counts->running--;
  if (reply != NULL)
    counts->answered++;
  else
    counts->failed++;
}

static void
test_cut_connections (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint                       port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char            *url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (SbHttp)          http = sb_http_new (10);
  g_autoptr (GRand)           chance = g_rand_new_with_seed (3);
  Counts                      counts = { 0 };

  for (int i = 0; i < N_SERVERS; i++)
    g_thread_unref (g_thread_new ("cutter", serve, g_object_ref (listener))); /* until the test ends */
  for (int i = 0; i < N_REQUESTS; i++)
    {
      g_autoptr (SbHttpRequest) request = sb_http_request_new (g_rand_boolean (chance) ? "GET" : "POST", url);

      counts.running++;
      sb_http_send_async (http, request, NULL, answered_cb, &counts);
      while (counts.running >= g_rand_int_range (chance, 1, AT_ONCE))
        g_main_context_iteration (NULL, TRUE);
    }
  while (counts.running > 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (counts.answered, >, N_REQUESTS / 10);
  g_assert_cmpint (counts.failed, >, N_REQUESTS / 10);
  g_assert_cmpint (counts.answered + counts.failed, ==, N_REQUESTS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/a-network-that-breaks-off-anywhere", test_cut_connections);

  return g_test_run ();
}
