#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sb_spelling_menu_fill (GMenu       *menu,
                            GMenuModel  *theirs,
                            GtkTextView *view);

GMenuModel *sb_spelling_menu_dup_words (GMenuModel *theirs) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
