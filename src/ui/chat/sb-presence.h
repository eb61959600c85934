#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/**
 * SbPresence:
 *
 * Who is writing where, among the windows of this program. What other people of the shop write is in their drafts.
 *
 * Signal "changed": somebody began or stopped.
 */
#define SB_TYPE_PRESENCE (sb_presence_get_type ())

G_DECLARE_FINAL_TYPE (SbPresence, sb_presence, SB, PRESENCE, GObject)

/* How long after the last key somebody still counts as writing. */
#define SB_PRESENCE_MS (2 * SB_MINUTE_MS)

SbPresence *sb_presence_of (SbEngine *engine);
void        sb_presence_write (SbPresence *self,
                               gpointer    who,
                               gint64      thread_id,
                               gint64      now);
void        sb_presence_stop (SbPresence *self,
                              gpointer    who);
gboolean    sb_presence_is_elsewhere (SbPresence *self,
                                      gpointer    but,
                                      gint64      thread_id,
                                      gint64      now);

G_END_DECLS
