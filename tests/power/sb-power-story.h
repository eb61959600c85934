#pragma once

#include "sb-power.h"

G_BEGIN_DECLS

/* Some work on a disk that remembers every write; the first member of what a program knows of its own work. */
typedef struct
{
  guint64     seed;
  SbTearDisk *disk;
  guint       first, last; /* operations of the work: the cut falls on one of them */
} SbRecording;

typedef struct
{
  const char *name;
  /* (transfer full): an SbRecording; @lying: the disk does not keep what it was told to flush */
  gpointer (*record) (guint64  seed,
                      gboolean lying);
  /* Looks at what a cut left; takes @left. */
  void (*examine) (gpointer    recording,
                   SbTearDisk *left,
                   guint       cut,
                   SbRandom   *random,
                   SbTotals   *totals);
  void (*free) (gpointer recording);
} SbPowerStory;

/* @n_cuts cuts, spread over as many recordings as that takes: none may lose, repeat or damage anything. */
void sb_power_story_hold (const SbPowerStory *self,
                          guint               n_cuts,
                          guint64             seed);
/* The same on a disk whose flushes do nothing: the examination must notice. */
void sb_power_story_notice (const SbPowerStory *self,
                            guint64             seed);

G_END_DECLS
