#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SB_TYPE_VOICE_RECORDER (sb_voice_recorder_get_type ())

G_DECLARE_FINAL_TYPE (SbVoiceRecorder, sb_voice_recorder, SB, VOICE_RECORDER, GObject)

/* "level" (double, 0 to 1): some twenty times a second. "done" (const char *path). "failed" (const char *sentence). */
SbVoiceRecorder *sb_voice_recorder_new (const char *source);
gboolean         sb_voice_recorder_start (SbVoiceRecorder *self,
                                          const char      *path);
void             sb_voice_recorder_stop (SbVoiceRecorder *self);
char            *sb_voice_recorder_end (SbVoiceRecorder *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
