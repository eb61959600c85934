#pragma once

#include <adwaita.h>

#include "sb-people-list.h"

G_BEGIN_DECLS

/* One person on the board: who, what they said last, and since when. It can be dragged; what is dragged is the id (gint64). */
#define SB_TYPE_BOARD_CARD (sb_board_card_get_type ())

G_DECLARE_FINAL_TYPE (SbBoardCard, sb_board_card, SB, BOARD_CARD, GtkBox)

GtkWidget *sb_board_card_new (SbClock *clock);
void       sb_board_card_bind (SbBoardCard  *self,
                               SbPersonItem *item);

G_END_DECLS
