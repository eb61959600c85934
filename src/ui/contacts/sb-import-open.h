#pragma once

#include "sb-contacts-place.h"

G_BEGIN_DECLS

/* The ways a list comes in: chosen, pasted, dropped on the window. */
void     sb_import_open_file (SbContactsPlace *place);
void     sb_import_open_pasted (SbContactsPlace *place);
gboolean sb_import_open_path (SbContactsPlace *place,
                              const char      *path);
/* Does the name of the file speak of a list of contacts? */
gboolean sb_import_open_takes (const char *path);

G_END_DECLS
