#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What stands in the window while there is no shop: the two ways to begin. */
GtkWidget *sb_welcome_new (void);

G_END_DECLS
