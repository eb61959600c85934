#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/*
 * What customers' pictures say, made searchable: one picture at a time, by the helper, only while that is wanted and the
 * computer is not on its battery.
 */
void sb_engine_set_reads_pictures (SbEngine   *self,
                                   gboolean    reads,
                                   const char *languages);
/* For the tests: as if the computer were on its battery. */
void sb_engine_set_on_battery (SbEngine *self,
                               gboolean  on_battery);

G_END_DECLS
