#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

char *sb_conversation_subtitle (SbEngine       *engine,
                                const SbThread *thread,
                                gboolean        brief) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
