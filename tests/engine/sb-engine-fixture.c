#include "sb-engine-fixture.h"
#include "sb-temp-shop.h"

#include <glib/gstdio.h>

/* -- the shop -- */

static void
notice_cb (SbEngine *engine,
           SbNotice *notice,
           gpointer  user_data)
{
  SbEngineFixture *self = user_data;

  self->n_notices++;
  g_set_str (&self->last_notice, notice->title);
  g_set_str (&self->last_words, notice->body);
}

/* After the engine was closed by the test itself; nothing is started. */
void
sb_fixture_open (SbEngineFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->engine = sb_fake_engine_open (self->line, self->folder, NULL, SB_ENGINE_CREATE, self->random, self->secrets, &error);
  g_assert_no_error (error);
  g_signal_connect (self->engine, "notice", G_CALLBACK (notice_cb), self);
}

static gboolean
add_line (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  g_autoptr (SbLine) line = sb_fake_line_settings ();
  SbEngineFixture   *self = data;

  self->line_id = sb_writer_save_line (writer, line, error);

  return self->line_id != 0;
}

void
sb_fixture_set_up (SbEngineFixture *self,
                   gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("shop-XXXXXX", NULL);
  self->clock = sb_clock_new_virtual (SB_TEST_NOW);
  self->random = sb_random_new_seeded (1);
  self->secrets = sb_secrets_new_memory ();
  self->line = sb_fake_line_new (self->clock);
  sb_fixture_open (self);
  g_assert_true (sb_store_run (self->engine->store, add_line, self, &error));
  sb_fake_secrets_add (self->secrets, self->line_id);
  sb_engine_start (self->engine);
  sb_fake_settle ();
  sb_fixture_hello (self, SB_ANA);
  self->ana = sb_reader_find_thread (sb_fixture_reader (self), SB_ANA);
  g_assert_cmpint (self->ana, !=, 0);
}

void
sb_fixture_close (SbEngineFixture *self)
{
  sb_engine_close (self->engine);
  sb_fake_line_break (self->line);
  sb_fake_settle ();
  g_clear_object (&self->engine);
}

void
sb_fixture_tear_down (SbEngineFixture *self,
                      gconstpointer    data)
{
  sb_fixture_assert_whole (self);
  sb_fixture_close (self);
  sb_fake_line_free (self->line);
  g_object_unref (self->secrets);
  g_object_unref (self->clock);
  sb_random_free (self->random);
  sb_temp_folder_remove (self->folder);
  g_free (self->folder);
  g_free (self->last_notice);
  g_free (self->last_words);
}

void
sb_fixture_restart (SbEngineFixture *self)
{
  sb_fixture_close (self);
  sb_fixture_open (self);
  sb_engine_start (self->engine);
  sb_fake_settle ();
}

/* In steps, so that what each timer starts is done before the next one fires. */
void
sb_fixture_pass (SbEngineFixture *self,
                 gint64           ms)
{
  gint64 step = ms <= SB_MINUTE_MS ? 50 : MAX (1000, ms / 400);

  sb_fake_settle ();
  for (; ms > 0; ms -= step)
    {
      sb_clock_advance (self->clock, MIN (ms, step));
      sb_fake_settle ();
    }
}

SbReader *
sb_fixture_reader (SbEngineFixture *self)
{
  return sb_engine_get_reader (self->engine);
}

SbDb *
sb_fixture_db (SbEngineFixture *self)
{
  return sb_reader_get_db (sb_fixture_reader (self));
}

/* Every test ends with a shop whose kept numbers are those of a count from the beginning. */
void
sb_fixture_assert_whole (SbEngineFixture *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)    error = NULL;
  g_autoptr (SbReader)  reader = sb_engine_new_reader (self->engine, &error);

  g_assert_no_error (error);
  g_assert_true (sb_reader_check (reader, TRUE, problems, &error));
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* -- events -- */

void
sb_fixture_give (SbEngineFixture *self,
                 const char      *body)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);

  g_ptr_array_add (batch, sb_fake_event (++self->seq, sb_clock_now (self->clock), body));
  sb_fake_line_give (self->line, batch);
  sb_fake_settle ();
}

void
sb_fixture_give_value (SbEngineFixture *self,
                       const char      *field,
                       const char      *value)
{
  g_autofree char *body = g_strdup_printf ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\",\"time\":%" G_GINT64_FORMAT
                                           ",\"changes\":[{\"field\":\"%s\",\"value\":%s}]}]}",
                                           self->seq, field, value);

  sb_fixture_give (self, body);
}

#define METADATA "\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"351210000000\",\"phone_number_id\":\"" SB_FAKE_NUMBER "\"}"

gint64
sb_fixture_give_message_of (SbEngineFixture *self,
                            gint64           sent_at,
                            const char      *wamid,
                            const char      *members)
{
  g_autofree char *value = g_strdup_printf ("{" METADATA ",\"contacts\":[{\"profile\":{\"name\":\"Ana Reis\",\"username\":\"ana.reis\"},\"wa_id\":\"" SB_ANA
                                            "\",\"user_id\":\"PT.18490022117755\",\"country_code\":\"PT\"}],\"messages\":[{\"from\":\"" SB_ANA
                                            "\",\"from_user_id\":\"PT.18490022117755\",\"id\":\"%s\",\"timestamp\":\"%" G_GINT64_FORMAT "\",%s}]}",
                                            wamid, sent_at / 1000, members);

  sb_fixture_give_value (self, "messages", value);

  return sb_reader_find_wamid (sb_fixture_reader (self), wamid);
}

gint64
sb_fixture_give_message (SbEngineFixture *self,
                         const char      *wamid,
                         const char      *members)
{
  return sb_fixture_give_message_of (self, sb_clock_now (self->clock), wamid, members);
}

void
sb_fixture_hello (SbEngineFixture *self,
                  const char      *number)
{
  g_autofree char *wamid = g_strdup_printf ("wamid.hello-%s-%" G_GINT64_FORMAT, number, ++self->seq);
  g_autofree char *body = sb_fake_text_body (number, wamid, "Hello", sb_clock_now (self->clock));

  sb_fixture_give (self, body);
}

void
sb_fixture_tick (SbEngineFixture *self,
                 const char      *wamid,
                 const char      *status,
                 const char      *tag)
{
  g_autofree char *body = sb_fake_status_body (wamid, status, tag, sb_clock_now (self->clock));

  sb_fixture_give (self, body);
}

/* -- sending -- */

typedef struct
{
  gboolean done;
  gint64   id;
  GError  *error;
} Answer;

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Answer *answer = user_data;

  answer->id = sb_engine_send_finish (SB_ENGINE (object), result, &answer->error);
  answer->done = TRUE;
}

gint64
sb_fixture_send (SbEngineFixture         *self,
                 const SbOutgoingMessage *outgoing,
                 GError                 **error)
{
  Answer answer = { 0 };

  sb_engine_send_async (self->engine, outgoing, sent_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  sb_fake_settle ();
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);

  return answer.id;
}

gint64
sb_fixture_send_text (SbEngineFixture *self,
                      gint64           thread_id,
                      const char      *text)
{
  g_autoptr (GError) error = NULL;
  SbOutgoingMessage  outgoing = { .thread_id = thread_id, .kind = SB_MESSAGE_TEXT, .text = text };
  gint64             id = sb_fixture_send (self, &outgoing, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, !=, 0);

  return id;
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Answer *answer = user_data;

  answer->id = sb_engine_act_finish (SB_ENGINE (object), result, &answer->error);
  answer->done = TRUE;
}

void
sb_fixture_act (SbEngineFixture *self,
                SbActKind        kind,
                gint64           thread_id,
                gint64           message_id,
                gint64           value)
{
  Answer answer = { 0 };
  SbAct  act = { .kind = kind, .thread_ids = &thread_id, .n_threads = thread_id != 0 ? 1 : 0, .message_id = message_id, .value = value };

  sb_engine_act_async (self->engine, &act, acted_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (answer.error);
  sb_fake_settle ();
}

typedef struct
{
  gint64      line_id;
  SbLineState state;
} State;

static gboolean
set_state (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  State *state = data;

  return sb_writer_set_line_state (writer, state->line_id, state->state, NULL, 0, error);
}

void
sb_fixture_set_line_state (SbEngineFixture *self,
                           SbLineState      state)
{
  g_autoptr (GError) error = NULL;
  State              data = { self->line_id, state };

  sb_store_run (self->engine->store, set_state, &data, &error);
  g_assert_no_error (error);
  sb_engine_restart_line (self->engine, self->line_id);
  sb_fake_settle ();
}

SbStatus
sb_fixture_status (SbEngineFixture *self,
                   gint64           message_id)
{
  g_autoptr (SbMessage) message = sb_reader_get_message (sb_fixture_reader (self), message_id);

  g_assert_nonnull (message);

  return message->status;
}

guint
sb_fixture_n_requests (SbEngineFixture *self)
{
  return self->line->requests->len;
}

SbFakeRequest *
sb_fixture_request (SbEngineFixture *self,
                    guint            index)
{
  g_assert_cmpuint (index, <, self->line->requests->len);

  return self->line->requests->pdata[index];
}

SbSendResult *
sb_judge_silent (SbFakeRequest *request,
                 gpointer       user_data)
{
  return NULL;
}

SbSendResult *
sb_judge_not_sent (SbFakeRequest *request,
                   gpointer       user_data)
{
  return sb_send_result_new (SB_SEND_NOT_SENT);
}

SbSendResult *
sb_judge_unknown (SbFakeRequest *request,
                  gpointer       user_data)
{
  return sb_send_result_new (SB_SEND_UNKNOWN);
}

SbSendResult *
sb_refusal (int    code,
            guint  http_status,
            gint64 retry_after_ms)
{
  SbSendResult *result = sb_send_result_new (SB_SEND_REFUSED);

  result->code = code;
  result->http_status = http_status;
  result->retry_after_ms = retry_after_ms;
  result->error = g_strdup ("The network's own words");

  return result;
}
