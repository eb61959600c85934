#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

void        sb_practice_persona_furnish (SbPractice *self);
void        sb_practice_persona_index (SbPractice *self);
void        sb_practice_persona_save (SbPractice *self,
                                      JsonObject *persona);
JsonObject *sb_practice_persona_find (SbPractice *self,
                                      const char *name_or_address);
JsonObject *sb_practice_persona_meet (SbPractice *self,
                                      const char *address,
                                      const char *name);
JsonObject *sb_practice_persona_add (SbPractice *self,
                                     JsonObject *wanted);
const char *sb_practice_persona_address (JsonObject *persona);
JsonObject *sb_practice_persona_describe (SbPractice *self,
                                          JsonObject *persona) G_GNUC_WARN_UNUSED_RESULT;

void sb_practice_persona_heard (SbPractice *self,
                                JsonObject *persona,
                                const char *wamid);
void sb_practice_persona_wrote (SbPractice *self,
                                JsonObject *persona);
void sb_practice_persona_answer_due (SbPractice *self,
                                     JsonObject *detail);
void sb_practice_persona_write_due (SbPractice *self,
                                    JsonObject *detail);
void sb_practice_persona_nag_due (SbPractice *self,
                                  JsonObject *detail);

G_END_DECLS
