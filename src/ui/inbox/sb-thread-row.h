#pragma once

#include <adwaita.h>

#include "sb-thread-item.h"

G_BEGIN_DECLS

#define SB_TYPE_THREAD_ROW (sb_thread_row_get_type ())

G_DECLARE_FINAL_TYPE (SbThreadRow, sb_thread_row, SB, THREAD_ROW, GtkBox)

GtkWidget  *sb_thread_row_new (void);
void        sb_thread_row_show (SbThreadRow    *self,
                                const SbThread *thread,
                                gint64          now_ms);
void        sb_thread_row_set_line (SbThreadRow *self,
                                    const char  *name);
gint64      sb_thread_row_get_thread (SbThreadRow *self);
void        sb_thread_row_set_check (SbThreadRow *self,
                                     gboolean     selecting,
                                     gboolean     selected);
const char *sb_thread_row_get_name (SbThreadRow *self);

char       *sb_name_text (const char *name);
char       *sb_time_short (gint64 at_ms,
                           gint64 now_ms);
char       *sb_time_clock (gint64 at_ms);
char       *sb_duration_text (gint64 ms);
const char *sb_status_icon (SbStatus status);
const char *sb_status_words (SbStatus status);

G_END_DECLS
