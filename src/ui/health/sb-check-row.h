#pragma once

#include <adwaita.h>

#include "sb-channel.h"

G_BEGIN_DECLS

GtkWidget *sb_check_row_new (const SbCheck *check);
GtkWidget *sb_check_row_add_fix (GtkWidget     *row,
                                 const SbCheck *check,
                                 GCallback      callback,
                                 gpointer       user_data);
gboolean   sb_check_row_is_wrong (GtkWidget *row);
GtkWidget *sb_check_row_get_fix (GtkWidget *row);

G_END_DECLS
