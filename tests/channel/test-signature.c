#include "sb-inbound.h"

#include <string.h>

#include "sb-random.h"

#define BODY   "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"text\":\"caf\\u00e9\"}]}"
#define SECRET "0123456789abcdef0123456789abcdef"

static char *
sign (GBytes     *body,
      const char *secret)
{
  gsize            size;
  const guint8    *data = g_bytes_get_data (body, &size);
  g_autofree char *digest = g_compute_hmac_for_data (G_CHECKSUM_SHA256, (const guint8 *) secret, strlen (secret), data, size);

  return g_strconcat ("sha256=", digest, NULL);
}

/* A vector that was made elsewhere: RFC 4231, test case 2. */
static void
test_known_vector (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("what do ya want for nothing?", 28);

  g_assert_true (sb_signature_is_valid ("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", body, "Jefe", NULL));
}

static void
test_secrets (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));
  g_autofree char   *header = sign (body, SECRET);
  g_autofree char   *nothing = sign (body, "");

  g_assert_true (sb_signature_is_valid (header, body, SECRET, NULL));
  g_assert_true (sb_signature_is_valid (header, body, "the new one", SECRET));
  g_assert_false (sb_signature_is_valid (header, body, "the new one", NULL));
  g_assert_false (sb_signature_is_valid (header, body, NULL, NULL));
  g_assert_false (sb_signature_is_valid (nothing, body, "", NULL));
  g_assert_false (sb_signature_is_valid (nothing, body, NULL, ""));
  g_assert_false (sb_signature_is_valid (NULL, body, SECRET, SECRET));
}

static void
test_shapes (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));
  g_autofree char   *header = sign (body, SECRET);
  g_autofree char   *upper = g_ascii_strup (header, -1);
  g_autofree char   *upper_hex = g_strconcat ("sha256=", upper + strlen ("sha256="), NULL);
  g_autofree char   *blank = g_strconcat (" ", header, NULL);
  g_autofree char   *tail = g_strconcat (header, "0", NULL);
  g_autofree char   *sha1 = g_strconcat ("sha1=", header + strlen ("sha256="), NULL);

  g_assert_false (sb_signature_is_valid ("", body, SECRET, NULL));
  g_assert_false (sb_signature_is_valid ("sha256=", body, SECRET, NULL));
  g_assert_false (sb_signature_is_valid (header + strlen ("sha256="), body, SECRET, NULL));
  g_assert_false (sb_signature_is_valid (upper, body, SECRET, NULL));
  g_assert_false (sb_signature_is_valid (upper_hex, body, SECRET, NULL));
  g_assert_false (sb_signature_is_valid (blank, body, SECRET, NULL));
  g_assert_false (sb_signature_is_valid (tail, body, SECRET, NULL));
  g_assert_false (sb_signature_is_valid (sha1, body, SECRET, NULL));
}

/* One bit of the body or one sign of the header changed: no. Unchanged: yes. */
static void
test_mutations (void)
{
  g_autoptr (SbRandom) random = sb_random_new_seeded (4231);

  for (int i = 0; i < 2000; i++)
    {
      gsize              size = 1 + sb_random_below (random, 300);
      g_autofree guint8 *data = g_malloc (size);
      g_autofree char   *header = NULL;
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GBytes) changed = NULL;
      gsize              at = sb_random_below (random, size);
      gsize              sign_at;

      sb_random_bytes (random, data, size);
      body = g_bytes_new (data, size);
      header = sign (body, SECRET);
      g_assert_true (sb_signature_is_valid (header, body, SECRET, NULL));

      data[at] ^= 1 << sb_random_below (random, 8);
      changed = g_bytes_new (data, size);
      g_assert_false (sb_signature_is_valid (header, changed, SECRET, NULL));

      sign_at = sb_random_below (random, strlen (header));
      header[sign_at] ^= 1 + sb_random_below (random, 127);
      g_assert_false (sb_signature_is_valid (header, body, SECRET, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/agrees-with-a-known-vector", test_known_vector);
  g_test_add_func ("/signature/takes-two-secrets-and-fails-closed", test_secrets);
  g_test_add_func ("/signature/takes-one-shape-only", test_shapes);
  g_test_add_func ("/signature/sees-every-change", test_mutations);

  return g_test_run ();
}
