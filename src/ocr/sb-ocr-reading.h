#pragma once

#include "sb-ocr-row.h"

G_BEGIN_DECLS

typedef enum
{
  SB_OCR_AS_GUESSED,
  SB_OCR_AS_LIST,
  SB_OCR_AS_CARD,
} SbOcrAs;

/* What stands on @page, appended to @rows (SbOcrRow). @country: (nullable): where numbers without a country code are from. */
void sb_ocr_understand (const SbOcrPage *page,
                        SbOcrAs          as,
                        const char      *country,
                        GPtrArray       *rows);
/* The accepted rows as a table for the import: titles, then one line each. */
char *sb_ocr_rows_to_text (GPtrArray *rows) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a number of @row is whole, as far as that can be told. */
gboolean sb_ocr_row_number_is_whole (const SbOcrRow *row,
                                     const char     *country);

G_END_DECLS
