#include "sb-power-story.h"

#define N_LYING 300

static void
run (const SbPowerStory *self,
     SbTotals           *totals,
     guint               n_cuts,
     guint64             seed,
     gboolean            lying)
{
  g_autoptr (SbRandom) random = sb_random_new_seeded (seed);

  while (totals->cuts < n_cuts)
    {
      SbRecording *recording = self->record (seed++, lying);
      guint        step = MAX (1, (recording->last - recording->first) / (n_cuts - totals->cuts));

      /* An examination may cut again, in its own start: then it counts more than one. */
      for (guint cut = recording->first; cut <= recording->last && totals->cuts < n_cuts; cut += step)
        self->examine (recording, sb_tear_disk_cut (recording->disk, cut, random), cut, random, totals);
      self->free (recording);
    }
}

void
sb_power_story_hold (const SbPowerStory *self,
                     guint               n_cuts,
                     guint64             seed)
{
  SbTotals totals = { self->name };

  run (self, &totals, n_cuts, seed, FALSE);
  sb_totals_print (&totals);
  g_assert_true (sb_totals_are_clean (&totals));
}

void
sb_power_story_notice (const SbPowerStory *self,
                       guint64             seed)
{
  g_autofree char *name = g_strconcat (self->name, ", on a disk that lies", NULL);
  SbTotals         totals = { name };

  run (self, &totals, N_LYING, seed, TRUE);
  sb_totals_print (&totals);
  g_assert_cmpuint (totals.lost + totals.corrupt + totals.twice, >, 0);
}
