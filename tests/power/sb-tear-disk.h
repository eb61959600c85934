#pragma once

#include "sb-random.h"

G_BEGIN_DECLS

/**
 * SbTearDisk:
 *
 * A disk in memory that remembers in which order it was written to and what was flushed. Run a program on it to the end,
 * then ask as often as you like what a power cut at operation N would have left: another disk. Until its file is flushed, a
 * write may be lost, come before an earlier one, or arrive in part (whole sectors, or rubbish within its bytes); a new or
 * deleted name may be undone until the folder is flushed. The bytes beside a write are never touched, as with real disks
 * (SQLite's "powersafe overwrite").
 */
typedef struct _SbTearDisk SbTearDisk;

/* A file as the running program sees it; names point to it. */
typedef struct
{
  int            n_users;
  guint          number; /* in the log; G_MAXUINT: a temporary file, never logged */
  SbTearDisk    *disk;
  GByteArray    *bytes;
  gpointer       locks; /* of the layer above */
  GDestroyNotify free_locks;
} SbTearFile;

SbTearDisk *sb_tear_disk_new (void);
void        sb_tear_disk_free (SbTearDisk *self);
/* Flushes do nothing: what a disk that lies does. To see that the tests would notice. */
void sb_tear_disk_set_lying (SbTearDisk *self,
                             gboolean    lying);
/* Called after each write and flush; may itself use the disk, and is then not called again. */
void  sb_tear_disk_set_hook (SbTearDisk *self,
                             void (*hook) (gpointer data),
                             gpointer data);
guint sb_tear_disk_n_operations (SbTearDisk *self);

SbTearFile *sb_tear_disk_open (SbTearDisk *self,
                               const char *name, /* NULL: a temporary file */
                               gboolean    create);
void        sb_tear_file_close (SbTearFile *file);
gboolean    sb_tear_disk_exists (SbTearDisk *self,
                                 const char *name);
gboolean    sb_tear_disk_remove (SbTearDisk *self,
                                 const char *name,
                                 gboolean    flush_folder);
void        sb_tear_file_write (SbTearFile   *file,
                                const guint8 *data,
                                gsize         length,
                                gsize         offset);
void        sb_tear_file_truncate (SbTearFile *file,
                                   gsize       size);
void        sb_tear_file_flush (SbTearFile *file,
                                gboolean    flush_folder);

/* What is left when the power fails after the first @n operations, all flushed. Cheapest when @n grows from call to call. */
SbTearDisk *sb_tear_disk_cut (SbTearDisk *self,
                              guint       n,
                              SbRandom   *random) G_GNUC_WARN_UNUSED_RESULT;
/* A disk that was left by a cut remembers only from here on what is done to it, as if its files had just been written and flushed. */
void sb_tear_disk_remember (SbTearDisk *self);
/* The same files on a new disk, all flushed. */
SbTearDisk *sb_tear_disk_copy (SbTearDisk *self) G_GNUC_WARN_UNUSED_RESULT;

/* Puts the files of @other, with its log, under those who have files of the same names open here. Takes @other. */
void  sb_tear_disk_exchange (SbTearDisk *self,
                             SbTearDisk *other);
guint sb_tear_disk_n_names (SbTearDisk *self);
/* A number for all names and bytes. */
guint64 sb_tear_disk_hash (SbTearDisk *self);
/* (nullable) */
const GByteArray *sb_tear_disk_get_bytes (SbTearDisk *self,
                                          const char *name);
/* Calls @visit with each file that has a name. */
void sb_tear_disk_visit (SbTearDisk *self,
                         void (*visit) (SbTearFile *file));

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbTearDisk, sb_tear_disk_free)

G_END_DECLS
