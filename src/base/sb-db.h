#pragma once

#include <sqlite3.h>

#include "sb-error.h"

G_BEGIN_DECLS

/**
 * SbDb:
 *
 * One SQLite handle with GError, cached statements and checked pragmas. The only file that calls sqlite3_open and _prepare.
 * A handle belongs to one thread at a time.
 */
typedef struct _SbDb SbDb;

typedef enum
{
  SB_DB_READ_ONLY = 1 << 0,
  SB_DB_CREATE = 1 << 1,
  SB_DB_TIDY_LATER = 1 << 2, /* the journal is moved into the file by sb_db_tidy () alone, not by a commit that grew it */
} SbDbFlags;

SbDb    *sb_db_open (const char *path,
                     SbDbFlags   flags,
                     const char *vfs,
                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void     sb_db_close (SbDb *self);
sqlite3 *sb_db_get_handle (SbDb *self);

/* Runs a script of statements without parameters. */
gboolean sb_db_script (SbDb       *self,
                       const char *sql,
                       GError    **error);
/* Sets @error from the handle's last failure. Always FALSE. */
gboolean sb_db_fail (SbDb    *self,
                     GError **error);

/*
 * @sql must be a string that lives as long as the handle: it is the key of the statement cache. @types has a letter for each
 * value: i gint64, n gint (int), s text or NULL, b GBytes or NULL, d double.
 */
sqlite3_stmt *sb_db_query (SbDb       *self,
                           GError    **error,
                           const char *sql,
                           const char *types,
                           ...);
/* A statement made for one use, that the caller binds, steps and finalizes. */
sqlite3_stmt *sb_db_prepare (SbDb       *self,
                             const char *sql,
                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sb_db_exec (SbDb       *self,
                          GError    **error,
                          const char *sql,
                          const char *types,
                          ...);
/* TRUE: a row; FALSE without error: no more rows, and the statement is reset. */
gboolean sb_db_step (SbDb         *self,
                     sqlite3_stmt *statement,
                     GError      **error);
void     sb_db_done (sqlite3_stmt *statement);
/* The first column of the first row, @fallback where there is none or on a fault. */
gint64 sb_db_int (SbDb       *self,
                  gint64      fallback,
                  const char *sql,
                  const char *types,
                  ...);
char  *sb_db_text (SbDb       *self,
                   const char *sql,
                   const char *types,
                   ...);
gint64 sb_db_changes (SbDb *self);
/* False also when SQLite itself rolled back, as it does when the disk is full. */
gboolean sb_db_in_transaction (SbDb *self);
/* Moves what was committed from the journal into the file, when there is much of it: after the answers are out, so that nobody waits. */
void sb_db_tidy (SbDb *self);

char   *sb_db_dup_column (sqlite3_stmt *statement,
                          int           column);
GBytes *sb_db_dup_blob (sqlite3_stmt *statement,
                        int           column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbDb, sb_db_close)

G_END_DECLS
