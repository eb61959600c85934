/* How fast one customer is written to: one message in six seconds, with a small purse for a quick exchange. */
#include "sb-engine-private.h"

#include <math.h>

#define PAIR_EVERY_MS 6000
#define PAIR_BURST    5

typedef struct
{
  double purse;
  gint64 at;
} Pair;

GHashTable *
sb_pair_rate_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
refill (Pair  *pair,
        gint64 now)
{
  pair->purse = MIN (PAIR_BURST, pair->purse + MAX (0, now - pair->at) / (double) PAIR_EVERY_MS);
  pair->at = now;
}

static gint64
ready_at (const Pair *pair)
{
  return pair->at + (gint64) ceil ((1 - pair->purse) * PAIR_EVERY_MS);
}

/* SbHeldThread: whose messages are not even claimed. A claimed row that did not go out would be unknown after a power cut. */
GArray *
sb_pair_rate_held (GHashTable *pairs,
                   gint64      now)
{
  GArray        *held = g_array_new (FALSE, FALSE, sizeof (SbHeldThread));
  GHashTableIter iter;
  gpointer       thread_id, value;

  g_hash_table_iter_init (&iter, pairs);
  while (g_hash_table_iter_next (&iter, &thread_id, &value))
    {
      Pair        *pair = value;
      SbHeldThread one = { *(gint64 *) thread_id, 0 };

      refill (pair, now);
      one.until = ready_at (pair);
      if (pair->purse >= PAIR_BURST)
        g_hash_table_iter_remove (&iter);
      else if (pair->purse < 1)
        g_array_append_val (held, one);
    }

  return held;
}

/* 0: may go now, and is counted; else when. */
gint64
sb_pair_rate_take (GHashTable *pairs,
                   gint64      now,
                   gint64      thread_id)
{
  Pair *pair = g_hash_table_lookup (pairs, &thread_id);

  if (pair == NULL)
    {
      pair = g_new0 (Pair, 1);
      pair->purse = PAIR_BURST;
      g_hash_table_insert (pairs, g_memdup2 (&thread_id, sizeof thread_id), pair);
    }
  refill (pair, now);
  if (pair->purse < 1)
    return ready_at (pair);

  pair->purse -= 1;

  return 0;
}
