#include "sb-power-story.h"

#define N_LYING 300

static SbTearDisk *base;
static guint       n_cuts = 1000; /* of each story */
static guint64     first_seed = 1;

SbTearDisk *
sb_power_story_base (void)
{
  return base;
}

static void
run (const SbPowerStory *self,
     SbTotals           *totals,
     guint               n,
     guint64             seed,
     gboolean            lying)
{
  g_autoptr (SbRandom) random = sb_random_new_seeded (seed);

  while (totals->cuts < n)
    {
      SbRecording *recording = self->record (seed++, lying);
      guint        step = MAX (1, (recording->last - recording->first) / (n - totals->cuts));

      /* An examination may cut again, in its own start: then it counts more than one. */
      for (guint cut = recording->first; cut <= recording->last && totals->cuts < n; cut += step)
        self->examine (recording, sb_tear_disk_cut (recording->disk, cut, random), cut, random, totals);
      self->free (recording);
    }
}

static void
test_cuts (gconstpointer data)
{
  const SbPowerStory *self = data;
  SbTotals            totals = { self->name };

  run (self, &totals, n_cuts, first_seed, FALSE);
  sb_totals_print (&totals);
  g_assert_true (sb_totals_are_clean (&totals));
}

static void
test_lying_disk (gconstpointer data)
{
  const SbPowerStory *self = data;
  g_autofree char    *name = g_strconcat (self->name, ", on a disk that lies", NULL);
  SbTotals            totals = { name };

  run (self, &totals, N_LYING, first_seed, TRUE);
  sb_totals_print (&totals);
  g_assert_cmpuint (totals.lost + totals.corrupt + totals.twice, >, 0);
}

static void
add_test (const SbPowerStory *self,
          const char         *what,
          GTestDataFunc       test)
{
  g_autofree char *path = g_strdup_printf ("/power/%s/%s", self->name, what);

  g_test_add_data_func (path, self, test);
}

int
sb_power_story_main (int    argc,
                     char **argv,
                     guint  n_customers,
                     void (*prepare) (void),
                     const SbPowerStory *const *stories)
{
  guint n_stories = 0;
  int   result;

  g_test_init (&argc, &argv, NULL);
  sb_power_init (argc, argv, &n_cuts, &first_seed);
  base = sb_power_make_base (n_customers);
  if (prepare != NULL)
    prepare ();
  for (; stories[n_stories] != NULL; n_stories++)
    {
      add_test (stories[n_stories], "cuts", test_cuts);
      add_test (stories[n_stories], "lying-disk", test_lying_disk);
    }
  n_cuts /= n_stories;
  result = g_test_run ();
  sb_tear_disk_free (base);

  return result;
}
