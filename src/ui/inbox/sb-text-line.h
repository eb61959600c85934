#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SB_TYPE_TEXT_LINE (sb_text_line_get_type ())

G_DECLARE_FINAL_TYPE (SbTextLine, sb_text_line, SB, TEXT_LINE, GtkWidget)

typedef enum
{
  SB_TEXT_LINE_SHORT, /* as wide as its text */
  SB_TEXT_LINE_TIME,  /* the same, with digits of one width */
  SB_TEXT_LINE_LONG,  /* takes the width that is left and ends in an ellipsis */
} SbTextLineKind;

GtkWidget *sb_text_line_new (SbTextLineKind kind,
                             const char    *css);
void       sb_text_line_set (SbTextLine *self,
                             const char *text);

G_END_DECLS
