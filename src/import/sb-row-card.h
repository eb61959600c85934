#pragma once

#include "sb-card.h"
#include "sb-mapping.h"

G_BEGIN_DECLS

SbCard *sb_row_card (GPtrArray       *cells,
                     const SbMapping *mapping,
                     const char      *country,
                     gboolean         keep_other,
                     char           **reason) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
