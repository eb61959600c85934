#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_CONVERSATION (sb_conversation_get_type ())

G_DECLARE_FINAL_TYPE (SbConversation, sb_conversation, SB, CONVERSATION, AdwBin)

GtkWidget *sb_conversation_new (SbEngine *engine);
void       sb_conversation_set_side (SbConversation *self,
                                     GtkWidget      *overlay,
                                     gboolean        is_phone);
GtkWidget *sb_conversation_get_toggle (SbConversation *self);
void       sb_conversation_open (SbConversation *self,
                                 gint64          thread_id,
                                 gint64          message_id);
void       sb_conversation_focus (SbConversation *self);
void       sb_conversation_attach (SbConversation *self,
                                   GStrv           paths,
                                   const char     *sentence);
gint64     sb_conversation_get_thread (SbConversation *self);

G_END_DECLS
