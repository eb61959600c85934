#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

gboolean sb_practice_send_answer (SbPracticeCall *call);

G_END_DECLS
