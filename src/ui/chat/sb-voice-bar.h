#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SB_TYPE_VOICE_BAR (sb_voice_bar_get_type ())

G_DECLARE_FINAL_TYPE (SbVoiceBar, sb_voice_bar, SB, VOICE_BAR, AdwBin)

/* "taken" (const char *path, gboolean send): FALSE keeps the take for Undo. "failed" (const char *sentence). */
GtkWidget *sb_voice_bar_new (void);
gboolean   sb_voice_bar_start (SbVoiceBar *self);
void       sb_voice_bar_stop (SbVoiceBar *self,
                              gboolean    send);
gboolean   sb_voice_bar_is_recording (SbVoiceBar *self);

G_END_DECLS
