#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SB_TYPE_TEXT_BLOCK (sb_text_block_get_type ())

G_DECLARE_FINAL_TYPE (SbTextBlock, sb_text_block, SB, TEXT_BLOCK, GtkWidget)

GtkWidget *sb_text_block_new (const char *text,
                              gboolean    marks);
void       sb_text_block_set_meta (SbTextBlock *self,
                                   const char  *time,
                                   const char  *icon_name,
                                   gboolean     accent);
void       sb_text_block_set_italic (SbTextBlock *self);
void       sb_text_block_set_found (SbTextBlock       *self,
                                    const char *const *words);

G_END_DECLS
