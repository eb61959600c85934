#pragma once

#include "sb-types.h"

G_BEGIN_DECLS

/**
 * SbReason:
 *
 * Why a message may not go out, or not yet. One enumeration with one sentence each, used by the composer, the dry run, the
 * log and the command line. Written to the shop file: only ever appended to.
 */
typedef enum
{
  SB_REASON_ALLOWED = 0,
  SB_REASON_WINDOW_CLOSED = 1, /* more than 24 hours since the customer wrote: templates only */
  SB_REASON_BLOCKED = 2,       /* the owner blocked this contact */
  SB_REASON_OPTED_OUT = 3,     /* the customer asked for no such messages */
  SB_REASON_NO_CONSENT = 4,
  SB_REASON_LINE_PAUSED = 5,    /* wait: goes out when resumed */
  SB_REASON_LINE_NEEDS_KEY = 6, /* wait */
  SB_REASON_LINE_BLOCKED = 7,
  SB_REASON_LINE_REMOVED = 8,
  SB_REASON_NO_LINE = 9,
  SB_REASON_OFFLINE = 10, /* wait */
  SB_REASON_NO_ADDRESS = 11,
  SB_REASON_TEMPLATE_NOT_APPROVED = 12,
  SB_REASON_TEMPLATE_INCOMPLETE = 13, /* a place is still empty */
  SB_REASON_EMPTY = 14,
  SB_REASON_TOO_LONG = 15,
  SB_REASON_FILE_TYPE = 16,
  SB_REASON_FILE_TOO_LARGE = 17,
  SB_REASON_IS_A_NOTE = 18,   /* a note for the team has no way out */
  SB_REASON_QUIET_HOURS = 19, /* wait; automatic messages only */
  SB_REASON_DAILY_LIMIT = 20, /* wait */
  SB_REASON_READ_ONLY = 21,   /* this shop is open in another window */
  SB_REASON_DISK_FULL = 22,
  SB_REASON_OWN_NUMBER = 23,
  SB_REASON_NO_SECRET = 24, /* wait: no key for this line in the password store */
  SB_REASON_DAMAGED = 25,   /* the shop file; what is written into it now may be lost */
} SbReason;

const char *sb_reason_to_sentence (SbReason reason);
const char *sb_reason_to_name (SbReason reason);
gboolean    sb_reason_is_wait (SbReason reason);

G_END_DECLS
