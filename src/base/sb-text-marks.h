#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* A link in the shown text: byte range and real target (http, https, tel, mailto). */
typedef struct
{
  guint start;
  guint end;
  char *href;
} SbTextLink;

char *sb_text_marks_layout (const char     *text,
                            PangoAttrList **attributes,
                            GArray        **links) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
