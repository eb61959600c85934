#pragma once

#include <sqlite3.h>

#include "sb-error.h"

G_BEGIN_DECLS

/**
 * SbMailboxDb:
 *
 * One handle on the mailbox file, with statements that are prepared once. Parameter types: 'i' gint64, 's' text, 'b' GBytes;
 * text and bytes must outlive the statement's run. One thread at a time.
 */
typedef struct _SbMailboxDb SbMailboxDb;

SbMailboxDb *sb_mailbox_db_open (const char *dir,
                                 gboolean    read_only,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void         sb_mailbox_db_close (SbMailboxDb *self);

gboolean      sb_mailbox_db_script (SbMailboxDb *self,
                                    const char  *sql,
                                    GError     **error);
void          sb_mailbox_db_tidy (SbMailboxDb *self);
gboolean      sb_mailbox_db_in_transaction (SbMailboxDb *self);
sqlite3_stmt *sb_mailbox_db_query (SbMailboxDb *self,
                                   GError     **error,
                                   const char  *sql,
                                   const char  *types,
                                   ...);
gboolean      sb_mailbox_db_step (SbMailboxDb  *self,
                                  sqlite3_stmt *statement,
                                  GError      **error);
gboolean      sb_mailbox_db_exec (SbMailboxDb *self,
                                  GError     **error,
                                  const char  *sql,
                                  const char  *types,
                                  ...);
gint64        sb_mailbox_db_int (SbMailboxDb *self,
                                 gint64       fallback,
                                 const char  *sql,
                                 const char  *types,
                                 ...);
gint64        sb_mailbox_db_changes (SbMailboxDb *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMailboxDb, sb_mailbox_db_close)

G_END_DECLS
