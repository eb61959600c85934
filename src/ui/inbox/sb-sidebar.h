#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/* One entry of the side: what the list shows when it is chosen. */
typedef struct
{
  const char    *title;
  SbThreadFilter filter;
} SbView;

#define SB_TYPE_SIDEBAR (sb_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (SbSidebar, sb_sidebar, SB, SIDEBAR, AdwBin)

/**
 * SbSidebar signals:
 *  "view" (const SbView *): a view was chosen
 *  "health": a line was chosen
 */
GtkWidget *sb_sidebar_new (SbEngine *engine);
void       sb_sidebar_choose (SbSidebar *self,
                              guint      index);

G_END_DECLS
