#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_CONTACTS_PLACE (sb_contacts_place_get_type ())

G_DECLARE_FINAL_TYPE (SbContactsPlace, sb_contacts_place, SB, CONTACTS_PLACE, AdwBreakpointBin)

GtkWidget *sb_contacts_place_new (SbEngine *engine);

/* A header bar with the switch between the pages in its middle; each page has one and adds its own buttons. */
GtkWidget *sb_contacts_place_new_header (SbContactsPlace *self);
SbEngine  *sb_contacts_place_get_engine (SbContactsPlace *self);
GtkWidget *sb_contacts_place_show (SbContactsPlace *self,
                                   const char      *page);

/* Another page over the whole place, with a way back: an import, a list read from paper. */
void sb_contacts_place_push (SbContactsPlace   *self,
                             AdwNavigationPage *page);

G_END_DECLS
