#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_COMPOSER (sb_composer_get_type ())

G_DECLARE_FINAL_TYPE (SbComposer, sb_composer, SB, COMPOSER, AdwBin)

GtkWidget *sb_composer_new (SbEngine *engine);
void       sb_composer_open (SbComposer *self,
                             gint64      thread_id);
void       sb_composer_focus (SbComposer *self);
void       sb_composer_attach (SbComposer *self,
                               const char *path);

G_END_DECLS
