#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SB_TYPE_VOICE_BAR (sb_voice_bar_get_type ())

G_DECLARE_FINAL_TYPE (SbVoiceBar, sb_voice_bar, SB, VOICE_BAR, AdwBin)

GtkWidget *sb_voice_bar_new (const char *path,
                             gint64      duration_ms,
                             const char *title);
void       sb_voice_bar_set_meta (SbVoiceBar *self,
                                  GtkWidget  *meta);

G_END_DECLS
