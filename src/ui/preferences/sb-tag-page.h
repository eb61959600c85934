#pragma once

#include <adwaita.h>

#include "sb-engine-tags.h"

G_BEGIN_DECLS

#define SB_TYPE_TAG_PAGE (sb_tag_page_get_type ())

G_DECLARE_FINAL_TYPE (SbTagPage, sb_tag_page, SB, TAG_PAGE, AdwNavigationPage)

GtkWidget *sb_tag_page_new (SbEngine *engine,
                            gint64    tag_id);

G_END_DECLS
