#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SB_VOICE_BARS 30

/* How loud a voice message is along its length: each bar 0 to 1. */
typedef struct
{
  float  bars[SB_VOICE_BARS];
  gint64 duration_ms;
} SbVoicePeaks;

void          sb_voice_peaks_read_async (const char         *path,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
SbVoicePeaks *sb_voice_peaks_read_finish (GAsyncResult *result,
                                          GError      **error);
void          sb_voice_peaks_fold (const GArray *steps,
                                   SbVoicePeaks *peaks);

G_END_DECLS
