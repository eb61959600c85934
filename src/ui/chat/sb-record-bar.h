#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SB_TYPE_RECORD_BAR (sb_record_bar_get_type ())

G_DECLARE_FINAL_TYPE (SbRecordBar, sb_record_bar, SB, RECORD_BAR, AdwBin)

/* "taken" (const char *path, gboolean send): FALSE keeps the take for Undo. "failed" (const char *sentence). */
GtkWidget *sb_record_bar_new (void);
gboolean   sb_record_bar_start (SbRecordBar *self);
void       sb_record_bar_stop (SbRecordBar *self,
                               gboolean     send);
char      *sb_record_bar_end (SbRecordBar *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sb_record_bar_is_recording (SbRecordBar *self);

G_END_DECLS
