#pragma once

#include "sb-engine-desk.h"
#include "sb-engine-private.h"
#include "sb-writer-desk.h"

G_BEGIN_DECLS

/* A person's answer so lately means that somebody is there. */
#define SB_DESK_LATELY_MS (30 * SB_MINUTE_MS)
/* What comes due later than this was slept through: it is not done any more. */
#define SB_DESK_TOO_LATE_MS (15 * SB_MINUTE_MS)

/* Who speaks in an automatic message; the window makes a sentence of it. */
#define SB_DESK_AWAY     "closed"
#define SB_DESK_QUESTION "how-it-was"

/* sb-desk-words.c */
char *sb_desk_fill (SbReader     *reader,
                    const SbDesk *desk, /* (nullable) */
                    gint64        now,
                    gint64        thread_id,
                    const char   *text,
                    gboolean      keep_unknown) G_GNUC_WARN_UNUSED_RESULT;

/* sb-desk-send.c */
typedef struct
{
  gint64        thread_id;
  SbMessageKind kind;
  const char   *text;
  JsonObject   *data; /* (nullable) */
  const char   *speaker;
  const char   *client_key;
  gint64        expires_at;
} SbDeskMessage;

gboolean sb_desk_send (SbWriter            *writer,
                       const SbDeskMessage *message,
                       gint64              *message_id,
                       SbReason            *reason,
                       GError             **error);
gboolean sb_desk_is_stale (SbReader        *reader,
                           const SbMessage *message,
                           gint64           now);

/* sb-desk-away.c */
gboolean sb_desk_answer_closed (SbWriter      *writer,
                                const SbDesk  *desk,
                                const SbEvent *event,
                                GError       **error);
gboolean sb_desk_withdraw_answer (SbWriter *writer,
                                  gint64    message_id,
                                  GError  **error);

/* sb-desk-closing.c */
gboolean sb_desk_thread_changed (SbWriter      *writer,
                                 const SbDesk  *desk,
                                 const SbEvent *event,
                                 GError       **error);
gboolean sb_desk_ask (SbWriter       *writer,
                      const SbDueRow *row,
                      GError        **error);
gboolean sb_desk_is_rating (const SbMessage *message,
                            gint64          *closing_id,
                            int             *score);
gboolean sb_desk_take_rating (SbWriter             *writer,
                              const SbMessage      *message,
                              gint64                message_id,
                              const SbThreadBefore *before,
                              GError              **error);

G_END_DECLS
