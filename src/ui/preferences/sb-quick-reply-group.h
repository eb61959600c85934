#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_QUICK_REPLY_GROUP (sb_quick_reply_group_get_type ())

G_DECLARE_FINAL_TYPE (SbQuickReplyGroup, sb_quick_reply_group, SB, QUICK_REPLY_GROUP, AdwPreferencesGroup)

GtkWidget *sb_quick_reply_group_new (SbEngine *engine);

G_END_DECLS
