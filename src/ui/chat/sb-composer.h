#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_COMPOSER (sb_composer_get_type ())

G_DECLARE_FINAL_TYPE (SbComposer, sb_composer, SB, COMPOSER, AdwBin)

/*
 * Its actions stand on the SbConversation around it, too: compose.send, send-later, attach, record, quick-reply, emoji, mode,
 * and with an int64: compose.quote, compose.edit and compose.cancel (a message), compose.line (a line).
 */
GtkWidget *sb_composer_new (SbEngine *engine);
void       sb_composer_open (SbComposer *self,
                             gint64      thread_id);
void       sb_composer_set_brief (SbComposer *self,
                                  gboolean    brief);
void       sb_composer_focus (SbComposer *self);
void       sb_composer_attach (SbComposer *self,
                               const char *path);
void       sb_composer_add_files (SbComposer *self,
                                  GStrv       paths,
                                  const char *sentence);
void       sb_composer_add_words (SbComposer *self,
                                  const char *words);
void       sb_composer_quote (SbComposer *self,
                              gint64      message_id);

/* Around a change of who sits at the desk. */
void sb_composer_rise (SbComposer *self);
void sb_composer_sit (SbComposer *self);

G_END_DECLS
