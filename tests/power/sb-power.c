#include "sb-power.h"

#include <malloc.h>
#include <stdlib.h>

#include "sb-seat.h"

#define MOST_BLAMED 10

gboolean
sb_totals_are_clean (const SbTotals *self)
{
  return self->corrupt == 0 && self->lost == 0 && self->twice == 0 && self->wrong == 0 && self->unknown <= self->in_flight;
}

void
sb_totals_print (const SbTotals *self)
{
  g_test_message ("%s: %u cuts (%u left the same as another), %u corrupt, %u acknowledged lost, %u twice, %u wrong, %u unknown of %u in flight", self->name, self->cuts, self->same, self->corrupt, self->lost,
                  self->twice, self->wrong, self->unknown, self->in_flight);
}

void
sb_totals_blame (const SbTotals *self,
                 guint64         seed,
                 guint           operation,
                 const char     *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  if (self->name == NULL || self->corrupt + self->lost + self->twice + self->wrong > MOST_BLAMED)
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s, seed %" G_GUINT64_FORMAT ", cut after operation %u: %s", self->name, seed, operation, text);
}

/* -- the shop -- */

gboolean
sb_power_shop_reopen (SbPowerShop *self,
                      GError     **error)
{
  g_autoptr (GPtrArray) lines = NULL;

  sb_tear_vfs_insert (self->disk);
  self->engine = sb_fake_engine_open (self->line, "shop", SB_TEAR_VFS, SB_ENGINE_CREATE, self->random, self->secrets, error);
  if (self->engine == NULL)
    return FALSE;

  lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));
  for (guint i = 0; i < lines->len; i++)
    sb_fake_secrets_add (self->secrets, ((SbLine *) lines->pdata[i])->id);

  return TRUE;
}

SbPowerShop *
sb_power_shop_new (SbTearDisk *disk,
                   guint64     seed,
                   GError    **error)
{
  g_autoptr (SbPowerShop) self = g_new0 (SbPowerShop, 1);

  self->disk = disk;
  self->clock = sb_clock_new_virtual (SB_POWER_NOW);
  self->random = sb_random_new_seeded (seed);
  self->chaos = sb_random_new_seeded (seed * 1000 + 7);
  self->secrets = sb_secrets_new_memory ();
  self->line = sb_fake_line_new (self->clock);
  sb_tear_vfs_seed (seed);

  return sb_power_shop_reopen (self, error) ? g_steal_pointer (&self) : NULL;
}

SbPowerShop *
sb_power_shop_new_after_cut (SbTearDisk *left,
                             guint64     seed,
                             GError    **error)
{
  return sb_power_shop_new (sb_seat_take (left), seed, error);
}

void
sb_power_shop_close_engine (SbPowerShop *self)
{
  if (self->engine == NULL)
    return;

  sb_engine_close (self->engine);
  sb_fake_line_break (self->line);
  sb_fake_settle ();
  g_clear_object (&self->engine);
}

static void
leave_company (SbPowerShop *self)
{
  if (self->disk != NULL)
    sb_tear_disk_set_hook (self->disk, NULL, NULL);
  g_clear_pointer (&self->other, sqlite3_close);
  g_clear_pointer (&self->checkpointer, sqlite3_close);
}

void
sb_power_shop_free (SbPowerShop *self)
{
  leave_company (self);
  sb_power_shop_close_engine (self);
  sb_fake_settle ();
  sb_fake_line_free (self->line);
  g_object_unref (self->secrets);
  sb_random_free (self->random);
  sb_random_free (self->chaos);
  g_object_unref (self->clock);
  if (self->disk != NULL)
    sb_seat_leave (self->disk, self->whole);
  g_free (self);
}

SbTearDisk *
sb_power_shop_end (SbPowerShop *self)
{
  sb_power_shop_close_engine (self);
  leave_company (self);

  return g_steal_pointer (&self->disk);
}

SbDb *
sb_power_shop_get_db (SbPowerShop *self)
{
  return sb_reader_get_db (sb_engine_get_reader (self->engine));
}

guint
sb_power_operations (SbPowerShop *self)
{
  return sb_tear_disk_n_operations (self->disk);
}

/*
 * On a handle that has checked before, a full-text index may be compared with an old picture of it; to search it makes the handle
 * look anew.
 */
static void
search_indexes (SbDb *db)
{
  static const char *const searches[] = {
    "SELECT count(*) FROM message_fts WHERE rowid = 0",
    "SELECT count(*) FROM contact_fts WHERE rowid = 0",
    "SELECT count(*) FROM attachment_fts WHERE rowid = 0",
    "SELECT count(*) FROM media_text_fts WHERE rowid = 0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    sb_db_int (db, 0, searches[i], "");
}

/* Only once for a shop. */
gboolean
sb_power_shop_is_whole (SbPowerShop *self,
                        char       **why)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)    error = NULL;

  g_assert_false (self->checked);
  self->checked = TRUE;
  search_indexes (sb_power_shop_get_db (self));
  self->whole = sb_reader_check (sb_engine_get_reader (self->engine), FALSE, problems, &error) && problems->len == 0;
  if (self->whole)
    return TRUE;

  *why = g_strdup (error != NULL ? error->message : problems->pdata[0]);

  return FALSE;
}

/* -- company -- */

static sqlite3 *
open_other (void)
{
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open_v2 ("shop.db", &other, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, SB_TEAR_VFS), ==, SQLITE_OK);

  return other;
}

/* A reader that keeps its view while others write, so that a checkpoint can only go so far. */
static void
read_on (SbPowerShop *self)
{
  int result;

  if (self->reading)
    {
      g_assert_cmpint (sqlite3_exec (self->other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
      self->reading = FALSE;
      return;
    }

  /* In the midst of somebody's commit the log may just be beginning anew: then it comes back another time. */
  result = sqlite3_exec (self->other, "BEGIN; SELECT count(*) FROM event; SELECT max(sent_at) FROM message", NULL, NULL, NULL);
  g_assert_true (result == SQLITE_OK || result == SQLITE_BUSY);
  self->reading = result == SQLITE_OK;
  if (!self->reading)
    sqlite3_exec (self->other, "ROLLBACK", NULL, NULL, NULL);
}

static void
checkpoint (SbPowerShop *self,
            int          mode)
{
  int result = sqlite3_wal_checkpoint_v2 (self->checkpointer, NULL, mode, NULL, NULL);

  g_assert_true (result == SQLITE_OK || result == SQLITE_BUSY || result == SQLITE_LOCKED);
}

/* In the midst of somebody's commit. */
static void
written_cb (gpointer data)
{
  SbPowerShop *self = data;
  guint        dice = sb_random_below (self->chaos, 250);

  if (dice == 0)
    checkpoint (self, SQLITE_CHECKPOINT_PASSIVE);
  else if (dice == 1)
    read_on (self);
}

void
sb_power_shop_add_company (SbPowerShop *self)
{
  self->other = open_other ();
  self->checkpointer = open_other ();
  sb_tear_disk_set_hook (self->disk, written_cb, self);
}

/* Between two commits. */
void
sb_power_shop_mingle (SbPowerShop *self)
{
  static const int modes[] = { SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_FULL, SQLITE_CHECKPOINT_RESTART, SQLITE_CHECKPOINT_TRUNCATE };

  if (sb_random_below (self->chaos, 4) == 0)
    read_on (self);
  if (sb_random_below (self->chaos, 6) == 0)
    checkpoint (self, modes[sb_random_below (self->chaos, G_N_ELEMENTS (modes))]);
}

/* -- a shop to begin with -- */

char *
sb_power_customer (guint n)
{
  return g_strdup_printf ("1650555%04u", n);
}

static gboolean
add_line (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  g_autoptr (SbLine) line = sb_fake_line_settings ();
  gint64            *id = data;

  *id = sb_writer_save_line (writer, line, error);

  return *id != 0;
}

SbTearDisk *
sb_power_make_base (guint n_customers)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbPowerShop) shop = sb_power_shop_new (sb_tear_disk_new (), 1, &error);
  g_autoptr (GPtrArray)   events = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_inbound_event_free);
  gint64                  line_id = 0;

  g_assert_no_error (error);
  g_assert_true (sb_store_run (shop->engine->store, add_line, &line_id, &error));
  sb_fake_secrets_add (shop->secrets, line_id);
  sb_engine_start (shop->engine);
  sb_fake_settle ();
  for (guint i = 0; i < n_customers; i++)
    {
      g_autofree char *customer = sb_power_customer (i);
      g_autofree char *wamid = g_strdup_printf ("wamid.base-%u", i);
      g_autofree char *body = sb_fake_text_body (customer, wamid, "Hello", SB_POWER_NOW - SB_MINUTE_MS);

      g_ptr_array_add (events, sb_fake_event (i + 1, SB_POWER_NOW - SB_MINUTE_MS, body));
    }
  sb_fake_line_give (shop->line, events);
  sb_fake_settle ();
  sb_power_shop_close_engine (shop);

  return sb_tear_disk_copy (shop->disk);
}

/* Each restart says how many messages were under way: thousands of lines. Warnings are still fatal. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  if (level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG))
    return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, user_data);
}

void
sb_power_init (int      argc,
               char   **argv,
               guint   *n_cuts,
               guint64 *seed)
{
  const char *wanted = g_getenv ("SHOPBELL_CUTS");

  if (argc > 1)
    *n_cuts = strtoul (argv[1], NULL, 10);
  if (argc > 2)
    *seed = strtoul (argv[2], NULL, 10);
  if (wanted != NULL)
    *n_cuts = strtoul (wanted, NULL, 10);
  g_log_set_writer_func (write_log, NULL, NULL);
  /* Each shop is a few large blocks that come and go: they need not go back to the system every time. */
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TRIM_THRESHOLD, 256 << 20);
  /* All is in one thread, and a hundred thousand shops are opened. */
  g_assert (sqlite3_config (SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK);
  g_assert (sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK);
  g_assert (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 512, 1000) == SQLITE_OK);
  sb_tear_vfs_register ();
}
