#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

void sb_practice_due_load (SbPractice *self);
void sb_practice_due_add (SbPractice *self,
                          gint64      at_ms,
                          const char *act,
                          JsonObject *detail);
void sb_practice_due_run (SbPractice *self);

G_END_DECLS
