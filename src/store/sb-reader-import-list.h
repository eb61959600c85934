#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

/* A row of an import as it is remembered: whom it brought or changed, or why it could not be used. */
typedef struct
{
  guint    number;
  gboolean is_new;
  gboolean is_same;
  int      undone;      /* 1 taken back, 2 stayed when the rest was */
  char    *name;        /* (nullable): as the row left it */
  char    *number_text; /* (nullable): the first of the numbers */
  char    *reason;      /* (nullable): of a row that could not be used, else NULL */
} SbListedRow;

void       sb_listed_row_free (SbListedRow *self);
GPtrArray *sb_reader_list_import_rows (SbReader *self, /* SbListedRow, by number */
                                       gint64    import_id,
                                       gint64    after_number,
                                       guint     limit);

G_END_DECLS
