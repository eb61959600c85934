/* Events in any order and number come to the same rows; those that are not the network's change nothing. */
#include <string.h>

#include "sb-engine-fixture.h"
#include "sb-json.h"

static gint64
count (SbEngineFixture *self,
       const char      *sql)
{
  return sb_db_int (sb_fixture_db (self), -1, sql, "");
}

/* -- statuses -- */

static SbStatus
join (const guint *order,
      guint        n)
{
  static const SbStatus told[] = { SB_STATUS_SENT, SB_STATUS_DELIVERED, SB_STATUS_READ, SB_STATUS_FAILED };
  gboolean              has[4] = { FALSE };

  for (guint i = 0; i < n; i++)
    has[order[i]] = TRUE;

  /* Read before delivered before failed before sent. */
  return has[2] ? told[2] : has[1] ? told[1]
                        : has[3]   ? told[3]
                                   : told[0];
}

/* All orders of all choices of ticks, each message its own: after every single one the status is the join of those so far. */
static void
try_orders (SbEngineFixture *self,
            guint           *order,
            guint            n,
            guint            length)
{
  static const char *const words[] = { "sent", "delivered", "read", "failed" };

  if (n == length)
    {
      gint64           message = sb_fixture_send_text (self, self->ana, "Tick");
      g_autofree char *wamid = g_strdup_printf ("wamid.%s", sb_fixture_request (self, sb_fixture_n_requests (self) - 1)->tag);

      for (guint i = 0; i < length; i++)
        {
          sb_fixture_tick (self, wamid, words[order[i]], NULL);
          g_assert_cmpint (sb_fixture_status (self, message), ==, join (order, i + 1));
        }
      /* Once more, all of it. */
      for (guint i = 0; i < length; i++)
        sb_fixture_tick (self, wamid, words[order[i]], NULL);
      g_assert_cmpint (sb_fixture_status (self, message), ==, join (order, length));
      sb_fixture_pass (self, 7 * SB_SECOND_MS); /* the rate of one customer */
      return;
    }

  for (guint next = 0; next < G_N_ELEMENTS (words); next++)
    {
      gboolean used = FALSE;

      for (guint i = 0; i < n; i++)
        used = used || order[i] == next;
      if (used || n >= G_N_ELEMENTS (words))
        continue;
      order[n] = next;
      try_orders (self, order, n + 1, length);
    }
}

static void
test_status_orders (SbEngineFixture *self,
                    gconstpointer    data)
{
  guint order[4];

  try_orders (self, order, 0, GPOINTER_TO_UINT (data));
}

/* The ticks are there before the answer that tells the id. */
static void
test_orphans (SbEngineFixture *self,
              gconstpointer    data)
{
  SbFakeRequest *request;
  gint64         message;

  self->line->judge = sb_judge_silent;
  message = sb_fixture_send_text (self, self->ana, "Quick");
  request = sb_fixture_request (self, 0);
  sb_fixture_tick (self, "wamid.early", "read", NULL);
  sb_fixture_tick (self, "wamid.early", "sent", NULL);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_SENDING);
  {
    SbSendResult *result = sb_send_result_new (SB_SEND_ACCEPTED);

    result->wamid = g_strdup ("wamid.early");
    sb_fake_line_answer (request, result);
  }
  sb_fake_settle ();
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_READ);
  g_assert_cmpint (count (self, "SELECT count(*) FROM status_orphan"), ==, 0);
}

/* -- many in one, and the same again -- */

static char *
batch_body (guint from,
            guint n)
{
  GString *body = g_string_new ("{\"object\":\"whatsapp_business_account\",\"entry\":[");

  for (guint i = from; i < from + n; i++)
    g_string_append_printf (body,
                            "%s{\"id\":\"1\",\"changes\":[{\"field\":\"messages\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},"
                            "\"contacts\":[{\"profile\":{\"name\":\"C%u\"},\"wa_id\":\"35191500%04u\"},{\"profile\":{\"name\":\"Ana %u\"},\"wa_id\":\"" SB_ANA "\"}],"
                            "\"messages\":[{\"from\":\"35191500%04u\",\"id\":\"wamid.m%u\",\"timestamp\":\"%" G_GINT64_FORMAT "\",\"type\":\"text\",\"text\":{\"body\":\"m%u\"}},"
                            "{\"from\":\"" SB_ANA "\",\"id\":\"wamid.a%u\",\"timestamp\":\"%" G_GINT64_FORMAT "\",\"type\":\"text\",\"text\":{\"body\":\"a%u\"}}]}}]}",
                            i > from ? "," : "", i % 7, i % 7, i, i % 7, i, SB_TEST_NOW / 1000 + i, i, i, SB_TEST_NOW / 1000 + i, i);
  g_string_append (body, "]}");

  return g_string_free (body, FALSE);
}

/* What the window shows. Ids and times of our own writing are left out. */
static char *
digest (SbEngineFixture *self)
{
  return sb_db_text (sb_fixture_db (self),
                     "SELECT group_concat (line, char (10)) FROM (SELECT coalesce (c.profile_name, '') || ' ' || t.unread || ' ' || t.preview || ' ' || t.last_at || ' ' || "
                     "(SELECT group_concat (text || ' ' || sent_at) FROM (SELECT text, sent_at FROM message m WHERE m.thread_id = t.id ORDER BY sent_at, text)) line "
                     "FROM thread t JOIN contact c ON c.id = t.contact_id ORDER BY (SELECT min (value) FROM identity i WHERE i.contact_id = c.id))",
                     "");
}

/* In all orders of five events, two of them of one second: the newest name stays. */
static void
test_names (SbEngineFixture *self,
            gconstpointer    data)
{
  static const struct
  {
    const char *name;
    guint       second;
  } told[] = { { "Zoe", 1 }, { "Ana", 2 }, { "Zoe", 2 }, { "Mia", 5 }, { "Lea", 5 } };

  for (guint order = 0; order < 120; order++)
    {
      guint            left[] = { 0, 1, 2, 3, 4 };
      g_autofree char *number = g_strdup_printf ("3519150%05u", order);
      g_autofree char *name = NULL;

      for (guint n = 5, rest = order; n > 0; rest /= n, n--)
        {
          guint            pick = rest % n;
          guint            i = left[pick];
          g_autofree char *value = g_strdup_printf ("{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"contacts\":[{\"profile\":"
                                                    "{\"name\":\"%s\"},\"wa_id\":\"%s\"}],\"messages\":[{\"from\":\"%s\",\"id\":\"wamid.%u-%u\",\"timestamp\":\"%" G_GINT64_FORMAT
                                                    "\",\"type\":\"text\",\"text\":{\"body\":\"hi\"}}]}",
                                                    told[i].name, number, number, order, i, SB_TEST_NOW / 1000 + told[i].second);

          sb_fixture_give_value (self, "messages", value);
          left[pick] = left[n - 1];
        }
      name = sb_db_text (sb_fixture_db (self), "SELECT profile_name FROM contact c JOIN identity i ON i.contact_id = c.id WHERE i.value = ?", "s", number);
      g_assert_cmpstr (name, ==, "Mia");
    }
}

static void
test_any_order (SbEngineFixture *self,
                gconstpointer    data)
{
  guint                 seed = GPOINTER_TO_UINT (data);
  g_autoptr (SbRandom)  random = sb_random_new_seeded (seed);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);
  g_autofree char      *expected = NULL;
  g_autofree char      *shown = NULL;
  SbEngineFixture       other = { 0 };

  /* The plain run. */
  sb_fixture_set_up (&other, NULL);
  {
    g_autofree char *all = batch_body (0, 24);

    sb_fixture_give (&other, all);
    expected = digest (&other);
  }
  sb_fixture_tear_down (&other, NULL);

  /* The same in pieces, shuffled, some twice. */
  for (guint i = 0; i < 24; i += 2)
    for (guint copies = 1 + sb_random_below (random, 2); copies > 0; copies--)
      {
        g_autofree char *piece = batch_body (i, 2);
        g_autofree char *bytes = g_strdup_printf ("%s%*s", piece, (int) copies - 1, "");

        g_ptr_array_insert (events, sb_random_below (random, events->len + 1), sb_fake_event (0, SB_TEST_NOW, bytes));
      }
  sb_fake_line_give (self->line, events);
  sb_fake_settle ();
  shown = digest (self);
  g_assert_cmpstr (shown, ==, expected);
  g_assert_cmpint (count (self, "SELECT count(*) FROM message WHERE text != 'Hello'"), ==, 48);
}

/* -- not ours, not readable, not honest -- */

static void
test_other_number (SbEngineFixture *self,
                   gconstpointer    data)
{
  gint64 before = count (self, "SELECT count(*) FROM message");

  sb_fixture_give_value (self, "messages",
                         "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"999\"},\"messages\":[{\"from\":\"351\",\"id\":\"wamid.other\",\"timestamp\":\"1763700000\","
                         "\"type\":\"text\",\"text\":{\"body\":\"Not for you\"}}]}");
  g_assert_cmpint (count (self, "SELECT count(*) FROM message"), ==, before);
  g_assert_cmpint (count (self, "SELECT count(*) FROM event WHERE kind = 19"), ==, 1);
}

static void
test_poison (SbEngineFixture *self,
             gconstpointer    data)
{
  static const char *const bodies[] = {
    "",
    "{",
    "[]",
    "null",
    "{\"entry\":5}",
    "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"messages\":[{\"id\":\"w1\",\"type\":\"text\"}]}}]}]}",
    "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"messages\":[5,null,\"x\",{\"id\":7}]}}]}]}",
    "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"statuses\":[{\"id\":\"w\",\"status\":\"levitated\"},{},7]}}]}]}",
    "\xff\xfe\x00garbage",
  };
  SbCounts counts;
  gint64   id;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    sb_fixture_give (self, bodies[i]);
  /* None of them stands in the way of the next. */
  id = sb_fixture_give_message (self, "wamid.after", "\"type\":\"text\",\"text\":{\"body\":\"Still here\"}");
  g_assert_cmpint (id, !=, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM inbound_raw WHERE state = 0"), ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM inbound_raw WHERE state = 2 AND error IS NULL"), ==, 0);
  sb_engine_get_counts (self->engine, &counts);
  g_assert_cmpint (counts.poison, ==, count (self, "SELECT count(*) FROM inbound_raw WHERE state = 2"));
  g_assert_cmpint (counts.poison, >=, 3);
}

/* A signature that is missing, of another secret, in capitals, cut short, of other bytes, or of none. */
static void
test_forged (SbEngineFixture *self,
             gconstpointer    data)
{
  g_autofree char *body = sb_fake_text_body (SB_ANA, "wamid.forged", "Send me money", SB_TEST_NOW);
  SbCounts         counts;

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);
      SbInboundEvent       *event = sb_fake_event (50 + i, SB_TEST_NOW, body);
      g_autofree char      *right = g_strdup (event->signature);
      g_autofree char      *capitals = g_ascii_strup (right + strlen ("sha256="), -1);

      if (i == 0)
        g_clear_pointer (&event->signature, g_free);
      else if (i == 1)
        event->signature[10] = event->signature[10] == '0' ? '1' : '0';
      else if (i == 2)
        event->signature[strlen (right) - 1] = '\0';
      else if (i == 3)
        g_set_str (&event->signature, right + strlen ("sha256="));
      else if (i == 4)
        {
          g_free (event->signature);
          event->signature = g_strconcat ("sha256=", capitals, NULL);
        }
      else
        {
          g_bytes_unref (event->body);
          event->body = g_bytes_new (i == 5 ? "{}" : "", i == 5 ? 2 : 0);
        }
      g_ptr_array_add (batch, event);
      sb_fake_line_give (self->line, batch);
      sb_fake_settle ();
    }
  g_assert_cmpint (sb_reader_find_wamid (sb_fixture_reader (self), "wamid.forged"), ==, 0);
  sb_engine_get_counts (self->engine, &counts);
  g_assert_cmpint (counts.forged, ==, 7);
  g_assert_cmpint (count (self, "SELECT count(*) FROM inbound_raw"), ==, 1);
}

/* -- the account -- */

static const struct
{
  const char *field;
  const char *value;
} notices[] = {
  { "message_template_status_update", "{\"event\":\"APPROVED\",\"message_template_id\":1689556908129832,\"message_template_name\":\"order_ready\",\"message_template_language\":\"pt_PT\",\"reason\":\"NONE\"}" },
  { "message_template_quality_update", "{\"previous_quality_score\":\"GREEN\",\"new_quality_score\":\"YELLOW\",\"message_template_id\":1,\"message_template_name\":\"a\",\"message_template_language\":\"en\"}" },
  { "template_category_update", "{\"message_template_id\":1,\"message_template_name\":\"a\",\"message_template_language\":\"en\",\"new_category\":\"MARKETING\"}" },
  { "message_template_components_update", "{\"message_template_id\":1,\"message_template_name\":\"a\",\"message_template_language\":\"en\",\"message_template_element\":\"x\"}" },
  { "phone_number_quality_update", "{\"display_phone_number\":\"351\",\"event\":\"UPGRADE\",\"current_limit\":\"TIER_2K\"}" },
  { "business_capability_update", "{\"max_daily_conversations_per_business\":10000,\"max_phone_numbers_per_business\":20}" },
  { "phone_number_name_update", "{\"display_phone_number\":\"351\",\"decision\":\"APPROVED\",\"requested_verified_name\":\"Shop\"}" },
  { "account_update", "{\"event\":\"ACCOUNT_VIOLATION\",\"violation_info\":{\"violation_type\":\"SPAM\"}}" },
  { "account_review_update", "{\"decision\":\"APPROVED\"}" },
  { "account_alerts", "{\"entity_type\":\"WABA\",\"entity_id\":\"1\",\"alert_severity\":\"INFO\",\"alert_status\":\"ACTIVE\",\"alert_type\":\"X\",\"alert_description\":\"y\"}" },
  { "security", "{\"display_phone_number\":\"351\",\"event\":\"PIN_CHANGED\",\"requester\":\"1\"}" },
  { "user_id_update", "{\"previous_user_id\":\"PT.1\",\"user_id\":\"PT.2\"}" },
  { "flows", "{\"event\":\"FLOW_STATUS_CHANGE\"}" },
  { "field_of_tomorrow", "{\"anything\":[1,{\"deep\":null}]}" },
};

static void
test_account (SbEngineFixture *self,
              gconstpointer    data)
{
  guint            index = GPOINTER_TO_UINT (data);
  g_autofree char *kept = NULL;

  sb_fixture_give_value (self, notices[index].field, notices[index].value);
  kept = sb_db_text (sb_fixture_db (self), "SELECT data ->> 'field' FROM event WHERE kind = 19", "");
  g_assert_cmpstr (kept, ==, notices[index].field);
  g_assert_cmpint (count (self, "SELECT count(*) FROM inbound_raw WHERE state != 1"), ==, 0);
}

static void
test_limits (SbEngineFixture *self,
             gconstpointer    data)
{
  g_autoptr (SbLine) line = NULL;

  sb_fixture_give_value (self, "business_capability_update", "{\"max_daily_conversations_per_business\":10000}");
  line = sb_reader_get_line (sb_fixture_reader (self), self->line_id);
  g_assert_cmpint (line->daily_limit, ==, 10000);
}

/* A ban stops the line, waiting messages wait, and its end lets them out. */
static void
test_ban (SbEngineFixture *self,
          gconstpointer    data)
{
  gint64 message;

  sb_fixture_give_value (self, "account_update", "{\"event\":\"DISABLED_UPDATE\",\"ban_info\":{\"waba_ban_state\":\"DISABLE\",\"waba_ban_date\":\"April 17, 2026\"}}");
  message = sb_fixture_send_text (self, self->ana, "Waits");
  sb_fixture_pass (self, SB_HOUR_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_QUEUED);
  g_assert_cmpuint (sb_fixture_n_requests (self), ==, 0);
  sb_fixture_give_value (self, "account_update", "{\"event\":\"DISABLED_UPDATE\",\"ban_info\":{\"waba_ban_state\":\"REINSTATE\"}}");
  sb_fixture_pass (self, SB_MINUTE_MS);
  g_assert_cmpint (sb_fixture_status (self, message), ==, SB_STATUS_ACCEPTED);
}

static void
test_preferences (SbEngineFixture *self,
                  gconstpointer    data)
{
  sb_fixture_give_value (self, "user_preferences",
                         "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"user_preferences\":[{\"wa_id\":\"" SB_ANA
                         "\",\"detail\":\"User requested to stop marketing messages\",\"category\":\"marketing_messages\",\"value\":\"stop\",\"timestamp\":1763700010}]}");
  /* She wrote first, and now the switch. */
  g_assert_cmpint (count (self, "SELECT count(*) FROM event WHERE kind = 20"), ==, 2);
  g_assert_cmpint (count (self, "SELECT count(*) FROM message WHERE direction = 3 AND data ->> 'what' = 'offers-stopped'"), ==, 1);
}

static void
add (const char   *name,
     gconstpointer data,
     void (*function) (SbEngineFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/engine/convergence/", name, NULL);

  g_test_add (path, SbEngineFixture, data, sb_fixture_set_up, function, sb_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint length = 1; length <= 4; length++)
    {
      g_autofree char *name = g_strdup_printf ("status-orders/%u", length);

      add (name, GUINT_TO_POINTER (length), test_status_orders);
    }
  for (guint seed = 1; seed <= 12; seed++)
    {
      g_autofree char *name = g_strdup_printf ("any-order/%u", seed);

      add (name, GUINT_TO_POINTER (seed), test_any_order);
    }
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      g_autofree char *name = g_strconcat ("account/", notices[i].field, NULL);

      add (name, GUINT_TO_POINTER (i), test_account);
    }
  add ("orphans", NULL, test_orphans);
  add ("other-number", NULL, test_other_number);
  add ("poison", NULL, test_poison);
  add ("forged", NULL, test_forged);
  add ("limits", NULL, test_limits);
  add ("ban", NULL, test_ban);
  add ("preferences", NULL, test_preferences);
  add ("names", NULL, test_names);

  return g_test_run ();
}
