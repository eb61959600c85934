#include "wire.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#include "bench.h"
#include "fill.h"

#define CONNECTIONS 8

const char *
wire_key (Wire       *wire,
          const char *member)
{
  return sb_json_string (sb_json_root (wire->ready), member);
}

/* A customer's message opens the window in which the shop may answer. */
void
wire_customers (Wire *wire,
                guint n)
{
  g_autofree char        *url = g_strconcat (wire_key (wire, "url"), "/_practice/inbound", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char        *number = wire_number (i);
      g_autofree char        *body = g_strdup_printf ("{\"from\":\"%s\",\"name\":\"C%u\",\"type\":\"text\",\"text\":\"Is it ready?\"}", number, i);
      g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
      g_autoptr (GBytes)      bytes = g_bytes_new (body, strlen (body));
      g_autoptr (GBytes)      answer = NULL;
      g_autoptr (GError)      error = NULL;

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
      answer = soup_session_send_and_read (session, message, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (soup_message_get_status (message), ==, 200);
    }
}

/* -- the practice network -- */

void
wire_control (Wire       *wire,
         const char *path,
         const char *body)
{
  g_autofree char        *url = g_strconcat (wire_key (wire, "url"), "/_practice/", path, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes)      bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes)      answer = NULL;
  g_autoptr (GError)      error = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
}

Wire
wire_start (void)
{
  Wire                         wire = { .folder = g_dir_make_tmp ("shopbell-bench-XXXXXX", NULL) };
  g_autofree char             *state = g_build_filename (wire.folder, "customers", NULL);
  const char                  *program = g_getenv ("SHOPBELL_PRACTICE");
  const char                  *command[] = { program != NULL ? program : "shopbell-practice", "--state", state, "--seed", "7", "--exit-with-stdin", NULL };
  g_autoptr (GError)           error = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char             *line = NULL;

  wire.process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (wire.process));
  line = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  wire.ready = sb_json_parse (line, -1, &error);
  g_assert_no_error (error);
  wire_control (&wire, "account", "{\"throughput\":\"HIGH\"}");

  return wire;
}

void
wire_stop (Wire *wire)
{
  g_subprocess_send_signal (wire->process, SIGTERM);
  g_subprocess_wait (wire->process, NULL, NULL);
  g_object_unref (wire->process);
  json_node_unref (wire->ready);
  bench_remove_copy (wire->folder);
}

/* -- the bare loop -- */

typedef struct
{
  Wire        *wire;
  SoupSession *session;
  GMainLoop   *loop;
  guint        first, next, done, end;
} Bare;

char *
wire_number (guint index)
{
  return g_strdup_printf ("4479%08u", 20000000 + index);
}

static void bare_post (Bare *bare);

static void
bare_posted_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Bare              *bare = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  node = sb_json_parse_bytes (answer, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sb_json_array (sb_json_root (node), "messages"));
  if (++bare->done == bare->end - bare->first)
    g_main_loop_quit (bare->loop);
  else
    bare_post (bare);
}

static void
bare_post (Bare *bare)
{
  g_autofree char        *url = NULL;
  g_autofree char        *number = NULL;
  g_autofree char        *token = NULL;
  g_autofree char        *text = NULL;
  g_autoptr (JsonObject)  object = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes)      bytes = NULL;

  if (bare->next == bare->end)
    return;

  number = wire_number (bare->next++);
  url = g_strdup_printf ("%s/v24.0/%s/messages", wire_key (bare->wire, "url"), wire_key (bare->wire, "phone_number_id"));
  token = g_strconcat ("Bearer ", wire_key (bare->wire, "token"), NULL);
  object = sb_json_make ("s:messaging_product", "whatsapp", "s:recipient_type", "individual", "s:to", number, "s:type", "text",
                         "o:text", sb_json_make ("s:body", "Your cake is ready", NULL), NULL);
  text = sb_json_text (object);
  bytes = g_bytes_new (text, strlen (text));
  message = soup_message_new ("POST", url);
  soup_message_set_force_http1 (message, TRUE);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", token);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  soup_session_send_and_read_async (bare->session, message, G_PRIORITY_DEFAULT, NULL, bare_posted_cb, bare);
}

double
wire_bare_rate (Wire *wire,
           guint     first,
           guint     n)
{
  g_autoptr (GMainLoop)   loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns", CONNECTIONS, "max-conns-per-host", CONNECTIONS, NULL);
  Bare                    bare = { wire, session, loop, first, first, 0, first + n };
  double                  start = bench_now_ms ();

  for (guint i = 0; i < CONNECTIONS; i++)
    bare_post (&bare);
  g_main_loop_run (loop);

  return n * 1000.0 / (bench_now_ms () - start);
}
