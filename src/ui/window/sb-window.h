#pragma once

#include <adwaita.h>

#include "sb-shop.h"

G_BEGIN_DECLS

#define SB_TYPE_WINDOW (sb_window_get_type ())

G_DECLARE_FINAL_TYPE (SbWindow, sb_window, SB, WINDOW, AdwApplicationWindow)

GtkWidget *sb_window_new (GtkApplication *application);
void       sb_window_show_welcome (SbWindow *self);
void       sb_window_leave_shop (SbWindow *self);
void       sb_window_show_shop (SbWindow         *self,
                                SbEngine         *engine,
                                SbPracticeServer *server);
void       sb_window_open_thread (SbWindow *self,
                                  gint64    thread_id,
                                  gint64    message_id);
void       sb_window_toast (SbWindow   *self,
                            const char *text);

gint64 sb_window_look (SbWindow *self);
void   sb_window_show_health (SbWindow *self);
void   sb_window_keep_place (SbWindow *self);
void   sb_window_show_contacts (SbWindow   *self,
                                const char *page);
void   sb_window_toggle_side (SbWindow *self);
/* FALSE without a shop */
gboolean sb_window_import (SbWindow   *self,
                           const char *path);
gboolean sb_window_import_files (SbWindow    *self,
                                 GdkFileList *files);

G_END_DECLS
