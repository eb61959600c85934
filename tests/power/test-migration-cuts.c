/*
 * A new shop is made, and an old one is brought to a newer schema. Wherever the power fails: the file is of the old version or
 * of the new one, never between, and the next start goes on from there.
 */
#include "sb-power-story.h"
#include "sb-seat.h"

#define N_CUSTOMERS 5

/* The schema as one text. Names of automatic indexes and shadow tables are part of it. */
#define SCHEMA "SELECT group_concat (type || ' ' || name || ' ' || coalesce (sql, ''), char (10)) FROM (SELECT * FROM sqlite_schema ORDER BY type, name)"

/* A step as a later version may bring it: a column, values for every row, a table with an index, a dropped index. */
static const char next_step[] =
    "ALTER TABLE message ADD COLUMN language TEXT;"
    "UPDATE message SET language = 'und';"
    "CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL, n INTEGER NOT NULL) STRICT;"
    "CREATE INDEX word_n ON word (n DESC);"
    "INSERT INTO word (word, n) SELECT text || id, length (text) FROM message;"
    "DROP INDEX thread_unread;"
    "INSERT INTO message_fts (message_fts) VALUES ('rebuild');";

typedef struct
{
  SbRecording base;
  guint       done; /* operation after which the caller was told that it worked */
  char       *shop_id;
} Recording;

static char *old_schema;
static char *new_schema;

static void
recording_free (gpointer data)
{
  Recording *self = data;

  sb_tear_disk_free (self->base.disk);
  g_free (self->shop_id);
  g_free (self);
}

static SbDb *
open_plain (SbTearDisk *disk,
            GError    **error)
{
  sb_tear_vfs_insert (disk);

  return sb_store_open_db ("shop.db", SB_DB_CREATE, SB_TEAR_VFS, error);
}

static void
blame (SbTotals   *totals,
       guint      *count,
       Recording  *self,
       guint       cut,
       const char *what)
{
  ++*count;
  sb_totals_blame (totals, self->base.seed, cut, "%s", what);
}

static guint
stage (gconstpointer recording,
       guint         cut)
{
  return ((const Recording *) recording)->done <= cut;
}

/* -- a new shop -- */

static gpointer
record_new (guint64  seed,
            gboolean lying)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbPowerShop) shop = NULL;
  Recording              *self = g_new0 (Recording, 1);
  SbTearDisk             *disk = sb_tear_disk_new ();

  self->base.seed = seed;
  sb_tear_disk_set_lying (disk, lying);
  shop = sb_power_shop_new (disk, seed, &error);
  g_assert_no_error (error);
  self->done = sb_power_operations (shop);
  self->shop_id = sb_reader_get_meta (sb_engine_get_reader (shop->engine), "shop-id");
  sb_power_shop_close_engine (shop);
  self->base.last = sb_power_operations (shop);
  self->base.disk = sb_power_shop_end (shop);

  return self;
}

/* Each version has one schema: the one that was seen first, and every later cut has to show the same. */
static gboolean
schema_is_of (gint64      version,
              const char *schema)
{
  static char *seen[64];

  if (version == 0 || version >= (gint64) G_N_ELEMENTS (seen))
    return schema == NULL;
  if (version == sb_schema_version ())
    return g_strcmp0 (schema, old_schema) == 0;
  if (seen[version] == NULL)
    seen[version] = g_strdup (schema);

  return version < sb_schema_version () && g_strcmp0 (schema, seen[version]) == 0 && g_strcmp0 (schema, old_schema) != 0;
}

/* What a program that knows nothing of our migrations sees: whole steps of them, and nothing between two. */
static void
examine_raw (Recording  *self,
             SbTearDisk *left,
             guint       cut,
             SbTotals   *totals)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SbDb)   db = open_plain (left, &error);
  g_autofree char   *schema = db != NULL ? sb_db_text (db, SCHEMA, "") : NULL;
  gint64             version = db != NULL ? sb_db_int (db, -1, "PRAGMA user_version", "") : -1;

  if (db == NULL || version < 0)
    blame (totals, &totals->corrupt, self, cut, error != NULL ? error->message : "the version cannot be read");
  else if (!schema_is_of (version, schema))
    blame (totals, &totals->corrupt, self, cut, "the schema is between two versions");
}

static void
examine_new (gpointer    recording,
             SbTearDisk *left,
             guint       cut,
             SbRandom   *random,
             SbTotals   *totals)
{
  Recording              *self = recording;
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbPowerShop) shop = NULL;
  g_autofree char        *why = NULL;
  g_autofree char        *schema = NULL;
  g_autofree char        *shop_id = NULL;

  totals->cuts++;
  left = sb_seat_take (left);
  examine_raw (self, left, cut, totals);
  shop = sb_power_shop_new (left, self->base.seed + 1, &error);
  if (shop == NULL || !sb_power_shop_is_whole (shop, &why))
    {
      blame (totals, &totals->corrupt, self, cut, error != NULL ? error->message : why);
      return;
    }

  schema = sb_db_text (sb_power_shop_get_db (shop), SCHEMA, "");
  shop_id = sb_reader_get_meta (sb_engine_get_reader (shop->engine), "shop-id");
  if (g_strcmp0 (schema, old_schema) != 0)
    blame (totals, &totals->wrong, self, cut, "the schema is another");
  if (shop_id == NULL || sb_db_int (sb_power_shop_get_db (shop), 0, "SELECT count(*) FROM staff", "") != 1)
    blame (totals, &totals->wrong, self, cut, "the shop has no id, or not one owner");
  if (self->done <= cut && g_strcmp0 (shop_id, self->shop_id) != 0)
    blame (totals, &totals->lost, self, cut, "the shop is another one");
}

/* -- an old shop -- */

static gpointer
record_step (guint64  seed,
             gboolean lying)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SbDb)   db = NULL;
  Recording         *self = g_new0 (Recording, 1);

  self->base.seed = seed;
  self->base.disk = sb_tear_disk_copy (sb_power_story_base ());
  self->base.first = sb_tear_disk_n_operations (self->base.disk);
  sb_tear_disk_set_lying (self->base.disk, lying);
  sb_tear_vfs_seed (seed);
  db = open_plain (self->base.disk, &error);
  g_assert_no_error (error);
  /* A small cache, as on a full machine: pages of the open transaction go to the disk before it ends. */
  g_assert_true (sb_db_script (db, "PRAGMA cache_size = 5", &error));
  g_assert_true (sb_migrate_step (db, sb_schema_version () + 1, next_step, &error));
  self->done = sb_tear_disk_n_operations (self->base.disk);
  g_clear_pointer (&db, sb_db_close);
  self->base.last = sb_tear_disk_n_operations (self->base.disk);

  return self;
}

static gint64
count_messages (SbDb *db)
{
  return sb_db_int (db, -1, "SELECT count(*) FROM message WHERE text = 'Hello'", "");
}

static void
examine_step (gpointer    recording,
              SbTearDisk *left,
              guint       cut,
              SbRandom   *random,
              SbTotals   *totals)
{
  Recording             *self = recording;
  g_autoptr (SbTearDisk) disk = left;
  g_autoptr (GError)     error = NULL;
  g_autoptr (SbDb)       db = open_plain (disk, &error);
  gint64                 version = db != NULL ? sb_db_int (db, -1, "PRAGMA user_version", "") : -1;
  g_autofree char       *schema = db != NULL ? sb_db_text (db, SCHEMA, "") : NULL;
  g_autofree char       *check = NULL;
  gboolean               is_old = version == sb_schema_version ();

  totals->cuts++;
  if (db == NULL || (!is_old && version != sb_schema_version () + 1))
    {
      blame (totals, &totals->corrupt, self, cut, error != NULL ? error->message : "the version is neither");
      return;
    }
  if (g_strcmp0 (schema, is_old ? old_schema : new_schema) != 0)
    blame (totals, &totals->corrupt, self, cut, "the schema is between two versions");
  if (is_old && self->done <= cut)
    blame (totals, &totals->lost, self, cut, "the step is undone");

  if (is_old && !sb_migrate_step (db, sb_schema_version () + 1, next_step, &error))
    blame (totals, &totals->corrupt, self, cut, error->message);
  if (count_messages (db) != N_CUSTOMERS)
    blame (totals, &totals->lost, self, cut, "messages are gone");
  if (sb_db_int (db, 0, "SELECT count(*) FROM message WHERE language = 'und'", "") != N_CUSTOMERS || sb_db_int (db, 0, "SELECT count(*) FROM word", "") != N_CUSTOMERS)
    blame (totals, &totals->wrong, self, cut, "the step did half of its work, or did it twice");
  check = sb_db_text (db, "PRAGMA quick_check (1)", "");
  if (g_strcmp0 (check, "ok") != 0)
    blame (totals, &totals->corrupt, self, cut, check);
  /* And a program that does not know the new version leaves it alone. */
  if (sb_migrate (db, "shop", SB_TEAR_VFS, &error) || !g_error_matches (error, SB_ERROR, SB_ERROR_NEWER))
    blame (totals, &totals->wrong, self, cut, "an older program opens it");
}

/* -- both -- */

static const SbPowerStory new_shop = { "new-shop", record_new, stage, examine_new, recording_free };
static const SbPowerStory step = { "migration", record_step, stage, examine_step, recording_free };

static void
learn_schemas (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (SbTearDisk) disk = sb_tear_disk_copy (sb_power_story_base ());
  g_autoptr (SbDb)       db = open_plain (disk, &error);

  g_assert_no_error (error);
  old_schema = sb_db_text (db, SCHEMA, "");
  g_assert_true (sb_migrate_step (db, sb_schema_version () + 1, next_step, &error));
  new_schema = sb_db_text (db, SCHEMA, "");
  g_assert_cmpstr (old_schema, !=, new_schema);
}

int
main (int    argc,
      char **argv)
{
  int result = sb_power_story_main (argc, argv, N_CUSTOMERS, learn_schemas, (const SbPowerStory *const[]) { &new_shop, &step, NULL });

  g_free (old_schema);
  g_free (new_schema);

  return result;
}
