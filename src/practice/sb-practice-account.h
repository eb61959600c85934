#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

gboolean sb_practice_account_answer (SbPracticeCall *call);
gboolean sb_practice_account_answer_open (SbPracticeCall *call);
gboolean sb_practice_number_answer (SbPracticeCall *call);
gboolean sb_practice_subscription_answer (SbPracticeCall *call);

JsonObject *sb_practice_number_describe (SbPractice *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
