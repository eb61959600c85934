#pragma once

#include <adwaita.h>

#include "sb-engine-contacts.h"

G_BEGIN_DECLS

/* The button with what the table can be narrowed to. Signal "changed". */
#define SB_TYPE_PEOPLE_FILTER (sb_people_filter_get_type ())

G_DECLARE_FINAL_TYPE (SbPeopleFilter, sb_people_filter, SB, PEOPLE_FILTER, AdwBin)

GtkWidget *sb_people_filter_new (SbEngine *engine);
void       sb_people_filter_fill (SbPeopleFilter *self,
                                  SbPeopleQuery  *query);
void       sb_people_filter_clear (SbPeopleFilter *self);

G_END_DECLS
