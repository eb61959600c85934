#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

GtkWidget *sb_plain_label_new (const char *text,
                               const char *css);
GtkWidget *sb_evidence_card_new (SbEngine        *engine,
                                 const SbMessage *message);
GtkWidget *sb_failure_card_new (SbEngine        *engine,
                                const SbMessage *message);

G_END_DECLS
