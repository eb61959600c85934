#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

GtkWidget *sb_bubble_quote_new (SbEngine        *engine,
                                const SbMessage *message,
                                const char      *customer);
GtkWidget *sb_bubble_card_new (const SbMessage *message);
GtkWidget *sb_bubble_head_new (const SbMessage *message);

G_END_DECLS
