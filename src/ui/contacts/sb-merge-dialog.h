#pragma once

#include <adwaita.h>

#include "sb-engine-contacts.h"

G_BEGIN_DECLS

/* Both side by side; a person says whether they are one, and what is kept. */
void sb_merge_dialog_present (GtkWidget *parent,
                              SbEngine  *engine,
                              gint64     one_id,
                              gint64     other_id);
/* First with whom: those who may be the same, or anybody by name or number. */
void sb_merge_dialog_present_choice (GtkWidget *parent,
                                     SbEngine  *engine,
                                     gint64     contact_id);
/* Pairs of the whole shop that may be one person. */
void sb_merge_dialog_present_all (GtkWidget *parent,
                                  SbEngine  *engine);

G_END_DECLS
