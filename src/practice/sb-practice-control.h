#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

void sb_practice_control_answer (SbPracticeCall *call);

G_END_DECLS
