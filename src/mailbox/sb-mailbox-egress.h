#pragma once

#include "sb-mailbox-call.h"

G_BEGIN_DECLS

void sb_mailbox_egress_answer (SbMailboxCall *call,
                               const char    *edge);
void sb_mailbox_egress_wake (SbMailboxServer *server,
                             gint64           box);

G_END_DECLS
