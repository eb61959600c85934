#pragma once

#include "sb-people-page.h"

G_BEGIN_DECLS

/**
 * SbPeopleGroups:
 *
 * The groups of people above the list: who is in the chosen one is fetched, and the page shows only them.
 */
#define SB_TYPE_PEOPLE_GROUPS (sb_people_groups_get_type ())

G_DECLARE_FINAL_TYPE (SbPeopleGroups, sb_people_groups, SB, PEOPLE_GROUPS, AdwBin)

/* @page: not owned, it holds the groups */
GtkWidget *sb_people_groups_new (SbEngine     *engine,
                                 SbPeoplePage *page);
void       sb_people_groups_choose_everyone (SbPeopleGroups *self);

G_END_DECLS
