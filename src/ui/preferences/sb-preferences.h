#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

AdwDialog *sb_preferences_new (SbEngine *engine);

G_END_DECLS
