#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What eight-bit text is when it is not UTF-8. */
typedef enum
{
  SB_CODEPAGE_1252, /* Western Europe */
  SB_CODEPAGE_1256, /* Arabic */
  SB_CODEPAGE_1251, /* Cyrillic */
} SbCodepage;

const char *sb_codepage_to_name (SbCodepage codepage);
SbCodepage  sb_codepage_guess (const char *bytes,
                               gsize       length);
char       *sb_codepage_decode (SbCodepage  codepage,
                                const char *bytes,
                                gsize       length,
                                gboolean   *was_utf8) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
