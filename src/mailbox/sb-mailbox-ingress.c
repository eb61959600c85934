#include "sb-mailbox-ingress.h"

#include <string.h>

#include "sb-mailbox-bucket.h"
#include "sb-mailbox-crypto.h"
#include "sb-mailbox-egress.h"
#include "sb-mailbox-event.h"
#include "sb-random.h"

#define SIGNATURE     "X-Hub-Signature-256"
#define MAX_HEADER    1024
#define MAX_CHALLENGE 64

/* -- Meta asks whether we are ours -- */

static gboolean
is_challenge (const char *text)
{
  return text != NULL && text[0] != '\0' && strlen (text) <= MAX_CHALLENGE &&
         strspn (text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-") == strlen (text);
}

void
sb_mailbox_ingress_verify (SbMailboxCall *call)
{
  const char      *token = sb_mailbox_call_param (call, "hub.verify_token");
  const char      *challenge = sb_mailbox_call_param (call, "hub.challenge");
  g_autofree char *hash = token != NULL ? sb_mailbox_hash_text (token) : NULL;

  if (sb_mailbox_call_param (call, "hub.mode") == NULL)
    sb_mailbox_call_answer_text (call, 404, "not found");
  else if (g_str_equal (sb_mailbox_call_param (call, "hub.mode"), "subscribe") && is_challenge (challenge) && sb_mailbox_same (hash, call->box->verify_hash))
    sb_mailbox_call_answer_text (call, 200, challenge);
  else
    sb_mailbox_call_answer_text (call, 403, "forbidden");
}

/* -- keeping an event -- */

static void
add_header (JsonObject    *headers,
            SbMailboxCall *call,
            const char    *name)
{
  const char      *value = sb_mailbox_call_header (call, name);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, MIN (strlen (value), MAX_HEADER)) : NULL;

  if (valid != NULL)
    json_object_set_string_member (headers, lower, valid);
}

/* In a sealed box the signature lies inside with the body: outside it would let the operator guess at what is in it. */
static SbMailboxAppend *
wrap (SbMailboxCall *call,
      GBytes        *body,
      const char    *id,
      const char    *signature,
      JsonObject    *headers)
{
  SbMailboxAppend *append = g_new0 (SbMailboxAppend, 1);

  append->box = call->box->row;
  append->now = sb_clock_now (call->server->clock);
  append->id = g_strdup (id);
  append->sealed = call->box->seal_key != NULL;
  if (append->sealed)
    append->body = sb_mailbox_seal (body, signature, call->box->seal_key);
  else if (signature != NULL)
    json_object_set_string_member (headers, "x-hub-signature-256", signature);
  if (append->body == NULL)
    append->body = g_bytes_ref (body);
  append->headers = sb_json_text (headers);

  return append;
}

static void
wake (SbMailboxCall *call)
{
  gint64 *count = g_hash_table_lookup (call->server->stored, &call->box->row);

  if (count == NULL)
    {
      count = g_new0 (gint64, 1);
      g_hash_table_insert (call->server->stored, g_memdup2 (&call->box->row, sizeof (gint64)), count);
    }
  ++*count;
  sb_mailbox_egress_wake (call->server, call->box->row);
}

/* Back from the disk, or from a disk that would not take it: then Meta has to keep it. */
static SbMailboxAppend *
finish (SbMailboxCall *call,
        GAsyncResult  *result)
{
  g_autoptr (GError) error = NULL;
  SbMailboxAppend   *append = sb_mailbox_store_finish (result, &error);

  call->server->failing = append == NULL;
  if (append == NULL)
    g_warning ("An event could not be kept: %s", error->message);
  else if (append->outcome == SB_MAILBOX_STORED)
    wake (call);

  return append;
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbMailboxCall) call = user_data;
  SbMailboxAppend          *append = finish (call, result);

  if (append == NULL || append->outcome == SB_MAILBOX_FULL)
    sb_mailbox_call_answer_text (call, 503, append == NULL ? "not stored" : "full");
  else if (append->outcome == SB_MAILBOX_NO_BOX)
    sb_mailbox_call_answer_text (call, 404, "not found");
  else
    sb_mailbox_call_answer_text (call, 200, "ok");
}

static gboolean
is_wanted (SbMailboxBox *box,
           GBytes       *body,
           const char   *signature)
{
  return !box->checked || sb_mailbox_is_signed (body, signature, box->app_secret) || sb_mailbox_is_signed (body, signature, box->previous_secret);
}

static gboolean
has_room (SbMailboxCall *call)
{
  gint64           now_us = g_get_monotonic_time ();
  SbMailboxBucket *bucket = g_hash_table_lookup (call->server->buckets, &call->box->row);

  if (bucket == NULL)
    {
      bucket = g_new0 (SbMailboxBucket, 1);
      sb_mailbox_bucket_init (bucket, now_us);
      g_hash_table_insert (call->server->buckets, g_memdup2 (&call->box->row, sizeof (gint64)), bucket);
    }

  return sb_mailbox_bucket_take (bucket, now_us);
}

static void
keep (SbMailboxCall   *call,
      SbMailboxAppend *append)
{
  sb_mailbox_call_pause (call);
  sb_mailbox_store_write_async (call->server->store, sb_mailbox_event_append, append, (GDestroyNotify) sb_mailbox_append_free, kept_cb, sb_mailbox_call_ref (call));
}

/* The rate is asked last: neither a flood of forgeries nor Meta's own retries use up what new events need. */
void
sb_mailbox_ingress_take (SbMailboxCall *call)
{
  g_autoptr (GBytes)     body = sb_mailbox_call_body (call);
  g_autoptr (JsonObject) headers = json_object_new ();
  const char            *signature = sb_mailbox_call_header (call, SIGNATURE);
  g_autofree char       *id = NULL;

  if (g_bytes_get_size (body) > SB_MAILBOX_MAX_BODY)
    {
      sb_mailbox_call_answer_text (call, 413, "too large");
      return;
    }
  if (!is_wanted (call->box, body, signature))
    {
      sb_mailbox_call_answer_text (call, 401, "signature");
      return;
    }

  id = sb_mailbox_hash (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (sb_mailbox_event_is_known (call->server->db, call->box->row, id, sb_clock_now (call->server->clock)))
    sb_mailbox_call_answer_text (call, 200, "ok");
  else if (!has_room (call))
    sb_mailbox_call_answer_text (call, 429, "too many");
  else
    {
      add_header (headers, call, "Content-Type");
      add_header (headers, call, "Content-Encoding");
      add_header (headers, call, "User-Agent");
      keep (call, wrap (call, body, id, signature, headers));
    }
}

/* -- an event of our own, to see the way from end to end -- */

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbMailboxCall) call = user_data;
  SbMailboxAppend          *append = finish (call, result);

  if (append != NULL && append->outcome == SB_MAILBOX_STORED)
    sb_mailbox_call_answer_json (call, 200, sb_json_make ("b:stored", TRUE, "i:seq", append->seq, NULL));
  else if (append != NULL && append->outcome == SB_MAILBOX_NO_BOX)
    sb_mailbox_call_answer_json (call, 404, sb_json_make ("s:error", "box", NULL));
  else
    sb_mailbox_call_answer_json (call, 503, sb_json_make ("s:error", append != NULL ? "full" : "storage", NULL));
}

void
sb_mailbox_ingress_self_test (SbMailboxCall *call)
{
  g_autoptr (SbRandom)   random = sb_random_new_system ();
  g_autofree char       *nonce = sb_random_token (random, 22);
  g_autofree char       *text = g_strdup_printf ("{\"object\":\"sbmb_selftest\",\"nonce\":\"%s\"}", nonce);
  g_autoptr (GBytes)     body = g_bytes_new (text, strlen (text));
  g_autofree char       *id = sb_mailbox_hash_text (text);
  g_autofree char       *signature = call->box->app_secret != NULL ? sb_mailbox_sign (body, call->box->app_secret) : NULL;
  g_autoptr (JsonObject) headers = sb_json_make ("s:content-type", "application/json", "s:x-sbmb-test", "1", NULL);

  if (!has_room (call))
    {
      sb_mailbox_call_answer_json (call, 429, sb_json_make ("s:error", "rate", NULL));
      return;
    }

  sb_mailbox_call_pause (call);
  sb_mailbox_store_write_async (call->server->store, sb_mailbox_event_append, wrap (call, body, id, signature, headers),
                                (GDestroyNotify) sb_mailbox_append_free, tested_cb, sb_mailbox_call_ref (call));
}
