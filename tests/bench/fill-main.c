#include <stdio.h>

#include "fill.h"

/* Makes the big shop where it is not there yet and prints its folder, for the benchmarks that are scripts. */
int
main (void)
{
  g_autofree char *folder = bench_shop (bench_size ());

  printf ("%s\n", folder);

  return 0;
}
