#pragma once

#include "sb-window.h"

G_BEGIN_DECLS

/* A list of contacts dropped anywhere on the window is opened; what is dropped on a conversation goes to the customer. */
void sb_window_drop_add (SbWindow *window);

G_END_DECLS
