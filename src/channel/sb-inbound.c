#include "sb-inbound.h"

#include <string.h>

G_DEFINE_INTERFACE (SbInbound, sb_inbound, G_TYPE_OBJECT)

static void
sb_inbound_default_init (SbInboundInterface *iface)
{
  g_signal_new ("batch", SB_TYPE_INBOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
  g_signal_new ("gap", SB_TYPE_INBOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_INT64, G_TYPE_STRING);
  g_signal_new ("state", SB_TYPE_INBOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
}

void
sb_inbound_event_free (SbInboundEvent *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->signature);
  g_free (self);
}

void
sb_inbound_start (SbInbound  *self,
                  const char *epoch,
                  gint64      after_seq)
{
  SB_INBOUND_GET_IFACE (self)->start (self, epoch, after_seq);
}

void
sb_inbound_stop (SbInbound *self)
{
  SB_INBOUND_GET_IFACE (self)->stop (self);
}

void
sb_inbound_stored (SbInbound *self,
                   gboolean   ok)
{
  SB_INBOUND_GET_IFACE (self)->stored (self, ok);
}

void
sb_inbound_poke (SbInbound *self)
{
  if (SB_INBOUND_GET_IFACE (self)->poke != NULL)
    SB_INBOUND_GET_IFACE (self)->poke (self);
}

void
sb_inbound_self_test_async (SbInbound          *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  SB_INBOUND_GET_IFACE (self)->self_test_async (self, cancellable, callback, user_data);
}

SbCheck *
sb_inbound_self_test_finish (SbInbound    *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return SB_INBOUND_GET_IFACE (self)->self_test_finish (self, result, error);
}

/* Every byte is looked at, whatever the first ones say: how long it takes tells nothing. */
static gboolean
equal_in_constant_time (const char *a,
                        const char *b,
                        gsize       length)
{
  guint8 difference = 0;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8) a[i] ^ (guint8) b[i];

  return difference == 0;
}

static gboolean
fits (const char *header,
      GBytes     *body,
      const char *secret)
{
  g_autofree char *digest = NULL;
  g_autofree char *wanted = NULL;
  gsize            size;
  const guint8    *data = g_bytes_get_data (body, &size);

  if (secret == NULL || secret[0] == '\0')
    return FALSE;

  digest = g_compute_hmac_for_data (G_CHECKSUM_SHA256, (const guint8 *) secret, strlen (secret), data, size);
  wanted = g_strconcat ("sha256=", digest, NULL);

  return strlen (header) == strlen (wanted) && equal_in_constant_time (header, wanted, strlen (wanted));
}

/**
 * sb_signature_is_valid:
 * @header: (nullable): X-Hub-Signature-256 as it came
 * @body: the untouched bytes
 * @previous_secret: (nullable): accepted, too, while the secret is being changed
 *
 * Fails closed: no header or no secret is a no. Source: Meta, "Validate payloads"; lower-case hexadecimal.
 */
gboolean
sb_signature_is_valid (const char *header,
                       GBytes     *body,
                       const char *secret,
                       const char *previous_secret)
{
  return header != NULL && (fits (header, body, secret) || fits (header, body, previous_secret));
}
