#pragma once

#include "sb-contacts-place.h"

G_BEGIN_DECLS

/* The ways a list comes in: chosen, pasted, dropped on the window. */
void     sb_import_open_file (SbContactsPlace *place);
void     sb_import_open_pasted (SbContactsPlace *place);
gboolean sb_import_open_path (SbContactsPlace *place,
                              const char      *path);
/* contacts.import-file and contacts.import-pasted, on the place; the menu has these and the ways from paper. */
void        sb_import_open_install (GtkWidgetClass *klass);
GMenuModel *sb_import_open_menu (void) G_GNUC_WARN_UNUSED_RESULT;
/* “Import…”, with that menu, for a place where there is nobody yet. */
GtkWidget *sb_import_open_button (void);
/* Does the name of the file speak of a list of contacts? */
gboolean sb_import_open_takes (const char *path);

/* Files that were dropped or pasted: the first that is a list is brought in, the first that is paper is read. FALSE: none of them. */
gboolean sb_import_open_files (SbContactsPlace *place,
                               GdkFileList     *files);

G_END_DECLS
