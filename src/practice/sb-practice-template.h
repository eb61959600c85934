#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

gboolean sb_practice_template_answer (SbPracticeCall *call);
void     sb_practice_template_furnish (SbPractice *self);
void     sb_practice_template_review_due (SbPractice *self,
                                          JsonObject *detail);
gboolean sb_practice_template_judge (SbPractice *self,
                                     const char *id_or_name,
                                     const char *status,
                                     const char *reason);
gboolean sb_practice_template_rate (SbPractice *self,
                                    const char *id_or_name,
                                    const char *score);
gboolean sb_practice_template_check (SbPracticeCall *call,
                                     JsonObject     *wanted);

G_END_DECLS
