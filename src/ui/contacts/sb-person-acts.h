#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/* What a card's menu offers beyond its fields: everything the shop has of a person, given to them or gone for good. */
GMenuModel *sb_person_menu_new (void); /* actions "person.export", "person.erase" */
/* Puts the two actions on @widget; @get_contact tells whom they mean when they are pressed. */
void sb_person_acts_install (GtkWidget *widget,
                             SbEngine  *engine,
                             gint64 (*get_contact) (GtkWidget *widget));

G_END_DECLS
