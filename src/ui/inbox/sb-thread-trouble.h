#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* When the file does not give the conversations away: a page in place of the list, or a banner above what could be read. */
GtkWidget *sb_thread_trouble_page_new (void);
void       sb_thread_trouble_page_show (GtkWidget    *page,
                                        const GError *trouble);
GtkWidget *sb_thread_trouble_banner_new (void);

G_END_DECLS
