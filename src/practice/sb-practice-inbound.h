#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

char *sb_practice_inbound_deliver (SbPractice *self,
                                   JsonObject *persona,
                                   JsonObject *wanted,
                                   gint64      at_ms);
char *sb_practice_inbound_echo (SbPractice *self,
                                JsonObject *persona,
                                JsonObject *wanted,
                                gint64      at_ms);

G_END_DECLS
