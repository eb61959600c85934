#include "sb-id.h"

#define START G_GINT64_CONSTANT (1700000000000)

static void
test_grow (void)
{
  g_autoptr (SbClock)    clock = sb_clock_new_virtual (START);
  g_autoptr (SbIdSource) ids = sb_id_source_new (clock, 511, 0);
  gint64                 last = 0;

  for (int i = 0; i < 20000; i++)
    {
      gint64 id = sb_id_source_next (ids);

      g_assert_cmpint (id, >, last);
      last = id;
      if (i % 7000 == 0)
        sb_clock_advance (clock, 1);
    }
}

static void
test_time (void)
{
  g_autoptr (SbClock)    clock = sb_clock_new_virtual (START);
  g_autoptr (SbIdSource) ids = sb_id_source_new (clock, 3, 0);

  g_assert_cmpint (sb_id_get_time (sb_id_source_next (ids)), ==, START);
  sb_clock_advance (clock, SB_DAY_MS);
  g_assert_cmpint (sb_id_get_time (sb_id_source_next (ids)), ==, START + SB_DAY_MS);
}

/* The clock was set back, also to before 1970: order matters more. */
static void
test_clock_goes_back (void)
{
  g_autoptr (SbClock)    clock = sb_clock_new_virtual (START);
  g_autoptr (SbIdSource) ids = sb_id_source_new (clock, 3, 0);
  gint64                 before = sb_id_source_next (ids);
  gint64                 after;

  sb_clock_set_offset (clock, -SB_DAY_MS);
  after = sb_id_source_next (ids);
  g_assert_cmpint (after, >, before);
  sb_clock_set_offset (clock, -2 * START);
  g_assert_cmpint (sb_id_source_next (ids), >, after);
}

/* A file that was written with a clock ahead of ours goes on from there. */
static void
test_goes_on (void)
{
  g_autoptr (SbClock)    later = sb_clock_new_virtual (START + SB_HOUR_MS);
  g_autoptr (SbClock)    now = sb_clock_new_virtual (START);
  g_autoptr (SbIdSource) first = sb_id_source_new (later, 9, 0);
  gint64                 last = sb_id_source_next (first);
  g_autoptr (SbIdSource) second = sb_id_source_new (now, 9, last);

  g_assert_cmpint (sb_id_source_next (second), >, last);
}

static void
test_two_files (void)
{
  g_autoptr (SbClock)    clock = sb_clock_new_virtual (START);
  g_autoptr (SbIdSource) one = sb_id_source_new (clock, 1, 0);
  g_autoptr (SbIdSource) two = sb_id_source_new (clock, 2, 0);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (int i = 0; i < 10000; i++)
    {
      gint64 a = sb_id_source_next (one), b = sb_id_source_next (two);

      g_assert_true (g_hash_table_add (seen, g_memdup2 (&a, sizeof a)));
      g_assert_true (g_hash_table_add (seen, g_memdup2 (&b, sizeof b)));
    }
}

/* Positive until the year 2109. */
static void
test_fits (void)
{
  g_autoptr (SbClock)    clock = sb_clock_new_virtual (((G_GINT64_CONSTANT (1) << 42) - 2));
  g_autoptr (SbIdSource) ids = sb_id_source_new (clock, 511, 0);

  g_assert_cmpint (sb_id_source_next (ids), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/grows-also-within-a-millisecond", test_grow);
  g_test_add_func ("/id/tells-its-time", test_time);
  g_test_add_func ("/id/grows-when-the-clock-goes-back", test_clock_goes_back);
  g_test_add_func ("/id/goes-on-from-what-the-file-holds", test_goes_on);
  g_test_add_func ("/id/differs-between-two-files", test_two_files);
  g_test_add_func ("/id/is-positive-in-its-last-year", test_fits);

  return g_test_run ();
}
