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
 * @child: what stands behind the edge; it comes back with the handle over its first few pixels, where no scroll bar is.
 * @split: the split view whose sidebar it is about; @pane_is_last: whether that stands at its end. @min, @max: its widths by
 * itself, in sp. @setting: the key that keeps the width.
 */
GtkWidget *sb_pane_handle_wrap (GtkWidget  *child,
                                GtkWidget  *split,
                                gboolean    pane_is_last,
                                const char *setting,
                                int         min,
                                int         max);

G_END_DECLS
