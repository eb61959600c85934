#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GMenuModel *sb_spelling_menu_dup_meant (GMenuModel *theirs) G_GNUC_WARN_UNUSED_RESULT;
void        sb_spelling_menu_take_words (GMenu      *words,
                                         GMenuModel *meant);
gboolean    sb_spelling_menu_is_low (GtkTextView *view);
GMenuModel *sb_spelling_menu_new (GMenuModel *theirs,
                                  GMenuModel *words,
                                  GMenuModel *note,
                                  gboolean    low) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
