#pragma once

#include "sb-types.h"

G_BEGIN_DECLS

/* One business number. The access key and the app secret live in the password store, never here. */
typedef struct
{
  gint64        id;
  SbLineKind    kind;
  SbLineState   state;
  char         *name;
  int           colour; /* 1..6 */
  char         *base_url;
  char         *phone_number_id;
  char         *waba_id;
  char         *app_id;
  char         *display_number;
  char         *verified_name;
  SbInboundKind inbound;
  char         *inbound_url;
  char         *inbound_box;
  char         *state_reason; /* sentence for people, or NULL */
  gint64        paused_until; /* 0: until resumed */
  int           pace_per_second;
  int           daily_limit; /* unique customers outside the window per 24 h; 0 = not known */
  char         *quality;
  gint64        last_in_at;   /* last event that arrived */
  gint64        last_poll_at; /* last time the source answered */
  gint64        last_out_at;
  gint64        stale_after_ms; /* older events are shown, nothing answers them by itself */
} SbLine;

SbLine *sb_line_new (void);
SbLine *sb_line_copy (const SbLine *self);
void    sb_line_free (SbLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbLine, sb_line_free)

G_END_DECLS
