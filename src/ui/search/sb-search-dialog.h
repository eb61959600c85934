#pragma once

#include <adwaita.h>

#include "sb-window.h"

G_BEGIN_DECLS

AdwDialog *sb_search_dialog_new (SbEngine *engine,
                                 SbWindow *window);

G_END_DECLS
