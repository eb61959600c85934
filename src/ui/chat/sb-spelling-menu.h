#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sb_spelling_menu_fill (GMenu       *menu,
                            GMenuModel  *theirs,
                            GtkTextView *view);

G_END_DECLS
