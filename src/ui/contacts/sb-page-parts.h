#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the pages of Contacts have in common: buttons of the header, the search under it, and the width of a phone. */

GtkWidget *sb_page_icon_button (const char *icon,
                                const char *action,
                                const char *tooltip);

/* A button in @header, and the bar it opens with an entry in it; @searched is called with @self when the words changed. */
GtkWidget *sb_page_add_search (GtkWidget  *header,
                               const char *placeholder, /* (nullable) */
                               GtkWidget **entry,
                               GCallback   searched,
                               gpointer    self);

/* Calls with @page when it becomes as narrow as a phone, and when it is not any more. */
AdwBreakpoint *sb_page_add_narrow (GtkWidget *page,
                                   GCallback  narrow,
                                   GCallback  wide);

/* Its words go on in a second line where texts are large. */
void sb_page_wrap_button (GtkWidget *button);

G_END_DECLS
