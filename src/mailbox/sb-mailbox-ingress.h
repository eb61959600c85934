#pragma once

#include "sb-mailbox-call.h"

G_BEGIN_DECLS

#define SB_MAILBOX_MAX_BODY (4 * 1024 * 1024)

void sb_mailbox_ingress_verify (SbMailboxCall *call);
void sb_mailbox_ingress_take (SbMailboxCall *call);
void sb_mailbox_ingress_self_test (SbMailboxCall *call);

G_END_DECLS
