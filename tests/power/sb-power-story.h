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
  /*
   * How many of the moments at which something was promised or happened lie before the cut. The examination is told of the cut
   * only by these: of two cuts with the same number that left the same bytes, one is examined for both.
   */
  guint (*stage) (gconstpointer recording,
                  guint         cut);
  /* Looks at what a cut left; takes @left. */
  void (*examine) (gpointer    recording,
                   SbTearDisk *left,
                   guint       cut,
                   SbRandom   *random,
                   SbTotals   *totals);
  void (*free) (gpointer recording);
} SbPowerStory;

/* The disk that every recording begins with a copy of: a shop with a line and the customers of sb_power_story_main(). */
SbTearDisk *sb_power_story_base (void);

/*
 * A whole program: all @stories (up to a NULL) are told on @n_customers. Its cuts, shared among the stories and spread over as
 * many recordings as that takes, may lose, repeat and damage nothing; and on a disk whose flushes do nothing, the examination
 * must notice. @prepare is called once the base is there; may be NULL.
 */
int sb_power_story_main (int    argc,
                         char **argv,
                         guint  n_customers,
                         void (*prepare) (void),
                         const SbPowerStory *const *stories);

G_END_DECLS
