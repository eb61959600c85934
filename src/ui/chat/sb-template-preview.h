#pragma once

#include <adwaita.h>

#include "sb-template.h"

G_BEGIN_DECLS

#define SB_TYPE_TEMPLATE_PREVIEW (sb_template_preview_get_type ())

G_DECLARE_FINAL_TYPE (SbTemplatePreview, sb_template_preview, SB, TEMPLATE_PREVIEW, AdwBin)

GtkWidget *sb_template_preview_new (void);
void       sb_template_preview_show (SbTemplatePreview *self,
                                     const SbTemplate *template,
                                     GHashTable *values);
char      *sb_place_title (const SbPlace *place) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
