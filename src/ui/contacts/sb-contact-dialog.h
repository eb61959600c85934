#pragma once

#include "sb-people-acts.h"

G_BEGIN_DECLS

/* A new customer by hand; in @stage_id, unless 0. */
void sb_contact_dialog_present_new (GtkWidget   *parent,
                                    SbEngine    *engine,
                                    gint64       stage_id,
                                    SbPeopleDone done,
                                    gpointer     user_data);
/* Everything that can be changed of one. */
void sb_contact_dialog_present_edit (GtkWidget *parent,
                                     SbEngine  *engine,
                                     gint64     contact_id);

G_END_DECLS
