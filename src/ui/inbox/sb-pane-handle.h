#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SbPaneHandle:
 *
 * The edge of a pane by which it is made wider or narrower. The width is remembered for this computer; pressed twice, the
 * pane takes its own width again.
 */
#define SB_TYPE_PANE_HANDLE (sb_pane_handle_get_type ())

G_DECLARE_FINAL_TYPE (SbPaneHandle, sb_pane_handle, SB, PANE_HANDLE, AdwBin)

/*
 * @pane: what is to be shown; it comes back with the handle over its edge. @split: the split view whose sidebar it is, with
 * its widths by itself. @setting: the key that keeps the width, 0 for its own.
 */
GtkWidget *sb_pane_handle_wrap (GtkWidget  *pane,
                                GtkWidget  *split,
                                gboolean    pane_is_last,
                                const char *setting,
                                int         min,
                                int         max);

G_END_DECLS
