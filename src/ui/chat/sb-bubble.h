#pragma once

#include <adwaita.h>

#include "sb-bubble-interactive.h"
#include "sb-engine.h"

G_BEGIN_DECLS

GtkWidget *sb_bubble_new (SbEngine        *engine,
                          const SbMessage *message,
                          const char      *customer,
                          const SbPressed *answer,
                          int             *widest);
char      *sb_bubble_dup_words (const SbMessage *message);

G_END_DECLS
