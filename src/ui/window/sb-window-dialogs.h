#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Looks after the dialogs of @window: they get the keys and are whole in a narrow one, too. */
void sb_window_dialogs_keep (AdwApplicationWindow *window);

G_END_DECLS
