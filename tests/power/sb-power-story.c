#include "sb-power-story.h"

#include "sb-seat.h"

#define N_LYING    300
#define COLD_EVERY 64

static SbTearDisk *base;
static guint       n_cuts = 1000; /* of each story */
static guint64     first_seed = 1;

SbTearDisk *
sb_power_story_base (void)
{
  return base;
}

/* One seed for each cut, so that it can be looked at alone. */
static SbTearDisk *
cut_at (SbRecording *recording,
        guint        cut,
        SbRandom   **random)
{
  *random = sb_random_new_seeded (recording->seed << 32 | cut);

  return sb_tear_disk_cut (recording->disk, cut, *random);
}

static gboolean
was_examined (const SbPowerStory *self,
              SbRecording        *recording,
              SbTearDisk         *left,
              guint               cut,
              GHashTable         *examined)
{
  gint64 key = sb_tear_disk_hash (left) + self->stage (recording, cut);

  return !g_hash_table_add (examined, g_memdup2 (&key, sizeof key));
}

static void
difference (SbTotals       *totals,
            const SbTotals *before)
{
  totals->cuts -= before->cuts;
  totals->corrupt -= before->corrupt;
  totals->lost -= before->lost;
  totals->twice -= before->twice;
  totals->wrong -= before->wrong;
  totals->unknown -= before->unknown;
  totals->in_flight -= before->in_flight;
}

/* Handles that were used before must come to the same as new ones. */
static void
examine_cold (const SbPowerStory *self,
              SbRecording        *recording,
              guint               cut,
              SbTotals            found)
{
  SbTotals             cold = { NULL };
  g_autoptr (SbRandom) random = NULL;
  SbTearDisk          *left = cut_at (recording, cut, &random);

  sb_seat_set_warm (FALSE);
  self->examine (recording, left, cut, random, &cold);
  sb_seat_set_warm (TRUE);
  if (cold.corrupt == found.corrupt && cold.lost == found.lost && cold.twice == found.twice && cold.wrong == found.wrong && cold.unknown == found.unknown && cold.in_flight == found.in_flight)
    return;

  cold.name = "on new handles";
  sb_totals_print (&cold);
  sb_totals_print (&found);
  g_error ("seed %" G_GUINT64_FORMAT ", cut after operation %u: new handles see something else", recording->seed, cut);
}

static void
examine (const SbPowerStory *self,
         SbRecording        *recording,
         guint               cut,
         GHashTable         *examined,
         SbTotals           *totals)
{
  g_autoptr (SbRandom) random = NULL;
  SbTearDisk          *left = cut_at (recording, cut, &random);
  const SbTotals       before = *totals;
  SbTotals             found;

  /* It would say nothing new, and does not count. */
  if (was_examined (self, recording, left, cut, examined))
    {
      sb_tear_disk_free (left);
      totals->same++;
      return;
    }

  self->examine (recording, left, cut, random, totals);
  found = *totals;
  difference (&found, &before);
  if (cut % COLD_EVERY == 0)
    examine_cold (self, recording, cut, found);
}

static void
run (const SbPowerStory *self,
     SbTotals           *totals,
     guint               n,
     guint64             seed,
     gboolean            lying)
{
  while (totals->cuts < n)
    {
      g_autoptr (GHashTable) examined = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      SbRecording           *recording = self->record (seed++, lying);
      guint                  step = MAX (1, (recording->last - recording->first) / (n - totals->cuts));

      /* An examination may cut again, in its own start: then it counts more than one. */
      for (guint cut = recording->first; cut <= recording->last && totals->cuts < n; cut += step)
        examine (self, recording, cut, examined, totals);
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
  GLogLevelFlags      fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);

  /* Such a disk leaves damaged files, too; that the engine warns of one is right. */
  g_log_set_always_fatal (fatal & ~G_LOG_LEVEL_WARNING);
  run (self, &totals, N_LYING, first_seed, TRUE);
  g_log_set_always_fatal (fatal);
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
  sb_seat_finish ();
  sb_tear_disk_free (base);

  return result;
}
