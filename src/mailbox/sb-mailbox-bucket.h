#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A token bucket: a box takes 50 events a second for long, 200 at once. Time is an argument. */
typedef struct
{
  double tokens;
  gint64 at_us;
} SbMailboxBucket;

#define SB_MAILBOX_RATE  50
#define SB_MAILBOX_BURST 200

void     sb_mailbox_bucket_init (SbMailboxBucket *self,
                                 gint64           now_us);
gboolean sb_mailbox_bucket_take (SbMailboxBucket *self,
                                 gint64           now_us);

G_END_DECLS
