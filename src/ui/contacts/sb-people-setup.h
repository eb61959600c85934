#pragma once

#include <adwaita.h>

#include "sb-engine-contacts.h"

G_BEGIN_DECLS

/* What the owner sets up for all people: the stages, in their order, and details of the shop's own. */
void sb_people_setup_present_stages (GtkWidget *parent,
                                     SbEngine  *engine);
void sb_people_setup_present_fields (GtkWidget *parent,
                                     SbEngine  *engine);

G_END_DECLS
