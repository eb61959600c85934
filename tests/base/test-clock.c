#include "sb-clock.h"

#define START G_GINT64_CONSTANT (1700000000000)

/* What timers leave behind, in the order they fired. */
typedef struct
{
  SbClock *clock;
  GString *log;
  guint    other;
} Scene;

typedef struct
{
  Scene      *scene;
  const char *name;
} Named;

static gboolean
note_cb (gpointer user_data)
{
  Named *named = user_data;

  g_string_append_printf (named->scene->log, "%s@%" G_GINT64_FORMAT " ", named->name, sb_clock_now (named->scene->clock) - START);

  return G_SOURCE_CONTINUE;
}

static guint
add (Scene      *scene,
     gint64      after_ms,
     const char *name)
{
  Named *named = g_new0 (Named, 1);

  named->scene = scene;
  named->name = name;

  return sb_clock_add_timer (scene->clock, START + after_ms, note_cb, named, g_free);
}

static void
scene_init (Scene *scene)
{
  scene->clock = sb_clock_new_virtual (START);
  scene->log = g_string_new (NULL);
}

static void
scene_clear (Scene *scene)
{
  g_object_unref (scene->clock);
  g_string_free (scene->log, TRUE);
}

static void
test_stands_still (void)
{
  g_autoptr (SbClock) clock = sb_clock_new_virtual (START);

  g_assert_true (sb_clock_is_virtual (clock));
  g_assert_cmpint (sb_clock_now (clock), ==, START);
  sb_clock_advance (clock, 5);
  sb_clock_advance (clock, 0);
  g_assert_cmpint (sb_clock_now (clock), ==, START + 5);
  g_assert_cmpint (sb_clock_uptime (clock), ==, START + 5);
}

static void
test_order (void)
{
  Scene scene;

  scene_init (&scene);
  add (&scene, 30, "c");
  add (&scene, 10, "a");
  add (&scene, 10, "b"); /* the same moment: in the order they were set */
  add (&scene, 99, "late");
  sb_clock_advance (scene.clock, 50);

  g_assert_cmpstr (scene.log->str, ==, "a@10 b@10 c@30 ");
  g_assert_cmpint (sb_clock_now (scene.clock), ==, START + 50);
  scene_clear (&scene);
}

static void
test_once (void)
{
  Scene scene;

  scene_init (&scene);
  add (&scene, 10, "a");
  add (&scene, -10, "past");
  sb_clock_advance (scene.clock, 20);
  sb_clock_advance (scene.clock, 20);

  g_assert_cmpstr (scene.log->str, ==, "past@0 a@10 ");
  scene_clear (&scene);
}

static gboolean
chain_cb (gpointer user_data)
{
  Scene *scene = user_data;

  add (scene, sb_clock_now (scene->clock) - START + 5, "next");
  sb_clock_remove_timer (scene->clock, scene->other);

  return G_SOURCE_REMOVE;
}

/* A timer may set and remove others while it fires. */
static void
test_timers_change_timers (void)
{
  Scene scene;

  scene_init (&scene);
  sb_clock_add_timer (scene.clock, START + 10, chain_cb, &scene, NULL);
  scene.other = add (&scene, 12, "removed");
  sb_clock_advance (scene.clock, 100);

  g_assert_cmpstr (scene.log->str, ==, "next@15 ");
  scene_clear (&scene);
}

static void
count_destroyed (gpointer data)
{
  (*(int *) data)++;
}

static gboolean
nothing_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

static void
test_data_is_freed_once (void)
{
  g_autoptr (SbClock) clock = sb_clock_new_virtual (START);
  int                 fired = 0, removed = 0, left = 0;
  guint               id;

  sb_clock_add_timer (clock, START + 1, nothing_cb, &fired, count_destroyed);
  id = sb_clock_add_timer (clock, START + 2, nothing_cb, &removed, count_destroyed);
  sb_clock_add_timer (clock, START + 99, nothing_cb, &left, count_destroyed);
  g_assert_cmpuint (id, !=, 0);
  sb_clock_remove_timer (clock, id);
  sb_clock_remove_timer (clock, id);
  sb_clock_remove_timer (clock, 4711);
  sb_clock_advance (clock, 10);
  g_clear_object (&clock);

  g_assert_cmpint (fired, ==, 1);
  g_assert_cmpint (removed, ==, 1);
  g_assert_cmpint (left, ==, 1);
}

static void
count_jump_cb (SbClock *clock,
               int     *jumps)
{
  (*jumps)++;
}

static void
test_offset (void)
{
  g_autoptr (SbClock) clock = sb_clock_new_virtual (START);
  int                 jumps = 0;

  g_signal_connect (clock, "jumped", G_CALLBACK (count_jump_cb), &jumps);
  sb_clock_set_offset (clock, SB_DAY_MS);
  sb_clock_set_offset (clock, SB_DAY_MS);

  g_assert_cmpint (sb_clock_now (clock), ==, START + SB_DAY_MS);
  g_assert_cmpint (sb_clock_get_offset (clock), ==, SB_DAY_MS);
  g_assert_cmpint (jumps, ==, 1);
}

static void
test_offset_and_timers (void)
{
  Scene scene;

  scene_init (&scene);
  sb_clock_set_offset (scene.clock, 1000);
  add (&scene, 1500, "a"); /* on the clock as it is shown */
  sb_clock_advance (scene.clock, 499);
  g_assert_cmpstr (scene.log->str, ==, "");
  sb_clock_advance (scene.clock, 1);
  g_assert_cmpstr (scene.log->str, ==, "a@1500 ");
  scene_clear (&scene);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

/* Moved past a timer, the machine's clock fires it at once; a moment that is far away does not hold that up. */
static void
test_system (void)
{
  g_autoptr (SbClock)   clock = sb_clock_new_system ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  gint64                now = g_get_real_time () / 1000;
  gint64                up = sb_clock_uptime (clock);

  g_assert_false (sb_clock_is_virtual (clock));
  g_assert_cmpint (ABS (sb_clock_now (clock) - now), <, 1000);
  sb_clock_add_timer (clock, now + SB_HOUR_MS, quit_cb, loop, NULL);
  sb_clock_set_offset (clock, 2 * SB_HOUR_MS);
  g_main_loop_run (loop);

  g_assert_cmpint (sb_clock_now (clock), >=, now + 2 * SB_HOUR_MS);
  g_assert_cmpint (sb_clock_uptime (clock) - up, >=, 0);
  g_assert_cmpint (sb_clock_uptime (clock) - up, <, SB_MINUTE_MS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/stands-still-until-it-is-moved", test_stands_still);
  g_test_add_func ("/clock/fires-in-order-each-at-its-own-time", test_order);
  g_test_add_func ("/clock/fires-once", test_once);
  g_test_add_func ("/clock/lets-timers-change-timers", test_timers_change_timers);
  g_test_add_func ("/clock/frees-what-timers-hold-once", test_data_is_freed_once);
  g_test_add_func ("/clock/carries-an-offset", test_offset);
  g_test_add_func ("/clock/sets-timers-on-the-time-that-is-shown", test_offset_and_timers);
  g_test_add_func ("/clock/moves-past-timers-of-the-machine", test_system);

  return g_test_run ();
}
