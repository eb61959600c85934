#pragma once

#include "sb-ocr-row.h"

G_BEGIN_DECLS

/*
 * A page that was read again as it is held now: what somebody decided on it stays and turns with it, what waited is read anew, and
 * nobody comes twice. @rows: of the whole list, changed in place; @again (transfer none): the rows that were read now.
 */
void sb_paper_merge_again (GPtrArray *rows,
                           GPtrArray *again,
                           int        page,
                           int        turn,
                           int        width,
                           int        height);

G_END_DECLS
