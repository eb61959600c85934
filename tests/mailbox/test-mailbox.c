#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "sb-json.h"
#include "sb-mailbox-box.h"
#include "sb-mailbox-bucket.h"
#include "sb-mailbox-crypto.h"
#include "sb-mailbox-event.h"
#include "sb-mailbox-qr.h"
#include "sb-mailbox-store.h"

#define VECTOR                                                                                     \
  "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"value\":"    \
  "{\"messages\":[{\"id\":\"wamid.X\",\"text\":{\"body\":\"Caf\\u00e9 \\ud83d\\ude00 a\\/b\"}}]}," \
  "\"field\":\"messages\"}]}]}"
#define DAY   G_GINT64_CONSTANT (86400000)
#define START (G_GINT64_CONSTANT (20000) * DAY)

/* -- a folder with one box, opened in this process -- */

typedef struct
{
  char         *dir;
  SbDb         *db;
  SbMailboxBox *box;
  char         *token;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("mailbox-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->db = sb_mailbox_db_open (fixture->dir, FALSE, &error);
  g_assert_no_error (error);
  fixture->box = sb_mailbox_box_new ();
  fixture->box->name = g_strdup ("cakes");
  fixture->box->verify_hash = sb_mailbox_hash_text ("verify");
  g_assert_true (sb_mailbox_box_add (fixture->db, fixture->box, START, &error));
  fixture->token = sb_mailbox_box_add_token (fixture->db, fixture->box, "desk", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const files[] = { "mailbox.db", "mailbox.db-wal", "mailbox.db-shm" };

  g_clear_pointer (&fixture->db, sb_db_close);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, files[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  sb_mailbox_box_free (fixture->box);
  g_free (fixture->token);
  g_free (fixture->dir);
}

static SbMailboxAppend *
append_new (gint64      box,
            const char *text,
            gint64      now)
{
  SbMailboxAppend *append = g_new0 (SbMailboxAppend, 1);

  append->box = box;
  append->now = now;
  append->id = sb_mailbox_hash_text (text);
  append->headers = g_strdup ("{}");
  append->body = g_bytes_new (text, strlen (text));

  return append;
}

static SbMailboxOutcome
put (Fixture    *fixture,
     const char *text,
     gint64      now)
{
  SbMailboxAppend   *append = append_new (fixture->box->row, text, now);
  g_autoptr (GError) error = NULL;
  SbMailboxOutcome   outcome;

  g_assert_true (sb_mailbox_event_append (fixture->db, append, &error));
  g_assert_no_error (error);
  outcome = append->outcome;
  sb_mailbox_append_free (append);

  return outcome;
}

static SbMailboxBox *
look (Fixture *fixture)
{
  SbMailboxBox *box = sb_mailbox_box_find_row (fixture->db, fixture->box->row, NULL);

  g_assert_nonnull (box);

  return box;
}

static void
sweep (Fixture *fixture,
       gint64   now)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sb_mailbox_event_sweep (fixture->db, &now, &error));
  g_assert_no_error (error);
}

/* -- signatures and seals -- */

static void
test_signature (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static (VECTOR, strlen (VECTOR));
  g_autofree char   *id = sb_mailbox_hash (VECTOR, strlen (VECTOR));
  const char        *good = "sha256=dddc0d626383d41685c7a4008c77879c387f0d48b9c667717b14b853cd40e2d5";

  g_assert_cmpuint (strlen (VECTOR), ==, 178);
  g_assert_cmpstr (id, ==, "dd2a1bbbf9d909065be9080db5ade3fbde9dee89d9b73707e323e009e285a1b6");
  g_assert_true (sb_mailbox_is_signed (body, good, "appsecret"));
  g_assert_false (sb_mailbox_is_signed (body, good, "appsecret2"));
  g_assert_false (sb_mailbox_is_signed (body, good, ""));
  g_assert_false (sb_mailbox_is_signed (body, good, NULL));
  g_assert_false (sb_mailbox_is_signed (body, NULL, "appsecret"));
  g_assert_false (sb_mailbox_is_signed (body, good + strlen ("sha256="), "appsecret"));
  g_assert_false (sb_mailbox_is_signed (body, "sha256=3cefd388b45d53170edcc60aaabbf8f4efb4a6a2caa2fc414656dbb1ac378989", "appsecret"));
}

static void
test_seal (void)
{
  guint8               public_key[crypto_box_PUBLICKEYBYTES];
  guint8               secret_key[crypto_box_SECRETKEYBYTES];
  g_autoptr (GBytes)   body = g_bytes_new_static ("\0\xff", 2);
  g_autoptr (GBytes)   key = NULL;
  g_autoptr (GBytes)   sealed = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree guint8   *plain = NULL;
  gsize                length;

  crypto_box_keypair (public_key, secret_key);
  key = g_bytes_new (public_key, sizeof public_key);
  sealed = sb_mailbox_seal (body, "sha256=x", key);
  length = g_bytes_get_size (sealed) - crypto_box_SEALBYTES;
  plain = g_malloc (length);
  g_assert_cmpint (crypto_box_seal_open (plain, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), public_key, secret_key), ==, 0);
  node = sb_json_parse ((const char *) plain, (gssize) length, NULL);
  g_assert_cmpstr (sb_json_string (sb_json_root (node), "body"), ==, "AP8=");
  g_assert_cmpstr (sb_json_string (sb_json_root (node), "signature"), ==, "sha256=x");
}

/* -- the address as a picture -- */

/* Checked with a reader of another make; this notices when it changes. */
static void
test_qr (void)
{
  g_autoptr (SbMailboxQr) qr = sb_mailbox_qr_new ("shopbell-mailbox://m.example/box");
  g_autoptr (SbMailboxQr) large = NULL;
  g_autofree char        *hash = sb_mailbox_hash (qr->modules, qr->size * qr->size);
  g_autofree char        *long_text = g_strnfill (426, 'x');

  g_assert_cmpint (qr->size, ==, 25);
  g_assert_cmpstr (hash, ==, "caade97f17218dee9eeec6e7c8388707cdcc42e3a9efbf89eeb0f830c13468a1");
  g_assert_null (sb_mailbox_qr_new (long_text));
  long_text[425] = '\0';
  large = sb_mailbox_qr_new (long_text);
  g_assert_cmpint (large->size, ==, 69);
}

/* -- the rate -- */

static guint
take (SbMailboxBucket *bucket,
      guint            n,
      gint64           now_us)
{
  guint taken = 0;

  for (guint i = 0; i < n; i++)
    taken += sb_mailbox_bucket_take (bucket, now_us);

  return taken;
}

static void
test_bucket (void)
{
  SbMailboxBucket bucket;

  sb_mailbox_bucket_init (&bucket, 0);
  g_assert_cmpuint (take (&bucket, 300, 0), ==, 200);
  g_assert_cmpuint (take (&bucket, 300, G_USEC_PER_SEC / 10), ==, 5);
  g_assert_cmpuint (take (&bucket, 300, G_USEC_PER_SEC * 11 / 10), ==, 50);
  g_assert_cmpuint (take (&bucket, 300, G_USEC_PER_SEC), ==, 0);
  g_assert_cmpuint (take (&bucket, 300, G_USEC_PER_SEC * G_GINT64_CONSTANT (3600)), ==, 200);
}

/* -- keeping -- */

static void
test_known_for_eight_days (Fixture      *fixture,
                           gconstpointer data)
{
  g_assert_cmpint (put (fixture, "a", START), ==, SB_MAILBOX_STORED);
  g_assert_cmpint (put (fixture, "a", START + 7 * DAY), ==, SB_MAILBOX_KNOWN);
  g_assert_cmpint (put (fixture, "a", START + 8 * DAY + 1), ==, SB_MAILBOX_STORED);
}

static void
test_fourteen_days (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (SbMailboxBox) before = NULL;
  g_autoptr (SbMailboxBox) after = NULL;

  put (fixture, "old", START);
  put (fixture, "new", START + DAY);
  sweep (fixture, START + 14 * DAY);
  before = look (fixture);
  g_assert_cmpint (before->gone, ==, 0);
  sweep (fixture, START + 14 * DAY + 1);
  after = look (fixture);
  g_assert_cmpint (after->gone, ==, 1);
  g_assert_cmpint (after->newest, ==, 2);
  g_assert_cmpint (after->dropped, ==, 1);
  g_assert_cmpint (after->bytes, ==, before->bytes / 2);
}

/* A machine that starts in 1970 and learns the time a minute later must not find its events fifty years old. */
static void
test_clock_that_starts_wrong (Fixture      *fixture,
                              gconstpointer data)
{
  g_autoptr (SbMailboxBox) box = NULL;

  g_assert_cmpint (put (fixture, "in 1970", 60000), ==, SB_MAILBOX_STORED);
  sweep (fixture, START + DAY);
  box = look (fixture);
  g_assert_cmpint (box->gone, ==, 0);
  g_assert_cmpint (box->newest, ==, 1);
}

static void
test_empty_body (Fixture      *fixture,
                 gconstpointer data)
{
  g_assert_cmpint (put (fixture, "", START), ==, SB_MAILBOX_STORED);
}

static void
test_box_that_is_gone (Fixture      *fixture,
                       gconstpointer data)
{
  g_assert_true (sb_mailbox_box_remove (fixture->db, fixture->box, NULL));
  g_assert_cmpint (put (fixture, "late", START), ==, SB_MAILBOX_NO_BOX);
  g_assert_cmpint (sb_db_int (fixture->db, -1, "SELECT count(*) FROM token", ""), ==, 0);
}

static void
test_newer_file (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (SbDb)   other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sb_db_script (fixture->db, "PRAGMA user_version = 2", NULL));
  other = sb_mailbox_db_open (fixture->dir, FALSE, &error);
  g_assert_null (other);
  g_assert_error (error, SB_ERROR, SB_ERROR_NEWER);
}

/* -- the threads -- */

typedef struct
{
  GMainLoop *loop;
  guint      left;
  guint      failed;
} Group;

static void
group_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Group             *group = user_data;
  g_autoptr (GError) error = NULL;

  if (sb_mailbox_store_finish (result, &error) == NULL)
    group->failed++;
  if (--group->left == 0)
    g_main_loop_quit (group->loop);
}

/* Writes a row of its own before it fails, so that a leftover would be seen. */
static gboolean
fail (SbDb    *db,
      gpointer data,
      GError **error)
{
  sb_db_exec (db, NULL, "INSERT INTO state (name, value) VALUES ('leftover', 1)", "");
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "on purpose");

  return FALSE;
}

static void
test_neighbours_of_a_failure (Fixture      *fixture,
                              gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SbMailboxStore) store = sb_mailbox_store_open (fixture->dir, &error);
  g_autoptr (GMainLoop)      loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SbMailboxBox)   box = NULL;
  Group                      group = { loop, 301, 0 };

  g_assert_no_error (error);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("event %u", i);

      sb_mailbox_store_write_async (store, sb_mailbox_event_append, append_new (fixture->box->row, text, START), (GDestroyNotify) sb_mailbox_append_free, group_cb, &group);
      if (i == 150)
        sb_mailbox_store_write_async (store, fail, g_strdup ("x"), g_free, group_cb, &group);
    }
  g_main_loop_run (loop);

  box = look (fixture);
  g_assert_cmpuint (group.failed, ==, 1);
  g_assert_cmpint (box->newest, ==, 300);
  g_assert_cmpint (sb_db_int (fixture->db, -1, "SELECT count(*) FROM event", ""), ==, 300);
  g_assert_cmpint (sb_db_int (fixture->db, -1, "SELECT count(*) FROM state WHERE name = 'leftover'", ""), ==, 0);
}

#define ADD(name, func) g_test_add ("/mailbox/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/mailbox/checks-the-signature-over-raw-bytes", test_signature);
  g_test_add_func ("/mailbox/seals-for-the-desk-alone", test_seal);
  g_test_add_func ("/mailbox/draws-the-address", test_qr);
  g_test_add_func ("/mailbox/takes-a-burst-and-then-a-rate", test_bucket);
  ADD ("knows-a-retry-for-eight-days", test_known_for_eight_days);
  ADD ("keeps-for-fourteen-days", test_fourteen_days);
  ADD ("does-not-age-by-a-wrong-clock", test_clock_that_starts_wrong);
  ADD ("keeps-an-empty-body", test_empty_body);
  ADD ("refuses-for-a-box-that-is-gone", test_box_that_is_gone);
  ADD ("refuses-a-file-from-a-newer-program", test_newer_file);
  ADD ("keeps-the-neighbours-of-a-failure", test_neighbours_of_a_failure);

  return g_test_run ();
}
