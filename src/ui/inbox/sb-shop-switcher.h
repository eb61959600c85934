#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/**
 * SbShopSwitcher:
 *
 * The button above the places: which shop is open and who sits at its desk; its menu gives the desk to somebody else, or
 * opens another shop.
 */
#define SB_TYPE_SHOP_SWITCHER (sb_shop_switcher_get_type ())

G_DECLARE_FINAL_TYPE (SbShopSwitcher, sb_shop_switcher, SB, SHOP_SWITCHER, AdwBin)

GtkWidget *sb_shop_switcher_new (SbEngine *engine);

G_END_DECLS
