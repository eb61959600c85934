#pragma once

#include <adwaita.h>

#include "sb-engine-desk.h"

G_BEGIN_DECLS

/* The groups of the page about hours; each keeps what is changed at once. */
void sb_hours_add_groups (AdwPreferencesPage *page,
                          SbEngine           *engine);
void sb_desk_add_groups (AdwPreferencesPage *page,
                         SbEngine           *engine);

typedef void (*SbDeskChange) (SbDesk  *desk,
                              gpointer user_data);

/* Changes one thing of the settings as they are now. */
gboolean sb_desk_change (SbEngine    *engine,
                         SbDeskChange change,
                         gpointer     user_data);

G_END_DECLS
