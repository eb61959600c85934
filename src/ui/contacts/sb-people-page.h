#pragma once

#include "sb-contacts-place.h"

G_BEGIN_DECLS

#define SB_TYPE_PEOPLE_PAGE (sb_people_page_get_type ())

G_DECLARE_FINAL_TYPE (SbPeoplePage, sb_people_page, SB, PEOPLE_PAGE, AdwBreakpointBin)

GtkWidget *sb_people_page_new (SbContactsPlace *place);
/* The card of @contact_id, beside the list. */
void sb_people_page_open (SbPeoplePage *self,
                          gint64        contact_id);
/* Only those of @ids (gint64); NULL: everybody. @bar: (nullable): what is shown above the table to choose by. */
void sb_people_page_set_only (SbPeoplePage *self,
                              GArray       *ids);
void sb_people_page_set_bar (SbPeoplePage *self,
                             GtkWidget    *bar);
void sb_people_page_new_contact (SbPeoplePage *self);

G_END_DECLS
