/*
 * Events arrive, are written down, and only then acknowledged. Wherever the power fails: what was acknowledged is there, what
 * was not is given again, and in the end the shop has the same rows as if nothing had happened.
 */
#include "sb-power-story.h"

#define N_BATCHES   9
#define N_CUSTOMERS 4

typedef struct
{
  char *body;
  char *wamid;           /* of a text; NULL for others */
  guint acknowledged_at; /* operation */
} Event;

typedef struct
{
  SbRecording base;
  GPtrArray  *events; /* Event, in the order of the source */
  char       *digest;
} Recording;

static void
event_free (gpointer data)
{
  Event *event = data;

  g_free (event->body);
  g_free (event->wamid);
  g_free (event);
}

static void
recording_free (gpointer data)
{
  Recording *self = data;

  sb_tear_disk_free (self->base.disk);
  g_ptr_array_unref (self->events);
  g_free (self->digest);
  g_free (self);
}

/* What a customer would see. */
static char *
digest_of (SbPowerShop *shop)
{
  return sb_db_text (sb_power_shop_get_db (shop),
                     "SELECT count(*) || ' ' || (SELECT count(*) FROM status_orphan) || ' ' || (SELECT group_concat (unread) FROM (SELECT unread FROM thread ORDER BY last_at, preview)) || "
                     "group_concat (wamid || ' ' || substr (text, 1, 1) || length (text) || ' ' || sent_at || ' ' || coalesce ((SELECT group_concat (emoji) FROM reaction r WHERE r.message_id = m.id), ''), char (10)) "
                     "FROM (SELECT * FROM message WHERE direction = 0 ORDER BY wamid) m",
                     "");
}

static char *
reaction_body (const char *from,
               const char *wamid,
               const char *target,
               gint64      at)
{
  return g_strdup_printf ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
                          "{\"phone_number_id\":\"" SB_FAKE_NUMBER "\"},\"messages\":[{\"from\":\"%s\",\"id\":\"%s\",\"timestamp\":\"%" G_GINT64_FORMAT "\",\"type\":\"reaction\","
                          "\"reaction\":{\"message_id\":\"%s\",\"emoji\":\"👍\"}}]},\"field\":\"messages\"}]}]}",
                          from, wamid, at / 1000, target);
}

static Event *
make_event (Recording *self,
            SbRandom  *chaos)
{
  Event           *event = g_new0 (Event, 1);
  guint            number = self->events->len;
  gint64           at = SB_POWER_NOW + number * SB_SECOND_MS;
  guint            dice = sb_random_below (chaos, 10);
  guint            who = sb_random_below (chaos, N_CUSTOMERS + 2); /* some have never written before */
  g_autofree char *customer = sb_power_customer (who);
  g_autofree char *wamid = g_strdup_printf ("wamid.in-%u", number);
  g_autofree char *known = sb_power_customer (who % N_CUSTOMERS);
  g_autofree char *target = g_strdup_printf ("wamid.base-%u", who % N_CUSTOMERS);
  g_autofree char *text = g_strnfill (1 + sb_random_below (chaos, 900), 'a' + number % 26);

  event->acknowledged_at = G_MAXUINT;
  if (dice < 7)
    {
      event->body = sb_fake_text_body (customer, wamid, text, at);
      event->wamid = g_steal_pointer (&wamid);
    }
  else if (dice < 9)
    event->body = reaction_body (known, wamid, target, at);
  else
    event->body = sb_fake_status_body (wamid, "delivered", NULL, at);

  return event;
}

static SbInboundEvent *
on_the_wire (Recording *self,
             guint      index)
{
  return sb_fake_event (100 + index, SB_POWER_NOW + index * SB_SECOND_MS + 300, ((Event *) self->events->pdata[index])->body);
}

typedef struct
{
  SbPowerShop *shop;
  Recording   *recording;
} Acknowledging;

static void
stored_cb (gboolean ok,
           gpointer user_data)
{
  Acknowledging *data = user_data;

  g_assert_true (ok);
  for (guint i = 0; i < data->recording->events->len; i++)
    {
      Event *event = data->recording->events->pdata[i];

      event->acknowledged_at = MIN (event->acknowledged_at, sb_power_operations (data->shop));
    }
}

static void
give_batch (Recording   *self,
            SbPowerShop *shop)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);
  guint                 n = 1 + sb_random_below (shop->chaos, 4);

  /* The source gives some of it a second time: the same bytes, and the same message in other bytes. */
  if (self->events->len > 0 && sb_random_below (shop->chaos, 3) == 0)
    g_ptr_array_add (batch, on_the_wire (self, sb_random_below (shop->chaos, self->events->len)));
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (self->events, make_event (self, shop->chaos));
      g_ptr_array_add (batch, on_the_wire (self, self->events->len - 1));
    }
  if (sb_random_below (shop->chaos, 3) == 0)
    {
      g_autofree char *again = g_strconcat (((Event *) self->events->pdata[0])->body, " ", NULL);

      g_ptr_array_add (batch, sb_fake_event (100 + self->events->len, SB_POWER_NOW + 300, again));
    }
  sb_fake_line_give (shop->line, batch);
}

static gpointer
record (guint64  seed,
        gboolean lying)
{
  g_autoptr (GError)      error = NULL;
  Recording              *self = g_new0 (Recording, 1);
  g_autoptr (SbPowerShop) shop = NULL;
  SbTearDisk             *disk = sb_tear_disk_copy (sb_power_story_base ());
  Acknowledging           acknowledging = { NULL, self };

  self->base.seed = seed;
  self->events = g_ptr_array_new_with_free_func (event_free);
  self->base.first = sb_tear_disk_n_operations (disk);
  sb_tear_disk_set_lying (disk, lying);
  shop = sb_power_shop_new (disk, seed, &error);
  g_assert_no_error (error);
  sb_power_shop_add_company (shop);
  acknowledging.shop = shop;
  shop->line->stored = stored_cb;
  shop->line->stored_data = &acknowledging;
  sb_engine_start (shop->engine);
  sb_fake_settle ();
  for (guint i = 0; i < N_BATCHES; i++)
    {
      give_batch (self, shop);
      sb_fake_settle ();
      sb_power_shop_mingle (shop);
      sb_clock_advance (shop->clock, SB_SECOND_MS);
    }
  self->digest = digest_of (shop);
  sb_power_shop_close_engine (shop);
  self->base.last = sb_power_operations (shop);
  self->base.disk = sb_power_shop_end (shop);

  return self;
}

static guint
count_lost (Recording   *self,
            SbPowerShop *shop,
            guint        cut)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    {
      const Event *event = self->events->pdata[i];

      if (event->wamid != NULL && event->acknowledged_at <= cut && sb_reader_find_wamid (sb_engine_get_reader (shop->engine), event->wamid) == 0)
        n++;
    }

  return n;
}

/* The source gives again what was not acknowledged, and a little of what was. */
static void
redeliver (Recording   *self,
           SbPowerShop *shop,
           guint        cut)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);

  for (guint i = 0; i < self->events->len; i++)
    if (((Event *) self->events->pdata[i])->acknowledged_at > cut || i % 7 == 0)
      g_ptr_array_add (batch, on_the_wire (self, i));
  sb_fake_line_give (shop->line, batch);
  sb_fake_settle ();
}

static void
look_at (Recording  *self,
         SbTearDisk *left,
         guint       cut,
         guint       depth,
         SbRandom   *random,
         SbTotals   *totals)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbPowerShop) shop = NULL;
  g_autofree char        *why = NULL;
  g_autofree char        *digest = NULL;
  gboolean                again = depth == 0 && sb_random_below (random, 8) == 0;
  guint                   from, n;

  totals->cuts++;
  if (again)
    sb_tear_disk_remember (left);
  from = sb_tear_disk_n_operations (left);
  shop = sb_power_shop_new_after_cut (left, self->base.seed, &error);
  if (shop == NULL)
    {
      totals->corrupt++;
      sb_totals_blame (totals, self->base.seed, cut, "%s", error->message);
      return;
    }

  sb_engine_start (shop->engine);
  sb_fake_settle ();
  n = count_lost (self, shop, cut);
  totals->lost += n;
  if (n > 0)
    sb_totals_blame (totals, self->base.seed, cut, "%u acknowledged are gone", n);
  if (shop->line->source == NULL)
    {
      totals->lost++; /* the line itself is gone */
      return;
    }
  redeliver (self, shop, cut);
  n = sb_db_int (sb_power_shop_get_db (shop), 0, "SELECT count(*) - count(DISTINCT wamid) FROM message WHERE direction = 0", "");
  totals->twice += n;
  digest = digest_of (shop);
  if (n > 0 || g_strcmp0 (digest, self->digest) != 0)
    {
      totals->wrong++;
      sb_totals_blame (totals, self->base.seed, cut, "%u twice; is\n%s\nand should be\n%s", n, digest, self->digest);
    }
  /* Looked at last: neither a torn page nor a wrong count heals by itself. */
  if (!sb_power_shop_is_whole (shop, &why))
    {
      totals->corrupt++;
      sb_totals_blame (totals, self->base.seed, cut, "%s", why);
    }

  /* The power fails again while the shop gets back on its feet. */
  if (again)
    {
      guint to = sb_power_operations (shop);

      look_at (self, sb_tear_disk_cut (shop->disk, from + sb_random_below (random, to - from + 1), random), cut, 1, random, totals);
      sb_tear_vfs_insert (shop->disk);
    }
}

static guint
stage (gconstpointer recording,
       guint         cut)
{
  const Recording *self = recording;
  guint            n = 0;

  for (guint i = 0; i < self->events->len; i++)
    n += ((const Event *) self->events->pdata[i])->acknowledged_at <= cut;

  return n;
}

static void
examine (gpointer    recording,
         SbTearDisk *left,
         guint       cut,
         SbRandom   *random,
         SbTotals   *totals)
{
  look_at (recording, left, cut, 0, random, totals);
}

static const SbPowerStory story = { "inbound", record, stage, examine, recording_free };

int
main (int    argc,
      char **argv)
{
  return sb_power_story_main (argc, argv, N_CUSTOMERS, NULL, (const SbPowerStory *const[]) { &story, NULL });
}
