#pragma once

#include "sb-contacts-place.h"

#include "sb-engine-import-draft.h"

G_BEGIN_DECLS

/**
 * SbImportPage:
 *
 * A file becomes people: its columns, every row's fate before anything is written, the fix at the foot, then the writing and
 * what came of it. A page, not a dialog: it can be left.
 */
#define SB_TYPE_IMPORT_PAGE (sb_import_page_get_type ())

G_DECLARE_FINAL_TYPE (SbImportPage, sb_import_page, SB, IMPORT_PAGE, AdwNavigationPage)

/* @path or @text */
AdwNavigationPage *sb_import_page_new (SbContactsPlace *place,
                                       const char      *path,
                                       const char      *text);

/* One that was begun before; its draft is taken. */
AdwNavigationPage *sb_import_page_new_draft (SbContactsPlace *place,
                                             SbImportDraft   *draft);

G_END_DECLS
