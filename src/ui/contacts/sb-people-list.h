#pragma once

#include <gio/gio.h>

#include "sb-engine-contacts.h"

G_BEGIN_DECLS

/* A row of People. It stays the same object while the customer changes; "changed" tells that. */
#define SB_TYPE_PERSON_ITEM (sb_person_item_get_type ())

G_DECLARE_FINAL_TYPE (SbPersonItem, sb_person_item, SB, PERSON_ITEM, GObject)

const SbPerson *sb_person_item_get (SbPersonItem *self);
gint64          sb_person_item_get_id (SbPersonItem *self);

#define SB_TYPE_PEOPLE_LIST (sb_people_list_get_type ())

G_DECLARE_FINAL_TYPE (SbPeopleList, sb_people_list, SB, PEOPLE_LIST, GObject)

SbPeopleList        *sb_people_list_new (SbEngine *engine);
void                 sb_people_list_set_query (SbPeopleList        *self,
                                               const SbPeopleQuery *query);
const SbPeopleQuery *sb_people_list_get_query (SbPeopleList *self);
void                 sb_people_list_refresh (SbPeopleList *self);
void                 sb_people_list_set_active (SbPeopleList *self,
                                                gboolean      active);
gboolean             sb_people_list_is_ready (SbPeopleList *self);
gint64               sb_people_list_get_id (SbPeopleList *self,
                                            guint         position);
guint                sb_people_list_find (SbPeopleList *self,
                                          gint64        contact_id);
GArray              *sb_people_list_dup_ids (SbPeopleList *self);

G_END_DECLS
