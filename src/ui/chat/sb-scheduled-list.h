#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_SCHEDULED_LIST (sb_scheduled_list_get_type ())

G_DECLARE_FINAL_TYPE (SbScheduledList, sb_scheduled_list, SB, SCHEDULED_LIST, AdwBin)

/* Its buttons are the actions compose.edit and compose.cancel with the id of the message. */
GtkWidget *sb_scheduled_list_new (SbEngine *engine);
void       sb_scheduled_list_open (SbScheduledList *self,
                                   gint64           thread_id);

G_END_DECLS
