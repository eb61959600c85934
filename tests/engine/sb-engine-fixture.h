#pragma once

#include "sb-fake-line.h"
#include "sb-store-private.h"

G_BEGIN_DECLS

#define SB_TEST_NOW G_GINT64_CONSTANT (1763700000000)

#define SB_ANA "351912000111"
#define SB_BEN "351912000222"

/* A shop in a folder of its own with one fake line, on a virtual clock; the engine runs. Ana has just written "Hello". */
typedef struct
{
  char       *folder;
  SbClock    *clock;
  SbRandom   *random;
  SbSecrets  *secrets;
  SbFakeLine *line;
  SbEngine   *engine;
  gint64      line_id;
  gint64      ana; /* her conversation */
  gint64      seq;
  guint       n_notices;
  char       *last_notice;
  char       *last_words; /* its body */
} SbEngineFixture;

void sb_fixture_set_up (SbEngineFixture *self,
                        gconstpointer    data);
void sb_fixture_tear_down (SbEngineFixture *self,
                           gconstpointer    data);
/* Closes the engine, as a crash does where @crash: requests without an answer stay so. */
void      sb_fixture_open (SbEngineFixture *self);
void      sb_fixture_close (SbEngineFixture *self);
void      sb_fixture_restart (SbEngineFixture *self);
void      sb_fixture_pass (SbEngineFixture *self,
                           gint64           ms);
SbReader *sb_fixture_reader (SbEngineFixture *self);
SbDb     *sb_fixture_db (SbEngineFixture *self);

/* Events, signed rightly. */
void sb_fixture_give (SbEngineFixture *self,
                      const char      *body);
void sb_fixture_give_value (SbEngineFixture *self,
                            const char      *field,
                            const char      *value);
/* A message of Ana, of which only the members that differ are given: "\"type\":\"text\",..." */
gint64 sb_fixture_give_message (SbEngineFixture *self,
                                const char      *wamid,
                                const char      *members);
gint64 sb_fixture_give_message_of (SbEngineFixture *self,
                                   gint64           sent_at,
                                   const char      *wamid,
                                   const char      *members);
void   sb_fixture_hello (SbEngineFixture *self,
                         const char      *number);
void   sb_fixture_tick (SbEngineFixture *self,
                        const char      *wamid,
                        const char      *status,
                        const char      *tag);

/* Sending; 0 and the reason's error where the gate refuses. */
gint64         sb_fixture_send (SbEngineFixture         *self,
                                const SbOutgoingMessage *outgoing,
                                GError                 **error);
gint64         sb_fixture_send_text (SbEngineFixture *self,
                                     gint64           thread_id,
                                     const char      *text);
void           sb_fixture_act (SbEngineFixture *self,
                               SbActKind        kind,
                               gint64           thread_id,
                               gint64           message_id,
                               gint64           value);
void           sb_fixture_set_line_state (SbEngineFixture *self,
                                          SbLineState      state);
SbStatus       sb_fixture_status (SbEngineFixture *self,
                                  gint64           message_id);
guint          sb_fixture_n_requests (SbEngineFixture *self);
SbFakeRequest *sb_fixture_request (SbEngineFixture *self,
                                   guint            index);
void           sb_fixture_assert_whole (SbEngineFixture *self);

/* Judges for the fake network. */
SbSendResult *sb_judge_silent (SbFakeRequest *request,
                               gpointer       user_data);
SbSendResult *sb_judge_not_sent (SbFakeRequest *request,
                                 gpointer       user_data);
SbSendResult *sb_judge_unknown (SbFakeRequest *request,
                                gpointer       user_data);
SbSendResult *sb_refusal (int    code,
                          guint  http_status,
                          gint64 retry_after_ms);

G_END_DECLS
