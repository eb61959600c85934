#pragma once

#include <gio/gio.h>

#include "sb-engine-import.h"

G_BEGIN_DECLS

/**
 * SbFateItem:
 *
 * One row of a plan, as it is shown.
 */
#define SB_TYPE_FATE_ITEM (sb_fate_item_get_type ())

G_DECLARE_FINAL_TYPE (SbFateItem, sb_fate_item, SB, FATE_ITEM, GObject)

guint       sb_fate_item_get_index (SbFateItem *self); /* of the plan's row */
guint       sb_fate_item_get_number (SbFateItem *self);
const char *sb_fate_item_get_name (SbFateItem *self);
const char *sb_fate_item_get_phone (SbFateItem *self);
const char *sb_fate_item_get_written (SbFateItem *self);
SbFate      sb_fate_item_get_fate (SbFateItem *self);
const char *sb_fate_item_get_about (SbFateItem *self);

/**
 * SbFateList:
 *
 * The rows of a plan, all or those of one fate. Another plan changes only what is different in it.
 */
#define SB_TYPE_FATE_LIST (sb_fate_list_get_type ())

G_DECLARE_FINAL_TYPE (SbFateList, sb_fate_list, SB, FATE_LIST, GObject)

SbFateList *sb_fate_list_new (void);
/* @plan and @table are borrowed until the next call. @fate: 0 for all. */
void  sb_fate_list_set (SbFateList          *self,
                        const SbImportTable *table,
                        const SbImportPlan  *plan,
                        SbFate               fate);
void  sb_fate_list_filter (SbFateList *self,
                           SbFate      fate);
guint sb_fate_list_get_index (SbFateList *self,
                              guint       position);
guint sb_fate_list_find (SbFateList *self,
                         guint       index);
char *sb_fate_list_written (const SbImportPlan *plan,
                            GPtrArray          *cells,
                            guint              *column) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
