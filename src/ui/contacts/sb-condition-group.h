#pragma once

#include <adwaita.h>

#include "sb-condition.h"
#include "sb-dossier.h"

G_BEGIN_DECLS

/**
 * SbConditionGroup:
 *
 * Some comparisons of which all, any or none must hold, and groups inside. “changed” tells of every change in it; “remove”
 * is the wish of a group inside another to go.
 */
#define SB_TYPE_CONDITION_GROUP (sb_condition_group_get_type ())

G_DECLARE_FINAL_TYPE (SbConditionGroup, sb_condition_group, SB, CONDITION_GROUP, GtkBox)

GtkWidget *sb_condition_group_new (const SbShopSchema *schema, /* lives longer than the widget */
                                   const SbCondition  *group,
                                   guint               depth); /* 0: the outermost, which cannot be removed */
/* @rows: gets SbCondition -> SbConditionRow of each comparison, all borrowed */
SbCondition *sb_condition_group_read (SbConditionGroup *self,
                                      GHashTable       *rows) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
