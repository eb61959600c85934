#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a dialog of @window rises from below, the keys go where they would go in a wide one. */
void sb_sheet_focus_keep (AdwApplicationWindow *window);

G_END_DECLS
