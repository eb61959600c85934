#include "sb-mailbox-bucket.h"

void
sb_mailbox_bucket_init (SbMailboxBucket *self,
                        gint64           now_us)
{
  self->tokens = SB_MAILBOX_BURST;
  self->at_us = now_us;
}

gboolean
sb_mailbox_bucket_take (SbMailboxBucket *self,
                        gint64           now_us)
{
  double gained = (double) MAX (now_us - self->at_us, 0) * SB_MAILBOX_RATE / G_USEC_PER_SEC;

  self->tokens = MIN (self->tokens + gained, SB_MAILBOX_BURST);
  self->at_us = now_us;
  if (self->tokens < 1)
    return FALSE;

  self->tokens -= 1;

  return TRUE;
}
