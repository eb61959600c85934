#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/* (transfer full): as "fra+eng": what was chosen last, or the person's own language and English, which numbers and brands are in */
char *sb_ocr_languages_get (void) G_GNUC_WARN_UNUSED_RESULT;
/* Asks which languages stand on the paper; @chosen is called when something else was chosen than before. */
void sb_ocr_languages_ask (GtkWidget *parent,
                           SbEngine  *engine,
                           GCallback  chosen);

G_END_DECLS
