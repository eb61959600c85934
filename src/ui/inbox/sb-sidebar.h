#pragma once

#include <adwaita.h>

#include "sb-view.h"

G_BEGIN_DECLS

#define SB_TYPE_SIDEBAR (sb_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (SbSidebar, sb_sidebar, SB, SIDEBAR, AdwBin)

/**
 * SbSidebar signals:
 *  "view" (const SbView *): a view was chosen, or the chosen one shows something else now
 *  "health": a line was chosen
 *  "place" (const char *): another place of the window was chosen
 */
GtkWidget *sb_sidebar_new (SbEngine *engine);
void       sb_sidebar_choose (SbSidebar *self,
                              guint      index);

int  sb_sidebar_get_chosen (SbSidebar *self,
                            gint64    *view_id);
void sb_sidebar_restore (SbSidebar *self,
                         int        index,
                         gint64     view_id);
void sb_sidebar_focus (SbSidebar *self);

void     sb_sidebar_mark_place (SbSidebar  *self,
                                const char *name);
gboolean sb_sidebar_has_place (SbSidebar  *self,
                               const char *name);

G_END_DECLS
