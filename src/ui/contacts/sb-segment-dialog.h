#pragma once

#include <adwaita.h>

#include "sb-engine-segments.h"

G_BEGIN_DECLS

/**
 * SbSegmentDialog:
 *
 * Who belongs to a group, as a rule: the sentence, its comparisons, and all the while how many people and some of them by name.
 * @segment: (nullable): the one to change, else a new one. “saved” (gint64 id).
 */
#define SB_TYPE_SEGMENT_DIALOG (sb_segment_dialog_get_type ())

G_DECLARE_FINAL_TYPE (SbSegmentDialog, sb_segment_dialog, SB, SEGMENT_DIALOG, AdwDialog)

AdwDialog *sb_segment_dialog_new (SbEngine        *engine,
                                  const SbSegment *segment);

G_END_DECLS
