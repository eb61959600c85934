#pragma once

#include <gio/gio.h>

#include "sb-clock.h"
#include "sb-line.h"
#include "sb-message.h"
#include "sb-template.h"

G_BEGIN_DECLS

/**
 * SbSendResult:
 *
 * What is known after one attempt. The classes are those of the outbox; they decide what may happen next.
 */
typedef enum
{
  SB_SEND_ACCEPTED, /* wamid */
  SB_SEND_NOT_SENT, /* surely nothing left this computer: try again with back-off */
  SB_SEND_REFUSED,  /* the network answered with an error: code, http_status */
  SB_SEND_UNKNOWN,  /* left, and no answer that can be read came back */
} SbSendOutcome;

typedef struct
{
  SbSendOutcome outcome;
  char         *wamid;
  char         *wa_id; /* the identity the network answered with, or NULL */
  gboolean      held;  /* accepted, but kept back for a quality check */
  int           code;  /* of the network's error */
  int           subcode;
  guint         http_status;
  char         *error;          /* the network's own words, or what broke */
  gint64        retry_after_ms; /* -1: did not say */
  gint64        server_date_ms; /* 0: did not say */
} SbSendResult;

SbSendResult *sb_send_result_new (SbSendOutcome outcome);
void          sb_send_result_free (SbSendResult *self);

/* One message to put on the wire. */
typedef struct
{
  const SbMessage *message; /* kind, text, data, attachments with media_id or path */
  const char      *to;      /* digits, or a business-scoped user id */
  gboolean         to_is_user_id;
  const char      *quote_wamid;
  const char      *tag; /* comes back in the statuses: "outbox:ID" */
} SbSendJob;

/* One check of a line, for the connect assistant and the health page. */
typedef enum
{
  SB_CHECK_OK,
  SB_CHECK_FAILED,
  SB_CHECK_WARNING,
  SB_CHECK_NOT_TRIED,
} SbCheckState;

typedef struct
{
  char        *id; /* "key", "number", "account", "subscription", "templates", "mailbox", "round-trip", "clock" */
  SbCheckState state;
  char        *title;    /* "Access key works" */
  char        *sentence; /* what it means and what to do */
  char        *details;  /* what was asked and what came back, for support; no secret in it */
  int          code;     /* SbError of a failed check, for programs: NETWORK no answer, REMOTE not the network's, AUTH key refused; else 0 */
  char        *fix;      /* "subscribe": can be put right by sb_channel_fix_async (); or NULL */
} SbCheck;

SbCheck *sb_check_new (const char *id, SbCheckState state, const char *title, const char *sentence);
void     sb_check_free (SbCheck *self);
SbCheck *sb_check_clock (gint64 network_ms, gint64 here_ms) G_GNUC_WARN_UNUSED_RESULT;

#define SB_TYPE_CHANNEL (sb_channel_get_type ())

G_DECLARE_INTERFACE (SbChannel, sb_channel, SB, CHANNEL, GObject)

/**
 * SbChannel:
 *
 * A line's way to the network. It asks once and reports; it never repeats, queues or stores anything. All of it runs in the
 * main context.
 */
struct _SbChannelInterface
{
  GTypeInterface parent;

  /* Uploads what the message needs (and keeps the media id in it), then sends. */
  void (*send_async) (SbChannel *self, const SbSendJob *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  SbSendResult *(*send_finish) (SbChannel *self, GAsyncResult *result, GError **error);

  /* Fetches an attachment into @part_path (0600, at most @max_bytes), checks length and hash. */
  void (*fetch_async) (SbChannel *self, const char *media_id, const char *url, const char *part_path, gsize max_bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*fetch_finish) (SbChannel *self, GAsyncResult *result, GError **error);

  void (*mark_read_async) (SbChannel *self, const char *wamid, gboolean typing, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*mark_read_finish) (SbChannel *self, GAsyncResult *result, GError **error);

  /* GPtrArray of SbTemplate, all pages. */
  void (*list_templates_async) (SbChannel *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*list_templates_finish) (SbChannel *self, GAsyncResult *result, GError **error);

  /* GPtrArray of SbCheck, in order; never fails as a whole. */
  void (*check_async) (SbChannel *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*check_finish) (SbChannel *self, GAsyncResult *result, GError **error);

  /* Puts right what a check named in its fix. */
  void (*fix_async) (SbChannel *self, const char *fix, const char *callback_url, const char *verify_token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*fix_finish) (SbChannel *self, GAsyncResult *result, GError **error);

  /* What the network remembers of @wamid, or of the newest messages where it is NULL: the answer as it came, or NULL where there is none. */
  void (*history_async) (SbChannel *self, const char *wamid, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  char *(*history_finish) (SbChannel *self, GAsyncResult *result, GError **error);

  /* Breaks off what is in flight (resume from sleep). */
  void (*abort) (SbChannel *self);
};

void          sb_channel_send_async (SbChannel *self, const SbSendJob *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SbSendResult *sb_channel_send_finish (SbChannel *self, GAsyncResult *result, GError **error);
void          sb_channel_fetch_async (SbChannel *self, const char *media_id, const char *url, const char *part_path, gsize max_bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      sb_channel_fetch_finish (SbChannel *self, GAsyncResult *result, GError **error);
void          sb_channel_mark_read_async (SbChannel *self, const char *wamid, gboolean typing, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      sb_channel_mark_read_finish (SbChannel *self, GAsyncResult *result, GError **error);
void          sb_channel_list_templates_async (SbChannel *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *sb_channel_list_templates_finish (SbChannel *self, GAsyncResult *result, GError **error);
void          sb_channel_check_async (SbChannel *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *sb_channel_check_finish (SbChannel *self, GAsyncResult *result, GError **error);
void          sb_channel_fix_async (SbChannel *self, const char *fix, const char *callback_url, const char *verify_token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      sb_channel_fix_finish (SbChannel *self, GAsyncResult *result, GError **error);
void          sb_channel_history_async (SbChannel *self, const char *wamid, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char         *sb_channel_history_finish (SbChannel *self, GAsyncResult *result, GError **error);
void          sb_channel_abort (SbChannel *self);

SbChannel *sb_cloud_channel_new (const SbLine *line, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbCheck, sb_check_free)

G_END_DECLS
