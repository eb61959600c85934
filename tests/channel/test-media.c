#include <glib/gstdio.h>
#include <string.h>

#include "mock-graph.h"
#include "sb-channel.h"
#include "sb-error.h"

/* A file that was sent by a customer, on its way to the disk. */

#define CONTENT     "\xff\xd8\xff a small photo"
#define CONTENT_LEN (sizeof CONTENT - 1)

typedef struct
{
  MockGraph *mock;
  SbChannel *channel;
  char      *folder;
  char      *part;
  GMainLoop *loop;
  gboolean   fetched;
  GError    *error;
} Scene;

static void
scene_init (Scene *scene)
{
  g_autoptr (SbLine) line = sb_line_new ();

  memset (scene, 0, sizeof *scene);
  scene->mock = mock_graph_new ();
  line->kind = SB_LINE_CLOUD;
  line->base_url = mock_graph_dup_url (scene->mock);
  line->phone_number_id = g_strdup ("106500011122233");
  scene->channel = sb_cloud_channel_new (line, "key-of-the-test");
  scene->folder = g_dir_make_tmp ("sb-media-XXXXXX", NULL);
  scene->part = g_build_filename (scene->folder, "photo.part", NULL);
  scene->loop = g_main_loop_new (NULL, FALSE);
}

static void
scene_clear (Scene *scene)
{
  g_object_unref (scene->channel);
  mock_graph_free (scene->mock);
  g_unlink (scene->part);
  g_assert_cmpint (g_rmdir (scene->folder), ==, 0); /* nothing else was left in it */
  g_free (scene->folder);
  g_free (scene->part);
  g_main_loop_unref (scene->loop);
  g_clear_error (&scene->error);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Scene *scene = user_data;

  scene->fetched = sb_channel_fetch_finish (SB_CHANNEL (object), result, &scene->error);
  g_main_loop_quit (scene->loop);
}

static void
fetch (Scene        *scene,
       gsize         max_bytes,
       GCancellable *cancellable)
{
  g_clear_error (&scene->error);
  sb_channel_fetch_async (scene->channel, "12/00?x", NULL, scene->part, max_bytes, cancellable, fetched_cb, scene);
  g_main_loop_run (scene->loop);
}

/* What the network says of the file; @host: NULL for the mock itself. */
static void
queue_place (Scene      *scene,
             const char *host,
             const char *sha256,
             gint64      size)
{
  g_autofree char *own = mock_graph_dup_url (scene->mock);
  g_autofree char *text = g_strdup_printf ("{\"url\":\"%s/file\",\"mime_type\":\"image/jpeg\",\"sha256\":\"%s\",\"file_size\":%" G_GINT64_FORMAT ",\"id\":\"12\"}",
                                           host != NULL ? host : own, sha256, size);

  mock_graph_queue_answer (scene->mock, 200, "", text);
}

static char *
content_hash (void)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) CONTENT, CONTENT_LEN);
}

static void
check_failed (Scene *scene,
              int    code)
{
  g_assert_false (scene->fetched);
  g_assert_error (scene->error, SB_ERROR, code);
  g_assert_false (g_file_test (scene->part, G_FILE_TEST_EXISTS));
  g_assert_null (strstr (scene->error->message, "key-of-the-test"));
}

static void
test_whole (void)
{
  g_autofree char      *hash = content_hash ();
  guchar                raw[32];
  gsize                 raw_length = sizeof raw;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char      *base64 = NULL;

  g_checksum_update (checksum, (const guchar *) CONTENT, CONTENT_LEN);
  g_checksum_get_digest (checksum, raw, &raw_length);
  base64 = g_base64_encode (raw, raw_length);

  for (int i = 0; i < 3; i++)
    {
      Scene                   scene;
      g_autofree char        *kept = NULL;
      gsize                   length;
      g_autoptr (MockRequest) place = NULL;
      g_autoptr (MockRequest) file = NULL;
      GStatBuf                info;

      scene_init (&scene);
      queue_place (&scene, NULL, i == 0 ? hash : i == 1 ? base64
                                                        : "",
                   CONTENT_LEN);
      mock_graph_set_answer (scene.mock, 200, "Content-Type: image/jpeg\r\n", CONTENT, CONTENT_LEN);
      fetch (&scene, 1000, NULL);
      place = mock_graph_pop_request (scene.mock);
      file = mock_graph_pop_request (scene.mock);

      g_assert_no_error (scene.error);
      g_assert_true (scene.fetched);
      g_assert_true (g_file_get_contents (scene.part, &kept, &length, NULL));
      g_assert_cmpmem (kept, length, CONTENT, CONTENT_LEN);
      g_assert_cmpint (g_stat (scene.part, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      g_assert_true (g_str_has_prefix (place->head, "GET /v25.0/12%2F00%3Fx HTTP/1.1\r\n")); /* an id is no path */
      g_assert_true (g_str_has_prefix (file->head, "GET /file HTTP/1.1\r\n"));
      g_assert_nonnull (strstr (file->head, "Bearer key-of-the-test"));
      scene_clear (&scene);
    }
}

static void
test_not_whole (void)
{
  static const char *const wrong[] = { "0000000000000000000000000000000000000000000000000000000000000000", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "short" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      Scene scene;

      scene_init (&scene);
      queue_place (&scene, NULL, wrong[i], CONTENT_LEN);
      mock_graph_set_answer (scene.mock, 200, "", CONTENT, CONTENT_LEN);
      fetch (&scene, 1000, NULL);
      check_failed (&scene, SB_ERROR_REMOTE);
      scene_clear (&scene);
    }
}

static void
test_answers (void)
{
  static const struct
  {
    guint status;
    int   place_code; /* when asked where it is */
    int   file_code;  /* when asked for it */
  } cases[] = {
    { 400, SB_ERROR_NOT_FOUND, SB_ERROR_REMOTE },
    { 401, SB_ERROR_AUTH, SB_ERROR_REMOTE },
    { 403, SB_ERROR_REMOTE, SB_ERROR_REMOTE },
    { 404, SB_ERROR_NOT_FOUND, SB_ERROR_NOT_FOUND },
    { 429, SB_ERROR_REMOTE, SB_ERROR_REMOTE },
    { 500, SB_ERROR_REMOTE, SB_ERROR_REMOTE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Scene            scene;
      g_autofree char *hash = content_hash ();

      scene_init (&scene);
      mock_graph_set_answer (scene.mock, cases[i].status, "", "{\"error\":{\"message\":\"m\",\"code\":100}}", -1);
      fetch (&scene, 1000, NULL);
      check_failed (&scene, cases[i].place_code);
      queue_place (&scene, NULL, hash, CONTENT_LEN);
      fetch (&scene, 1000, NULL);
      check_failed (&scene, cases[i].file_code);
      scene_clear (&scene);
    }
}

/* Also when the network said it would be smaller. */
static void
test_too_large (void)
{
  Scene scene;

  scene_init (&scene);
  queue_place (&scene, NULL, "", 1001);
  fetch (&scene, 1000, NULL);
  check_failed (&scene, SB_ERROR_TOO_LARGE);
  g_assert_cmpuint (mock_graph_n_requests (scene.mock), ==, 1);

  queue_place (&scene, NULL, "", 5);
  mock_graph_set_answer (scene.mock, 200, "", CONTENT, CONTENT_LEN);
  fetch (&scene, CONTENT_LEN - 1, NULL);
  check_failed (&scene, SB_ERROR_TOO_LARGE);
  scene_clear (&scene);
}

static void
test_broken_off (void)
{
  for (gssize at = 0; at < 130; at += 9)
    {
      Scene scene;

      scene_init (&scene);
      queue_place (&scene, NULL, "", CONTENT_LEN);
      mock_graph_set_answer (scene.mock, 200, "X-Filler: 0123456789012345678901234567890123456789012345678901234567890123456789\r\n", CONTENT, CONTENT_LEN);
      mock_graph_cut_answer (scene.mock, at);
      fetch (&scene, 1000, NULL);
      g_assert_false (scene.fetched);
      g_assert_nonnull (scene.error);
      g_assert_false (g_file_test (scene.part, G_FILE_TEST_EXISTS));
      scene_clear (&scene);
    }
}

/* An answer may name any host; the key goes to none but the network's and the owner's. */
static void
test_other_host (void)
{
  Scene                   scene;
  g_autofree char        *other = NULL;
  g_autoptr (MockRequest) place = NULL;
  g_autoptr (MockRequest) file = NULL;

  scene_init (&scene);
  other = g_strdup_printf ("http://127.0.0.2:%u", mock_graph_get_port (scene.mock));
  queue_place (&scene, other, "", CONTENT_LEN);
  mock_graph_set_answer (scene.mock, 200, "", CONTENT, CONTENT_LEN);
  fetch (&scene, 1000, NULL);
  place = mock_graph_pop_request (scene.mock);
  file = mock_graph_pop_request (scene.mock);

  g_assert_nonnull (strstr (place->head, "key-of-the-test"));
  g_assert_true (file == NULL || strstr (file->head, "key-of-the-test") == NULL);
  scene_clear (&scene);
}

static void
test_no_room (void)
{
  Scene scene;

  scene_init (&scene);
  g_free (scene.part);
  scene.part = g_build_filename (scene.folder, "no", "such", "folder", NULL);
  queue_place (&scene, NULL, "", CONTENT_LEN);
  mock_graph_set_answer (scene.mock, 200, "", CONTENT, CONTENT_LEN);
  fetch (&scene, 1000, NULL);
  check_failed (&scene, SB_ERROR_STORAGE);
  scene_clear (&scene);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/arrives-whole", test_whole);
  g_test_add_func ("/media/is-not-kept-when-its-hash-differs", test_not_whole);
  g_test_add_func ("/media/puts-every-answer-in-its-class", test_answers);
  g_test_add_func ("/media/stops-at-the-limit", test_too_large);
  g_test_add_func ("/media/leaves-nothing-when-broken-off", test_broken_off);
  g_test_add_func ("/media/sends-no-key-to-another-host", test_other_host);
  g_test_add_func ("/media/says-when-it-cannot-be-kept", test_no_room);

  return g_test_run ();
}
