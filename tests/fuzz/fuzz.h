#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FuzzTarget:
 * @corpus: a file beside the test, one good input a line
 * @json: break inputs where JSON is joined, too, so that most of them still parse
 * @words: what the target cares about; put in here and there
 * @one: given an input of @length bytes that ends with a NUL it does not count; aborts when a promise is broken
 *
 * Input that nobody would write, the same on every machine: each iteration is made from the seed and its number alone, and a
 * failure names both. `--only N` runs that iteration again; `--iterations N --seed S` look further.
 */
typedef struct
{
  const char        *name;
  const char        *corpus;
  gboolean           json;
  const char *const *words;
  void (*set_up) (void);
  void (*one) (const char *data,
               gsize       length);
  void (*tear_down) (void);
} FuzzTarget;

int fuzz_run (int               argc,
              char            **argv,
              const FuzzTarget *target);

G_END_DECLS
