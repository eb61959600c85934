#pragma once

#include <adwaita.h>

#include "sb-people-list.h"

G_BEGIN_DECLS

/*
 * Signals:
 *  "open" (gint64 contact_id)
 *  "moved" (gint64 contact_id, int by): with a key, to the lane before (-1) or after (1)
 *  "dropped" (gint64 contact_id): on this lane
 *  "beside" (int by): the focus goes to another lane
 */
#define SB_TYPE_BOARD_LANE (sb_board_lane_get_type ())

G_DECLARE_FINAL_TYPE (SbBoardLane, sb_board_lane, SB, BOARD_LANE, AdwBin)

/* @stage: its id, or %SB_PEOPLE_NO_STAGE */
GtkWidget  *sb_board_lane_new (SbEngine   *engine,
                               gint64      stage_id,
                               const char *title);
gint64      sb_board_lane_get_stage (SbBoardLane *self);
const char *sb_board_lane_get_title (SbBoardLane *self);
guint       sb_board_lane_count (SbBoardLane *self);
void        sb_board_lane_set_words (SbBoardLane *self,
                                     const char  *words);
void        sb_board_lane_set_folded (SbBoardLane *self,
                                      gboolean     folded);
void        sb_board_lane_set_wide (SbBoardLane *self,
                                    gboolean     wide);
gboolean    sb_board_lane_focus (SbBoardLane *self,
                                 gint64       contact_id);

G_END_DECLS
