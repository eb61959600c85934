#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_HEALTH_PAGE (sb_health_page_get_type ())

G_DECLARE_FINAL_TYPE (SbHealthPage, sb_health_page, SB, HEALTH_PAGE, AdwBin)

GtkWidget *sb_health_page_new (SbEngine *engine);

G_END_DECLS
