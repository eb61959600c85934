#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_TEMPLATE_FORM (sb_template_form_get_type ())

G_DECLARE_FINAL_TYPE (SbTemplateForm, sb_template_form, SB, TEMPLATE_FORM, AdwBin)

GtkWidget *sb_template_form_new (SbEngine *engine);
void       sb_template_form_open (SbTemplateForm *self,
                                  const SbThread *thread,
                                  gint64          line_id,
                                  const char     *draft);
void       sb_template_form_set_draft (SbTemplateForm *self,
                                       const char     *draft);

G_END_DECLS
