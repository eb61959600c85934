#pragma once

#include "sb-one-person-private.h"

G_BEGIN_DECLS

/*
 * Where a person is named without a reference to them: rows of files that could not be used, and rows read from paper. They
 * are found by number, mail address and full name, in any spelling.
 */

/* Adds the rows that name the person to @tables. */
void sb_person_traces_export (SbDb       *db,
                              gint64      contact_id,
                              JsonObject *tables);

/* Removes them and counts them in @counts. Of paper, the picture of the page goes, too: its hash is added to @media. */
gboolean sb_person_traces_erase (SbDb       *db,
                                 gint64      contact_id,
                                 JsonObject *counts,
                                 GPtrArray  *media,
                                 GError    **error);

/* What proved the person's consent. A page of paper that proves nobody else's lets go of its picture. */
GPtrArray *sb_person_traces_release_evidence (SbDb       *db, /* char * */
                                              gint64      contact_id,
                                              JsonObject *counts,
                                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
