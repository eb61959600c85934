#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/* Every act on the conversation, as actions of the desk. (transfer full) */
GMenuModel *sb_thread_menu_new (SbEngine       *engine,
                                const SbThread *thread);

G_END_DECLS
