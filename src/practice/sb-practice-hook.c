#include "sb-practice-hook.h"

#include <string.h>

#include "sb-practice-due.h"
#include "sb-practice-event.h"

#define GIVE_UP_MS (7 * SB_DAY_MS)

typedef struct
{
  SbPractice *practice;
  gint64      seq;
} Delivery;

typedef struct
{
  char                 *challenge;
  SbPracticeHookChecked checked;
  gpointer              user_data;
} Handshake;

/* The nearest subscription wins: number, account, app, and last the one of the command line. */
const char *
sb_practice_hook_url (SbPractice *self)
{
  static const char *members[] = { "phone_webhook", "waba_webhook", "app_webhook", "webhook" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *url = sb_practice_config (self, members[i]);

      if (url != NULL && url[0] != '\0')
        return url;
    }

  return NULL;
}

static void
settle (SbPractice *self,
        gint64      seq,
        gboolean    taken)
{
  g_autofree char       *id = sb_practice_event_id (seq);
  JsonObject            *stored = sb_practice_store_get (self->store, "event", id);
  g_autoptr (JsonObject) event = stored != NULL ? json_object_ref (stored) : NULL;
  gint64                 tries;

  if (event == NULL)
    return;

  tries = sb_json_int (event, "tries", 0) + 1;
  json_object_set_int_member (event, "tries", tries);
  json_object_set_string_member (event, "state", taken ? "delivered" : "retrying");
  if (!taken)
    {
      gint64 wait = SB_MINUTE_MS << MIN (tries - 1, 10);

      if (sb_clock_now (self->clock) + wait - sb_json_int (event, "at", 0) > GIVE_UP_MS)
        json_object_set_string_member (event, "state", "failed");
      else
        sb_practice_due_add (self, sb_clock_now (self->clock) + wait, "deliver", sb_json_make ("i:event", seq, NULL));
    }
  sb_practice_store_put (self->store, "event", id, event);
}

static void
delivered_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Delivery     *delivery = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, &error);

  if (answer == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  settle (delivery->practice, delivery->seq, answer != NULL && answer->status >= 200 && answer->status < 300);
}

/* Posts the exact bytes that were signed. Without a webhook only the box has the event. */
void
sb_practice_hook_send (SbPractice *self,
                       gint64      seq)
{
  const char               *url = sb_practice_hook_url (self);
  g_autofree char          *id = sb_practice_event_id (seq);
  JsonObject               *event = sb_practice_store_get (self->store, "event", id);
  const char               *body = sb_json_string (event, "body");
  g_autoptr (SbHttpRequest) request = NULL;
  g_autoptr (GBytes)        bytes = NULL;
  g_autofree char          *sha1 = NULL;
  g_autofree char          *legacy = NULL;
  Delivery                 *delivery;

  if (url == NULL || event == NULL)
    return;

  sha1 = g_compute_hmac_for_string (G_CHECKSUM_SHA1, (const guchar *) sb_practice_config (self, "app_secret"),
                                    strlen (sb_practice_config (self, "app_secret")), body, -1);
  legacy = g_strconcat ("sha1=", sha1, NULL);
  bytes = g_bytes_new (body, strlen (body));
  request = sb_http_request_new ("POST", url);
  sb_http_request_set_header (request, "User-Agent", "facebookexternalua");
  sb_http_request_set_header (request, "X-Hub-Signature-256", sb_json_string (event, "signature"));
  sb_http_request_set_header (request, "X-Hub-Signature", legacy);
  sb_http_request_set_body (request, "application/json", bytes);
  sb_http_request_set_timeout (request, 10);

  delivery = g_new0 (Delivery, 1);
  delivery->practice = self;
  delivery->seq = seq;
  sb_http_send_async (self->http, request, NULL, delivered_cb, delivery);
}

void
sb_practice_hook_due (SbPractice *self,
                      JsonObject *detail)
{
  sb_practice_hook_send (self, sb_json_int (detail, "event", 0));
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Handshake               *handshake = user_data;
  g_autoptr (SbHttpAnswer) answer = sb_http_send_finish (SB_HTTP (object), result, NULL);
  gboolean                 ok = FALSE;

  if (answer != NULL && answer->status == 200)
    {
      gsize       size;
      const char *data = g_bytes_get_data (answer->body, &size);

      ok = size == strlen (handshake->challenge) && memcmp (data, handshake->challenge, size) == 0;
    }
  handshake->checked (ok, handshake->user_data);
  g_free (handshake->challenge);
  g_free (handshake);
}

/* The handshake of a subscription: the callback must give the challenge back. */
void
sb_practice_hook_check (SbPractice           *self,
                        const char           *url,
                        const char           *verify_token,
                        SbPracticeHookChecked checked,
                        gpointer              user_data)
{
  g_autofree char          *challenge = sb_practice_new_id (self, "1");
  g_autofree char          *token = g_uri_escape_string (verify_token != NULL ? verify_token : "", NULL, FALSE);
  g_autofree char          *full = g_strdup_printf ("%s%chub.mode=subscribe&hub.challenge=%s&hub.verify_token=%s", url,
                                           strchr (url, '?') != NULL ? '&' : '?', challenge, token);
  g_autoptr (SbHttpRequest) request = sb_http_request_new ("GET", full);
  Handshake                *handshake = g_new0 (Handshake, 1);

  handshake->challenge = g_steal_pointer (&challenge);
  handshake->checked = checked;
  handshake->user_data = user_data;
  sb_http_request_set_timeout (request, 10);
  sb_http_send_async (self->http, request, NULL, checked_cb, handshake);
}
