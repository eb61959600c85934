#pragma once

#include "sb-contacts-place.h"

G_BEGIN_DECLS

#define SB_TYPE_BOARD_PAGE (sb_board_page_get_type ())

G_DECLARE_FINAL_TYPE (SbBoardPage, sb_board_page, SB, BOARD_PAGE, AdwBreakpointBin)

GtkWidget *sb_board_page_new (SbContactsPlace *place);

G_END_DECLS
