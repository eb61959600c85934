#pragma once

#include <adwaita.h>

#include "sb-window.h"

G_BEGIN_DECLS

AdwDialog *sb_search_dialog_new (SbEngine *engine,
                                 SbWindow *window);
void       sb_search_dialog_set_words (AdwDialog  *dialog,
                                       const char *words);

G_END_DECLS
