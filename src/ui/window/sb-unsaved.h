#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A field of words, and anything else that can be changed before it is saved. */
void sb_unsaved_watch (GtkWidget *field);
void sb_unsaved_set (GtkWidget *widget,
                     gboolean   is_unsaved);

/* All of @widget is saved now, or is to be forgotten. */
void     sb_unsaved_forget (GtkWidget *widget);
gboolean sb_unsaved_has (GtkWidget *widget);

/* Such a page is not left without a question. */
void sb_unsaved_guard_page (AdwNavigationPage *page,
                            AdwHeaderBar      *header);

G_END_DECLS
