#pragma once

#include <adwaita.h>

#include "sb-practice-server.h"

G_BEGIN_DECLS

#define SB_TYPE_PHONE_PANE (sb_phone_pane_get_type ())

G_DECLARE_FINAL_TYPE (SbPhonePane, sb_phone_pane, SB, PHONE_PANE, AdwBin)

GtkWidget *sb_phone_pane_new (SbEngine         *engine,
                              SbPracticeServer *server);
void       sb_phone_pane_follow (SbPhonePane *self,
                                 gint64       thread_id);

G_END_DECLS
