#pragma once

#include "sb-engine.h"
#include "sb-index-tidy.h"
#include "sb-store.h"
#include "sb-writer-desk.h"

G_BEGIN_DECLS

typedef struct _SbLineRun      SbLineRun;
typedef struct _SbNotices      SbNotices;
typedef struct _SbMediaFetcher SbMediaFetcher;
typedef struct _SbScheduler    SbScheduler;
typedef struct _SbDeskRun      SbDeskRun;

struct _SbEngine
{
  GObject parent_instance;

  SbStore         *store;
  SbClock         *clock;
  SbRandom        *random;
  SbRandom        *own_random; /* NULL when one was given */
  SbSecrets       *secrets;
  SbChannelFactory channel_factory;
  SbInboundFactory inbound_factory;
  gpointer         factory_data;

  GHashTable     *runs; /* line id -> SbLineRun */
  SbNotices      *notices;
  SbMediaFetcher *fetcher;
  SbScheduler    *scheduler;
  SbDeskRun      *desk;
  SbIndexTidy    *tidy;

  gboolean    started;
  gboolean    keys_loaded;
  SbReader   *looking;  /* reads the whole file in a worker, else NULL */
  SbReader   *searcher; /* waits for the next search, else NULL; atomic */
  int         closed;   /* atomic */
  gboolean    online;
  gboolean    online_forced;
  gint64      offline_since;
  gint64      staff_id;
  gint64      open_thread; /* before somebody's eyes, or 0 */
  gboolean    tells_read;
  GHashTable *told_read; /* thread id -> the newest message whose reader was told of; NULL before the first */
  gboolean    disk_full;
  gboolean    clock_wrong; /* by the network's own, when it last answered */
  gulong      network_id;
};

/* sb-engine-health.c */
void sb_engine_forget_searcher (SbEngine *self);

/* How long after an unclear end it is looked what has been seen since, and until when that is tried while offline. */
#define SB_EVIDENCE_AGAIN_MS (15 * SB_MINUTE_MS)
#define SB_EVIDENCE_END_MS   (7 * SB_DAY_MS)

/* A line at work: its way out, its way in, and how both are. */
struct _SbLineRun
{
  SbEngine     *engine; /* not owned: the run never outlives it */
  SbLine       *line;
  SbChannel    *channel;
  SbInbound    *inbound;
  GCancellable *cancellable;

  /* What is under way holds the run it belongs to; a newer one may have taken its place meanwhile. */
  guint      n_refs;
  gboolean   retired;
  SbLineRun *elder; /* the one before, while it has requests under way; or NULL */

  /* intake */
  gboolean source_ok;
  gboolean source_known;
  char    *source_sentence;
  gboolean interpreting;
  gboolean interpret_again;

  /* dispatcher */
  guint       in_flight;
  gboolean    claiming;
  gboolean    claim_again;
  double      tokens;
  gint64      tokens_at;
  gint64      hold_until;
  guint       n_not_sent;
  guint       timer_id;
  gboolean    send_trouble;
  GHashTable *pairs; /* of sb-pair-rate.c */
};

SbLineRun *sb_line_run_get (SbEngine *engine,
                            gint64    line_id);
SbLineRun *sb_line_run_ref (SbLineRun *run);
void       sb_line_run_unref (SbLineRun *run);
void       sb_engine_restart_line (SbEngine *self,
                                   gint64    line_id);
void       sb_engine_start_lines (SbEngine *self);
void       sb_engine_emit_lines_changed (SbEngine *self);
void       sb_engine_emit_profile_changed (SbEngine *self);
void       sb_engine_emit_notice (SbEngine *self,
                                  SbNotice *notice);
void       sb_engine_emit_withdraw (SbEngine *self,
                                    gint64    thread_id);

/* sb-engine-clock.c */
void sb_engine_note_clock (SbEngine *self,
                           gint64    network_ms);

/* sb-file-look.c */
void sb_engine_look_over (SbEngine *self);

/* sb-intake.c */
void sb_intake_start (SbLineRun *run);
void sb_intake_stop (SbLineRun *run);
void sb_intake_interpret (SbLineRun *run);

/* sb-interpreter.c */
gboolean sb_interpret (SbWriter       *writer,
                       const SbLine   *line,
                       const SbRawRow *raw,
                       GError        **error);

/* sb-dispatcher.c */
void  sb_dispatcher_pump (SbLineRun *run);
void  sb_dispatcher_stop (SbLineRun *run);
guint sb_dispatcher_n_under_way (const SbLineRun *run);

/* sb-control-contact.c */
gboolean sb_control_contact (SbEngine           *engine,
                             JsonObject         *request,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);

/* sb-pair-rate.c */
typedef struct
{
  gint64 thread_id;
  gint64 until;
} SbHeldThread;

GHashTable *sb_pair_rate_new (void);
GArray     *sb_pair_rate_held (GHashTable *pairs,
                               gint64      now);
gint64      sb_pair_rate_take (GHashTable *pairs,
                               gint64      now,
                               gint64      thread_id);

/* sb-gate.c */
SbReason sb_gate_check (SbReader                *reader,
                        SbSecrets               *secrets,
                        gint64                   now,
                        const SbOutgoingMessage *outgoing,
                        gint64                  *line_id,
                        char                   **detail);
SbReason sb_gate_recheck (SbReader        *reader,
                          gint64           now,
                          const SbMessage *message,
                          gint64           line_id,
                          gboolean         has_address);

/* sb-engine-person.c */
void     sb_engine_command (SbEngine           *self,
                            SbCommand           command,
                            gpointer            data,
                            GDestroyNotify      free_data,
                            const gint64       *answer,
                            GAsyncReadyCallback callback,
                            gpointer            user_data);
void     sb_engine_commanded_cb (GObject      *store,
                                 GAsyncResult *result,
                                 gpointer      user_data);
gboolean sb_engine_reapply_erasures (SbEngine *self,
                                     GError  **error);
gboolean sb_engine_reapply_refusals (SbEngine *self,
                                     GError  **error);

/* sb-gate-consent.c */
SbReason sb_gate_consent (SbReader   *reader,
                          gint64      contact_id,
                          const char *category);

/* sb-evidence.c */
char    *sb_evidence_new (gint64      broke_at,
                          const char *sentence);
gboolean sb_evidence_look_again (SbWriter *writer,
                                 gint64    outbox_id,
                                 gboolean  source_healthy,
                                 gboolean *is_unknown,
                                 GError  **error);
gboolean sb_evidence_add_history (SbWriter   *writer,
                                  gint64      message_id,
                                  const char *list,
                                  GError    **error);
gboolean sb_evidence_customer_quoted (SbWriter   *writer,
                                      gint64      thread_id,
                                      const char *wamid,
                                      GError    **error);

/* sb-history.c */
JsonObject *sb_history_rung (SbReader          *reader,
                             const SbOutboxRow *row,
                             const char        *list);
void        sb_history_ask (SbEngine *engine,
                            GArray   *message_ids);

/* sb-read-receipts.c */
void sb_read_receipts_take (SbEngine      *self,
                            const SbEvent *event);

/* sb-engine-profile.c */
void sb_profile_restore (SbEngine *self);
void sb_profile_take (SbEngine      *self,
                      const SbEvent *event);

/* sb-scheduler.c */
SbScheduler *sb_scheduler_new (SbEngine *engine);
void         sb_scheduler_free (SbScheduler *self);
void         sb_scheduler_wake (SbScheduler *self);

/* sb-desk-run.c */
SbDeskRun *sb_desk_run_new (SbEngine *engine);
void       sb_desk_run_free (SbDeskRun *self);
void       sb_desk_run_wake (SbDeskRun *self);
void       sb_desk_run_take (SbDeskRun     *self,
                             const SbEvent *event);
gboolean   sb_desk_is_due (const SbDueRow *row);
gboolean   sb_desk_carry_out (SbWriter       *writer,
                              const SbDueRow *row,
                              GError        **error);
gboolean   sb_desk_received (SbWriter             *writer,
                             const SbMessage      *message,
                             gint64                message_id,
                             const SbThreadBefore *before,
                             GError              **error);

/* sb-media-fetcher.c */
SbMediaFetcher *sb_media_fetcher_new (SbEngine *engine);
void            sb_media_fetcher_free (SbMediaFetcher *self);
void            sb_media_fetcher_wake (SbMediaFetcher *self);

/* sb-notices.c */
SbNotices *sb_notices_new (SbEngine *engine);
void       sb_notices_free (SbNotices *self);
void       sb_notices_hush (SbNotices *self);
void       sb_notices_take (SbNotices     *self,
                            const SbEvent *event);
void       sb_notices_about_line (SbNotices  *self,
                                  const char *title,
                                  const char *body);
void       sb_notices_set_policy (SbNotices            *self,
                                  const SbNoticePolicy *policy);
void       sb_notices_set_open_thread (SbNotices *self,
                                       gint64     thread_id);

G_END_DECLS
