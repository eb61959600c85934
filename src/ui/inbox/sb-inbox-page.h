#pragma once

#include <adwaita.h>

#include "sb-engine.h"
#include "sb-practice-server.h"

G_BEGIN_DECLS

#define SB_TYPE_INBOX_PAGE (sb_inbox_page_get_type ())

G_DECLARE_FINAL_TYPE (SbInboxPage, sb_inbox_page, SB, INBOX_PAGE, AdwBreakpointBin)

GtkWidget *sb_inbox_page_new (SbEngine         *engine,
                              SbPracticeServer *server);
void       sb_inbox_page_open (SbInboxPage *self,
                               gint64       thread_id,
                               gint64       message_id,
                               gboolean     focus);
gint64     sb_inbox_page_look (SbInboxPage *self);
void       sb_inbox_page_show_health (SbInboxPage *self);
/* (transfer none): the place of that name, shown: "contacts" */
GtkWidget *sb_inbox_page_show_place (SbInboxPage *self,
                                     const char  *name);
void       sb_inbox_page_toggle_side (SbInboxPage *self);
/* So that it is found again at the next start. */
void sb_inbox_page_keep_place (SbInboxPage *self);

G_END_DECLS
