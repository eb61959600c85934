#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SB_TYPE_VOICE_PLAYER (sb_voice_player_get_type ())

G_DECLARE_FINAL_TYPE (SbVoicePlayer, sb_voice_player, SB, VOICE_PLAYER, GObject)

SbVoicePlayer *sb_voice_player_get_default (void);
void           sb_voice_player_toggle (SbVoicePlayer *self,
                                       const char    *path);
void           sb_voice_player_stop (SbVoicePlayer *self);
void           sb_voice_player_seek (SbVoicePlayer *self,
                                     const char    *path,
                                     gint64         position_ms);
void           sb_voice_player_next_rate (SbVoicePlayer *self);
double         sb_voice_player_get_rate (SbVoicePlayer *self);
/* All of them are about @path: 0 and FALSE while another file, or none, is playing. */
gboolean sb_voice_player_is_playing (SbVoicePlayer *self,
                                     const char    *path);
gint64   sb_voice_player_get_position (SbVoicePlayer *self,
                                       const char    *path);
gint64   sb_voice_player_get_duration (SbVoicePlayer *self,
                                       const char    *path);
gboolean sb_voice_player_has_failed (SbVoicePlayer *self,
                                     const char    *path);

G_END_DECLS
