#pragma once

#include "sb-contacts-place.h"

G_BEGIN_DECLS

/**
 * SbImportsPage:
 *
 * All lists that came in, newest first, and beside them what came of the one that is chosen.
 */
#define SB_TYPE_IMPORTS_PAGE (sb_imports_page_get_type ())

G_DECLARE_FINAL_TYPE (SbImportsPage, sb_imports_page, SB, IMPORTS_PAGE, AdwBreakpointBin)

GtkWidget *sb_imports_page_new (SbContactsPlace *place);
void       sb_imports_page_show (SbImportsPage *self,
                                 gint64         import_id);

G_END_DECLS
