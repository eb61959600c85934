#include "bench.h"

#include <math.h>
#include <stdio.h>

double
bench_now_ms (void)
{
  return g_get_monotonic_time () / 1000.0;
}

GArray *
bench_samples_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_add (GArray *samples,
           double  value)
{
  g_array_append_val (samples, value);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_percentile (GArray *samples,
                  double  share)
{
  guint place = (guint) ceil (share * samples->len);

  g_assert_cmpuint (samples->len, >, 0);
  g_array_sort (samples, compare);

  return g_array_index (samples, double, CLAMP (place, 1, samples->len) - 1);
}

double
bench_median (GArray *samples)
{
  return bench_percentile (samples, 0.5);
}

/* Enough digits for small and large; the locale has no say in JSON. */
static const char *
number (char  *text,
        double value)
{
  g_snprintf (text, 32, "%.4g", value);
  if (fabs (value) >= 1000)
    g_snprintf (text, 32, "%.0f", value);

  return text;
}

static gboolean
is_met (double    value,
        BenchGoal goal,
        double    limit)
{
  return goal == BENCH_AT_MOST ? value <= limit : value >= limit;
}

void
bench_ratio (const char *metric,
             double      value,
             const char *unit,
             const char *anchor,
             double      anchor_value,
             BenchGoal   goal,
             double      limit)
{
  double ratio = value / anchor_value;
  char   v[32], a[32], r[32];

  printf ("{\"metric\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"anchor\":\"%s\",\"anchor_value\":%s,\"ratio\":%s,\"goal\":\"ratio %s %g\",\"ok\":%s}\n", metric, number (v, value), unit,
          anchor, number (a, anchor_value), number (r, ratio), goal == BENCH_AT_MOST ? "<=" : ">=", limit, is_met (ratio, goal, limit) ? "true" : "false");
  fflush (stdout);
}

void
bench_limit (const char *metric,
             double      value,
             const char *unit,
             BenchGoal   goal,
             double      limit)
{
  char v[32];

  printf ("{\"metric\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"anchor\":null,\"anchor_value\":null,\"ratio\":null,\"goal\":\"%s %g %s\",\"ok\":%s}\n", metric, number (v, value), unit,
          goal == BENCH_AT_MOST ? "<=" : ">=", limit, unit, is_met (value, goal, limit) ? "true" : "false");
  fflush (stdout);
}
