#pragma once

#include "sb-engine-private.h"

G_BEGIN_DECLS

/*
 * Into the outbox from inside a command: the gate is asked in the same transaction. What nobody pressed a key for (a
 * confirmation, a rule, a flow) goes this way. TRUE also where the gate refused; @reason tells.
 */
gboolean sb_queue_message (SbWriter                *writer,
                           const SbOutgoingMessage *outgoing, /* thread_id and client_key are needed; a text */
                           SbAuthor                 author,
                           gint64                   message_id, /* to be given to the message; 0: one is made */
                           SbReason                *reason,     /* (out) (optional) */
                           GError                 **error);

G_END_DECLS
