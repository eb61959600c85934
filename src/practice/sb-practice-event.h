#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

char       *sb_practice_event_escape (const char *json) G_GNUC_WARN_UNUSED_RESULT;
void        sb_practice_event_emit (SbPractice *self,
                                    const char *field,
                                    JsonObject *value);
JsonObject *sb_practice_event_value (SbPractice *self,
                                     JsonObject *persona) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_practice_event_id (gint64 seq) G_GNUC_WARN_UNUSED_RESULT;
gint64      sb_practice_event_newest (SbPractice *self);
JsonObject *sb_practice_event_describe (JsonObject *event) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
