/*
 * Customers write STOP while offers wait for them. Wherever the power fails: the message, the entry in the ledger, what the
 * person may receive, the cancelled offer and the one confirmation are all there, or none of them is; and when the source has
 * given again what was not acknowledged, each is there once.
 */
#include "sb-power-story.h"
#include "sb-writer-consent.h"

#define N_CUSTOMERS 4
#define ALL_TRACES  31

typedef struct
{
  SbRecording base;
  guint       stopped_at[N_CUSTOMERS]; /* operation after which the source was told that the STOP is kept */
} Recording;

static void
recording_free (gpointer data)
{
  Recording *self = data;

  sb_tear_disk_free (self->base.disk);
  g_free (self);
}

/* Everybody said yes, and an offer waits for each. */
static gboolean
queue_offers (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  for (guint i = 0; i < N_CUSTOMERS; i++)
    {
      g_autofree char      *customer = sb_power_customer (i);
      SbWho                 who = { .wa_id = customer };
      gint64                contact = sb_writer_find_contact (writer, &who, FALSE, error);
      SbConsentEntry        yes = { .contact_id = contact, .purpose = SB_PURPOSE_OFFERS, .answer = SB_ANSWER_YES, .method = SB_METHOD_FORM, .channel = SB_CONSENT_CHANNEL_PAPER };
      g_autoptr (SbMessage) offer = sb_message_new ();
      SbOutgoing            row = { .not_before = sb_writer_now (writer) + SB_DAY_MS };

      offer->thread_id = sb_writer_ensure_thread (writer, contact, 0, error);
      row.line_id = sb_db_int (writer->db, 0, "SELECT id FROM line LIMIT 1", "");
      offer->line_id = row.line_id;
      offer->kind = SB_MESSAGE_TEMPLATE;
      offer->direction = SB_DIRECTION_OUT;
      offer->author = SB_AUTHOR_STAFF;
      offer->status = SB_STATUS_QUEUED;
      offer->sent_at = sb_writer_now (writer);
      offer->text = g_strdup ("An offer");
      offer->data = json_object_new ();
      json_object_set_string_member (offer->data, "category", "MARKETING");
      row.message_id = sb_writer_add_message (writer, offer, 0, error);
      if (row.message_id == 0 || sb_writer_add_consent (writer, &yes, error) == 0 || sb_writer_queue (writer, &row, error) == 0)
        return FALSE;
    }

  return TRUE;
}

static SbInboundEvent *
stop_of (guint i)
{
  g_autofree char *customer = sb_power_customer (i);
  g_autofree char *wamid = g_strdup_printf ("wamid.stop-%u", i);
  g_autofree char *body = sb_fake_text_body (customer, wamid, i % 2 == 0 ? "STOP" : "Arrêt, merci", SB_POWER_NOW + SB_MINUTE_MS);

  return sb_fake_event (100 + i, SB_POWER_NOW + SB_MINUTE_MS, body);
}

static void
give (SbPowerShop *shop,
      guint        from,
      guint        to)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);

  for (guint i = from; i < to; i++)
    g_ptr_array_add (batch, stop_of (i));
  sb_fake_line_give (shop->line, batch);
  sb_fake_settle ();
}

static gpointer
record (guint64  seed,
        gboolean lying)
{
  g_autoptr (GError)      error = NULL;
  Recording              *self = g_new0 (Recording, 1);
  g_autoptr (SbPowerShop) shop = NULL;

  self->base.seed = seed;
  shop = sb_power_shop_new (sb_tear_disk_copy (sb_power_story_base ()), seed, &error);
  g_assert_no_error (error);
  sb_power_shop_add_company (shop);
  sb_engine_set_online (shop->engine, FALSE);
  sb_engine_start (shop->engine);
  sb_fake_settle ();
  g_assert_true (sb_store_run (shop->engine->store, queue_offers, NULL, &error));
  g_assert_no_error (error);
  sb_clock_advance (shop->clock, SB_MINUTE_MS);
  sb_fake_settle ();
  self->base.first = sb_power_operations (shop);
  sb_tear_disk_set_lying (shop->disk, lying);
  for (guint i = 0; i < N_CUSTOMERS; i += 2)
    {
      give (shop, i, i + 2);
      self->stopped_at[i] = self->stopped_at[i + 1] = sb_power_operations (shop);
      sb_power_shop_mingle (shop);
    }
  sb_power_shop_close_engine (shop);
  self->base.last = sb_power_operations (shop);
  self->base.disk = sb_power_shop_end (shop);

  return self;
}

/* Bits of what happened to a customer: all five or none. */
static guint
traces (SbDb *db,
        guint i)
{
  g_autofree char *customer = sb_power_customer (i);
  g_autofree char *wamid = g_strdup_printf ("wamid.stop-%u", i);
  gint64           contact = sb_db_int (db, 0, "SELECT contact_id FROM identity WHERE value = ?", "s", customer);
  gint64           thread = sb_db_int (db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact);
  guint            bits = 0;

  bits |= sb_db_int (db, 0, "SELECT count(*) FROM message WHERE wamid = ?", "s", wamid) == 1 ? 1 : 0;
  bits |= sb_db_int (db, 0, "SELECT count(*) FROM consent WHERE contact_id = ? AND answer = 2", "i", contact) == 1 ? 2 : 0;
  bits |= sb_db_int (db, 0, "SELECT consent FROM contact WHERE id = ?", "i", contact) == SB_CONSENT_OPTED_OUT ? 4 : 0;
  bits |= sb_db_int (db, 0, "SELECT count(*) FROM outbox o JOIN message m ON m.id = o.message_id WHERE o.thread_id = ? AND m.kind = 12 AND o.state = 10", "i", thread) == 1 ? 8 : 0;
  bits |= sb_db_int (db, 0, "SELECT count(*) FROM outbox o JOIN message m ON m.id = o.message_id WHERE o.thread_id = ? AND m.author = 9", "i", thread) == 1 ? 16 : 0;

  return bits;
}

static guint
stage (gconstpointer recording,
       guint         cut)
{
  const Recording *self = recording;
  guint            n = 0;

  for (guint i = 0; i < N_CUSTOMERS; i++)
    n += self->stopped_at[i] <= cut;

  return n;
}

static void
examine (gpointer    recording,
         SbTearDisk *left,
         guint       cut,
         SbRandom   *random,
         SbTotals   *totals)
{
  Recording              *self = recording;
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbPowerShop) shop = sb_power_shop_new_after_cut (left, self->base.seed, &error);
  g_autofree char        *why = NULL;

  totals->cuts++;
  if (shop == NULL)
    {
      totals->corrupt++;
      sb_totals_blame (totals, self->base.seed, cut, "%s", error->message);
      return;
    }
  for (guint i = 0; i < N_CUSTOMERS; i++)
    {
      guint bits = traces (sb_power_shop_get_db (shop), i);

      if (self->stopped_at[i] <= cut && bits == 0)
        {
          totals->lost++;
          sb_totals_blame (totals, self->base.seed, cut, "customer %u has stopped, and nobody knows", i);
        }
      if (bits != 0 && bits != ALL_TRACES)
        {
          totals->wrong++;
          sb_totals_blame (totals, self->base.seed, cut, "customer %u is half stopped: %u", i, bits);
        }
    }
  sb_clock_advance (shop->clock, SB_MINUTE_MS);
  sb_engine_set_online (shop->engine, FALSE);
  sb_engine_start (shop->engine);
  sb_fake_settle ();
  give (shop, 0, N_CUSTOMERS);
  for (guint i = 0; i < N_CUSTOMERS; i++)
    if (traces (sb_power_shop_get_db (shop), i) != ALL_TRACES)
      {
        totals->twice++;
        sb_totals_blame (totals, self->base.seed, cut, "customer %u ends at %u", i, traces (sb_power_shop_get_db (shop), i));
      }
  if (!sb_power_shop_is_whole (shop, &why))
    {
      totals->corrupt++;
      sb_totals_blame (totals, self->base.seed, cut, "%s", why);
    }
}

static const SbPowerStory story = { "consent", record, stage, examine, recording_free };

int
main (int    argc,
      char **argv)
{
  return sb_power_story_main (argc, argv, N_CUSTOMERS, NULL, (const SbPowerStory *const[]) { &story, NULL });
}
