#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

void sb_practice_box_answer (SbPracticeCall *call);
void sb_practice_box_wake (SbPractice *self);
void sb_practice_box_renew (SbPractice *self);
void sb_practice_box_release (SbPractice *self);
void sb_practice_box_cut (SbPractice *self);

G_END_DECLS
