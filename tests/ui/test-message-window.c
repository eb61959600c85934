#include "sb-message-window.h"
#include "sb-store-private.h"

#define NOW   G_GINT64_CONSTANT (1750000000000)
#define N_ALL 1010
#define AT(i) (NOW + (i) / 2 * 1000) /* two share each time: the id tells them apart */
#define ID(i) (G_GINT64_CONSTANT (5000) + (i))

typedef struct
{
  char     *folder;
  SbClock  *clock;
  SbRandom *random;
  SbStore  *store;
  gint64    thread;
  gint64    other;
  int       from;
  int       to;
} Shop;

static gboolean
add_messages (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop *shop = data;

  for (int i = shop->from; i < shop->to; i++)
    if (!sb_db_exec (writer->db, error, "INSERT INTO message (id, thread_id, line_id, kind, direction, author, sent_at, text) VALUES (?, ?, 0, 1, 0, 1, ?, 'text')", "iii", ID (i),
                     shop->thread, AT (i)))
      return FALSE;

  return TRUE;
}

static gboolean
make_threads (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();
  SbWho              ana = { .wa_id = "351912000111", .profile_name = "Ana" };
  SbWho              ben = { .wa_id = "351912000222", .profile_name = "Ben" };
  gint64             line_id;

  line->name = g_strdup ("Shop");
  line_id = sb_writer_save_line (writer, line, error);
  shop->thread = sb_writer_ensure_thread (writer, sb_writer_find_contact (writer, &ana, TRUE, error), line_id, error);
  shop->other = sb_writer_ensure_thread (writer, sb_writer_find_contact (writer, &ben, TRUE, error), line_id, error);

  return add_messages (writer, shop, error);
}

static void
run (Shop     *shop,
     SbCommand command)
{
  g_autoptr (GError) error = NULL;

  sb_store_run (shop->store, command, shop, &error);
  g_assert_no_error (error);
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  shop->folder = g_dir_make_tmp ("window-XXXXXX", NULL);
  shop->clock = sb_clock_new_virtual (NOW);
  shop->random = sb_random_new_seeded (1);
  shop->store = sb_store_open (shop->folder, SB_STORE_CREATE | SB_STORE_INLINE, shop->clock, shop->random, NULL, &error);
  g_assert_no_error (error);
  shop->to = N_ALL;
  run (shop, make_threads);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_store_close (shop->store);
  g_clear_object (&shop->store);
  g_object_unref (shop->clock);
  sb_random_free (shop->random);
  g_free (shop->folder);
}

/* Neighbours without a gap, at most as many as are allowed. */
static void
assert_whole (SbMessageWindow *window,
              int              first,
              int              last)
{
  g_assert_cmpuint (window->messages->len, ==, (guint) (last - first + 1));
  g_assert_cmpuint (window->messages->len, <=, SB_WINDOW_MOST);
  for (guint i = 0; i < window->messages->len; i++)
    g_assert_cmpint (((SbMessage *) window->messages->pdata[i])->id, ==, ID (first + (int) i));
}

static void
test_up_and_down (Shop         *shop,
                  gconstpointer data)
{
  g_autoptr (SbMessageWindow) window = sb_message_window_new (sb_store_get_reader (shop->store), shop->thread);
  int                         n_up = 0, n_down = 0;

  sb_message_window_go_to_foot (window);
  assert_whole (window, N_ALL - SB_WINDOW_PAGE, N_ALL - 1);
  g_assert_true (window->at_end);
  while (sb_message_window_load_older (window))
    {
      int first = MAX (0, N_ALL - SB_WINDOW_PAGE * (n_up + 2));

      assert_whole (window, first, MIN (N_ALL, first + SB_WINDOW_MOST) - 1);
      n_up++;
    }
  g_assert_true (window->at_start);
  g_assert_false (window->at_end);
  while (sb_message_window_load_newer (window))
    n_down++;
  assert_whole (window, N_ALL - SB_WINDOW_MOST, N_ALL - 1);
  g_assert_true (window->at_end);
  g_assert_false (window->at_start);
  g_assert_cmpint (n_up, ==, (N_ALL - 1) / SB_WINDOW_PAGE);
  g_assert_cmpint (n_down, ==, (N_ALL - SB_WINDOW_MOST) / SB_WINDOW_PAGE + 1);
}

static void
test_go_to (Shop         *shop,
            gconstpointer data)
{
  g_autoptr (SbMessageWindow) window = sb_message_window_new (sb_store_get_reader (shop->store), shop->thread);

  g_assert_true (sb_message_window_go_to (window, ID (500)));
  assert_whole (window, 500 - SB_WINDOW_PAGE / 2, 500 + SB_WINDOW_PAGE);
  g_assert_false (window->at_start);
  g_assert_false (window->at_end);
  g_assert_nonnull (sb_message_window_find (window, ID (500)));
  g_assert_null (sb_message_window_find (window, ID (600)));
  g_assert_true (sb_message_window_go_to (window, ID (3)));
  assert_whole (window, 0, 3 + SB_WINDOW_PAGE);
  g_assert_true (window->at_start);
  g_assert_false (sb_message_window_go_to (window, 1));
  assert_whole (window, 0, 3 + SB_WINDOW_PAGE);

  /* Near the end the page is filled from before. */
  g_assert_true (sb_message_window_go_to (window, ID (N_ALL - 3)));
  assert_whole (window, N_ALL - 3 - SB_WINDOW_PAGE / 2 - (SB_WINDOW_PAGE - 2), N_ALL - 1);
  g_assert_true (window->at_end);
  g_assert_false (window->at_start);
}

static void
test_refresh (Shop         *shop,
              gconstpointer data)
{
  g_autoptr (SbMessageWindow) foot = sb_message_window_new (sb_store_get_reader (shop->store), shop->thread);
  g_autoptr (SbMessageWindow) middle = sb_message_window_new (sb_store_get_reader (shop->store), shop->thread);

  sb_message_window_go_to_foot (foot);
  g_assert_true (sb_message_window_go_to (middle, ID (500)));
  shop->from = N_ALL;
  shop->to = N_ALL + 3;
  run (shop, add_messages);
  sb_message_window_refresh (foot);
  sb_message_window_refresh (middle);
  assert_whole (foot, N_ALL - SB_WINDOW_PAGE, N_ALL + 2);
  assert_whole (middle, 500 - SB_WINDOW_PAGE / 2, 500 + SB_WINDOW_PAGE);

  /* More at once than a page: the rest is behind the edge, not lost. */
  shop->from = N_ALL + 3;
  shop->to = N_ALL + 203;
  run (shop, add_messages);
  sb_message_window_refresh (foot);
  g_assert_false (foot->at_end);
  while (sb_message_window_load_newer (foot))
    ;
  assert_whole (foot, N_ALL + 203 - SB_WINDOW_MOST, N_ALL + 202);
}

static void
test_empty (Shop         *shop,
            gconstpointer data)
{
  g_autoptr (SbMessageWindow) window = sb_message_window_new (sb_store_get_reader (shop->store), shop->other);

  sb_message_window_go_to_foot (window);
  g_assert_cmpuint (window->messages->len, ==, 0);
  g_assert_false (sb_message_window_load_older (window));
  g_assert_false (sb_message_window_load_newer (window));
  g_assert_false (sb_message_window_go_to (window, ID (5)));
  shop->thread = shop->other;
  shop->from = N_ALL;
  shop->to = N_ALL + 1;
  run (shop, add_messages);
  sb_message_window_refresh (window);
  assert_whole (window, N_ALL, N_ALL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/message-window/up-and-down", Shop, NULL, set_up, test_up_and_down, tear_down);
  g_test_add ("/message-window/go-to", Shop, NULL, set_up, test_go_to, tear_down);
  g_test_add ("/message-window/refresh", Shop, NULL, set_up, test_refresh, tear_down);
  g_test_add ("/message-window/empty", Shop, NULL, set_up, test_empty, tear_down);

  return g_test_run ();
}
