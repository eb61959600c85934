#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the benchmarks share. Each runs its subject and its anchor alternately in one process and prints a JSON line for each
 * figure. A missed goal is told, not a failure; a wrong result is.
 */

typedef enum
{
  BENCH_AT_MOST,
  BENCH_AT_LEAST,
} BenchGoal;

double  bench_now_ms (void);
GArray *bench_samples_new (void); /* of double */
void    bench_add (GArray *samples,
                   double  value);
double  bench_percentile (GArray *samples,
                          double  share);
double  bench_median (GArray *samples);

/* @value against the @anchor measured beside it; the goal is about their ratio. */
void bench_ratio (const char *metric,
                  double      value,
                  const char *unit,
                  const char *anchor,
                  double      anchor_value,
                  BenchGoal   goal,
                  double      limit);
/* @value against a fixed limit. */
void bench_limit (const char *metric,
                  double      value,
                  const char *unit,
                  BenchGoal   goal,
                  double      limit);

G_END_DECLS
