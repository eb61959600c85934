#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

GtkWidget *sb_bubble_new (SbEngine        *engine,
                          const SbMessage *message,
                          const char      *customer,
                          gboolean         newest_own);

G_END_DECLS
