#pragma once

#include <gio/gio.h>

#include "sb-mailbox-db.h"

G_BEGIN_DECLS

/**
 * SbMailboxStore:
 *
 * Two threads on the mailbox file. The writer takes everything that waits into one transaction and answers after the commit, so
 * that a hundred events cost one wait for the disk; the reader answers questions beside it.
 */
typedef struct _SbMailboxStore SbMailboxStore;

/* Runs in a thread, inside a transaction, on plain data. */
typedef gboolean (*SbMailboxFunc) (SbDb    *db,
                                   gpointer data,
                                   GError **error);

SbMailboxStore *sb_mailbox_store_open (const char *dir,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void            sb_mailbox_store_close (SbMailboxStore *self);

void     sb_mailbox_store_write_async (SbMailboxStore     *self,
                                       SbMailboxFunc       func,
                                       gpointer            data,
                                       GDestroyNotify      free_data,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
void     sb_mailbox_store_read_async (SbMailboxStore     *self,
                                      SbMailboxFunc       func,
                                      gpointer            data,
                                      GDestroyNotify      free_data,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gpointer sb_mailbox_store_finish (GAsyncResult *result,
                                  GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMailboxStore, sb_mailbox_store_close)

G_END_DECLS
