#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands first in "03/04/1990". */
typedef enum
{
  SB_DATES_GUESS,
  SB_DATES_DAY_FIRST,
  SB_DATES_MONTH_FIRST,
} SbDateOrder;

SbDateOrder sb_date_cell_tell (const char *text);
SbDateOrder sb_date_order_of (const char *country);
char       *sb_date_cell_read (const char *text,
                               SbDateOrder order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
