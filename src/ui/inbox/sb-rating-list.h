#pragma once

#include <adwaita.h>

#include "sb-engine-desk.h"

G_BEGIN_DECLS

/* What the customer said after Done, newest first, with its heading; hidden while there is nothing. */
GtkWidget *sb_rating_list_new (void);
void       sb_rating_list_show (GtkWidget *self,
                                SbEngine  *engine,
                                gint64     thread_id);

G_END_DECLS
