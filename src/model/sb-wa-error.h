#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What to do about an error code of the network (class letters of Meta's table as we read it). */
typedef enum
{
  SB_WA_FIX,      /* F: the request is wrong; never repeated by itself */
  SB_WA_RETRY,    /* B: back off and repeat */
  SB_WA_STOP,     /* A: stop the account, ask a person */
  SB_WA_WAIT,     /* W: only after a condition: a new message of the customer, the next day */
  SB_WA_SUPPRESS, /* S: not this recipient for this kind of message */
} SbWaClass;

typedef enum
{
  SB_WA_STOP_KEY = 1,     /* token, permission: line needs a new key */
  SB_WA_STOP_ACCOUNT = 2, /* ban, payment, registration, policy */
} SbWaStop;

#define SB_WA_ERROR_WINDOW_CLOSED 131047 /* more than 24 hours since the customer wrote */

SbWaClass   sb_wa_error_class (int   code,
                               guint http_status);
SbWaStop    sb_wa_error_stop (int code);
const char *sb_wa_error_sentence (int code);
const char *sb_wa_error_remedy (int code);
gint64      sb_wa_error_delay (int    code,
                               guint  attempt,
                               gint64 asked_ms,
                               double chance);
guint       sb_wa_error_max_attempts (int code);
gboolean    sb_wa_error_is_line_wide (int code);

G_END_DECLS
