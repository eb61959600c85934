/*
 * The indexes of words grow by parts: each commit adds a small one, and a search looks into all of them. Parts of like size are
 * put together step by step, so that a word is looked for in a few places, however long the shop has existed.
 */
#include "sb-writer-index.h"

#include "sb-store-private.h"

/* What one step writes: some milliseconds of work. */
#define STEP_PAGES 16

typedef struct
{
  const char *two; /* two parts of one size are enough to be put together */
  const char *is_two;
  const char *merge;
} Index;

#define INDEX(name)                                                                    \
  {                                                                                    \
    .two = "INSERT INTO " name " (" name ", rank) VALUES ('usermerge', 2)",            \
    .is_two = "SELECT count (*) FROM " name "_config WHERE k = 'usermerge' AND v = 2", \
    .merge = "INSERT INTO " name " (" name ", rank) VALUES ('merge', ?)",              \
  }

static const Index indexes[] = {
  INDEX ("message_fts"),
  INDEX ("contact_fts"),
  INDEX ("attachment_fts"),
  INDEX ("media_text_fts"),
};

/* The command itself counts as one change; anything beyond it is work that was done. */
static gboolean
merge (SbDb        *db,
       const Index *index,
       gboolean    *worked,
       GError     **error)
{
  sqlite3 *handle = sb_db_get_handle (db);
  gint64   before;

  if (sb_db_int (db, 0, index->is_two, "") == 0 && !sb_db_exec (db, error, index->two, ""))
    return FALSE;

  before = sqlite3_total_changes64 (handle);
  if (!sb_db_exec (db, error, index->merge, "n", STEP_PAGES))
    return FALSE;
  *worked = sqlite3_total_changes64 (handle) - before >= 2;

  return TRUE;
}

gboolean
sb_writer_merge_index (SbWriter *self,
                       gboolean *more,
                       GError  **error)
{
  *more = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (indexes) && !*more; i++)
    if (!merge (self->db, &indexes[i], more, error))
      return FALSE;

  return TRUE;
}
