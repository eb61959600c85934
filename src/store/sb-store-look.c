/*
 * Whether the file is whole. After an unclean end the start reads only what it is about to use, so that the window comes as
 * quickly as ever; every page is read in a worker right after, and nothing leaves or enters the shop until that said yes.
 */
#include "sb-store-private.h"

#include <gio/gio.h>

#include "sb-shop-file.h"

/* The newest rows are those a cut can have hurt, and those that are wanted first. */
static const char *const newest[] = {
  "SELECT * FROM sqlite_schema",
  "SELECT * FROM meta",
  "SELECT * FROM counter",
  "SELECT * FROM line",
  "SELECT * FROM cursor",
  "SELECT * FROM event ORDER BY id DESC LIMIT 100",
  "SELECT * FROM inbound_raw ORDER BY id DESC LIMIT 100",
  "SELECT * FROM message ORDER BY id DESC LIMIT 100",
  "SELECT * FROM outbox ORDER BY id DESC LIMIT 100",
  "SELECT * FROM outbox WHERE state = 3",
  "SELECT * FROM due ORDER BY at, id LIMIT 100",
  "SELECT * FROM thread t JOIN contact c ON c.id = t.contact_id ORDER BY t.pinned DESC, t.last_at DESC, t.id DESC LIMIT 100",
};

/* A table may be missing: the file may be of an older Shopbell, or half made. */
gboolean
sb_store_can_be_read (SbDb    *db,
                      GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (newest); i++)
    {
      g_autoptr (GError) failure = NULL;

      if (!sb_db_exec (db, &failure, newest[i], "") && g_error_matches (failure, SB_ERROR, SB_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * sb_reader_look_over:
 *
 * Reads every page, which takes seconds in a large shop: for a worker. %SB_ERROR_DAMAGED says what is wrong,
 * %G_IO_ERROR_CANCELLED that sb_reader_interrupt () came first.
 */
gboolean
sb_reader_look_over (SbReader *self,
                     GError  **error)
{
  SbDb              *db = sb_reader_get_db (self);
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt      *statement = sb_db_query (db, &failure, "PRAGMA quick_check (1)", "");
  g_autofree char   *answer = NULL;

  if (sb_db_step (db, statement, &failure))
    answer = sb_db_dup_column (statement, 0);
  sb_db_done (statement);
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;

  if (failure != NULL && sqlite3_errcode (sb_db_get_handle (db)) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, failure->message);
  else
    g_set_error_literal (error, SB_ERROR, SB_ERROR_DAMAGED, answer != NULL ? answer : failure != NULL ? failure->message
                                                                                                      : "The file cannot be read");

  return FALSE;
}

SbFileState
sb_store_get_file_state (SbStore *self)
{
  return self->file_state;
}

/* What was found by looking: a damaged file is set aside at the next start, when it is found so once more. */
void
sb_store_set_file_state (SbStore    *self,
                         SbFileState state)
{
  self->file_state = state;
  if (self->writer != NULL && self->vfs == NULL)
    sb_shop_file_set_mark (self->folder, state == SB_FILE_DAMAGED ? SB_SHOP_MARK_DAMAGED : SB_SHOP_MARK_OPEN);
}
