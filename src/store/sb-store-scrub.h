#pragma once

#include "sb-one-person.h"

G_BEGIN_DECLS

/*
 * What an erasure leaves outside of the rows: files of the media folder, the copies from before an update, and the journal of
 * the database, in which the old pages still lie. Blocking, any thread. @left gets a sentence for each thing that could not
 * be cleaned.
 */
void sb_store_scrub (SbStore         *self,
                     const SbErasure *erasure,
                     GPtrArray       *left);

/* Paper about an erasure: when, how many rows of what, the hash of the number; no name. Returns its path. */
char *sb_store_certify (SbStore         *self,
                        const SbErasure *erasure,
                        GPtrArray       *left,
                        GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* A command: after a restore, what the journal names is erased again. */
typedef struct
{
  GPtrArray *erasures; /* SbErasure */
} SbReapply;

gboolean sb_store_needs_reapply (SbStore *self);
gboolean sb_writer_reapply_erasures (SbWriter *self,
                                     gpointer  data, /* SbReapply */
                                     GError  **error);

G_END_DECLS
