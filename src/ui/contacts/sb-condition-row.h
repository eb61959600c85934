#pragma once

#include <adwaita.h>

#include "sb-condition.h"
#include "sb-dossier.h"

G_BEGIN_DECLS

/**
 * SbConditionRow:
 *
 * One comparison: what is asked for, how, and with what. “changed” and “remove” tell the group it stands in.
 */
#define SB_TYPE_CONDITION_ROW (sb_condition_row_get_type ())

G_DECLARE_FINAL_TYPE (SbConditionRow, sb_condition_row, SB, CONDITION_ROW, GtkBox)

GtkWidget   *sb_condition_row_new (const SbShopSchema *schema,
                                   const SbCondition  *test);
SbCondition *sb_condition_row_read (SbConditionRow *self) G_GNUC_WARN_UNUSED_RESULT;
/* Says under the row what is wrong with it; NULL: nothing. */
void sb_condition_row_complain (SbConditionRow *self,
                                const char     *sentence);

G_END_DECLS
