#pragma once

#include "sb-contacts-place.h"

G_BEGIN_DECLS

/* "Export…": everybody, as a spreadsheet, a text or phone contacts. */
void sb_contacts_export (SbContactsPlace *place);

G_END_DECLS
