#pragma once

#include <adwaita.h>

#include "sb-view.h"

G_BEGIN_DECLS

/**
 * SbFilterDialog:
 *
 * Narrows the list: each change shows at once. Signal "changed" (const SbView *) has the view with the filter as it is now.
 */
#define SB_TYPE_FILTER_DIALOG (sb_filter_dialog_get_type ())

G_DECLARE_FINAL_TYPE (SbFilterDialog, sb_filter_dialog, SB, FILTER_DIALOG, AdwDialog)

AdwDialog *sb_filter_dialog_new (SbEngine     *engine,
                                 const SbView *view);

G_END_DECLS
