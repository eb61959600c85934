#pragma once

#include <adwaita.h>

#include "sb-engine-segments.h"

G_BEGIN_DECLS

/**
 * SbSegmentWhy:
 *
 * Why one person is in a group, or is not: each part of the rule with what it saw.
 */
#define SB_TYPE_SEGMENT_WHY (sb_segment_why_get_type ())

G_DECLARE_FINAL_TYPE (SbSegmentWhy, sb_segment_why, SB, SEGMENT_WHY, AdwDialog)

AdwDialog *sb_segment_why_new (SbEngine *engine,
                               gint64    segment_id, /* 0: the first */
                               gint64    contact_id);

G_END_DECLS
