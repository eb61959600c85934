/* SQLite's view of an SbTearDisk: files, locks and the shared memory of the write-ahead log. For one thread. */
#include "sb-tear-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define N_SHARED_LOCKS 8

/* Of one file, by all who have it open. A power cut leaves nothing of it. */
typedef struct
{
  int      n_readers;
  gpointer reserved;
  gpointer pending;
  gpointer exclusive;

  GPtrArray *regions;
  int        region_size;
  int        n_mapped;
  int        n_shared[N_SHARED_LOCKS];
  gpointer   sole[N_SHARED_LOCKS];
} Locks;

typedef struct
{
  sqlite3_file base;
  SbTearFile  *file;
  int          level;
  gboolean     flushes_folder; /* the first flush of a new journal flushes its folder, too */
  gboolean     mapped;
  guint        shared_mask;
  guint        sole_mask;
} Handle;

static SbTearDisk *inserted;
static SbRandom   *chance;
static gint64      ticks;

static Locks *
locks_of (Handle *self)
{
  return self->file->locks;
}

static void
locks_free (gpointer data)
{
  Locks *locks = data;

  g_ptr_array_unref (locks->regions);
  g_free (locks);
}

/* -- bytes -- */

static int
read_file (sqlite3_file *handle,
           void         *buffer,
           int           length,
           sqlite3_int64 offset)
{
  const GByteArray *bytes = ((Handle *) handle)->file->bytes;
  gsize             there = offset < bytes->len ? MIN ((gsize) length, bytes->len - (gsize) offset) : 0;

  if (there > 0)
    memcpy (buffer, bytes->data + offset, there);
  if (there == (gsize) length)
    return SQLITE_OK;

  memset ((guint8 *) buffer + there, 0, length - there);

  return SQLITE_IOERR_SHORT_READ;
}

static int
write_file (sqlite3_file *handle,
            const void   *data,
            int           length,
            sqlite3_int64 offset)
{
  sb_tear_file_write (((Handle *) handle)->file, data, length, offset);

  return SQLITE_OK;
}

static int
truncate_file (sqlite3_file *handle,
               sqlite3_int64 size)
{
  sb_tear_file_truncate (((Handle *) handle)->file, size);

  return SQLITE_OK;
}

static int
sync_file (sqlite3_file *handle,
           int           flags)
{
  Handle *self = (Handle *) handle;

  sb_tear_file_flush (self->file, self->flushes_folder);
  self->flushes_folder = FALSE;

  return SQLITE_OK;
}

static int
file_size (sqlite3_file  *handle,
           sqlite3_int64 *size)
{
  *size = ((Handle *) handle)->file->bytes->len;

  return SQLITE_OK;
}

/* -- locks of the file -- */

static int
lock_file (sqlite3_file *handle,
           int           level)
{
  Handle *self = (Handle *) handle;
  Locks  *locks = locks_of (self);

  if (level <= self->level)
    return SQLITE_OK;
  if (self->level == SQLITE_LOCK_NONE)
    {
      if (locks->pending != NULL || locks->exclusive != NULL)
        return SQLITE_BUSY;
      locks->n_readers++;
      self->level = SQLITE_LOCK_SHARED;
    }
  if (level >= SQLITE_LOCK_RESERVED && self->level < SQLITE_LOCK_RESERVED)
    {
      if (locks->reserved != NULL)
        return SQLITE_BUSY;
      locks->reserved = self;
      self->level = SQLITE_LOCK_RESERVED;
    }
  if (level == SQLITE_LOCK_EXCLUSIVE)
    {
      if (locks->pending != NULL && locks->pending != self)
        return SQLITE_BUSY;
      locks->pending = self;
      if (locks->n_readers > 1)
        return SQLITE_BUSY;
      locks->exclusive = self;
      self->level = SQLITE_LOCK_EXCLUSIVE;
    }

  return SQLITE_OK;
}

static int
unlock_file (sqlite3_file *handle,
             int           level)
{
  Handle *self = (Handle *) handle;
  Locks  *locks = locks_of (self);

  if (self->level <= level)
    return SQLITE_OK;

  locks->exclusive = locks->exclusive == self ? NULL : locks->exclusive;
  locks->pending = locks->pending == self ? NULL : locks->pending;
  locks->reserved = locks->reserved == self ? NULL : locks->reserved;
  if (level == SQLITE_LOCK_NONE)
    locks->n_readers--;
  self->level = level;

  return SQLITE_OK;
}

static int
check_reserved (sqlite3_file *handle,
                int          *answer)
{
  *answer = locks_of ((Handle *) handle)->reserved != NULL;

  return SQLITE_OK;
}

static int
control (sqlite3_file *handle,
         int           operation,
         void         *argument)
{
  return SQLITE_NOTFOUND;
}

static int
sector_size (sqlite3_file *handle)
{
  return 4096;
}

static int
characteristics (sqlite3_file *handle)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* -- shared memory -- */

static int
map_memory (sqlite3_file   *handle,
            int             region,
            int             size,
            int             extend,
            void volatile **memory)
{
  Handle *self = (Handle *) handle;
  Locks  *locks = locks_of (self);

  if (!self->mapped)
    {
      self->mapped = TRUE;
      locks->n_mapped++;
    }
  locks->region_size = size;
  while (extend && locks->regions->len <= (guint) region)
    g_ptr_array_add (locks->regions, g_malloc0 (size));
  *memory = locks->regions->len > (guint) region ? locks->regions->pdata[region] : NULL;

  return SQLITE_OK;
}

static gboolean
may_lock (Handle *self,
          int     slot,
          int     flags)
{
  const Locks *locks = locks_of (self);
  int          others = locks->n_shared[slot] - ((self->shared_mask >> slot) & 1);

  if (locks->sole[slot] != NULL && locks->sole[slot] != self)
    return FALSE;

  return (flags & SQLITE_SHM_SHARED) != 0 || others == 0;
}

static void
set_lock (Handle *self,
          int     slot,
          int     flags)
{
  Locks *locks = locks_of (self);
  guint  bit = 1u << slot;

  if (flags & SQLITE_SHM_UNLOCK)
    {
      locks->n_shared[slot] -= (self->shared_mask & bit) != 0;
      locks->sole[slot] = self->sole_mask & bit ? NULL : locks->sole[slot];
      self->shared_mask &= ~bit;
      self->sole_mask &= ~bit;
    }
  else if (flags & SQLITE_SHM_SHARED)
    {
      locks->n_shared[slot] += (self->shared_mask & bit) == 0;
      self->shared_mask |= bit;
    }
  else
    {
      locks->sole[slot] = self;
      self->sole_mask |= bit;
    }
}

static int
lock_memory (sqlite3_file *handle,
             int           first,
             int           n,
             int           flags)
{
  Handle *self = (Handle *) handle;

  for (int i = first; flags & SQLITE_SHM_LOCK && i < first + n; i++)
    if (!may_lock (self, i, flags))
      return SQLITE_BUSY;
  for (int i = first; i < first + n; i++)
    set_lock (self, i, flags);

  return SQLITE_OK;
}

static void
barrier (sqlite3_file *handle)
{
}

static int
unmap_memory (sqlite3_file *handle,
              int           remove)
{
  Handle *self = (Handle *) handle;
  Locks  *locks = locks_of (self);

  if (!self->mapped)
    return SQLITE_OK;

  lock_memory (handle, 0, N_SHARED_LOCKS, SQLITE_SHM_UNLOCK);
  self->mapped = FALSE;
  if (--locks->n_mapped == 0)
    g_ptr_array_set_size (locks->regions, 0);

  return SQLITE_OK;
}

static int
close_file (sqlite3_file *handle)
{
  Handle *self = (Handle *) handle;

  unmap_memory (handle, 0);
  unlock_file (handle, SQLITE_LOCK_NONE);
  sb_tear_file_close (self->file);

  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = file_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_reserved,
  .xFileControl = control,
  .xSectorSize = sector_size,
  .xDeviceCharacteristics = characteristics,
  .xShmMap = map_memory,
  .xShmLock = lock_memory,
  .xShmBarrier = barrier,
  .xShmUnmap = unmap_memory,
};

/* -- the folder -- */

static int
open_file (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *handle,
           int           flags,
           int          *out_flags)
{
  Handle  *self = (Handle *) handle;
  gboolean create = (flags & SQLITE_OPEN_CREATE) != 0;
  gboolean temporary = name == NULL || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;

  memset (self, 0, sizeof *self);
  self->file = sb_tear_disk_open (inserted, temporary ? NULL : name, create);
  if (self->file == NULL)
    return SQLITE_CANTOPEN;

  if (self->file->locks == NULL)
    {
      Locks *locks = g_new0 (Locks, 1);

      locks->regions = g_ptr_array_new_with_free_func (g_free);
      self->file->locks = locks;
      self->file->free_locks = locks_free;
    }
  self->flushes_folder = create && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
  self->base.pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;

  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs,
             const char  *name,
             int          flush_folder)
{
  return sb_tear_disk_remove (inserted, name, flush_folder != 0) ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

static int
access_file (sqlite3_vfs *vfs,
             const char  *name,
             int          flags,
             int         *answer)
{
  *answer = sb_tear_disk_exists (inserted, name);

  return SQLITE_OK;
}

static int
full_name (sqlite3_vfs *vfs,
           const char  *name,
           int          length,
           char        *out)
{
  g_strlcpy (out, name, length);

  return SQLITE_OK;
}

static int
random_bytes (sqlite3_vfs *vfs,
              int          length,
              char        *out)
{
  sb_random_bytes (chance, (guint8 *) out, length);

  return length;
}

static int
sleep_for (sqlite3_vfs *vfs,
           int          microseconds)
{
  return microseconds;
}

static int
now (sqlite3_vfs   *vfs,
     sqlite3_int64 *milliseconds)
{
  *milliseconds = G_GINT64_CONSTANT (212600000000000) + ++ticks;

  return SQLITE_OK;
}

static int
last_error (sqlite3_vfs *vfs,
            int          length,
            char        *out)
{
  return 0;
}

void
sb_tear_vfs_register (void)
{
  static sqlite3_vfs vfs = {
    .iVersion = 2,
    .szOsFile = sizeof (Handle),
    .mxPathname = 256,
    .zName = SB_TEAR_VFS,
    .xOpen = open_file,
    .xDelete = delete_file,
    .xAccess = access_file,
    .xFullPathname = full_name,
    .xRandomness = random_bytes,
    .xSleep = sleep_for,
    .xGetLastError = last_error,
    .xCurrentTimeInt64 = now,
  };

  if (chance == NULL)
    chance = sb_random_new_seeded (1);
  g_assert (sqlite3_vfs_register (&vfs, 1) == SQLITE_OK);
}

void
sb_tear_vfs_insert (SbTearDisk *disk)
{
  inserted = disk;
}

SbTearDisk *
sb_tear_vfs_get_disk (void)
{
  return inserted;
}

static void
clear_memory (SbTearFile *file)
{
  Locks *locks = file->locks;

  if (locks == NULL)
    return;

  for (guint i = 0; i < N_SHARED_LOCKS; i++)
    g_assert (locks->n_shared[i] == 0 && locks->sole[i] == NULL);
  for (guint i = 0; i < locks->regions->len; i++)
    memset (locks->regions->pdata[i], 0, locks->region_size);
}

void
sb_tear_vfs_clear_memory (SbTearDisk *disk)
{
  sb_tear_disk_visit (disk, clear_memory);
}

void
sb_tear_vfs_seed (guint64 seed)
{
  sb_random_free (chance);
  chance = sb_random_new_seeded (seed);
  sqlite3_randomness (0, NULL);
}
