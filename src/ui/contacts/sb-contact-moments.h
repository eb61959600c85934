#pragma once

#include <adwaita.h>

#include "sb-engine-contacts.h"

G_BEGIN_DECLS

/* Fills @list with what happened with a person, newest first; returns whether there is more than @limit. */
gboolean sb_contact_moments_fill (GtkListBox *list,
                                  SbEngine   *engine,
                                  gint64      contact_id,
                                  guint       limit);
void     sb_contact_moments_present (GtkWidget *parent,
                                     SbEngine  *engine,
                                     gint64     contact_id);

G_END_DECLS
