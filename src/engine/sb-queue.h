#pragma once

#include "sb-engine-private.h"

G_BEGIN_DECLS

/* What nobody pressed a key for: a confirmation, an answer while the shop is closed, later a rule or a flow. */
typedef struct
{
  SbOutgoingMessage outgoing; /* thread_id and client_key are needed, and a text or data */
  SbAuthor          author;
  const char       *speaker;      /* (nullable): named as the one who writes */
  gint64            message_id;   /* to be given to the message; 0: one is made */
  gint64            expires_at;   /* 0 never */
  gboolean          now_or_never; /* what would have to wait is not queued: by then it would be out of place */
} SbAutomaticMessage;

/*
 * Into the outbox from inside a command: the gate is asked in the same transaction. TRUE also where the gate refused, which
 * is written down unless it is @now_or_never, and where the key was used before: then @message_id is 0.
 */
gboolean sb_queue_message (SbWriter                 *writer,
                           const SbAutomaticMessage *order,
                           gint64                   *message_id, /* (out) (optional) */
                           SbReason                 *reason,     /* (out) (optional) */
                           GError                  **error);

G_END_DECLS
