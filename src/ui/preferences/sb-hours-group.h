#pragma once

#include <adwaita.h>

#include "sb-engine-desk.h"

G_BEGIN_DECLS

/* The groups of the page about hours; each keeps what is changed at once. */
void sb_hours_add_groups (AdwPreferencesPage *page,
                          SbEngine           *engine);
void sb_desk_add_groups (AdwPreferencesPage *page,
                         SbEngine           *engine);

/* A few lines of text that scroll; a text view alone would take all the height it can get. (out) @view: the text */
GtkWidget *sb_desk_text_new (const char *name,
                             const char *text,
                             GtkWidget **view);

typedef void (*SbDeskChange) (SbDesk  *desk,
                              gpointer user_data);

/* Changes one thing of the settings as they are now. */
gboolean sb_desk_change (SbEngine    *engine,
                         SbDeskChange change,
                         gpointer     user_data);

G_END_DECLS
