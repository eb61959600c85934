#pragma once

#include <adwaita.h>

#include "sb-engine-import.h"

G_BEGIN_DECLS

/**
 * SbFateTable:
 *
 * What will happen to each row: the fates to choose from, and the rows.
 *
 * Signals:
 *  "chosen": another row is chosen, or it became another
 *  "activated": Enter on a row
 *  "save": the rows that cannot be used are wanted as a file
 */
#define SB_TYPE_FATE_TABLE (sb_fate_table_get_type ())

G_DECLARE_FINAL_TYPE (SbFateTable, sb_fate_table, SB, FATE_TABLE, AdwBin)

GtkWidget *sb_fate_table_new (void);
/* Both are borrowed until the next call. */
void sb_fate_table_set (SbFateTable         *self,
                        const SbImportTable *table,
                        const SbImportPlan  *plan);
void sb_fate_table_set_narrow (SbFateTable *self,
                               gboolean     narrow);
/* (nullable): the row that is chosen */
const SbPlanRow *sb_fate_table_get_chosen (SbFateTable *self);
void             sb_fate_table_choose_fate (SbFateTable *self,
                                            SbFate       fate);
/* The next row, or the one before, that cannot be used as it is. */
void sb_fate_table_go_to_trouble (SbFateTable *self,
                                  int          direction);
void sb_fate_table_focus (SbFateTable *self);

G_END_DECLS
