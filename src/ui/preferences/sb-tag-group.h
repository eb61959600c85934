#pragma once

#include <adwaita.h>

#include "sb-choice-dialog.h"
#include "sb-engine-tags.h"

G_BEGIN_DECLS

#define SB_TYPE_TAG_GROUP (sb_tag_group_get_type ())

G_DECLARE_FINAL_TYPE (SbTagGroup, sb_tag_group, SB, TAG_GROUP, AdwPreferencesGroup)

GtkWidget *sb_tag_group_new (SbEngine *engine);

/* A row with the colour, the name and how many conversations have it. */
GtkWidget *sb_tag_row_new (const SbTagRow *tag);

/* The tags of the shop in a dialog of their own, over the window of @parent. */
void sb_tags_present (GtkWidget *parent,
                      SbEngine  *engine);
/* A way to them at the foot of a choice of tags, which goes then. */
void sb_tags_add_to_choice (SbChoiceDialog *choice,
                            GtkWidget      *parent,
                            SbEngine       *engine);

G_END_DECLS
