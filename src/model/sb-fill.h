#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands for a word in double braces; (nullable) value: not known. */
typedef struct
{
  const char *gap;
  const char *value;
} SbFilling;

char *sb_fill (const char      *text,
               const SbFilling *fillings,
               guint            n_fillings,
               gboolean         keep_unknown) G_GNUC_WARN_UNUSED_RESULT;
char *sb_fill_find_unknown (const char      *text,
                            const SbFilling *fillings,
                            guint            n_fillings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
