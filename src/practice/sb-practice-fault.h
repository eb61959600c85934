#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

gboolean    sb_practice_fault_strike (SbPracticeCall *call);
void        sb_practice_fault_settle (SbPracticeCall *call);
guint       sb_practice_fault_copies (SbPractice *self,
                                      const char *field,
                                      JsonObject *value);
gboolean    sb_practice_fault_take_reorder (SbPractice *self);
JsonObject *sb_practice_fault_arm (SbPractice *self,
                                   JsonObject *wanted);
void        sb_practice_fault_disarm (SbPractice *self,
                                      gint64      id);

G_END_DECLS
