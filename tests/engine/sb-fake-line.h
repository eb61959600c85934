#pragma once

#include "sb-engine-private.h"

G_BEGIN_DECLS

/**
 * SbFakeLine:
 *
 * Both ends of a line in memory: a network that takes requests and answers when told to, and a source of events that counts
 * what was acknowledged. It outlives the engines that use it, as the real network does.
 */
typedef struct _SbFakeLine SbFakeLine;

/* A request that left the engine. */
typedef struct
{
  char         *tag;
  char         *token; /* the key it was asked with */
  char         *to;
  char         *text;
  char         *quote_wamid;
  SbMessageKind kind;
  gint64        at;
  GTask        *task; /* NULL: answered */
} SbFakeRequest;

/* Decides on a request. NULL: no answer for now. */
typedef SbSendResult *(*SbFakeJudge) (SbFakeRequest *request,
                                      gpointer       user_data);

struct _SbFakeLine
{
  SbClock    *clock; /* not owned */
  GPtrArray  *requests;
  SbFakeJudge judge;
  gpointer    judge_data;

  char      *history; /* the network's list, or NULL where it has none */
  guint      n_history;
  GPtrArray *read; /* wamids that were told as read */

  SbInbound *source; /* of the running engine; not owned */
  char      *asked_epoch;
  gint64     asked_after;
  guint      n_stored;
  guint      n_refused;
  void (*stored) (gboolean ok, gpointer user_data);
  gpointer stored_data;
};

#define SB_FAKE_SECRET "fake app secret"
#define SB_FAKE_NUMBER "106540352242922"

SbFakeLine *sb_fake_line_new (SbClock *clock);
void        sb_fake_line_free (SbFakeLine *self);
void        sb_fake_line_answer (SbFakeRequest *request,
                                 SbSendResult  *result);
/* Breaks every request that waits, as the end of the program does. */
void            sb_fake_line_break (SbFakeLine *self);
void            sb_fake_line_give (SbFakeLine *self,
                                   GPtrArray  *events);
SbSendResult   *sb_fake_accepted (SbFakeRequest *request,
                                  gpointer       user_data);
SbInboundEvent *sb_fake_event (gint64      seq,
                               gint64      received_at,
                               const char *body);
char           *sb_fake_text_body (const char *from,
                                   const char *wamid,
                                   const char *text,
                                   gint64      at);
char           *sb_fake_status_body (const char *wamid,
                                     const char *status,
                                     const char *tag,
                                     gint64      at);

/* A line of this kind that is not saved yet, and an engine whose lines are fake. */
SbLine   *sb_fake_line_settings (void);
SbEngine *sb_fake_engine_open (SbFakeLine   *self,
                               const char   *folder,
                               const char   *vfs,
                               SbEngineFlags flags,
                               SbRandom     *random,
                               SbSecrets    *secrets,
                               GError      **error);
void      sb_fake_secrets_add (SbSecrets *secrets,
                               gint64     line_id);
/* Runs the main loop until nothing is left to do. */
void sb_fake_settle (void);

G_END_DECLS
