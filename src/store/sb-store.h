#pragma once

#include "sb-id.h"
#include "sb-random.h"
#include "sb-reader.h"

G_BEGIN_DECLS

/**
 * SbStore:
 *
 * The shop file and the one thread that writes it. Whoever wants a change hands in a command; the thread runs it inside a
 * transaction and answers after the commit reached the disk. Several waiting commands share one commit, each in a savepoint
 * of its own, so that one failing leaves the others alone.
 *
 * With SB_STORE_INLINE there is no thread: commands run at once on the caller's. That is for tests that play with time, for
 * power-cut tests, and for the command line.
 */
#define SB_TYPE_STORE (sb_store_get_type ())

G_DECLARE_FINAL_TYPE (SbStore, sb_store, SB, STORE, GObject)

typedef enum
{
  SB_STORE_DEFAULT = 0,
  SB_STORE_INLINE = 1 << 0,
  SB_STORE_READ_ONLY = 1 << 1, /* open for reading beside another program */
  SB_STORE_CREATE = 1 << 2,    /* make the folder and the file when absent */
} SbStoreFlags;

SbStore    *sb_store_open (const char  *folder,
                           SbStoreFlags flags,
                           SbClock     *clock,
                           SbRandom    *random,
                           const char  *vfs,
                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void        sb_store_close (SbStore *self);
const char *sb_store_get_folder (SbStore *self);
gboolean    sb_store_is_read_only (SbStore *self);
char       *sb_store_get_damaged_copy (SbStore *self);
SbReader   *sb_store_get_reader (SbStore *self);
SbReader   *sb_store_new_reader (SbStore *self,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
SbClock    *sb_store_get_clock (SbStore *self);

/* After an unclean end the file is not trusted until a worker has read all of it with sb_reader_look_over (). */
typedef enum
{
  SB_FILE_TRUSTED,
  SB_FILE_UNCHECKED,
  SB_FILE_DAMAGED,
} SbFileState;

SbFileState sb_store_get_file_state (SbStore *self);
void        sb_store_set_file_state (SbStore    *self,
                                     SbFileState state);

/* What a command works with. It lives in the writing thread; a command never keeps it. */
typedef struct _SbWriter SbWriter;

/* Changes rows and appends events through the sb_writer_* functions. FALSE with @error rolls back all it did. */
typedef gboolean (*SbCommand) (SbWriter *writer,
                               gpointer  data,
                               GError  **error);

void     sb_store_run_async (SbStore            *self,
                             SbCommand           command,
                             gpointer            data,
                             GDestroyNotify      destroy,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
gboolean sb_store_run_finish (SbStore      *self,
                              GAsyncResult *result,
                              GError      **error);
gpointer sb_store_get_command_data (GAsyncResult *result);
gboolean sb_store_run (SbStore  *self,
                       SbCommand command,
                       gpointer  data,
                       GError  **error);

/*
 * Signal "committed" (GPtrArray *events): in the main context, after each commit, the SbEvent that it appended, in order.
 * Models of the window listen to it; it is a hint, the log with its cursors is the truth.
 */

G_END_DECLS
