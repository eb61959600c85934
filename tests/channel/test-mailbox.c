#include <sodium.h>
#include <string.h>

#include "mock-graph.h"
#include "sb-inbound.h"

/* What a source said, and a loop that runs until it said enough. */
typedef struct
{
  SbInbound *source;
  GPtrArray *batches; /* "epoch:seq,seq" */
  GString   *log;
  char      *body;
  char      *signature;
  gboolean   store;
  gboolean   answer_later;
} Desk;

static void
batch_cb (SbInbound  *source,
          const char *epoch,
          GPtrArray  *events,
          gpointer    user_data)
{
  Desk               *desk = user_data;
  g_autoptr (GString) text = g_string_new (epoch);

  for (guint i = 0; i < events->len; i++)
    {
      SbInboundEvent *event = events->pdata[i];

      g_string_append_printf (text, "%c%" G_GINT64_FORMAT, i == 0 ? ':' : ',', event->seq);
      g_free (desk->body);
      desk->body = g_strndup (g_bytes_get_data (event->body, NULL), g_bytes_get_size (event->body));
      g_set_str (&desk->signature, event->signature);
    }
  g_ptr_array_add (desk->batches, g_strdup (text->str));
  if (!desk->answer_later)
    sb_inbound_stored (source, desk->store);
}

static void
gap_cb (SbInbound  *source,
        gint64      from,
        gint64      to,
        const char *why,
        gpointer    user_data)
{
  g_string_append_printf (((Desk *) user_data)->log, "gap %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ";", from, to);
}

static void
state_cb (SbInbound  *source,
          gboolean    ok,
          const char *sentence,
          gpointer    user_data)
{
  g_string_append_printf (((Desk *) user_data)->log, "%s %s;", ok ? "ok" : "bad", sentence);
}

static Desk *
desk_new (MockGraph  *mock,
          const char *seal_key)
{
  Desk            *desk = g_new0 (Desk, 1);
  g_autofree char *url = mock_graph_dup_url (mock);

  desk->source = sb_mailbox_source_new (url, "box22", "token-of-the-box", seal_key);
  desk->batches = g_ptr_array_new_with_free_func (g_free);
  desk->log = g_string_new (NULL);
  desk->store = TRUE;
  g_signal_connect (desk->source, "batch", G_CALLBACK (batch_cb), desk);
  g_signal_connect (desk->source, "gap", G_CALLBACK (gap_cb), desk);
  g_signal_connect (desk->source, "state", G_CALLBACK (state_cb), desk);

  return desk;
}

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
run_until_requests (MockGraph *mock,
                    guint      n)
{
  for (int i = 0; i < 8000 && mock_graph_n_requests (mock) < n; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (mock_graph_n_requests (mock), >=, n);
  run_for (50);
}

static void
run_until_batches (Desk *desk,
                   guint n)
{
  for (int i = 0; i < 8000 && desk->batches->len < n; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (desk->batches->len, >=, n);
}

/* Until @n sentences were said of it. */
static void
run_until_said (Desk *desk,
                guint n)
{
  for (int i = 0; i < 8000; i++)
    {
      guint said = 0;

      for (const char *end = strchr (desk->log->str, ';'); end != NULL; end = strchr (end + 1, ';'))
        said++;
      if (said >= n)
        return;
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_error ("it only says “%s”", desk->log->str);
}

/* What was under way is broken off, and gives back what it held. */
static void
desk_free (Desk *desk)
{
  sb_inbound_stop (desk->source);
  for (int i = 0; i < 8000 && G_OBJECT (desk->source)->ref_count > 1; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  run_for (20);
  g_assert_finalize_object (desk->source);
  g_ptr_array_unref (desk->batches);
  g_string_free (desk->log, TRUE);
  g_free (desk->body);
  g_free (desk->signature);
  g_free (desk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static char *
line_of (MockGraph *mock)
{
  g_autoptr (MockRequest) request = mock_graph_pop_request (mock);
  char                   *end;

  g_assert_nonnull (request);
  g_assert_nonnull (strstr (request->head, "Authorization: Bearer token-of-the-box"));
  end = strstr (request->head, " HTTP/1.1");

  return g_strdup_printf ("%.*s %s", (int) (end - request->head), request->head, request->body);
}

#define EVENTS(epoch, list) "{\"epoch\":\"" epoch "\",\"oldest\":1,\"newest\":9,\"more\":false,\"events\":[" list "]}"
#define EVENT(seq)          "{\"seq\":" #seq ",\"id\":\"a\",\"received\":1795224291123,\"headers\":{\"x-hub-signature-256\":\"sha256=ab\"},\"sealed\":false,\"body\":\"eyJhIjoiXHUwMGU5In0=\"}"

static void
test_batches (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (Desk)      desk = desk_new (mock, NULL);
  g_autofree char      *first = NULL;
  g_autofree char      *second = NULL;
  g_autofree char      *third = NULL;

  mock_graph_queue_answer (mock, 200, "", EVENTS ("E1", EVENT (5) "," EVENT (6)));
  mock_graph_queue_answer (mock, 200, "", EVENTS ("E1", EVENT (7)));
  mock_graph_set_delay (mock, 100);
  mock_graph_set_answer (mock, 200, "", EVENTS ("E1", ""), -1);
  sb_inbound_start (desk->source, "E1", 4);
  run_until_requests (mock, 3);
  first = line_of (mock);
  second = line_of (mock);
  third = line_of (mock);

  g_assert_cmpstr (first, ==, "GET /v1/box/box22/events?epoch=E1&after=4&limit=100&wait=0 ");
  g_assert_cmpstr (second, ==, "GET /v1/box/box22/events?epoch=E1&after=6&limit=100&wait=25 ");
  g_assert_cmpstr (third, ==, "GET /v1/box/box22/events?epoch=E1&after=7&limit=100&wait=25 ");
  g_assert_cmpuint (desk->batches->len, ==, 2);
  g_assert_cmpstr (desk->batches->pdata[0], ==, "E1:5,6");
  g_assert_cmpstr (desk->batches->pdata[1], ==, "E1:7");
  g_assert_cmpstr (desk->body, ==, "{\"a\":\"\\u00e9\"}");
  g_assert_cmpstr (desk->signature, ==, "sha256=ab");
  g_assert_cmpstr (desk->log->str, ==, "ok The mailbox answers;");
}

/* Nothing is acknowledged or asked for while a batch is not on the disk; one acknowledgement covers several. */
static void
test_waits_for_the_disk (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (Desk)      desk = desk_new (mock, NULL);
  g_autofree char      *ack = NULL;

  desk->answer_later = TRUE;
  mock_graph_queue_answer (mock, 200, "", EVENTS ("E1", EVENT (5)));
  mock_graph_set_answer (mock, 200, "", EVENTS ("E1", ""), -1);
  mock_graph_set_delay (mock, 20);
  sb_inbound_start (desk->source, "E1", 4);
  run_until_requests (mock, 1);
  run_for (1500);
  g_assert_cmpuint (mock_graph_n_requests (mock), ==, 1);
  sb_inbound_poke (desk->source);
  run_for (300);
  g_assert_cmpuint (mock_graph_n_requests (mock), ==, 1);

  sb_inbound_stored (desk->source, TRUE);
  run_for (1500);
  for (guint n = mock_graph_n_requests (mock); n > 0 && (ack == NULL || !g_str_has_prefix (ack, "POST")); n--)
    {
      g_free (ack);
      ack = line_of (mock);
    }
  g_assert_cmpstr (ack, ==, "POST /v1/box/box22/ack {\"epoch\":\"E1\",\"upto\":5}");
}

static void
test_not_stored_comes_again (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (Desk)      desk = desk_new (mock, NULL);
  g_autofree char      *first = NULL;
  g_autofree char      *second = NULL;

  desk->store = FALSE;
  mock_graph_set_answer (mock, 200, "", EVENTS ("E1", EVENT (5)), -1);
  sb_inbound_start (desk->source, "E1", 4);
  run_until_requests (mock, 2);
  first = line_of (mock);
  second = line_of (mock);
  g_assert_nonnull (strstr (first, "after=4"));
  g_assert_nonnull (strstr (second, "after=4"));
}

static void
test_gaps (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (Desk)      desk = desk_new (mock, NULL);
  g_autofree char      *first = NULL;
  g_autofree char      *second = NULL;
  g_autofree char      *third = NULL;

  mock_graph_queue_answer (mock, 410, "", "{\"error\":\"gap\",\"oldest\":118,\"epoch\":\"E1\"}");
  mock_graph_queue_answer (mock, 409, "", "{\"error\":\"epoch\",\"epoch\":\"E2\"}");
  mock_graph_set_silent (mock, FALSE);
  mock_graph_set_delay (mock, 20);
  mock_graph_set_answer (mock, 200, "", EVENTS ("E2", EVENT (1)), -1);
  sb_inbound_start (desk->source, "E1", 4);
  run_until_requests (mock, 3);
  run_until_batches (desk, 1);
  first = line_of (mock);
  second = line_of (mock);
  third = line_of (mock);

  g_assert_nonnull (strstr (first, "epoch=E1&after=4&"));
  g_assert_nonnull (strstr (second, "epoch=E1&after=117&"));
  g_assert_nonnull (strstr (third, "epoch=E2&after=0&"));
  g_assert_true (g_str_has_prefix (desk->log->str, "gap 5-117;gap 118-0;"));
  g_assert_cmpstr (desk->batches->pdata[0], ==, "E2:1");
}

/* A box that is out of order is not asked in a circle. */
static void
test_is_patient_with_a_broken_box (void)
{
  static const struct
  {
    guint       status;
    const char *body;
  } broken[] = {
    { 410, "{\"error\":\"gap\",\"oldest\":1}" },
    { 409, "{\"epoch\":\"E1\"}" },
    { 200, EVENTS ("E1", "") },
    { 200, "<html>" },
    { 500, "" },
    { 302, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (MockGraph) mock = mock_graph_new ();
      g_autoptr (Desk)      desk = desk_new (mock, NULL);

      mock_graph_set_answer (mock, broken[i].status, "", broken[i].body, -1);
      sb_inbound_start (desk->source, "E1", 0);
      run_for (700);
      g_test_message ("%u %s: %u questions", broken[i].status, broken[i].body, mock_graph_n_requests (mock));
      g_assert_cmpuint (mock_graph_n_requests (mock), >=, 1);
      g_assert_cmpuint (mock_graph_n_requests (mock), <=, 5);
    }
}

static void
test_states (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (Desk)      desk = desk_new (mock, NULL);

  mock_graph_queue_answer (mock, 401, "", "{}");
  mock_graph_queue_answer (mock, 404, "", "{}");
  mock_graph_queue_answer (mock, 502, "", "<html>");
  mock_graph_set_delay (mock, 5);
  mock_graph_set_answer (mock, 200, "", EVENTS ("E1", EVENT (1)), -1);
  sb_inbound_start (desk->source, NULL, 0);
  for (guint n = 1; n <= 3; n++)
    {
      run_until_requests (mock, n);
      run_until_said (desk, n);
      sb_inbound_poke (desk->source);
    }
  run_until_requests (mock, 4);
  run_until_said (desk, 4);

  g_assert_cmpstr (desk->log->str, ==,
                   "bad The mailbox does not accept its key;bad The mailbox has no such box;bad The mailbox does not answer;ok The mailbox answers;");
}

/* A poll that hangs on a dead connection is broken off by a poke; a stop leaves nothing behind. */
static void
test_poke_and_stop (void)
{
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (Desk)      desk = desk_new (mock, NULL);

  mock_graph_set_silent (mock, TRUE);
  sb_inbound_start (desk->source, "E1", 0);
  run_until_requests (mock, 1);
  sb_inbound_poke (desk->source);
  run_until_requests (mock, 2);
  sb_inbound_stop (desk->source);
  run_for (100);
  sb_inbound_start (desk->source, "E1", 0);
  run_until_requests (mock, 3);
  g_assert_cmpstr (desk->log->str, ==, "");
}

static void
test_sealed (void)
{
  guint8                public_key[crypto_box_PUBLICKEYBYTES], secret_key[crypto_box_SECRETKEYBYTES];
  const char           *plain = "{\"signature\":\"sha256=cd\",\"body\":\"eyJhIjoxfQ==\"}";
  guint8                sealed[512];
  gsize                 length = strlen (plain) + crypto_box_SEALBYTES;
  g_autofree char      *key = NULL;
  g_autofree char      *encoded = NULL;
  g_autofree char      *answer = NULL;
  g_autoptr (MockGraph) mock = mock_graph_new ();
  g_autoptr (Desk)      desk = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_box_keypair (public_key, secret_key);
  crypto_box_seal (sealed, (const guint8 *) plain, strlen (plain), public_key);
  key = g_base64_encode (secret_key, sizeof secret_key);
  encoded = g_base64_encode (sealed, length);
  answer = g_strdup_printf (EVENTS ("E1", "{\"seq\":1,\"headers\":{},\"sealed\":true,\"body\":\"%s\"}"), encoded);
  desk = desk_new (mock, key);
  mock_graph_queue_answer (mock, 200, "", answer);
  mock_graph_set_silent (mock, FALSE);
  mock_graph_set_delay (mock, 20);
  mock_graph_set_answer (mock, 200, "", EVENTS ("E1", ""), -1);
  sb_inbound_start (desk->source, "E1", 0);
  run_until_requests (mock, 2);

  g_assert_cmpstr (desk->body, ==, "{\"a\":1}");
  g_assert_cmpstr (desk->signature, ==, "sha256=cd");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/hands-on-batches-in-order", test_batches);
  g_test_add_func ("/mailbox/waits-for-the-disk", test_waits_for_the_disk);
  g_test_add_func ("/mailbox/asks-again-for-what-was-not-stored", test_not_stored_comes_again);
  g_test_add_func ("/mailbox/tells-gaps-and-goes-on", test_gaps);
  g_test_add_func ("/mailbox/is-patient-with-a-broken-box", test_is_patient_with_a_broken_box);
  g_test_add_func ("/mailbox/says-what-is-wrong", test_states);
  g_test_add_func ("/mailbox/breaks-off-on-a-poke", test_poke_and_stop);
  g_test_add_func ("/mailbox/opens-sealed-events", test_sealed);

  return g_test_run ();
}
