#pragma once

#include "sb-error.h"
#include "sb-json.h"

G_BEGIN_DECLS

/*
 * A list beside the database that is only ever appended to: what must outlive the return of an older shop file. Nobody is
 * named in it; people are hashes with the salt that each line repeats.
 */

/* JsonNode, each a line. NULL without error: there is no such list yet. A line torn by a power cut is left out. */
GPtrArray *sb_journal_read (const char *folder,
                            const char *name,
                            GError    **error);
/* On the disk when it returns; all of @lines (JsonObject) or, torn, less. */
gboolean sb_journal_append (const char *folder,
                            const char *name,
                            GPtrArray  *lines,
                            GError    **error);
gint64   sb_journal_get_size (const char *folder, /* bytes; 0: there is none */
                              const char *name);

G_END_DECLS
