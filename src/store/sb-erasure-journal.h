#pragma once

#include "sb-error.h"

G_BEGIN_DECLS

/**
 * SbErasureJournal:
 *
 * Who was erased, as hashes, in a file beside the database: a backup from before an erasure brings the rows back, not this.
 * Each line is one erasure; only ever appended to.
 */
typedef struct
{
  char      *salt;
  GPtrArray *lines; /* SbErasureLine */
} SbErasureJournal;

typedef struct
{
  gint64     at;
  GPtrArray *hashes; /* char * */
} SbErasureLine;

/* NULL without error: nobody was erased yet. A torn last line is left out. */
SbErasureJournal *sb_erasure_journal_read (const char *folder,
                                           GError    **error);
void              sb_erasure_journal_free (SbErasureJournal *self);
/* On the disk when it returns. */
gboolean sb_erasure_journal_append (const char *folder,
                                    const char *salt,
                                    gint64      at,
                                    GPtrArray  *hashes,
                                    GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbErasureJournal, sb_erasure_journal_free)

G_END_DECLS
