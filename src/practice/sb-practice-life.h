#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

void sb_practice_life_tell (SbPractice *self);

G_END_DECLS
