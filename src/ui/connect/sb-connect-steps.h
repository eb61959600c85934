#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SB_TYPE_CONNECT_STEPS (sb_connect_steps_get_type ())

G_DECLARE_FINAL_TYPE (SbConnectSteps, sb_connect_steps, SB, CONNECT_STEPS, AdwBin)

GtkWidget *sb_connect_steps_new (const char *const *titles);
void       sb_connect_steps_show (SbConnectSteps *self,
                                  guint           current);

G_END_DECLS
