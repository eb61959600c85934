#pragma once

#include "sb-people-view.h"

G_BEGIN_DECLS

/* The button with what is needed less often: columns, duplicates, details. */
#define SB_TYPE_PEOPLE_MORE (sb_people_more_get_type ())

G_DECLARE_FINAL_TYPE (SbPeopleMore, sb_people_more, SB, PEOPLE_MORE, AdwBin)

GtkWidget *sb_people_more_new (SbEngine     *engine,
                               SbPeopleView *view);

G_END_DECLS
