#pragma once

#include <gtk/gtk.h>

#include "sb-condition.h"
#include "sb-dossier.h"

G_BEGIN_DECLS

/**
 * SbConditionValues:
 *
 * What a comparison compares with: an entry, two numbers, a date with its calendar, or a list to tick. “changed” tells of
 * every keystroke.
 */
#define SB_TYPE_CONDITION_VALUES (sb_condition_values_get_type ())

G_DECLARE_FINAL_TYPE (SbConditionValues, sb_condition_values, SB, CONDITION_VALUES, GtkBox)

GtkWidget *sb_condition_values_new (const SbShopSchema *schema); /* lives longer than the widget */
/* Shows what fits @test, with its values. */
void sb_condition_values_show (SbConditionValues *self,
                               const SbCondition *test);
/* Adds what is chosen to @test, which has none. */
void sb_condition_values_read (SbConditionValues *self,
                               SbCondition       *test);

G_END_DECLS
