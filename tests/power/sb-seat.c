#include "sb-seat.h"

#include <string.h>

#include "sb-store-private.h"
#include "sb-tear-vfs.h"

#define FILE_NAME     "shop.db"
#define LOG_NAME      "shop.db-wal"
#define FILE_HEADER   100
#define WRITE_VERSION 18 /* in the header of the file: 2 with a write-ahead log */
#define LOG_HEADER    32
#define LOG_MAGIC     0x377f0682 /* sums over words of the least byte first */
#define LOG_SUMMED    24

/* A handle, in use or waiting for the next shop. */
typedef struct
{
  SbDb     *db;
  SbDbFlags flags;
  gboolean  in_use;
  char     *schema; /* ref string: all of it as text, as the handle has read it; NULL: not known yet */
  gint64    version;
} Handle;

typedef struct
{
  SbTearDisk *disk;
  GPtrArray  *handles;
  gboolean    taken;
  char       *schema; /* (nullable): ref string: of this disk, as the first handle found it */
  gint64      version;
} Seat;

static GPtrArray *seats;
static gboolean   is_cold;

SbDb *__real_sb_store_open_db (const char *path,
                               SbDbFlags   flags,
                               const char *vfs,
                               GError    **error);
SbDb *__wrap_sb_store_open_db (const char *path,
                               SbDbFlags   flags,
                               const char *vfs,
                               GError    **error);
void  __real_sb_db_close (SbDb *db);
void  __wrap_sb_db_close (SbDb *db);

/* -- what a handle knows -- */

static void
handle_free (gpointer data)
{
  Handle *handle = data;

  __real_sb_db_close (handle->db);
  g_clear_pointer (&handle->schema, g_ref_string_release);
  g_free (handle);
}

/* (nullable) (transfer full): a ref string */
static char *
schema_of (SbDb *db)
{
  sqlite3_stmt       *rows = sb_db_query (db, NULL, "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema", "");
  g_autoptr (GString) text = g_string_sized_new (128 << 10);
  g_autoptr (GError)  error = NULL;

  while (sb_db_step (db, rows, &error))
    for (int i = 0; i < 5; i++)
      {
        const char *column = (const char *) sqlite3_column_text (rows, i);

        g_string_append_len (text, column != NULL ? column : "", sqlite3_column_bytes (rows, i));
        g_string_append_c (text, '\n');
      }

  return error == NULL && text->len > 0 ? g_ref_string_new_len (text->str, text->len) : NULL;
}

static gint64
version_of (SbDb *db)
{
  return sb_db_int (db, -1, "PRAGMA schema_version", "");
}

/* FALSE: what it has read is not what is there; SQLite notices by the number of the version, which two disks may share. */
static gboolean
handle_begin (Handle *self,
              Seat   *seat)
{
  gint64 version;

  if (sqlite3_file_control (sb_db_get_handle (self->db), "main", SQLITE_FCNTL_RESET_CACHE, NULL) != SQLITE_OK)
    return FALSE;
  version = version_of (self->db);
  if (seat->schema == NULL || seat->version != version)
    {
      g_clear_pointer (&seat->schema, g_ref_string_release);
      seat->schema = schema_of (self->db);
      seat->version = version;
    }
  if (version < 0 || seat->schema == NULL || (version == self->version && strcmp (seat->schema, self->schema) != 0))
    return FALSE;

  g_ref_string_release (self->schema);
  self->schema = g_ref_string_acquire (seat->schema);
  self->version = version;
  self->in_use = TRUE;

  return TRUE;
}

/* FALSE: it is in the midst of something. */
static gboolean
handle_rest (Handle *self)
{
  sqlite3 *sqlite = sb_db_get_handle (self->db);

  for (sqlite3_stmt *statement = sqlite3_next_stmt (sqlite, NULL); statement != NULL; statement = sqlite3_next_stmt (sqlite, statement))
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }
  if (sqlite3_txn_state (sqlite, NULL) != SQLITE_TXN_NONE)
    return FALSE;

  if (self->schema == NULL || version_of (self->db) != self->version)
    {
      g_clear_pointer (&self->schema, g_ref_string_release);
      self->schema = schema_of (self->db);
      self->version = version_of (self->db);
    }
  self->in_use = FALSE;

  return self->schema != NULL;
}

/* -- in the place of what the store calls -- */

static Seat *
seat_of (SbTearDisk *disk)
{
  for (guint i = 0; seats != NULL && i < seats->len; i++)
    if (((Seat *) seats->pdata[i])->disk == disk)
      return seats->pdata[i];

  return NULL;
}

static Handle *
waiting_handle (Seat     *seat,
                SbDbFlags flags)
{
  for (guint i = 0; i < seat->handles->len; i++)
    {
      Handle *handle = seat->handles->pdata[i];

      if (!handle->in_use && handle->flags == flags)
        return handle;
    }

  return NULL;
}

SbDb *
__wrap_sb_store_open_db (const char *path,
                         SbDbFlags   flags,
                         const char *vfs,
                         GError    **error)
{
  Seat   *seat = seat_of (sb_tear_vfs_get_disk ());
  Handle *handle = seat != NULL ? waiting_handle (seat, flags) : NULL;
  SbDb   *db;

  if (handle != NULL && handle_begin (handle, seat))
    return handle->db;

  if (handle != NULL)
    g_ptr_array_remove_fast (seat->handles, handle);
  db = __real_sb_store_open_db (path, flags, vfs, error);
  if (db != NULL && seat != NULL)
    {
      handle = g_new0 (Handle, 1);
      handle->db = db;
      handle->flags = flags;
      handle->in_use = TRUE;
      g_ptr_array_add (seat->handles, handle);
    }

  return db;
}

void
__wrap_sb_db_close (SbDb *db)
{
  for (guint i = 0; seats != NULL && i < seats->len; i++)
    {
      Seat *seat = seats->pdata[i];

      for (guint j = 0; j < seat->handles->len; j++)
        {
          Handle *handle = seat->handles->pdata[j];

          if (handle->db != db)
            continue;
          if (!handle_rest (handle))
            g_ptr_array_remove_index_fast (seat->handles, j);
          return;
        }
    }

  __real_sb_db_close (db);
}

/* -- disks come and go -- */

static guint32
word_at (const guint8 *bytes,
         gboolean      least_first)
{
  guint32 word;

  memcpy (&word, bytes, sizeof word);

  return least_first ? GUINT32_FROM_LE (word) : GUINT32_FROM_BE (word);
}

/* SQLite takes the number of the log and its salts from here; where they cannot be read it makes them anew, but only on a new handle. */
static gboolean
has_log_header (const GByteArray *log)
{
  guint32 a = 0, b = 0;

  if (log == NULL || log->len < LOG_HEADER || word_at (log->data, FALSE) != LOG_MAGIC)
    return FALSE;

  for (guint i = 0; i < LOG_SUMMED; i += 8)
    {
      a += word_at (log->data + i, TRUE) + b;
      b += word_at (log->data + i + 4, TRUE) + a;
    }

  return a == word_at (log->data + LOG_SUMMED, FALSE) && b == word_at (log->data + LOG_SUMMED + 4, FALSE);
}

static gboolean
may_sit (SbTearDisk *left)
{
  const GByteArray *file = sb_tear_disk_get_bytes (left, FILE_NAME);

  return sb_tear_disk_n_names (left) == 2 && file != NULL && file->len >= FILE_HEADER && file->data[WRITE_VERSION] == 2 && file->data[WRITE_VERSION + 1] == 2 &&
         has_log_header (sb_tear_disk_get_bytes (left, LOG_NAME));
}

static void
seat_free (gpointer data)
{
  Seat *seat = data;

  sb_tear_vfs_insert (seat->disk);
  g_ptr_array_unref (seat->handles);
  sb_tear_disk_free (seat->disk);
  g_clear_pointer (&seat->schema, g_ref_string_release);
  g_free (seat);
}

static Seat *
free_seat (void)
{
  for (guint i = 0; i < seats->len; i++)
    if (!((Seat *) seats->pdata[i])->taken)
      return seats->pdata[i];

  return NULL;
}

SbTearDisk *
sb_seat_take (SbTearDisk *left)
{
  Seat *seat;

  if (is_cold || !may_sit (left))
    return left;

  if (seats == NULL)
    seats = g_ptr_array_new_with_free_func (seat_free);
  seat = free_seat ();
  if (seat == NULL)
    {
      seat = g_new0 (Seat, 1);
      seat->disk = left;
      seat->handles = g_ptr_array_new_with_free_func (handle_free);
      g_ptr_array_add (seats, seat);
    }
  else
    {
      sb_tear_vfs_insert (seat->disk);
      sb_tear_vfs_clear_memory (seat->disk);
      sb_tear_disk_exchange (seat->disk, left);
      g_clear_pointer (&seat->schema, g_ref_string_release);
    }
  seat->taken = TRUE;

  return seat->disk;
}

static gboolean
all_rest (Seat *seat)
{
  for (guint i = 0; i < seat->handles->len; i++)
    if (((Handle *) seat->handles->pdata[i])->in_use)
      return FALSE;

  return seat->handles->len > 0;
}

void
sb_seat_leave (SbTearDisk *disk,
               gboolean    fit)
{
  Seat *seat = seat_of (disk);

  if (seat == NULL)
    sb_tear_disk_free (disk);
  else if (!fit || !all_rest (seat) || sb_tear_disk_n_names (disk) != 2)
    g_ptr_array_remove (seats, seat);
  else
    seat->taken = FALSE;
}

void
sb_seat_set_warm (gboolean warm)
{
  is_cold = !warm;
}

void
sb_seat_finish (void)
{
  g_clear_pointer (&seats, g_ptr_array_unref);
}
