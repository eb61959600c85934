#pragma once

#include "sb-json.h"
#include "sb-mailbox-box.h"
#include "sb-mailbox-server.h"

G_BEGIN_DECLS

/**
 * SbMailboxCall:
 * @box: (nullable): the box it is about, as it was when the call came
 * @token: row of the device's token
 * @after, @limit, @deadline: what a long poll asks, and until when it waits (monotonic, microseconds)
 * @stored: the box's count of stored events when the database was asked last
 * @gone: the client went away
 *
 * One request that is being answered, counted by reference while threads work for it.
 */
typedef struct
{
  SbMailboxServer   *server;
  SoupServerMessage *message;
  GHashTable        *query;
  SbMailboxBox      *box;
  gint64             token;
  char              *epoch;
  gint64             after;
  gint64             limit;
  gint64             deadline;
  gint64             stored;
  guint              timer_id;
  gboolean           paused;
  gboolean           gone;
} SbMailboxCall;

SbMailboxCall *sb_mailbox_call_new (SbMailboxServer   *server,
                                    SoupServerMessage *message,
                                    GHashTable        *query);
SbMailboxCall *sb_mailbox_call_ref (SbMailboxCall *self);
void           sb_mailbox_call_unref (SbMailboxCall *self);

const char *sb_mailbox_call_param (SbMailboxCall *self,
                                   const char    *name);
gint64      sb_mailbox_call_param_int (SbMailboxCall *self,
                                       const char    *name,
                                       gint64         fallback,
                                       gint64         least,
                                       gint64         most);
const char *sb_mailbox_call_header (SbMailboxCall *self,
                                    const char    *name);
GBytes     *sb_mailbox_call_body (SbMailboxCall *self) G_GNUC_WARN_UNUSED_RESULT;

void sb_mailbox_call_pause (SbMailboxCall *self);
void sb_mailbox_call_answer (SbMailboxCall *self,
                             guint          status,
                             const char    *type,
                             const char    *text,
                             gsize          length);
void sb_mailbox_call_answer_text (SbMailboxCall *self,
                                  guint          status,
                                  const char    *text);
void sb_mailbox_call_answer_json (SbMailboxCall *self,
                                  guint          status,
                                  JsonObject    *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMailboxCall, sb_mailbox_call_unref)

G_END_DECLS
