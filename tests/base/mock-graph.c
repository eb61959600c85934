#include "mock-graph.h"

#include <string.h>

struct _MockGraph
{
  GSocketService *service;
  guint16         port;
  GMutex          lock;
  GCancellable   *end;
  GBytes         *answer;
  GQueue          queued;   /* GBytes */
  GQueue          requests; /* MockRequest */
  guint           n_requests;
  gssize          cut_request;
  gssize          cut_answer;
  gboolean        silent;
  guint           delay_ms;
  int             n_threads; /* that talk to somebody; atomic */
};

void
mock_request_free (MockRequest *self)
{
  g_free (self->head);
  g_free (self->body);
  g_free (self);
}

static GBytes *
make_answer (guint       status,
             const char *extra_headers,
             const char *body,
             gssize      length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize               size = length < 0 ? strlen (body) : (gsize) length;

  g_string_append_printf (text, "HTTP/1.1 %u X\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n", status, extra_headers, size);
  if (strstr (extra_headers, "Content-Type") == NULL)
    g_string_append (text, "Content-Type: application/json; charset=UTF-8\r\n");
  g_string_append (text, "\r\n");
  g_string_append_len (text, body, size);

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static gsize
length_of (const char *head)
{
  const char *line = strstr (head, "Content-Length: ");

  return line != NULL ? g_ascii_strtoull (line + strlen ("Content-Length: "), NULL, 10) : 0;
}

/* FALSE when the connection ended, or is to be ended in the middle. */
static gboolean
read_request (MockGraph    *self,
              GInputStream *input,
              MockRequest **request)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char         *end = NULL;
  gssize              cut;
  char                byte[4096];

  g_mutex_lock (&self->lock);
  cut = self->cut_request;
  g_mutex_unlock (&self->lock);

  while (end == NULL || text->len < (gsize) (end - text->str) + 4 + length_of (text->str))
    {
      gsize  want = cut >= 0 ? MIN (sizeof byte, (gsize) cut - text->len) : sizeof byte;
      gssize got;

      if (want == 0)
        return FALSE;
      got = g_input_stream_read (input, byte, want, self->end, NULL);
      if (got <= 0)
        return FALSE;
      g_string_append_len (text, byte, got);
      end = strstr (text->str, "\r\n\r\n");
    }

  *request = g_new0 (MockRequest, 1);
  (*request)->head = g_strndup (text->str, end - text->str);
  (*request)->body = g_strdup (end + 4);

  return TRUE;
}

static gboolean
write_answer (MockGraph     *self,
              GOutputStream *output,
              GBytes        *answer)
{
  gsize       size;
  const void *data = g_bytes_get_data (answer, &size);
  gboolean    whole;

  g_mutex_lock (&self->lock);
  whole = self->cut_answer < 0 || (gsize) self->cut_answer >= size;
  if (!whole)
    size = self->cut_answer;
  g_mutex_unlock (&self->lock);

  return g_output_stream_write_all (output, data, size, NULL, self->end, NULL) && whole;
}

static GBytes *
take (MockGraph   *self,
      MockRequest *request,
      gboolean    *silent,
      guint       *delay_ms)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GBytes                  *queued = g_queue_pop_head (&self->queued);

  g_queue_push_tail (&self->requests, request);
  self->n_requests++;
  *silent = self->silent;
  *delay_ms = self->delay_ms;

  return queued != NULL ? queued : g_bytes_ref (self->answer);
}

static void
wait_for_end (MockGraph *self)
{
  while (!g_cancellable_is_cancelled (self->end))
    g_usleep (5000);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  MockGraph     *self = user_data;
  GInputStream  *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  MockRequest   *request = NULL;

  g_atomic_int_inc (&self->n_threads);
  while (read_request (self, input, &request))
    {
      gboolean           silent;
      guint              delay_ms;
      g_autoptr (GBytes) answer = take (self, request, &silent, &delay_ms);

      if (silent)
        wait_for_end (self);
      g_usleep (delay_ms * 1000);
      if (!write_answer (self, output, answer))
        break;
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_atomic_int_add (&self->n_threads, -1);

  return TRUE;
}

MockGraph *
mock_graph_new (void)
{
  MockGraph *self = g_new0 (MockGraph, 1);

  g_mutex_init (&self->lock);
  self->end = g_cancellable_new ();
  self->answer = make_answer (404, "", "{}", -1);
  self->cut_request = self->cut_answer = -1;
  self->service = g_threaded_socket_service_new (32);
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, NULL);
  g_assert_cmpuint (self->port, !=, 0);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);

  return self;
}

/* The threads are told to end and waited for: they use what is freed here. */
void
mock_graph_free (MockGraph *self)
{
  g_cancellable_cancel (self->end);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_signal_handlers_disconnect_by_data (self->service, self);
  do
    g_usleep (2000);
  while (g_atomic_int_get (&self->n_threads) > 0);
  g_object_unref (self->service);
  g_queue_clear_full (&self->queued, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->requests, (GDestroyNotify) mock_request_free);
  g_bytes_unref (self->answer);
  g_object_unref (self->end);
  g_mutex_clear (&self->lock);
  g_free (self);
}

char *
mock_graph_dup_url (MockGraph *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

guint16
mock_graph_get_port (MockGraph *self)
{
  return self->port;
}

void
mock_graph_set_answer (MockGraph  *self,
                       guint       status,
                       const char *extra_headers,
                       const char *body,
                       gssize      length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_bytes_unref (self->answer);
  self->answer = make_answer (status, extra_headers, body, length);
}

void
mock_graph_queue_answer (MockGraph  *self,
                         guint       status,
                         const char *extra_headers,
                         const char *body)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_queue_push_tail (&self->queued, make_answer (status, extra_headers, body, -1));
}

void
mock_graph_cut_request (MockGraph *self,
                        gssize     at)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->cut_request = at;
}

void
mock_graph_cut_answer (MockGraph *self,
                       gssize     at)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->cut_answer = at;
}

void
mock_graph_set_silent (MockGraph *self,
                       gboolean   silent)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->silent = silent;
}

void
mock_graph_set_delay (MockGraph *self,
                      guint      ms)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->delay_ms = ms;
}

guint
mock_graph_n_requests (MockGraph *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_requests;
}

/* (nullable): the oldest that was not looked at yet. */
MockRequest *
mock_graph_pop_request (MockGraph *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_queue_pop_head (&self->requests);
}
