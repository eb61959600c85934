#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

JsonObject *sb_practice_message_get (SbPractice *self,
                                     const char *wamid);
void        sb_practice_message_save (SbPractice *self,
                                      JsonObject *message);
char       *sb_practice_message_text (JsonObject *body) G_GNUC_WARN_UNUSED_RESULT;
JsonArray  *sb_practice_message_buttons (JsonObject *body) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *sb_practice_message_tap (SbPractice *self,
                                     JsonObject *message,
                                     const char *button) G_GNUC_WARN_UNUSED_RESULT;
JsonArray  *sb_practice_message_thread (SbPractice *self,
                                        JsonObject *persona) G_GNUC_WARN_UNUSED_RESULT;
int         sb_practice_message_rank (const char *status);

G_END_DECLS
