#include "sb-mailbox-crypto.h"

#include <sodium.h>
#include <string.h>

#include "sb-error.h"
#include "sb-json.h"

static char *
hex (const guint8 *bytes,
     gsize         length)
{
  char *text = g_malloc (2 * length + 1);

  sodium_bin2hex (text, 2 * length + 1, bytes, length);

  return text;
}

char *
sb_mailbox_hash (gconstpointer data,
                 gsize         length)
{
  guint8 digest[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (digest, data, length);

  return hex (digest, sizeof digest);
}

char *
sb_mailbox_hash_text (const char *text)
{
  return sb_mailbox_hash (text, strlen (text));
}

gboolean
sb_mailbox_same (const char *first,
                 const char *second)
{
  gsize length = first != NULL ? strlen (first) : 0;

  return first != NULL && second != NULL && length == strlen (second) && sodium_memcmp (first, second, length) == 0;
}

/* HMAC-SHA256 over the raw bytes, as Meta writes it into the header. */
char *
sb_mailbox_sign (GBytes     *body,
                 const char *secret)
{
  crypto_auth_hmacsha256_state state;
  guint8                       mac[crypto_auth_hmacsha256_BYTES];
  gsize                        length = 0;
  const guint8                *data = g_bytes_get_data (body, &length);
  g_autofree char             *digest = NULL;

  crypto_auth_hmacsha256_init (&state, (const guint8 *) secret, strlen (secret));
  crypto_auth_hmacsha256_update (&state, data, length);
  crypto_auth_hmacsha256_final (&state, mac);
  sodium_memzero (&state, sizeof state);
  digest = hex (mac, sizeof mac);

  return g_strconcat ("sha256=", digest, NULL);
}

gboolean
sb_mailbox_is_signed (GBytes     *body,
                      const char *signature,
                      const char *secret)
{
  g_autofree char *wanted = NULL;

  if (signature == NULL || secret == NULL || secret[0] == '\0')
    return FALSE;

  wanted = sb_mailbox_sign (body, secret);

  return sb_mailbox_same (signature, wanted);
}

/* Body and signature in a sealed box: only the desk, which has the secret key, can open it. */
GBytes *
sb_mailbox_seal (GBytes     *body,
                 const char *signature,
                 GBytes     *public_key)
{
  gsize                  length = 0;
  const guint8          *data = g_bytes_get_data (body, &length);
  g_autofree char       *encoded = g_base64_encode (data, length);
  g_autoptr (JsonObject) inner = sb_json_make ("s:signature", signature, "s:body", encoded, NULL);
  g_autofree char       *text = sb_json_text (inner);
  gsize                  size = strlen (text);
  g_autofree guint8     *sealed = g_malloc (size + crypto_box_SEALBYTES);

  if (crypto_box_seal (sealed, (const guint8 *) text, size, g_bytes_get_data (public_key, NULL)) != 0)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&sealed), size + crypto_box_SEALBYTES);
}

/* A public key in base64, as the desk shows it. */
GBytes *
sb_mailbox_read_key (const char *text,
                     GError    **error)
{
  guint8             probe[crypto_box_SEALBYTES + 1];
  gsize              length = 0;
  g_autofree guchar *key = g_base64_decode (text, &length);

  /* A point of small order cannot be sealed to: better told now than at the first event. */
  if (length != crypto_box_PUBLICKEYBYTES || crypto_box_seal (probe, (const guint8 *) "", 1, key) != 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "The seal key is not a public key: 32 bytes in base64 are expected");
      return NULL;
    }

  return g_bytes_new (key, length);
}
