#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_QUICK_REPLY_MENU (sb_quick_reply_menu_get_type ())

G_DECLARE_FINAL_TYPE (SbQuickReplyMenu, sb_quick_reply_menu, SB, QUICK_REPLY_MENU, GtkPopover)

/* "chosen" (const char *text): with its gaps as they were written. */
GtkWidget *sb_quick_reply_menu_new (SbEngine *engine);

G_END_DECLS
