#pragma once

#include "sb-declaration.h"
#include "sb-reader.h"

G_BEGIN_DECLS

/* SbDeclaration, oldest first: of the imports that brought or changed the person and were not taken back. */
GPtrArray *sb_reader_list_declarations (SbReader *self,
                                        gint64    contact_id);
/* Does the shop say just this of the person already? */
gboolean sb_reader_has_declaration (SbReader   *self,
                                    gint64      contact_id,
                                    const char *method,
                                    const char *wording); /* (nullable) */

G_END_DECLS
