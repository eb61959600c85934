#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sb_menu_later (GtkMenuButton *button,
                    GMenuModel    *model);

G_END_DECLS
