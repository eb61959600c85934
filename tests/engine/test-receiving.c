/* The way in: every kind of message, in any order, any number of times, honest or not. */
#include <string.h>

#include "sb-engine-fixture.h"
#include "sb-json.h"

static gint64
count (SbEngineFixture *self,
       const char      *sql)
{
  return sb_db_int (sb_fixture_db (self), -1, sql, "");
}

#define N_MESSAGES   "SELECT count(*) FROM message WHERE direction = 0"
#define N_POISON     "SELECT count(*) FROM inbound_raw WHERE state = 2"
#define N_UNREAD_RAW "SELECT count(*) FROM inbound_raw WHERE state = 0"

/* -- kinds -- */

static const struct
{
  const char   *name;
  const char   *members; /* what differs between kinds, as the network sends it */
  SbMessageKind kind;
  const char   *text;
  const char   *mime; /* of the attachment that is to be fetched */
  const char   *data; /* something that is kept */
} kinds[] = {
  { "text", "\"type\":\"text\",\"text\":{\"body\":\"Are you open?\"}", SB_MESSAGE_TEXT, "Are you open?", NULL, NULL },
  { "image", "\"type\":\"image\",\"image\":{\"id\":\"1\",\"mime_type\":\"image/jpeg\",\"sha256\":\"aGk=\",\"caption\":\"This one\"}", SB_MESSAGE_IMAGE, "This one", "image/jpeg", NULL },
  { "video", "\"type\":\"video\",\"video\":{\"id\":\"2\",\"mime_type\":\"video/mp4\",\"sha256\":\"aGk=\"}", SB_MESSAGE_VIDEO, NULL, "video/mp4", NULL },
  { "voice", "\"type\":\"audio\",\"audio\":{\"id\":\"3\",\"mime_type\":\"audio/ogg; codecs=opus\",\"sha256\":\"aGk=\",\"voice\":true}", SB_MESSAGE_AUDIO, NULL, "audio/ogg; codecs=opus", "\"voice\":true" },
  { "document", "\"type\":\"document\",\"document\":{\"id\":\"4\",\"filename\":\"../../invoice.pdf\",\"mime_type\":\"application/pdf\",\"sha256\":\"aGk=\",\"caption\":\"Invoice\"}",
    SB_MESSAGE_DOCUMENT, "Invoice", "application/pdf", NULL },
  { "sticker", "\"type\":\"sticker\",\"sticker\":{\"id\":\"5\",\"mime_type\":\"image/webp\",\"sha256\":\"aGk=\",\"animated\":false}", SB_MESSAGE_STICKER, NULL, "image/webp", NULL },
  { "location", "\"type\":\"location\",\"location\":{\"latitude\":38.7,\"longitude\":-9.1,\"name\":\"Rossio\",\"address\":\"Lisboa\"}", SB_MESSAGE_LOCATION, "Rossio", NULL, "38.7" },
  { "pin", "\"type\":\"location\",\"location\":{\"latitude\":38.7,\"longitude\":-9.1}", SB_MESSAGE_LOCATION, NULL, NULL, "longitude" },
  { "contacts", "\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"Rui Paz\",\"first_name\":\"Rui\"},\"phones\":[{\"phone\":\"+351 912\",\"wa_id\":\"351912\",\"type\":\"CELL\"}]}]",
    SB_MESSAGE_CONTACTS, "Rui Paz", NULL, "+351 912" },
  { "button", "\"type\":\"button\",\"button\":{\"payload\":\"order:204:late\",\"text\":\"It is late\"}", SB_MESSAGE_BUTTON, "It is late", NULL, "order:204:late" },
  { "button-reply", "\"type\":\"interactive\",\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"yes\",\"title\":\"Yes\"}}", SB_MESSAGE_INTERACTIVE_REPLY, "Yes", NULL, "\"id\":\"yes\"" },
  { "list-reply", "\"type\":\"interactive\",\"interactive\":{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"r2\",\"title\":\"Large\",\"description\":\"40 cm\"}}", SB_MESSAGE_INTERACTIVE_REPLY, "Large", NULL,
    "40 cm" },
  { "form-reply", "\"type\":\"interactive\",\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":\"{\\\"day\\\":\\\"Mon\\\"}\"}}",
    SB_MESSAGE_INTERACTIVE_REPLY, "Day: Mon", NULL, "day" },
  { "form-of-the-editor",
    "\"type\":\"interactive\",\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":"
    "\"{\\\"flow_token\\\":\\\"t\\\",\\\"screen_0_Pickup_date_1\\\":\\\"2026-12-01\\\",\\\"extras\\\":[\\\"0_Nuts\\\",\\\"1_Cream\\\"],\\\"candles\\\":true,\\\"guests\\\":12}\"}}",
    SB_MESSAGE_INTERACTIVE_REPLY, "Pickup date: 2026-12-01\nExtras: Nuts, Cream\nCandles: yes\nGuests: 12", NULL, "flow_token" },
  { "form-that-is-broken", "\"type\":\"interactive\",\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":\"{\\\"day\"}}",
    SB_MESSAGE_INTERACTIVE_REPLY, "Sent", NULL, "day" },
  { "call-permission", "\"type\":\"interactive\",\"interactive\":{\"type\":\"call_permission_reply\",\"call_permission_reply\":{\"response\":\"accept\"}}", SB_MESSAGE_INTERACTIVE_REPLY, "Allows the shop to call", NULL,
    "accept" },
  { "interactive-without-body", "\"type\":\"interactive\"", SB_MESSAGE_UNSUPPORTED, NULL, NULL, "interactive" },
  { "choice-of-tomorrow", "\"type\":\"interactive\",\"interactive\":{\"type\":\"wheel_reply\",\"wheel_reply\":{\"spin\":7}}", SB_MESSAGE_UNSUPPORTED, NULL, NULL, "wheel_reply" },
  { "order", "\"type\":\"order\",\"order\":{\"catalog_id\":\"77100\",\"text\":\"Soon\",\"product_items\":[{\"product_retailer_id\":\"SKU-19\",\"quantity\":2,\"item_price\":30,\"currency\":\"EUR\"}]}",
    SB_MESSAGE_ORDER, "Soon", NULL, "SKU-19" },
  { "unsupported", "\"type\":\"unsupported\",\"errors\":[{\"code\":131051,\"title\":\"Message type unknown\"}],\"unsupported\":{\"type\":\"poll\"}", SB_MESSAGE_UNSUPPORTED, NULL, NULL,
    "Message type unknown" },
  { "of-tomorrow", "\"type\":\"hologram\",\"hologram\":{\"depth\":3}", SB_MESSAGE_UNSUPPORTED, NULL, NULL, "hologram" },
  { "no-type", "\"text\":{\"body\":\"?\"}", SB_MESSAGE_UNSUPPORTED, NULL, NULL, NULL },
  { "welcome", "\"type\":\"request_welcome\"", SB_MESSAGE_WELCOME, NULL, NULL, NULL },
  { "forwarded", "\"type\":\"text\",\"text\":{\"body\":\"Look\"},\"context\":{\"frequently_forwarded\":true}", SB_MESSAGE_TEXT, "Look", NULL, "forwarded" },
  { "from-product", "\"type\":\"text\",\"text\":{\"body\":\"This?\"},\"context\":{\"from\":\"351210000000\",\"id\":\"wamid.none\",\"referred_product\":{\"catalog_id\":\"77100\",\"product_retailer_id\":\"SKU-4\"}}",
    SB_MESSAGE_TEXT, "This?", NULL, "SKU-4" },
  { "from-ad", "\"type\":\"text\",\"text\":{\"body\":\"Hi\"},\"referral\":{\"source_url\":\"https://fb.me/1\",\"source_type\":\"ad\",\"headline\":\"Sale\",\"ctwa_clid\":\"clid-9\"}", SB_MESSAGE_TEXT, "Hi", NULL,
    "clid-9" },
};

static void
test_kind (SbEngineFixture *self,
           gconstpointer    user_data)
{
  guint                 index = GPOINTER_TO_UINT (user_data);
  gint64                id = sb_fixture_give_message (self, "wamid.kind", kinds[index].members);
  g_autoptr (SbMessage) message = sb_reader_get_message (sb_fixture_reader (self), id);
  g_autofree char      *kept = message != NULL && message->data != NULL ? sb_json_text (message->data) : g_strdup ("");
  g_autofree char      *raw = sb_reader_get_raw (sb_fixture_reader (self), id);

  g_assert_nonnull (message);
  g_assert_cmpint (message->thread_id, ==, self->ana);
  g_assert_cmpint (message->kind, ==, kinds[index].kind);
  g_assert_cmpstr (message->text, ==, kinds[index].text);
  if (kinds[index].data != NULL)
    g_assert_nonnull (strstr (kept, kinds[index].data));
  if (kinds[index].mime != NULL)
    {
      const SbAttachment *attachment = message->attachments->pdata[0];

      g_assert_cmpuint (message->attachments->len, ==, 1);
      g_assert_cmpstr (attachment->mime, ==, kinds[index].mime);
      g_assert_null (attachment->path);
    }
  /* Whatever was understood, the event is kept as it came. */
  g_assert_nonnull (strstr (raw, kinds[index].members));
  g_assert_cmpint (count (self, N_POISON), ==, 0);
}

/* -- messages about messages -- */

static void
test_reaction (SbEngineFixture *self,
               gconstpointer    data)
{
  gint64                message = sb_fixture_give_message (self, "wamid.one", "\"type\":\"text\",\"text\":{\"body\":\"Thanks\"}");
  g_autoptr (SbMessage) with = NULL;

  sb_fixture_give_message (self, "wamid.r1", "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.one\",\"emoji\":\"👍\"}");
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  sb_fixture_give_message (self, "wamid.r2", "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.one\",\"emoji\":\"❤️\"}");
  with = sb_reader_get_message (sb_fixture_reader (self), message);
  g_assert_cmpuint (with->reactions->len, ==, 1);
  g_assert_cmpstr (((SbReaction *) with->reactions->pdata[0])->emoji, ==, "❤️");
  sb_fixture_pass (self, 2 * SB_SECOND_MS);
  sb_fixture_give_message (self, "wamid.r3", "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.one\"}");
  g_assert_cmpint (count (self, "SELECT count(*) FROM reaction"), ==, 0);
  /* About a message that was never seen: nothing happens. */
  sb_fixture_give_message (self, "wamid.r4", "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.none\",\"emoji\":\"👍\"}");
  g_assert_cmpint (count (self, "SELECT count(*) FROM reaction"), ==, 0);
  g_assert_cmpint (count (self, N_MESSAGES), ==, 2);
}

static void
test_edit_and_revoke (SbEngineFixture *self,
                      gconstpointer    data)
{
  gint64                id = sb_fixture_give_message (self, "wamid.one", "\"type\":\"text\",\"text\":{\"body\":\"Fuor\"}");
  g_autoptr (SbMessage) edited = NULL;
  g_autoptr (SbMessage) revoked = NULL;
  g_autoptr (SbThread)  thread = NULL;

  sb_fixture_give_message (self, "wamid.e", "\"type\":\"edit\",\"edit\":{\"original_message_id\":\"wamid.one\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"Four\"}}}");
  edited = sb_reader_get_message (sb_fixture_reader (self), id);
  thread = sb_reader_get_thread (sb_fixture_reader (self), self->ana);
  g_assert_cmpstr (edited->text, ==, "Four");
  g_assert_true (edited->edited);
  g_assert_cmpstr (thread->preview, ==, "Four");
  sb_fixture_give_message (self, "wamid.v", "\"type\":\"revoke\",\"revoke\":{\"original_message_id\":\"wamid.one\"}");
  revoked = sb_reader_get_message (sb_fixture_reader (self), id);
  g_assert_true (revoked->revoked);
}

static void
test_quote (SbEngineFixture *self,
            gconstpointer    data)
{
  gint64                first = sb_fixture_give_message (self, "wamid.one", "\"type\":\"text\",\"text\":{\"body\":\"At four\"}");
  gint64                second = sb_fixture_give_message (self, "wamid.two", "\"type\":\"text\",\"text\":{\"body\":\"I mean this\"},\"context\":{\"from\":\"" SB_ANA "\",\"id\":\"wamid.one\"}");
  g_autoptr (SbMessage) message = sb_reader_get_message (sb_fixture_reader (self), second);

  g_assert_cmpint (message->quote_id, ==, first);
  g_assert_cmpstr (message->quote_text, ==, "At four");
}

/* A new number, then a new user id: one customer and one conversation all the way. */
static void
test_new_number (SbEngineFixture *self,
                 gconstpointer    data)
{
  gint64 id;

  sb_fixture_give_message (self, "wamid.zero", "\"type\":\"text\",\"text\":{\"body\":\"Hi\"}");
  sb_fixture_give_value (self, "messages",
                         "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"messages\":[{\"from\":\"" SB_ANA
                         "\",\"id\":\"wamid.sys\",\"timestamp\":\"1763700000\",\"type\":\"system\",\"system\":{\"type\":\"user_changed_number\",\"body\":\"changed\",\"wa_id\":\"351933000111\"}}]}");
  sb_fixture_hello (self, "351933000111");
  g_assert_cmpint (count (self, "SELECT count(*) FROM thread"), ==, 1);
  sb_fixture_give_value (self, "messages",
                         "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"messages\":[{\"from_user_id\":\"PT.18490022117755\","
                         "\"id\":\"wamid.sys2\",\"timestamp\":\"1763700000\",\"type\":\"system\",\"system\":{\"type\":\"user_changed_user_id\",\"user_id\":\"PT.777\",\"previous_user_id\":\"PT.18490022117755\"}}]}");
  sb_fixture_give_value (self, "messages",
                         "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"user_id\":\"PT.777\"}],"
                         "\"messages\":[{\"from_user_id\":\"PT.777\",\"id\":\"wamid.after\",\"timestamp\":\"1763700000\",\"type\":\"text\",\"text\":{\"body\":\"Still me\"}}]}");
  id = sb_reader_find_wamid (sb_fixture_reader (self), "wamid.after");
  g_assert_cmpint (id, !=, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM thread"), ==, 1);
}

/* No phone number at all: written to by the user id. */
static void
test_username_only (SbEngineFixture *self,
                    gconstpointer    data)
{
  gint64                id;
  g_autoptr (SbMessage) message = NULL;

  sb_fixture_give_value (self, "messages",
                         "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"contacts\":[{\"profile\":{\"name\":\"Rui\",\"username\":\"rui.paz\"},\"user_id\":\"PT.55\"}],"
                         "\"messages\":[{\"from_user_id\":\"PT.55\",\"id\":\"wamid.rui\",\"timestamp\":\"1763700000\",\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}]}");
  id = sb_reader_find_wamid (sb_fixture_reader (self), "wamid.rui");
  message = sb_reader_get_message (sb_fixture_reader (self), id);
  sb_fixture_send_text (self, message->thread_id, "Hello");
  g_assert_cmpstr (sb_fixture_request (self, 0)->to, ==, "PT.55");
}

/* What the owner typed on the phone: ours, nothing to send, and it answers. */
static void
test_echo (SbEngineFixture *self,
           gconstpointer    data)
{
  g_autoptr (SbMessage) message = NULL;
  g_autoptr (SbThread)  thread = NULL;

  sb_fixture_pass (self, SB_MINUTE_MS);
  sb_fixture_give_value (self, "smb_message_echoes",
                         "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"message_echoes\":[{\"from\":\"351210000000\",\"to\":\"" SB_ANA
                         "\",\"id\":\"wamid.echo\",\"timestamp\":\"1763700060\",\"type\":\"text\",\"text\":{\"body\":\"From my phone\"}}]}");
  message = sb_reader_get_message (sb_fixture_reader (self), sb_reader_find_wamid (sb_fixture_reader (self), "wamid.echo"));
  thread = sb_reader_get_thread (sb_fixture_reader (self), self->ana);
  g_assert_cmpint (message->direction, ==, SB_DIRECTION_OUT);
  g_assert_cmpint (message->author, ==, SB_AUTHOR_PHONE);
  g_assert_false (thread->unanswered);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
}

/* -- time -- */

/* The machine was off for two hours: what comes then is shown as old, opens its window by the customer's time, and is not announced one by one. */
static void
test_stale_after_gap (SbEngineFixture *self,
                      gconstpointer    data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);
  gint64                written = sb_clock_now (self->clock) + SB_MINUTE_MS;
  g_autoptr (SbMessage) old = NULL;
  g_autoptr (SbMessage) fresh = NULL;
  SbCounts              counts;
  gint64                id;

  sb_fixture_pass (self, 2 * SB_HOUR_MS);
  g_signal_emit_by_name (self->line->source, "gap", (gint64) 5, (gint64) 9, "expired");
  sb_fake_settle ();
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *wamid = g_strdup_printf ("wamid.old-%u", i);
      g_autofree char *number = g_strdup_printf ("3519140000%02u", i);
      g_autofree char *body = sb_fake_text_body (number, wamid, "Hello?", written);

      g_ptr_array_add (batch, sb_fake_event (100 + i, written + 200, body));
    }
  self->n_notices = 0;
  sb_fake_line_give (self->line, batch);
  sb_fixture_pass (self, SB_MINUTE_MS);

  old = sb_reader_get_message (sb_fixture_reader (self), sb_reader_find_wamid (sb_fixture_reader (self), "wamid.old-7"));
  g_assert_true (old->stale);
  g_assert_cmpint (old->sent_at / 1000, ==, written / 1000);
  g_assert_cmpint (sb_reader_get_window (sb_fixture_reader (self), old->thread_id, self->line_id), ==, old->sent_at + SB_DAY_MS);
  g_assert_cmpint (count (self, "SELECT count(*) FROM event WHERE kind = 1 AND stale = 1"), ==, 30);
  g_assert_cmpuint (self->n_notices, <=, 5);
  sb_engine_get_counts (self->engine, &counts);
  g_assert_cmpint (counts.gaps, ==, 1);
  id = sb_fixture_give_message (self, "wamid.fresh", "\"type\":\"text\",\"text\":{\"body\":\"Now\"}");
  fresh = sb_reader_get_message (sb_fixture_reader (self), id);
  g_assert_false (fresh->stale);
}

/* The clock of the machine was wrong, and was set back while the program was closed. Nothing that comes then meets an old id. */
static void
test_clock_set_back (SbEngineFixture *self,
                     gconstpointer    data)
{
  g_autoptr (SbClock) before = NULL;

  /* The last thing written is an event that says nothing new: its row is the newest of all. */
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *members = g_strdup_printf ("\"type\":\"text\",\"text\":{\"body\":\"%u\"}", i);

      sb_fixture_give_message (self, "wamid.same", members);
    }
  before = g_steal_pointer (&self->clock);
  self->clock = sb_clock_new_virtual (SB_TEST_NOW - SB_DAY_MS);
  self->line->clock = self->clock;
  sb_fixture_restart (self);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *wamid = g_strdup_printf ("wamid.after-%u", i);

      g_assert_cmpint (sb_fixture_give_message (self, wamid, "\"type\":\"text\",\"text\":{\"body\":\"b\"}"), !=, 0);
    }
  g_assert_cmpuint (self->line->n_refused, ==, 0);
}

#define ADD(path, function) g_test_add ("/engine/receiving/" path, SbEngineFixture, NULL, sb_fixture_set_up, function, sb_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/receiving/kind/", kinds[i].name, NULL);

      g_test_add (path, SbEngineFixture, GUINT_TO_POINTER (i), sb_fixture_set_up, test_kind, sb_fixture_tear_down);
    }
  ADD ("reaction", test_reaction);
  ADD ("edit-and-revoke", test_edit_and_revoke);
  ADD ("quote", test_quote);
  ADD ("new-number", test_new_number);
  ADD ("username-only", test_username_only);
  ADD ("echo", test_echo);
  ADD ("stale-after-gap", test_stale_after_gap);
  ADD ("clock-set-back", test_clock_set_back);

  return g_test_run ();
}
