#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char  delimiter; /* 0: each line is one cell */
  gsize skip;      /* bytes of a first line that only names the delimiter */
} SbCsvDialect;

SbCsvDialect sb_csv_dialect_guess (const char *sample,
                                   gsize       length);

G_END_DECLS
