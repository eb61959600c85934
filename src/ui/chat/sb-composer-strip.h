#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SB_TYPE_COMPOSER_STRIP (sb_composer_strip_get_type ())

G_DECLARE_FINAL_TYPE (SbComposerStrip, sb_composer_strip, SB, COMPOSER_STRIP, AdwBin)

/* "closed": the person took it off. */
GtkWidget *sb_composer_strip_new (const char *close_name);
void       sb_composer_strip_show (SbComposerStrip *self,
                                   const char      *title,
                                   const char      *text);
void       sb_composer_strip_hide (SbComposerStrip *self);

G_END_DECLS
