#pragma once

#include "sb-channel.h"
#include "sb-error.h"
#include "sb-inbound.h"
#include "sb-random.h"
#include "sb-reader.h"
#include "sb-reason.h"
#include "sb-secrets.h"

G_BEGIN_DECLS

/**
 * SbEngine:
 *
 * The running shop: it joins store, lines and clock. The window and the command line show what its reader gives and ask it
 * for everything else. All rules live here or below; what the window hides, the engine refuses.
 *
 * Signals, all in the main context:
 *  "event" (SbEvent *): after each commit, in order. Models update by it.
 *  "counts-changed": the numbers of sb_engine_get_counts () may have changed.
 *  "lines-changed": a line was added, changed state, or its connection came or went.
 *  "notice" (SbNotice *): show this to the person (already merged and limited by the notification policy).
 *  "profile-changed": somebody else sits at the desk (sb-engine-profile.h).
 *  "withdraw" (gint64 thread_id): its notification is no longer needed.
 */
#define SB_TYPE_ENGINE (sb_engine_get_type ())

G_DECLARE_FINAL_TYPE (SbEngine, sb_engine, SB, ENGINE, GObject)

typedef enum
{
  SB_ENGINE_DEFAULT = 0,
  SB_ENGINE_CREATE = 1 << 0,
  SB_ENGINE_READ_ONLY = 1 << 1,
  SB_ENGINE_INLINE_STORE = 1 << 2, /* no writing thread: tests, command line */
} SbEngineFlags;

/* Makes the way to the network of a line; tests give their own. */
typedef SbChannel *(*SbChannelFactory) (const SbLine *line,
                                        const char   *token,
                                        gpointer      user_data);
typedef SbInbound *(*SbInboundFactory) (const SbLine *line,
                                        SbSecrets    *secrets,
                                        gpointer      user_data);

/* What the engine is given; zero and NULL are the real things. */
typedef struct
{
  SbClock         *clock;
  SbRandom        *random;
  SbSecrets       *secrets;
  const char      *vfs;
  SbChannelFactory channel_factory;
  SbInboundFactory inbound_factory;
  gpointer         factory_data;
} SbEngineOptions;

SbEngine *sb_engine_open (const char            *folder,
                          SbEngineFlags          flags,
                          const SbEngineOptions *options,
                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
/* Sending, receiving and the scheduler. Before it nothing leaves or enters. */
void sb_engine_start (SbEngine *self);
void sb_engine_stop (SbEngine *self);
void sb_engine_close (SbEngine *self);

const char *sb_engine_get_folder (SbEngine *self);
gboolean    sb_engine_is_practice (SbEngine *self);
gboolean    sb_engine_is_read_only (SbEngine *self);
char       *sb_engine_get_damaged_copy (SbEngine *self); /* path of the set-aside file, or NULL */
SbClock    *sb_engine_get_clock (SbEngine *self);
SbReader   *sb_engine_get_reader (SbEngine *self);
SbReader   *sb_engine_new_reader (SbEngine *self,
                                  GError  **error);
SbSecrets  *sb_engine_get_secrets (SbEngine *self);
char       *sb_engine_dup_shop_name (SbEngine *self);
gboolean    sb_engine_set_shop_name (SbEngine   *self,
                                     const char *name,
                                     GError    **error);
/* "shop" or "practice"; set once, when the shop is made. */
gboolean sb_engine_set_kind (SbEngine   *self,
                             const char *kind,
                             GError    **error);

/* -- connection, as the person should see it -- */
typedef enum
{
  SB_LINK_OFF, /* engine not started, or line paused, removed */
  SB_LINK_CONNECTING,
  SB_LINK_OK,
  SB_LINK_OFFLINE, /* this computer has no network */
  SB_LINK_TROUBLE, /* the other side does not answer, or refused the key */
} SbLink;

SbLink   sb_engine_get_link (SbEngine *self,
                             gint64    line_id,
                             char    **sentence); /* for people: "Connected", "Offline – 3 waiting", ... */
gboolean sb_engine_is_online (SbEngine *self);
gint64   sb_engine_get_offline_since (SbEngine *self);
void     sb_engine_set_online (SbEngine *self, /* tests and practice; otherwise the network monitor tells */
                               gboolean  online);
void     sb_engine_get_counts (SbEngine *self,
                               SbCounts *counts);

/* -- sending -- */
typedef struct
{
  gint64        thread_id; /* or: */
  const char   *number;    /* a number nobody has written from yet */
  gint64        line_id;   /* 0: the line the customer last wrote to */
  SbMessageKind kind;      /* TEXT, IMAGE, VIDEO, AUDIO, DOCUMENT, STICKER, LOCATION, CONTACTS, INTERACTIVE, TEMPLATE */
  const char   *text;
  JsonObject   *data;     /* LOCATION, CONTACTS, INTERACTIVE: as on the wire */
  const char   *path;     /* of the file to attach */
  const char   *filename; /* how it is shown; NULL: the file's own */
  gint64        quote_id;
  gint64        template_id; /* TEMPLATE */
  GHashTable   *values;      /* TEMPLATE: key of SbPlace -> text */
  gint64        not_before;  /* send later; 0 now */
  const char   *client_key;  /* made when the key was pressed; NULL: one is made */
} SbOutgoingMessage;

/* What the gate says now. Waits (sb_reason_is_wait) may be queued. */
SbReason sb_engine_ask_gate (SbEngine                *self,
                             const SbOutgoingMessage *outgoing,
                             char                   **detail);
/* Returns the message id; SB_ERROR_WINDOW_CLOSED or SB_ERROR_REFUSED with the gate's sentence as the message. */
void   sb_engine_send_async (SbEngine                *self,
                             const SbOutgoingMessage *outgoing,
                             GAsyncReadyCallback      callback,
                             gpointer                 user_data);
gint64 sb_engine_send_finish (SbEngine     *self,
                              GAsyncResult *result,
                              GError      **error);

/* -- acts of a person; each is one command, undoable unless it says otherwise -- */
typedef enum
{
  SB_ACT_OPEN, /* reopen */
  SB_ACT_PENDING,
  SB_ACT_DONE,
  SB_ACT_SNOOZE,      /* value: unix ms; 0: until the customer writes */
  SB_ACT_ASSIGN,      /* value: staff id, 0 nobody */
  SB_ACT_PIN,         /* value: 1 or 0 */
  SB_ACT_READ,        /* not undoable */
  SB_ACT_UNREAD,      /* value: message id to start from, 0 the newest */
  SB_ACT_TAG,         /* text: name */
  SB_ACT_UNTAG,       /* text: name */
  SB_ACT_NOTE,        /* text */
  SB_ACT_DRAFT,       /* text, value: quoted message; not undoable */
  SB_ACT_BLOCK,       /* value: 1 or 0 */
  SB_ACT_RENAME,      /* text */
  SB_ACT_LEAVE,       /* message: an unknown stays as it is */
  SB_ACT_SEND_AGAIN,  /* message: unknown or failed; a person's decision, not undoable */
  SB_ACT_CANCEL,      /* message: still queued */
  SB_ACT_EDIT_QUEUED, /* message, text */
  SB_ACT_SAVE_VIEW,   /* value: view id, 0 a new one; text: name; query: JSON of its filter */
  SB_ACT_DELETE_VIEW, /* value: view id */
  SB_ACT_ORDER_VIEWS, /* thread_ids: those of views, in their new order */
  SB_ACT_GIVE_VIEW,   /* value: view id; own: to whoever asks, else to everybody */
  SB_ACT_STAFF_GONE,  /* value: staff id */
  SB_ACT_STAFF_BACK,  /* value: staff id */
} SbActKind;

typedef struct
{
  SbActKind     kind;
  const gint64 *thread_ids;
  guint         n_threads;
  gint64        message_id;
  gint64        value;
  const char   *text;
  const char   *query;
  gboolean      own; /* SAVE_VIEW of a new one, GIVE_VIEW: for the person at the desk alone */
} SbAct;

void sb_engine_act_async (SbEngine           *self,
                          const SbAct        *act,
                          GAsyncReadyCallback callback,
                          gpointer            user_data);
/* The id of the undo step, 0 where there is none, -1 with @error. */
gint64   sb_engine_act_finish (SbEngine     *self,
                               GAsyncResult *result,
                               GError      **error);
void     sb_engine_undo_async (SbEngine           *self,
                               gint64              undo_id, /* 0: the last of the current person */
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gboolean sb_engine_undo_finish (SbEngine     *self,
                                GAsyncResult *result,
                                GError      **error);
void     sb_engine_redo_async (SbEngine           *self, /* what the current person undid last */
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gboolean sb_engine_redo_finish (SbEngine     *self,
                                GAsyncResult *result,
                                GError      **error);

/* -- staff -- */
gint64 sb_engine_get_staff (SbEngine *self);
void   sb_engine_set_staff (SbEngine *self,
                            gint64    staff_id);
void   sb_engine_save_named_async (SbEngine           *self,
                                   const char         *what, /* "staff", "tag", "view", "quick-reply" */
                                   const SbNamed      *named,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gint64 sb_engine_save_named_finish (SbEngine     *self,
                                    GAsyncResult *result,
                                    GError      **error);
/* Undoable; finished with sb_engine_act_finish (). */
void sb_engine_delete_quick_reply_async (SbEngine           *self,
                                         gint64              id,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);

/* -- lines -- */
/* Secrets are set with sb_secrets_set () after this gave the id. */
void   sb_engine_save_line_async (SbEngine           *self,
                                  const SbLine       *line,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gint64 sb_engine_save_line_finish (SbEngine     *self,
                                   GAsyncResult *result,
                                   GError      **error);
void   sb_engine_set_line_paused (SbEngine *self,
                                  gint64    line_id,
                                  gboolean  paused,
                                  gint64    until);
/* Tells the engine that secrets of the line changed: reconnects, and takes it out of "needs key". */
void sb_engine_reload_line (SbEngine *self,
                            gint64    line_id);
/* Checks a line that need not be saved yet. GPtrArray of SbCheck; "progress" is told per check. */
typedef void (*SbCheckProgress) (const SbCheck *check,
                                 gpointer       user_data);
void       sb_engine_check_line_async (SbEngine           *self,
                                       const SbLine       *line,
                                       SbSecrets          *secrets, /* NULL: the shop's own */
                                       SbCheckProgress     progress,
                                       gpointer            progress_data,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
GPtrArray *sb_engine_check_line_finish (SbEngine     *self,
                                        GAsyncResult *result,
                                        GError      **error);
void       sb_engine_fix_line_async (SbEngine           *self,
                                     const SbLine       *line,
                                     SbSecrets          *secrets,
                                     const char         *fix,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean   sb_engine_fix_line_finish (SbEngine     *self,
                                      GAsyncResult *result,
                                      GError      **error);
void       sb_engine_sync_templates_async (SbEngine           *self,
                                           gint64              line_id,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
gboolean   sb_engine_sync_templates_finish (SbEngine     *self,
                                            GAsyncResult *result,
                                            GError      **error);

/* -- search, in a worker with its own reader -- */
void       sb_engine_search_async (SbEngine           *self,
                                   const char         *query,
                                   guint               limit,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
GPtrArray *sb_engine_search_finish (SbEngine     *self,
                                    GAsyncResult *result,
                                    GError      **error);

/* -- notifications -- */
typedef struct
{
  gint64   thread_id; /* 0: a summary or a notice about the shop */
  char    *title;
  char    *body;   /* already without customer text when the owner hides it */
  int      n_new;  /* messages merged into this one */
  gboolean silent; /* quiet hours */
} SbNotice;

void sb_notice_free (SbNotice *self);

typedef struct
{
  gboolean enabled;
  gboolean show_content;
  gboolean quiet_enabled;
  int      quiet_from; /* minutes after midnight, civil time */
  int      quiet_to;
} SbNoticePolicy;

void sb_engine_set_notice_policy (SbEngine             *self,
                                  const SbNoticePolicy *policy);
/* The conversation the person is looking at needs no notification. */
void sb_engine_set_open_thread (SbEngine *self,
                                gint64    thread_id);

/* Whether customers see that what they wrote was read in the open conversation; off by default. */
void     sb_engine_set_read_receipts (SbEngine *self,
                                      gboolean  tell);
gboolean sb_engine_get_read_receipts (SbEngine *self);

/* -- health -- */
GPtrArray *sb_engine_list_health (SbEngine *self); /* SbCheck */
void       sb_engine_check_file_async (SbEngine           *self,
                                       gboolean            full,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
/* GPtrArray of char *: what is wrong; empty: all right. */
GPtrArray *sb_engine_check_file_finish (SbEngine     *self,
                                        GAsyncResult *result,
                                        GError      **error);

G_END_DECLS
