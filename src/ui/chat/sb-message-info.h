#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

void sb_message_info_present (SbEngine        *engine,
                              const SbMessage *message,
                              GtkWidget       *parent);

G_END_DECLS
