#include "sb-random.h"

#include <string.h>

/* Computed by hand from the published algorithms: splitmix64 fills the state, xoshiro256** runs on it. */
static void
test_same_everywhere (void)
{
  static const guint64 wanted[] = { G_GUINT64_CONSTANT (0x15780b2e0c2ec716), G_GUINT64_CONSTANT (0x6104d9866d113a7e), G_GUINT64_CONSTANT (0xae17533239e499a1), G_GUINT64_CONSTANT (0xecb8ad4703b360a1) };
  g_autoptr (SbRandom) random = sb_random_new_seeded (42);

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpuint (sb_random_next (random), ==, wanted[i]);
}

static void
test_seeds_differ (void)
{
  g_autoptr (SbRandom) one = sb_random_new_seeded (0);
  g_autoptr (SbRandom) two = sb_random_new_seeded (1);
  int                  same = 0;

  for (int i = 0; i < 1000; i++)
    same += sb_random_next (one) == sb_random_next (two);

  g_assert_cmpint (same, ==, 0);
}

static void
test_below (void)
{
  g_autoptr (SbRandom) random = sb_random_new_seeded (7);
  guint                seen[10] = { 0 };

  for (int i = 0; i < 100000; i++)
    seen[sb_random_below (random, 10)]++;

  for (int i = 0; i < 10; i++)
    {
      g_assert_cmpuint (seen[i], >, 9500);
      g_assert_cmpuint (seen[i], <, 10500);
    }
  for (int i = 0; i < 100; i++)
    g_assert_cmpuint (sb_random_below (random, 1), ==, 0);
  for (int i = 0; i < 100; i++)
    g_assert_cmpuint (sb_random_below (random, G_MAXUINT32), <, G_MAXUINT32);
}

static void
test_unit (void)
{
  g_autoptr (SbRandom) random = sb_random_new_seeded (7);
  double               sum = 0;

  for (int i = 0; i < 100000; i++)
    {
      double value = sb_random_unit (random);

      g_assert_cmpfloat (value, >=, 0);
      g_assert_cmpfloat (value, <, 1);
      sum += value;
    }

  g_assert_cmpfloat_with_epsilon (sum / 100000, 0.5, 0.01);
}

static void
test_token (void)
{
  g_autoptr (SbRandom) random = sb_random_new_system ();
  g_autofree char     *one = sb_random_token (random, 32);
  g_autofree char     *two = sb_random_token (random, 32);
  g_autofree char     *none = sb_random_token (random, 0);

  g_assert_cmpuint (strlen (one), ==, 32);
  g_assert_cmpuint (strspn (one, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), ==, 32);
  g_assert_cmpstr (one, !=, two);
  g_assert_cmpstr (none, ==, "");
}

/* Each of 256 values comes up in 16 KiB, from the kernel as from a seed; not one byte beyond the end is touched. */
static void
check_bytes (SbRandom *random)
{
  guint8 bytes[16384 + 1];
  guint  seen[256] = { 0 };

  bytes[16384] = 0x5a;
  sb_random_bytes (random, bytes, 16384);
  for (int i = 0; i < 16384; i++)
    seen[bytes[i]]++;

  for (int i = 0; i < 256; i++)
    g_assert_cmpuint (seen[i], >, 16);
  g_assert_cmpuint (bytes[16384], ==, 0x5a);
}

static void
test_bytes (void)
{
  g_autoptr (SbRandom) seeded = sb_random_new_seeded (3);
  g_autoptr (SbRandom) system = sb_random_new_system ();

  check_bytes (seeded);
  check_bytes (system);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/is-the-same-on-every-machine", test_same_everywhere);
  g_test_add_func ("/random/differs-by-seed", test_seeds_differ);
  g_test_add_func ("/random/has-no-favourites", test_below);
  g_test_add_func ("/random/stays-below-one", test_unit);
  g_test_add_func ("/random/makes-tokens", test_token);
  g_test_add_func ("/random/fills-bytes", test_bytes);

  return g_test_run ();
}
