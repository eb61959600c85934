#pragma once

#include <adwaita.h>

#include "sb-reader.h"

G_BEGIN_DECLS

/**
 * SbImportMarksGroup:
 *
 * What everybody on a list gets: a tag, typed or one of those there are, and a stage.
 *
 * Signals:
 *  "changed": the plan has to be made anew
 */
#define SB_TYPE_IMPORT_MARKS_GROUP (sb_import_marks_group_get_type ())

G_DECLARE_FINAL_TYPE (SbImportMarksGroup, sb_import_marks_group, SB, IMPORT_MARKS_GROUP, AdwPreferencesGroup)

GtkWidget *sb_import_marks_group_new (void);
/* The shop's tags and stages. */
void sb_import_marks_group_offer (SbImportMarksGroup *self,
                                  SbReader           *reader);
/* Both (nullable). */
void        sb_import_marks_group_set (SbImportMarksGroup *self,
                                       const char         *tag,
                                       const char         *stage);
const char *sb_import_marks_group_get_tag (SbImportMarksGroup *self);
const char *sb_import_marks_group_get_stage (SbImportMarksGroup *self);

G_END_DECLS
