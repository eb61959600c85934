#pragma once

#include "sb-message-row.h"

G_BEGIN_DECLS

void        sb_message_acts_install (GtkWidgetClass *widget_class);
void        sb_message_acts_enable (SbMessageRow *row);
GMenuModel *sb_message_acts_menu (SbMessageRow *row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
