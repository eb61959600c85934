#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_CONNECT_DIALOG (sb_connect_dialog_get_type ())

G_DECLARE_FINAL_TYPE (SbConnectDialog, sb_connect_dialog, SB, CONNECT_DIALOG, AdwDialog)

AdwDialog *sb_connect_dialog_new (SbEngine *engine);

G_END_DECLS
