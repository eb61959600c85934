#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a sheet's format makes of a number. */
typedef struct
{
  gboolean is_date;
  guint    n_digits; /* shown with zeros in front up to so many; 0: as it is */
} SbNumberFormat;

SbNumberFormat sb_number_format_of_id (int id);
SbNumberFormat sb_number_format_of_code (const char *code);
char          *sb_number_to_text (double         value,
                                  SbNumberFormat format,
                                  gboolean       from_1904) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
