/* Opening and closing the shop: the lock, the file, what is damaged, and the first rows of a new one. */
#include "sb-store-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <unistd.h>

#include "sb-shop-file.h"

/* Tables whose ids we made. */
static const char *const with_ids[] = {
  "event",
  "message",
  "inbound_raw",
  "forged",
  "gap",
  "contact",
  "identity",
  "thread",
  "attachment",
  "outbox",
  "due",
  "undo_step",
  "template",
  "line",
  "staff",
  "tag",
  "view",
  "quick_reply",
  "consent",
  "wording",
  "consent_question",
  "segment",
  "segment_member",
  "macro",
  "closing",
  "import",
  "stage",
  "field",
  "paper",
};

/* The clock may have been set back since: no new id may meet an old one. */
static gint64
last_id (SbDb *db)
{
  g_autoptr (GString) sql = g_string_new ("SELECT max (id) FROM (");

  for (gsize i = 0; i < G_N_ELEMENTS (with_ids); i++)
    g_string_append_printf (sql, "%sSELECT max (id) id FROM %s", i > 0 ? " UNION ALL " : "", with_ids[i]);
  g_string_append (sql, ")");

  return sb_db_int (db, 0, g_intern_string (sql->str), "");
}

static SbWriter *
writer_new (SbStore *self,
            SbDb    *db)
{
  SbWriter        *writer = g_new0 (SbWriter, 1);
  g_autofree char *part = NULL;

  writer->db = db;
  writer->reader = sb_reader_new_over (db, self->folder, FALSE);
  writer->clock = g_object_ref (self->clock);
  writer->folder = g_strdup (self->folder);
  writer->events = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_event_free);
  part = sb_db_text (db, "SELECT value FROM meta WHERE key = 'file-part'", "");
  writer->ids = sb_id_source_new (self->clock, part != NULL ? atoi (part) : 0, last_id (db));

  return writer;
}

static void
writer_free (SbWriter *writer)
{
  g_clear_object (&writer->reader);
  sb_id_source_free (writer->ids);
  g_object_unref (writer->clock);
  g_ptr_array_unref (writer->events);
  sb_db_close (writer->db);
  g_free (writer->folder);
  g_free (writer);
}

/* The first rows of a new shop: who it is, and its owner. */
static gboolean
found_shop (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  SbRandom        *random = data;
  g_autofree char *shop_id = sb_random_token (random, 22);
  g_autofree char *part = g_strdup_printf ("%u", sb_random_below (random, 512));
  SbNamed          owner = { .name = (char *) g_get_real_name (), .colour = 1, .role = SB_ROLE_OWNER, .active = TRUE };

  if (owner.name == NULL || g_str_equal (owner.name, "Unknown") || owner.name[0] == '\0' || g_str_equal (owner.name, "root"))
    /* Translators: how the first person of a shop is called whose name the computer does not know */
    owner.name = (char *) _("Owner");

  return sb_writer_set_meta (writer, "shop-id", shop_id, error) && sb_writer_set_meta (writer, "file-part", part, error) &&
         sb_writer_set_meta (writer, "kind", "shop", error) && sb_writer_save_named (writer, "staff", &owner, error) != 0;
}

/* A file that was found damaged is read as a whole once more before it is set aside. */
static gboolean
is_fit (SbStore *self,
        SbDb    *db,
        GError **error)
{
  g_autoptr (SbReader) reader = sb_reader_new_over (db, self->folder, FALSE);

  if (self->file_state == SB_FILE_DAMAGED)
    return sb_reader_look_over (reader, error);

  return self->file_state == SB_FILE_TRUSTED || sb_store_can_be_read (db, error);
}

static SbDb *
open_file (SbStore *self,
           GError **error)
{
  g_autoptr (SbDb) db = sb_store_open_db (self->path, SB_DB_CREATE, self->vfs, error);

  if (db == NULL || !is_fit (self, db, error))
    return NULL;
  if (self->file_state == SB_FILE_DAMAGED)
    self->file_state = SB_FILE_TRUSTED;
  if (!sb_migrate (db, self->folder, self->vfs, error))
    return NULL;

  return g_steal_pointer (&db);
}

static void
take_mark (SbStore *self)
{
  switch (sb_shop_file_get_mark (self->folder))
    {
    case SB_SHOP_MARK_OPEN:
      self->file_state = SB_FILE_UNCHECKED;
      break;
    case SB_SHOP_MARK_DAMAGED:
      self->file_state = SB_FILE_DAMAGED;
      break;
    case SB_SHOP_MARK_CLOSED:
    default:
      self->file_state = SB_FILE_TRUSTED;
    }
}

/* A damaged file is set aside and a fresh one made in its place; the owner is told where the old one lies. */
static SbDb *
open_or_set_aside (SbStore *self,
                   GError **error)
{
  g_autoptr (GError) failure = NULL;
  SbDb              *db = open_file (self, &failure);

  if (db != NULL)
    return db;
  if (!g_error_matches (failure, SB_ERROR, SB_ERROR_DAMAGED) || self->vfs != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  g_warning ("%s; it is set aside", failure->message);
  self->damaged_copy = sb_shop_file_set_aside (self->folder, sb_clock_now (self->clock), error);
  if (self->damaged_copy == NULL || !sb_shop_file_prepare (self->folder, TRUE, error))
    return NULL;
  self->file_state = SB_FILE_TRUSTED;

  return open_file (self, error);
}

static gboolean
open_writer (SbStore *self,
             GError **error)
{
  SbDb *db = open_or_set_aside (self, error);

  if (db == NULL)
    return FALSE;
  self->writer = writer_new (self, db);
  if (sb_db_int (db, 0, "SELECT count(*) FROM meta WHERE key = 'shop-id'", "") == 0)
    {
      if (!sb_store_run (self, found_shop, self->random, error))
        return FALSE;
      /* The file part of the ids is known only now. */
      writer_free (self->writer);
      self->writer = NULL;
      db = open_file (self, error);
      if (db == NULL)
        return FALSE;
      self->writer = writer_new (self, db);
    }

  return TRUE;
}

/* A writer is told by the migration; what only reads must not guess at columns of tomorrow either. */
static gboolean
is_readable (SbStore *self,
             GError **error)
{
  if (sb_db_int (sb_reader_get_db (self->reader), 0, "PRAGMA user_version", "") <= sb_schema_version ())
    return TRUE;

  g_set_error_literal (error, SB_ERROR, SB_ERROR_NEWER, "This shop was written by a newer Shopbell");

  return FALSE;
}

/**
 * sb_store_open:
 * @folder: the shop's folder
 * @vfs: (nullable): name of a registered SQLite VFS, for tests
 *
 * Fails with %SB_ERROR_BUSY (open elsewhere for writing), %SB_ERROR_NEWER (changing nothing), %SB_ERROR_NOT_FOUND,
 * %SB_ERROR_STORAGE. A damaged file does not fail: see sb_store_get_damaged_copy ().
 */
SbStore *
sb_store_open (const char  *folder,
               SbStoreFlags flags,
               SbClock     *clock,
               SbRandom    *random,
               const char  *vfs,
               GError     **error)
{
  g_autoptr (SbStore) self = g_object_new (SB_TYPE_STORE, NULL);
  gboolean            writes = !(flags & SB_STORE_READ_ONLY);

  self->folder = g_strdup (folder);
  self->path = vfs != NULL ? g_strdup ("shop.db") : g_build_filename (folder, "shop.db", NULL);
  self->vfs = g_strdup (vfs);
  self->flags = flags;
  self->clock = g_object_ref (clock);
  self->random = random;

  if (vfs == NULL)
    {
      if (writes && !sb_shop_file_prepare (folder, (flags & SB_STORE_CREATE) != 0, error))
        return NULL;
      if (!writes && !g_file_test (self->path, G_FILE_TEST_EXISTS))
        {
          g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no shop in %s", folder);
          return NULL;
        }
      if (writes && (self->lock_fd = sb_shop_file_lock (folder, error)) < 0)
        return NULL;
      if (writes)
        take_mark (self);
    }

  if (writes && !open_writer (self, error))
    return NULL;
  if (writes)
    sb_store_set_file_state (self, self->file_state);
  self->reader = sb_store_new_reader (self, error);
  if (self->reader == NULL || (!writes && !is_readable (self, error)))
    return NULL;
  if (writes && !(flags & SB_STORE_INLINE))
    {
      self->jobs = g_async_queue_new_full (g_object_unref);
      self->thread = g_thread_new ("shop-writer", sb_store_thread_main, self);
    }

  return g_steal_pointer (&self);
}

/* Waits for the commands that were handed in; their answers still come in the main context. */
void
sb_store_close (SbStore *self)
{
  if (self->thread != NULL)
    {
      g_async_queue_push (self->jobs, g_task_new (NULL, NULL, NULL, NULL));
      g_thread_join (g_steal_pointer (&self->thread));
    }
  g_clear_pointer (&self->jobs, g_async_queue_unref);
  g_clear_object (&self->reader);
  if (self->writer != NULL)
    {
      g_clear_pointer (&self->writer, writer_free);
      if (self->vfs == NULL && self->file_state == SB_FILE_TRUSTED)
        sb_shop_file_set_mark (self->folder, SB_SHOP_MARK_CLOSED);
    }
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}
