#pragma once

#include "sb-tear-disk.h"

G_BEGIN_DECLS

/* The name of the layer for sqlite3_open_v2 () and sb_store_open (). It is SQLite's default, too, so that chance is seeded. */
#define SB_TEAR_VFS "tear"

void sb_tear_vfs_register (void);
/* The disk that files opened from now on lie on. Not owned; it must outlive them. */
void        sb_tear_vfs_insert (SbTearDisk *disk);
SbTearDisk *sb_tear_vfs_get_disk (void);
/* Empties the shared memory of the files on @disk, which nobody may be using: what a power cut leaves of it. */
void sb_tear_vfs_clear_memory (SbTearDisk *disk);
/* Starts SQLite's own chance (salts of the journal) anew. */
void sb_tear_vfs_seed (guint64 seed);

G_END_DECLS
