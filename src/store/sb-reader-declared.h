#pragma once

#include "sb-declaration.h"
#include "sb-reader.h"

G_BEGIN_DECLS

/* SbDeclaration, oldest first: of the imports that brought or changed the person and were not taken back. */
GPtrArray *sb_reader_list_declarations (SbReader *self,
                                        gint64    contact_id);

G_END_DECLS
