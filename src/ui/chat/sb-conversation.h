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
/* Beside the list in a middle window: fewer words. */
void sb_conversation_brief (SbConversation *self,
                            AdwBreakpoint  *breakpoint);
/* Where there is room for one pane only: what stands in the header beside the name goes. It is in More as well. */
void sb_conversation_narrow (SbConversation *self,
                             AdwBreakpoint  *breakpoint);
void sb_conversation_open (SbConversation *self,
                           gint64          thread_id,
                           gint64          message_id);
/* As it was left, when the window opens: it is read when somebody turns to it. */
void   sb_conversation_restore (SbConversation *self,
                                gint64          thread_id,
                                gint64          message_id,
                                double          offset);
gint64 sb_conversation_get_place (SbConversation *self,
                                  double         *offset);
void   sb_conversation_focus (SbConversation *self);
gint64 sb_conversation_get_thread (SbConversation *self);
gint64 sb_conversation_look (SbConversation *self);
void   sb_conversation_rise (SbConversation *self);
void   sb_conversation_sit (SbConversation *self);
void   sb_conversation_attach (SbConversation *self,
                               GStrv           paths,
                               const char     *sentence,
                               const char     *words);

G_END_DECLS
