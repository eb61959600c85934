#pragma once

#include <adwaita.h>

#include "sb-channel.h"

G_BEGIN_DECLS

GtkWidget *sb_check_row_new (const SbCheck *check);
void       sb_check_row_add_fix (GtkWidget     *row,
                                 const SbCheck *check,
                                 GCallback      callback,
                                 gpointer       user_data);

G_END_DECLS
