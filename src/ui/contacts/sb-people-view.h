#pragma once

#include <adwaita.h>

#include "sb-people-list.h"

G_BEGIN_DECLS

#define SB_TYPE_PEOPLE_VIEW (sb_people_view_get_type ())

G_DECLARE_FINAL_TYPE (SbPeopleView, sb_people_view, SB, PEOPLE_VIEW, AdwBin)

/*
 * Signals:
 *  "cursor" (gint64 contact_id): the row that is shown beside the list, 0 for none.
 *  "open" (gint64 contact_id): Enter, or a double click.
 *  "marked": the set of marked people changed.
 */
SbPeopleView *sb_people_view_new (SbEngine *engine);
SbPeopleList *sb_people_view_get_list (SbPeopleView *self);
void          sb_people_view_set_query (SbPeopleView        *self,
                                        const SbPeopleQuery *query);
void          sb_people_view_set_narrow (SbPeopleView *self,
                                         gboolean      narrow);
void          sb_people_view_set_columns (SbPeopleView      *self,
                                          const char *const *names);
gint64        sb_people_view_get_cursor (SbPeopleView *self);
void          sb_people_view_set_cursor (SbPeopleView *self,
                                         gint64        contact_id);
void          sb_people_view_toggle_mark (SbPeopleView *self);
void          sb_people_view_mark_all (SbPeopleView *self);
void          sb_people_view_unmark (SbPeopleView *self);
guint         sb_people_view_get_n_marked (SbPeopleView *self);
GArray       *sb_people_view_dup_targets (SbPeopleView *self);
void          sb_people_view_focus (SbPeopleView *self);

G_END_DECLS
