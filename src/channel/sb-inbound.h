#pragma once

#include <gio/gio.h>

#include "sb-channel.h"

G_BEGIN_DECLS

/* One event as it came: bytes and signature, nothing parsed. */
typedef struct
{
  gint64   seq;         /* 0 where the source has no numbers (listener) */
  gint64   received_at; /* unix ms, by the source's clock */
  GBytes  *body;
  char    *signature; /* X-Hub-Signature-256 as it came, or NULL */
  gboolean test;      /* a self-test of the mailbox */
} SbInboundEvent;

void sb_inbound_event_free (SbInboundEvent *self);

#define SB_TYPE_INBOUND (sb_inbound_get_type ())

G_DECLARE_INTERFACE (SbInbound, sb_inbound, SB, INBOUND, GObject)

/**
 * SbInbound:
 *
 * Where events come from. Signals, all in the main context:
 *  "batch" (char *epoch, GPtrArray *events of SbInboundEvent): at most 100; the next batch is asked for only after
 *     sb_inbound_stored () - so a batch that could not be written comes again;
 *  "gap" (gint64 from_seq, gint64 to_seq, char *why): events that the source no longer has;
 *  "state" (gboolean ok, char *sentence): reachable or not, in words; emitted on change.
 */
struct _SbInboundInterface
{
  GTypeInterface parent;

  void (*start) (SbInbound *self, const char *epoch, gint64 after_seq);
  void (*stop) (SbInbound *self);
  /* The batch is on the disk: acknowledge (batched) and go on. For the listener: answer 200. FALSE: answer 503 / ask again. */
  void (*stored) (SbInbound *self, gboolean ok);
  /* Ask at once: network came back, resume from sleep. */
  void (*poke) (SbInbound *self);
  /* Sends a marked event round and reports how long it took; for the connect assistant. */
  void (*self_test_async) (SbInbound *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  SbCheck *(*self_test_finish) (SbInbound *self, GAsyncResult *result, GError **error);
};

void     sb_inbound_start (SbInbound *self, const char *epoch, gint64 after_seq);
void     sb_inbound_stop (SbInbound *self);
void     sb_inbound_stored (SbInbound *self, gboolean ok);
void     sb_inbound_poke (SbInbound *self);
void     sb_inbound_self_test_async (SbInbound *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SbCheck *sb_inbound_self_test_finish (SbInbound *self, GAsyncResult *result, GError **error);

/* SBMB/1 long poll; the practice server speaks it, too. @seal_key: base64 of the secret key for sealed boxes, or NULL. */
SbInbound *sb_mailbox_source_new (const char *url, const char *box, const char *token, const char *seal_key);
/* A port on loopback where the owner's own tunnel ends; answers Meta's GET handshake with @verify_token. */
SbInbound *sb_listener_source_new (guint16 port, const char *verify_token);

gboolean sb_signature_is_valid (const char *header, GBytes *body, const char *secret, const char *previous_secret);

G_END_DECLS
