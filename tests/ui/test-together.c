/*
 * Two windows on one shop: in no frame does one show what the other does not show yet. A frame is drawn when nothing more
 * urgent is to be done; the probe here runs just then, and compares what both would draw.
 */
#include <gdk/gdk.h>

#include "sb-engine-fixture.h"
#include "sb-thread-item.h"
#include "sb-together.h"

typedef struct
{
  SbThreadList *one;
  SbThreadList *other;
  GString      *frames; /* what each frame showed */
  guint         frame_id;
  guint         n_apart;
} Windows;

/* The list as it is drawn: each name with its words, its badge and its state. */
static char *
drawn (SbThreadList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (SbThreadItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);
      const SbThread          *thread = sb_thread_item_get (item);

      g_string_append_printf (text, "%s %d %d %s;", thread->name, (int) thread->status, thread->unread, thread->preview);
    }

  return g_string_free (text, FALSE);
}

static gboolean
frame_cb (gpointer user_data)
{
  Windows         *windows = user_data;
  g_autofree char *one = drawn (windows->one);
  g_autofree char *other = drawn (windows->other);

  if (g_strcmp0 (one, other) != 0)
    {
      g_test_message ("one shows %s the other %s", one, other);
      windows->n_apart++;
    }
  windows->frame_id = 0;
  g_string_append_printf (windows->frames, "\n%s", one);

  return G_SOURCE_REMOVE;
}

/* A frame is drawn because something changed. */
static void
changed_cb (Windows *windows)
{
  if (windows->frame_id == 0)
    windows->frame_id = g_idle_add_full (GDK_PRIORITY_REDRAW, frame_cb, windows, NULL);
}

static void
watch (Windows      *windows,
       SbThreadList *list)
{
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (changed_cb), windows);
  g_signal_connect_swapped (list, "tick", G_CALLBACK (changed_cb), windows);
  g_signal_connect_swapped (list, "rows-changed", G_CALLBACK (changed_cb), windows);
}

/* What else a window does about a change takes its time, and lies between the two lists. */
static void
slow_cb (void)
{
  g_usleep (5000);
}

static void
draw_until (Windows    *windows,
            const char *words)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (strstr (windows->frames->str, words) == NULL && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
  /* The frames in which the other one would come too late. */
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  if (strstr (windows->frames->str, words) == NULL)
    g_error ("“%s” was never drawn:%s", words, windows->frames->str);
}

static void
test_lists (SbEngineFixture *self,
            gconstpointer    data)
{
  Windows        windows = { .frames = g_string_new ("") };
  SbThreadFilter filter = { .not_closed = TRUE };

  windows.one = sb_thread_list_new (self->engine);
  g_signal_connect (self->engine, "counts-changed", G_CALLBACK (slow_cb), NULL);
  windows.other = sb_thread_list_new (self->engine);
  sb_thread_list_set_filter (windows.one, &filter);
  sb_thread_list_set_filter (windows.other, &filter);
  watch (&windows, windows.one);
  watch (&windows, windows.other);

  sb_fixture_give_message (self, "wamid.a", "\"type\":\"text\",\"text\":{\"body\":\"Is it ready?\"}");
  draw_until (&windows, " 2 Is it ready?");
  sb_fixture_send_text (self, self->ana, "At ten");
  draw_until (&windows, "At ten");
  sb_fixture_hello (self, SB_BEN);
  draw_until (&windows, ";");
  sb_fixture_act (self, SB_ACT_READ, self->ana, 0, 0);
  draw_until (&windows, " 0 At ten");
  sb_fixture_act (self, SB_ACT_PENDING, self->ana, 0, 0);
  draw_until (&windows, " 2 0 At ten");
  g_assert_cmpuint (windows.n_apart, ==, 0);

  g_clear_handle_id (&windows.frame_id, g_source_remove);
  g_signal_handlers_disconnect_by_func (self->engine, slow_cb, NULL);
  g_object_unref (windows.one);
  g_object_unref (windows.other);
  g_string_free (windows.frames, TRUE);
}

/* -- the round itself -- */

typedef struct
{
  guint    id;
  guint    n;
  gpointer drop; /* (nullable): another one, which this one sends away */
} Looker;

static gboolean
look_cb (gpointer user_data)
{
  Looker *looker = user_data;
  Looker *drop = looker->drop;

  looker->id = 0;
  looker->n++;
  if (drop != NULL)
    g_clear_handle_id (&drop->id, sb_together_remove);

  return G_SOURCE_REMOVE;
}

static void
turn (void)
{
  for (guint i = 0; i < 40; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
test_rounds (void)
{
  Looker lookers[3] = { 0 };

  lookers[0].id = sb_together_add (5, look_cb, &lookers[0]);
  g_usleep (3000);
  lookers[1].id = sb_together_add (5000, look_cb, &lookers[1]);
  lookers[2].id = sb_together_add (5, look_cb, &lookers[2]);
  lookers[0].drop = &lookers[2];
  turn ();
  g_assert_cmpuint (lookers[0].n, ==, 1);
  g_assert_cmpuint (lookers[1].n, ==, 1);
  g_assert_cmpuint (lookers[2].n, ==, 0);

  lookers[0].id = sb_together_add (5, look_cb, &lookers[0]);
  g_clear_handle_id (&lookers[0].id, sb_together_remove);
  turn ();
  g_assert_cmpuint (lookers[0].n, ==, 1);
  lookers[1].id = sb_together_add (5, look_cb, &lookers[1]);
  turn ();
  g_assert_cmpuint (lookers[1].n, ==, 2);
}

static gboolean
draw_cb (gpointer user_data)
{
  g_usleep (1000);

  return G_SOURCE_CONTINUE;
}

/* A slow machine that draws one frame after the other still shows what came in. */
static void
test_no_pause (void)
{
  Looker looker = { 0 };
  guint  draw_id = g_idle_add_full (GDK_PRIORITY_REDRAW, draw_cb, NULL, NULL);
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  looker.id = sb_together_add (5, look_cb, &looker);
  while (looker.n == 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (looker.n, ==, 1);
  turn ();
  g_assert_cmpuint (looker.n, ==, 1);
  g_source_remove (draw_id);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/together/one-round", test_rounds);
  g_test_add_func ("/ui/together/frames-without-a-pause", test_no_pause);
  g_test_add ("/ui/together/two-lists-in-the-same-frame", SbEngineFixture, NULL, sb_fixture_set_up, test_lists, sb_fixture_tear_down);

  return g_test_run ();
}
