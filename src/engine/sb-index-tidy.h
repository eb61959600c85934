#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

typedef struct _SbIndexTidy SbIndexTidy;

SbIndexTidy *sb_index_tidy_new (SbEngine *engine);
void         sb_index_tidy_free (SbIndexTidy *self);
void         sb_index_tidy_wake (SbIndexTidy *self);
guint        sb_index_tidy_get_n_steps (SbIndexTidy *self);

G_END_DECLS
